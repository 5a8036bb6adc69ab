package org.uatwin.simulation.contract;

/**
 * Standard deviation of a measurement: {@code max(relative * |value|, floor)}.
 *
 * @param relative fraction of the reading, 0..1.
 * @param floor smallest standard deviation in the unit of the point, at least 0.
 */
public record SensorAccuracy(double relative, double floor) {
    /** A value that is not measured with noise: commands, positions, counters. */
    public static final SensorAccuracy EXACT = new SensorAccuracy(0, 0);

    public SensorAccuracy {
        if (!(relative >= 0 && relative <= 1) || !(floor >= 0)) {
            throw new IllegalArgumentException("relative must be 0..1 and floor >= 0: " + relative + ", " + floor);
        }
    }

    /** Standard deviation of a reading of this value, in the unit of the value. */
    public double sigma(double value) {
        return Math.max(relative * Math.abs(value), floor);
    }
}
