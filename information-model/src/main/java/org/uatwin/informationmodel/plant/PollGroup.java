package org.uatwin.informationmodel.plant;

import java.time.Duration;

/**
 * Points of one connection that are read with one period.
 *
 * @param name unique within its connection.
 * @param period 10 ms to 1 day.
 * @param holdTime how long the last value stays usable without an answer; default 3 periods.
 */
public record PollGroup(String name, Duration period, Duration holdTime) {
    public static final Duration SHORTEST = Duration.ofMillis(10);
    public static final Duration LONGEST = Duration.ofDays(1);
    public static final int DEFAULT_HOLD_PERIODS = 3;

    public PollGroup {
        if (period.compareTo(SHORTEST) < 0 || period.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("period must be 10 ms to 1 day: " + period);
        }
    }
}
