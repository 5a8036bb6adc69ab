package org.uatwin.historian.codec;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.uatwin.historian.store.HistorySamples;

/**
 * Samples of one tag in columns, in the order they were added until {@link #sort()}. Columns of receive times, statuses
 * and objects exist only once a sample needs them. Owned by one thread, or guarded by its owner's lock.
 */
public final class SampleRun {
    private static final int FIRST_CAPACITY = 8;

    private int size;
    private boolean isSorted = true;
    private long[] times;
    private long[] bits;
    private long @Nullable [] receive;
    private int @Nullable [] status;
    private @Nullable Object @Nullable [] objects;

    public SampleRun() {
        this(FIRST_CAPACITY);
    }

    public SampleRun(int capacity) {
        times = new long[Math.max(1, capacity)];
        bits = new long[times.length];
    }

    SampleRun(
            long[] times,
            long[] bits,
            long @Nullable [] receive,
            int @Nullable [] status,
            @Nullable Object @Nullable [] objects) {
        this.size = times.length;
        this.times = times;
        this.bits = bits;
        this.receive = receive;
        this.status = status;
        this.objects = objects;
    }

    public void add(long time, long receiveTime, long valueBits, @Nullable Object object, int statusBits) {
        if (size == times.length) {
            resize(size * 2);
        }
        isSorted &= size == 0 || time >= times[size - 1];
        times[size] = time;
        bits[size] = valueBits;
        if (receiveTime != time && receive == null) {
            receive = Arrays.copyOf(times, times.length);
        }
        if (receive != null) {
            receive[size] = receiveTime;
        }
        if (statusBits != 0 && status == null) {
            status = new int[times.length];
        }
        if (status != null) {
            status[size] = statusBits;
        }
        if (object != null && objects == null) {
            objects = new Object[times.length];
        }
        if (objects != null) {
            objects[size] = object;
        }
        size++;
    }

    private void resize(int capacity) {
        times = Arrays.copyOf(times, capacity);
        bits = Arrays.copyOf(bits, capacity);
        receive = receive == null ? null : Arrays.copyOf(receive, capacity);
        status = status == null ? null : Arrays.copyOf(status, capacity);
        objects = objects == null ? null : Arrays.copyOf(objects, capacity);
    }

    /** Adds sample {@code i} of another run. */
    public void add(SampleRun other, int i) {
        add(other.times[i], other.receiveTime(i), other.bits[i], other.object(i), other.statusBits(i));
    }

    public void addTo(HistorySamples.Builder page, int i) {
        page.add(times[i], receiveTime(i), bits[i], object(i), statusBits(i));
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public long time(int i) {
        return times[i];
    }

    public long receiveTime(int i) {
        return receive == null ? times[i] : receive[i];
    }

    public long bits(int i) {
        return bits[i];
    }

    public @Nullable Object object(int i) {
        return objects == null ? null : objects[i];
    }

    public int statusBits(int i) {
        return status == null ? 0 : status[i];
    }

    /** Time of the last sample in time order; of a sorted run only. */
    public long lastTime() {
        return times[size - 1];
    }

    /** Forgets all samples; the run takes as many again without growing. */
    public void clear() {
        size = 0;
        isSorted = true;
        receive = null;
        status = null;
        objects = null;
    }

    /** Puts samples in time order; those of one time keep the order they were added in. */
    public SampleRun sort() {
        if (isSorted) {
            return this;
        }
        int[] order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingLong(i -> times[i])) // stable
                .mapToInt(Integer::intValue)
                .toArray();
        SampleRun sorted = new SampleRun(size);
        for (int i : order) {
            sorted.add(this, i);
        }
        times = sorted.times;
        bits = sorted.bits;
        receive = sorted.receive;
        status = sorted.status;
        objects = sorted.objects;
        isSorted = true;
        return this;
    }

    /** Number of samples before {@code time}, of a sorted run: the index of the first one that is not. */
    public int countBefore(long time) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Number of samples at {@code time} or before, of a sorted run. */
    public int countUntil(long time) {
        return time == Long.MAX_VALUE ? size : countBefore(time + 1);
    }

    /** Both sorted runs as one; of one time, those of {@code earlier} first. */
    public static SampleRun merged(SampleRun earlier, SampleRun later) {
        SampleRun both = new SampleRun(earlier.size + later.size);
        int e = 0;
        for (int l = 0; l < later.size; l++) {
            while (e < earlier.size && earlier.times[e] <= later.times[l]) {
                both.add(earlier, e++);
            }
            both.add(later, l);
        }
        while (e < earlier.size) {
            both.add(earlier, e++);
        }
        return both;
    }

    long[] bits() {
        return bits;
    }

    @Nullable
    Object @Nullable [] objects() {
        return objects;
    }
}
