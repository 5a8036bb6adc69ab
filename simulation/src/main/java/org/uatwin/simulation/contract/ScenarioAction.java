package org.uatwin.simulation.contract;

/**
 * One change during a run.
 *
 * @param target name of an input or of a tunable parameter.
 * @param kind how {@code value} is applied.
 * @param value new value, offset or factor.
 * @param atSeconds time since the start of the run, at least 0.
 * @param rampSeconds time to reach the value linearly (inputs only), 0 = at once.
 */
public record ScenarioAction(String target, Kind kind, double value, double atSeconds, double rampSeconds) {
    /** How a value is applied to what holds when the action begins. */
    public enum Kind {
        /** The value. */
        SET,
        /** What holds plus the value. */
        OFFSET,
        /** What holds times the value. */
        SCALE,
        /** What would hold without any action. */
        REVERT
    }

    public ScenarioAction {
        if (!Double.isFinite(value) || !(atSeconds >= 0) || !(rampSeconds >= 0)) {
            throw new IllegalArgumentException("bad action on " + target);
        }
    }

    /** Sets the target at once. */
    public static ScenarioAction set(String target, double value, double atSeconds) {
        return new ScenarioAction(target, Kind.SET, value, atSeconds, 0);
    }

    /** Multiplies the target at once. */
    public static ScenarioAction scale(String target, double factor, double atSeconds) {
        return new ScenarioAction(target, Kind.SCALE, factor, atSeconds, 0);
    }

    /** Moves an input linearly to the value. */
    public static ScenarioAction ramp(String target, double value, double atSeconds, double rampSeconds) {
        return new ScenarioAction(target, Kind.SET, value, atSeconds, rampSeconds);
    }

    /** Brings an input or a parameter back to what it would be without actions. */
    public static ScenarioAction revert(String target, double atSeconds) {
        return new ScenarioAction(target, Kind.REVERT, 0, atSeconds, 0);
    }

    /** The value after the action when {@code before} held and the run began with {@code initial}. */
    public double applyTo(double before, double initial) {
        return switch (kind) {
            case SET -> value;
            case OFFSET -> before + value;
            case SCALE -> before * value;
            case REVERT -> initial;
        };
    }
}
