package org.uatwin.simulation.estimation;

import java.util.List;

/**
 * What one thing that can go wrong does to the deviations of a followed twin, once they have settled.
 *
 * @param kind what it is.
 * @param name failure mode, damage state, parameter, or point of a sensor.
 * @param effects by predicted output, in standard deviations of its sensor, for an amplitude of 1.
 * @param sign 1 if the amplitude cannot be negative, as of wear; else 0.
 * @param perUnit what an amplitude of 1 is: for failure modes a share of the way to its threshold or its full value, for damage and
 *     parameters a share of the value, for sensors in {@code unit}.
 * @param unit of sensors; else empty.
 */
public record Signature(Kind kind, String name, List<Double> effects, int sign, double perUnit, String unit) {
    /** What can go wrong. */
    public enum Kind {
        /** A failure mode the model declares. */
        FAILURE_MODE,
        /** A damage state. */
        DAMAGE,
        /** A parameter that is estimated. */
        PARAMETER,
        /** A sensor. */
        SENSOR
    }

    public Signature {
        effects = List.copyOf(effects);
    }

    /** Root of the sum of the squares: how well it is seen at an amplitude of 1. */
    public double strength() {
        return Math.sqrt(effects.stream().mapToDouble(e -> e * e).sum());
    }
}
