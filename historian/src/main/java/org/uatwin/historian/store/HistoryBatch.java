package org.uatwin.historian.store;

import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.StatusCode;

/**
 * Samples of many tags in the order they were taken, in columns. Filled by one thread, then handed to
 * {@link HistoryStore#append}; after that nobody changes it.
 */
public final class HistoryBatch {
    private final int[] tags;
    private final long[] bits;
    private final int[] status;
    private final long[] sourceTimes;
    private final long[] receiveTimes;
    private @Nullable Object @Nullable [] objects;
    private int size;

    /** @param capacity the most samples it can take, 1 or more. */
    public HistoryBatch(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be 1 or more: " + capacity);
        }
        tags = new int[capacity];
        bits = new long[capacity];
        status = new int[capacity];
        sourceTimes = new long[capacity];
        receiveTimes = new long[capacity];
    }

    /**
     * Adds a sample.
     *
     * @param tagId {@link HistoryTag#id()} of its tag.
     * @param object String or array, handed over for good; null for a scalar in {@code valueBits}.
     */
    public HistoryBatch add(
            int tagId, long valueBits, @Nullable Object object, int statusBits, long sourceTime, long receiveTime) {
        tags[size] = tagId;
        bits[size] = valueBits;
        status[size] = statusBits;
        sourceTimes[size] = sourceTime;
        receiveTimes[size] = receiveTime;
        if (object != null) {
            if (objects == null) {
                objects = new Object[tags.length];
            }
            objects[size] = object;
        }
        size++;
        return this;
    }

    /** Adds a sample whose two times are the same. */
    public HistoryBatch add(HistoryTag tag, long valueBits, StatusCode code, long sourceTime) {
        return add(tag.id(), valueBits, null, code.bits(), sourceTime, sourceTime);
    }

    public int size() {
        return size;
    }

    public boolean isFull() {
        return size == tags.length;
    }

    public int tagId(int i) {
        return tags[i];
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

    public long sourceTime(int i) {
        return sourceTimes[i];
    }

    public long receiveTime(int i) {
        return receiveTimes[i];
    }
}
