package org.uatwin.plcadapters.poll;

/** Spreads the polls of a link over their period, so that devices are not all asked in the same instant. */
public final class Stagger {
    private Stagger() {}

    /**
     * Phases of several plans with the same period: each begins when the share of the requests before it has passed,
     * so requests follow each other evenly and those of one plan stay together.
     *
     * @param requests requests of each plan, 0 or more.
     * @return for each plan its first start after the beginning of a period, nanoseconds, below {@code periodNs}.
     */
    public static long[] phases(long periodNs, int[] requests) {
        long total = 0;
        for (int n : requests) {
            total += n;
        }
        long[] phases = new long[requests.length];
        long before = 0;
        for (int i = 0; i < requests.length; i++) {
            phases[i] = total == 0 ? 0 : (long) ((double) periodNs * before / total);
            before += requests[i];
        }
        return phases;
    }
}
