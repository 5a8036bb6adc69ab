package org.uatwin.server.maintenance;

import java.time.Instant;
import org.uatwin.informationmodel.value.UaTime;

/**
 * What a plan is asked for.
 *
 * @param now ticks, as the next two.
 * @param earliest begin of the time that is offered.
 * @param latest its end; 0: within the life of the assets.
 * @param longestHours of an interruption; 0: any.
 */
public record PlanQuestion(long now, long earliest, long latest, double longestHours) {
    private static final double TICKS_PER_HOUR = 3600.0 * UaTime.TICKS_PER_SECOND;

    /** Hours from now. */
    public double hoursTo(long ticks) {
        return (ticks - now) / TICKS_PER_HOUR;
    }

    /** A moment, ticks. */
    public long at(double hours) {
        return now + Math.round(hours * TICKS_PER_HOUR);
    }

    Instant instant(double hours) {
        return UaTime.toInstant(at(hours));
    }

    double hoursTo(Instant instant) {
        return hoursTo(UaTime.ofInstant(instant));
    }
}
