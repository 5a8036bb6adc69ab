package org.uatwin.simulation.contract;

import org.jspecify.annotations.Nullable;

/**
 * One input of a model: a setpoint, a boundary condition or a scripted disturbance.
 *
 * @param name unique within the model; what-ifs address it.
 * @param unit symbol.
 * @param defaultValue used when the point is not bound or not usable and the hold rule says so.
 * @param lower smallest value a what-if may set.
 * @param upper largest value a what-if may set.
 * @param linkedPoint the twin's point that carries it live, or null.
 * @param stalenessLimitSeconds age beyond which a reading counts as stale.
 * @param holdRule what a bad or stale reading turns into.
 * @param accuracy of the measuring point.
 */
public record InputSpec(
        String name,
        String unit,
        double defaultValue,
        double lower,
        double upper,
        @Nullable String linkedPoint,
        double stalenessLimitSeconds,
        HoldRule holdRule,
        SensorAccuracy accuracy) {
    /** What to use when a reading is bad or stale. */
    public enum HoldRule {
        /** The last value that was delivered, flagged. */
        HOLD_LAST,
        /** The default of the input, flagged. */
        USE_DEFAULT
    }

    public InputSpec {
        if (!(lower <= defaultValue && defaultValue <= upper)) {
            throw new IllegalArgumentException(
                    "%s: default %s outside %s..%s".formatted(name, defaultValue, lower, upper));
        }
        if (!(stalenessLimitSeconds > 0)) {
            throw new IllegalArgumentException(name + ": staleness limit must be positive");
        }
    }

    /** This value, or the nearest one that may be set. */
    public double within(double value) {
        return Math.max(lower, Math.min(upper, value));
    }

    /** An input carried by the point of the same name; a lost reading is held for a while and flagged. */
    public static InputSpec linked(
            String name, String unit, double defaultValue, double lower, double upper, SensorAccuracy accuracy) {
        return new InputSpec(name, unit, defaultValue, lower, upper, name, 30, HoldRule.HOLD_LAST, accuracy);
    }

    /** An input no point carries: ambient conditions and scripted disturbances. */
    public static InputSpec unlinked(String name, String unit, double defaultValue, double lower, double upper) {
        return new InputSpec(
                name,
                unit,
                defaultValue,
                lower,
                upper,
                null,
                Double.MAX_VALUE,
                HoldRule.USE_DEFAULT,
                SensorAccuracy.EXACT);
    }
}
