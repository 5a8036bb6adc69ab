package org.uatwin.simulation.asset.wind;

import org.uatwin.simulation.system.Setup;

/**
 * Fatigue of a blade root under turbulence: a narrow-band process of deviation s has mean ranges of 2 sqrt(2) s at the frequency of the
 * first flap mode; each uses up (range/reference)^m / cycles of the life (Miner).
 */
final class BladeFatigue {
    /** Of the radius: where thrust that grows linearly outwards acts. */
    static final double ROOT_ARM = 2.0 / 3;

    private static final double RANGE_PER_DEVIATION = 2 * Math.sqrt(2);

    private final double reference;
    private final double cycles;
    private final double slope;
    private final double frequency;

    BladeFatigue(Setup s) {
        reference = s.parameter("ReferenceMoment");
        cycles = s.parameter("ReferenceCycles");
        slope = s.parameter("SnSlope");
        frequency = s.parameter("FlapFrequency");
    }

    /** Share of life used in a second by a moment that varies with this deviation, in kN m. */
    double rate(double deviation) {
        double range = RANGE_PER_DEVIATION * deviation / reference;
        return range > 0 ? frequency * StrictMath.pow(range, slope) / cycles : 0;
    }
}
