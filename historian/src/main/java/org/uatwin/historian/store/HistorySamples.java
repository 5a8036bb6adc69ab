package org.uatwin.historian.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.StatusCode;

/**
 * Samples of one tag in reading order, in columns. Immutable; objects (Strings, arrays) are shared and not to be
 * changed. Values are as {@link org.uatwin.informationmodel.value.ValueType} defines them, times are
 * {@link org.uatwin.informationmodel.value.UaTime} ticks. A sample that is Bad keeps the value inside; a client is
 * sent none.
 */
public final class HistorySamples {
    public static final HistorySamples EMPTY = new Builder(0).build();

    private final int size;
    private final long[] sourceTimes;
    private final long[] receiveTimes;
    private final long[] bits;
    private final int[] status;
    private final @Nullable Object @Nullable [] objects;

    private HistorySamples(Builder builder) {
        size = builder.size;
        sourceTimes = Arrays.copyOf(builder.sourceTimes, size);
        receiveTimes = Arrays.copyOf(builder.receiveTimes, size);
        bits = Arrays.copyOf(builder.bits, size);
        status = Arrays.copyOf(builder.status, size);
        objects = builder.objects == null ? null : Arrays.copyOf(builder.objects, size);
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Time of the device, or of the receipt of its answer. */
    public long sourceTime(int i) {
        return sourceTimes[check(i)];
    }

    /** Time at which the server got the sample (ServerTimestamp). */
    public long receiveTime(int i) {
        return receiveTimes[check(i)];
    }

    public long bits(int i) {
        return bits[check(i)];
    }

    public @Nullable Object object(int i) {
        check(i);
        return objects == null ? null : objects[i];
    }

    public int statusBits(int i) {
        return status[check(i)];
    }

    public StatusCode status(int i) {
        return StatusCode.of(status[check(i)]);
    }

    private int check(int i) {
        if (i < 0 || i >= size) {
            throw new IndexOutOfBoundsException("sample %d of %d".formatted(i, size));
        }
        return i;
    }

    @Override
    public String toString() {
        return size == 0 ? "no samples" : "%d samples %d..%d".formatted(size, sourceTimes[0], sourceTimes[size - 1]);
    }

    /** Collects samples in reading order; owned by one thread. */
    public static final class Builder {
        private int size;
        private long[] sourceTimes;
        private long[] receiveTimes;
        private long[] bits;
        private int[] status;
        private @Nullable Object @Nullable [] objects;

        /** @param capacity expected number of samples, 0 or more; grows. */
        public Builder(int capacity) {
            sourceTimes = new long[capacity];
            receiveTimes = new long[capacity];
            bits = new long[capacity];
            status = new int[capacity];
        }

        public Builder add(long sourceTime, long receiveTime, long valueBits, @Nullable Object object, int statusBits) {
            if (size == bits.length) {
                grow(Math.max(16, size * 2));
            }
            sourceTimes[size] = sourceTime;
            receiveTimes[size] = receiveTime;
            bits[size] = valueBits;
            status[size] = statusBits;
            if (object != null) {
                if (objects == null) {
                    objects = new Object[bits.length];
                }
                objects[size] = object;
            }
            size++;
            return this;
        }

        /** Adds the samples of another page behind the ones here. */
        public Builder addAll(HistorySamples other) {
            for (int i = 0; i < other.size; i++) {
                add(other.sourceTimes[i], other.receiveTimes[i], other.bits[i], other.object(i), other.status[i]);
            }
            return this;
        }

        private void grow(int capacity) {
            sourceTimes = Arrays.copyOf(sourceTimes, capacity);
            receiveTimes = Arrays.copyOf(receiveTimes, capacity);
            bits = Arrays.copyOf(bits, capacity);
            status = Arrays.copyOf(status, capacity);
            if (objects != null) {
                objects = Arrays.copyOf(objects, capacity);
            }
        }

        public int size() {
            return size;
        }

        public HistorySamples build() {
            return new HistorySamples(this);
        }
    }
}
