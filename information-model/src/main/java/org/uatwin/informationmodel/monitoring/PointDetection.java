package org.uatwin.informationmodel.monitoring;

import java.time.Duration;

/**
 * A point whose values are compared with its own past.
 *
 * @param every how often a value is looked at; those between make a mean.
 * @param memory values of the past that count.
 * @param limit strangeness at which it is an alarm.
 * @param rest after an alarm, in which there is no other one unless it is far stranger.
 */
public record PointDetection(Duration every, int memory, double limit, Duration rest) {
    public PointDetection {
        if (every.isNegative() || every.isZero() || memory < 100 || !(limit > 0) || rest.isNegative()) {
            throw new IllegalArgumentException(
                    "every %s, memory %d, limit %s, rest %s".formatted(every, memory, limit, rest));
        }
    }
}
