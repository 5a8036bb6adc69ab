package org.uatwin.informationmodel.plant;

import java.time.Duration;

/**
 * What is remembered of finished runs, over a restart too; the oldest go first.
 *
 * @param kept their number.
 * @param keptFor how long.
 * @param megabytes what their results may take.
 */
public record RunSettings(int kept, Duration keptFor, int megabytes) {
    /** 100 runs and 64 MB for a day. */
    public static final RunSettings DEFAULT = new RunSettings(100, Duration.ofDays(1), 64);

    private static final int BYTES_SHIFT = 20;

    public RunSettings {
        if (kept < 0 || keptFor.isNegative() || megabytes < 0) {
            throw new IllegalArgumentException("bounds of runs must not be negative");
        }
    }

    /** What their results may take, in bytes. */
    public long bytes() {
        return (long) megabytes << BYTES_SHIFT;
    }
}
