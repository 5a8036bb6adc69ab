package org.uatwin.simulation.contract;

/**
 * The last known value of a point.
 *
 * @param value in the unit of the point; booleans as 0 and 1.
 * @param good whether its StatusCode is Good.
 * @param ageSeconds time since its source timestamp, at least 0.
 */
public record LiveReading(double value, boolean good, double ageSeconds) {
    public LiveReading {
        if (!(ageSeconds >= 0)) {
            throw new IllegalArgumentException("age must be >= 0 s: " + ageSeconds);
        }
    }

    /** A fresh, good reading. */
    public static LiveReading good(double value) {
        return new LiveReading(value, true, 0);
    }
}
