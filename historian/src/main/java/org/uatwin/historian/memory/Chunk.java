package org.uatwin.historian.memory;

import org.jspecify.annotations.Nullable;

/**
 * A run of samples of one tag, ordered by source time, in columns of fixed capacity. Columns of status and of receive
 * times exist only once a sample needs them. Guarded by the monitor of its {@link Series}.
 */
final class Chunk {
    /** The object itself, its list entry and the headers of two columns, on a 64-bit VM with compressed pointers. */
    static final int FIXED_BYTES = 96;

    private static final int COLUMN_BYTES = 16;
    private static final int REFERENCE_BYTES = 4;

    private final long[] times;
    private final long @Nullable [] bits;
    private final @Nullable Object @Nullable [] objects;
    private int @Nullable [] status;
    private int @Nullable [] receive;
    private int head;
    private int end;
    private long bytes;

    Chunk(int capacity, boolean isScalar) {
        times = new long[capacity];
        bits = isScalar ? new long[capacity] : null;
        objects = isScalar ? null : new Object[capacity];
        bytes = FIXED_BYTES + (long) capacity * (Long.BYTES + (isScalar ? Long.BYTES : REFERENCE_BYTES));
    }

    int size() {
        return end - head;
    }

    int capacity() {
        return times.length;
    }

    boolean isFull() {
        return end == times.length;
    }

    /** Bytes of the columns and of the objects they hold. */
    long bytes() {
        return bytes;
    }

    long time(int i) {
        return times[head + i];
    }

    long firstTime() {
        return times[head];
    }

    long lastTime() {
        return times[end - 1];
    }

    long bits(int i) {
        return bits == null ? 0 : bits[head + i];
    }

    @Nullable
    Object object(int i) {
        return objects == null ? null : objects[head + i];
    }

    int status(int i) {
        return status == null ? 0 : status[head + i];
    }

    long receiveTime(int i) {
        long time = times[head + i];
        return receive == null ? time : time + ReceiveDelay.ticks(receive[head + i]);
    }

    /** Number of samples taken before {@code time}: the index of the first one that is not. */
    int countBefore(long time) {
        int low = head;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - head;
    }

    /** Number of samples taken at {@code time} or before. */
    int countUntil(long time) {
        return time == Long.MAX_VALUE ? size() : countBefore(time + 1);
    }

    /** Puts a sample before index {@code i}, 0..size; the chunk is not full. */
    void insert(int i, long time, long receiveTime, long valueBits, @Nullable Object object, int statusBits) {
        int at = head + i;
        int moved = end - at;
        int delay = ReceiveDelay.pack(receiveTime - time);
        if (statusBits != 0 && status == null) {
            status = new int[times.length];
            bytes += COLUMN_BYTES + (long) times.length * Integer.BYTES;
        }
        if (delay != 0 && receive == null) {
            receive = new int[times.length];
            bytes += COLUMN_BYTES + (long) times.length * Integer.BYTES;
        }
        System.arraycopy(times, at, times, at + 1, moved);
        times[at] = time;
        if (bits != null) {
            System.arraycopy(bits, at, bits, at + 1, moved);
            bits[at] = valueBits;
        }
        if (objects != null) {
            System.arraycopy(objects, at, objects, at + 1, moved);
            objects[at] = object;
            bytes += ObjectSize.of(object);
        }
        if (status != null) {
            System.arraycopy(status, at, status, at + 1, moved);
            status[at] = statusBits;
        }
        if (receive != null) {
            System.arraycopy(receive, at, receive, at + 1, moved);
            receive[at] = delay;
        }
        end++;
    }

    /** Appends the samples from {@code i} on to {@code other}, which has room for them. */
    void copyTo(Chunk other, int i) {
        for (int k = i; k < size(); k++) {
            other.insert(other.size(), time(k), receiveTime(k), bits(k), object(k), status(k));
        }
    }

    /** Forgets the first {@code count} samples. */
    void dropFirst(int count) {
        release(head, head + count);
        head += count;
    }

    /** Forgets the samples from {@code i} on. */
    void dropFrom(int i) {
        release(head + i, end);
        end = head + i;
    }

    private void release(int from, int to) {
        if (objects != null) {
            for (int k = from; k < to; k++) {
                bytes -= ObjectSize.of(objects[k]);
                objects[k] = null;
            }
        }
    }
}
