package org.uatwin.simulation.estimation;

/**
 * What changed since the twin was calibrated.
 *
 * @param kind of the cause.
 * @param name parameter, damage state or point concerned; empty if there is none.
 * @param change how much: a share for parameters and damage, the unit of the point for sensors.
 * @param confidence 0..1 that this and not another of the causes looked at.
 * @param text the above in a sentence, with what would tell more.
 */
public record Diagnosis(Kind kind, String name, double change, double confidence, String text) {
    /** Nothing has changed. */
    public static final Diagnosis NONE = new Diagnosis(Kind.NONE, "", 0, 1, "");

    /** What a cause is. */
    public enum Kind {
        /** Nothing has changed. */
        NONE,
        /** The asset behaves otherwise: a parameter changed. */
        PARAMETER,
        /** The asset has worn. */
        DAMAGE,
        /** A sensor is wrong. */
        SENSOR,
        /** A sensor or the asset: the other sensors cannot tell. */
        AMBIGUOUS,
        /** Something changed that no single cause explains. */
        UNEXPLAINED
    }
}
