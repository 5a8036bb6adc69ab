package org.uatwin.informationmodel.value;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Samples of one shard in the order they were taken, in columns. Filled by one adapter thread, then handed to
 * {@link PointTable#submit}; after that nobody changes it and every listener reads the same object.
 *
 * <p>{@link #isRefresh(int)} is set by the table: value and status equal what the row already held.
 */
public final class SampleBatch {
    private int size;
    private int[] rows;
    private long[] bits;
    private @Nullable Object @Nullable [] objects;
    private int[] status;
    private long[] sourceTimes;
    private long[] receiveTimes;
    private boolean[] refresh;

    public SampleBatch(int capacity) {
        int n = Math.max(1, capacity);
        rows = new int[n];
        bits = new long[n];
        status = new int[n];
        sourceTimes = new long[n];
        receiveTimes = new long[n];
        refresh = new boolean[n];
    }

    /** Adds a scalar. */
    public void add(int row, long valueBits, StatusCode code, long sourceTime, long receiveTime) {
        add(row, valueBits, null, code.bits(), sourceTime, receiveTime);
    }

    /** Adds a String or array. */
    public void addObject(int row, Object value, StatusCode code, long sourceTime, long receiveTime) {
        add(row, 0, value, code.bits(), sourceTime, receiveTime);
    }

    /**
     * Adds a change of status alone: the row keeps its last value inside (contracts section 2). The table fills the
     * value columns from the row when it applies the batch.
     */
    public void addStatus(int row, StatusCode code, long sourceTime, long receiveTime) {
        add(row, 0, KEEP_VALUE, code.bits(), sourceTime, receiveTime);
    }

    /** Marks an entry whose value is taken over from the row. */
    static final Object KEEP_VALUE = new Object();

    /** Adds an entry with the bits of its StatusCode; {@code value} null for a scalar. */
    public void add(int row, long valueBits, @Nullable Object value, int code, long sourceTime, long receiveTime) {
        if (size == rows.length) {
            grow();
        }
        rows[size] = row;
        bits[size] = valueBits;
        if (value != null) {
            setObject(size, value);
        }
        status[size] = code;
        sourceTimes[size] = sourceTime;
        receiveTimes[size] = receiveTime;
        size++;
    }

    private void grow() {
        int n = size * 2;
        rows = Arrays.copyOf(rows, n);
        bits = Arrays.copyOf(bits, n);
        status = Arrays.copyOf(status, n);
        sourceTimes = Arrays.copyOf(sourceTimes, n);
        receiveTimes = Arrays.copyOf(receiveTimes, n);
        refresh = Arrays.copyOf(refresh, n);
        if (objects != null) {
            objects = Arrays.copyOf(objects, n);
        }
    }

    private void setObject(int i, @Nullable Object value) {
        if (objects == null) {
            if (value == null) {
                return;
            }
            objects = new Object[rows.length];
        }
        objects[i] = value;
    }

    /** Adds entry {@code i} of another batch that was not applied yet. */
    public void addFrom(SampleBatch other, int i) {
        add(
                other.rows[i],
                other.bits[i],
                other.object(i),
                other.status[i],
                other.sourceTimes[i],
                other.receiveTimes[i]);
    }

    /** Whether entry {@code i} of a batch that was not applied yet only changes the status. */
    public boolean isStatusOnly(int i) {
        return object(i) == KEEP_VALUE;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int row(int i) {
        return rows[i];
    }

    public long bits(int i) {
        return bits[i];
    }

    public @Nullable Object object(int i) {
        return objects == null ? null : objects[i];
    }

    public int statusBits(int i) {
        return status[i];
    }

    public StatusCode status(int i) {
        return StatusCode.of(status[i]);
    }

    public long sourceTime(int i) {
        return sourceTimes[i];
    }

    public long receiveTime(int i) {
        return receiveTimes[i];
    }

    /** Whether entry {@code i} only confirmed what the row held: no history row, timestamp triggers only. */
    public boolean isRefresh(int i) {
        return refresh[i];
    }

    public Sample sample(int i) {
        return new Sample(rows[i], bits[i], object(i), status(i), sourceTimes[i], receiveTimes[i]);
    }

    void resolve(int i, long valueBits, @Nullable Object value) {
        bits[i] = valueBits;
        setObject(i, value);
    }

    /** Drops the entries whose row {@code isKept} refuses; the order of the others stays. */
    void keepIf(IntPredicate isKept) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (isKept.test(rows[i])) {
                rows[kept] = rows[i];
                bits[kept] = bits[i];
                setObject(kept, object(i));
                status[kept] = status[i];
                sourceTimes[kept] = sourceTimes[i];
                receiveTimes[kept] = receiveTimes[i];
                kept++;
            }
        }
        size = kept;
    }

    void markRefresh(int i, boolean isRefresh) {
        refresh[i] = isRefresh;
    }
}
