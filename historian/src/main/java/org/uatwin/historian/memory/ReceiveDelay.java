package org.uatwin.historian.memory;

/**
 * The time between the source time and the receipt of a sample in 32 bits: exact to the tick (100 ns) up to 53 s either
 * way, to the millisecond up to 12 days, the nearest of these beyond.
 */
final class ReceiveDelay {
    private static final long LIMIT = 1L << 30;
    private static final long TICKS_PER_MILLISECOND = 10_000;

    private ReceiveDelay() {}

    static int pack(long ticks) {
        if (ticks > -LIMIT && ticks < LIMIT) {
            return (int) ticks << 1;
        }
        long milliseconds = Math.max(1 - LIMIT, Math.min(LIMIT - 1, ticks / TICKS_PER_MILLISECOND));
        return (int) milliseconds << 1 | 1;
    }

    static long ticks(int packed) {
        return (packed & 1) == 0 ? packed >> 1 : (packed >> 1) * TICKS_PER_MILLISECOND;
    }
}
