package org.uatwin.benchmarks;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts times by the microsecond, up to a second; any thread. */
final class Percentiles {
    private static final int LAST = 1_000_000;

    private final AtomicLongArray counts = new AtomicLongArray(LAST + 1);

    /** A time in microseconds; what is longer than a second counts as one. */
    void add(long micros) {
        counts.incrementAndGet((int) Math.max(0, Math.min(LAST, micros)));
    }

    void clear() {
        for (int i = 0; i <= LAST; i++) {
            counts.set(i, 0);
        }
    }

    long count() {
        long sum = 0;
        for (int i = 0; i <= LAST; i++) {
            sum += counts.get(i);
        }
        return sum;
    }

    /** The time, in ms, that the share given does not exceed; 1 gives the longest. */
    double ms(double share) {
        long wanted = (long) Math.ceil(count() * share);
        long seen = 0;
        for (int i = 0; i <= LAST; i++) {
            seen += counts.get(i);
            if (seen >= wanted && seen > 0) {
                return i / 1e3;
            }
        }
        return Double.NaN;
    }
}
