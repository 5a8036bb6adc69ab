package org.uatwin.simulation.contract;

/**
 * A way in which an asset fails.
 *
 * @param name PascalCase, as messages and predictions name it.
 * @param mechanism what goes on in the asset; empty when the name says it.
 * @param damage the model's damage state that grows, or the point that shows it with {@code %s} for the rows of a table; empty if it
 *     comes without warning.
 * @param threshold of the damage at which the asset fails; NaN if that is not a value of the damage alone.
 * @param isOfNew whether the threshold is a share of what the damage state was when the asset was new.
 * @param event event of the model that ends the asset's life by it, for damage whose threshold is not a value of its own; else empty.
 * @param knob input or parameter that stands for it in a what-if; empty if the damage itself does.
 * @param value of the knob when it is there in full.
 * @param signature what is seen in the readings.
 */
public record FailureMode(
        String name,
        String mechanism,
        String damage,
        double threshold,
        boolean isOfNew,
        String event,
        String knob,
        double value,
        String signature) {
    /** One that a what-if brings in by an input or a parameter. */
    public static FailureMode byKnob(String name, String knob, double value, String signature) {
        return new FailureMode(name, "", "", Double.NaN, false, "", knob, value, signature);
    }

    /** One that comes by damage reaching a threshold. */
    public static FailureMode byDamage(
            String name, String mechanism, String damage, double threshold, String signature) {
        return new FailureMode(name, mechanism, damage, threshold, false, "", "", Double.NaN, signature);
    }

    /** The same with the threshold as a share of the damage state when new. */
    public static FailureMode byDamageOfNew(
            String name, String mechanism, String damage, double threshold, String signature) {
        return new FailureMode(name, mechanism, damage, threshold, true, "", "", Double.NaN, signature);
    }

    /** One that comes by damage bringing about an event, at whatever value of the damage that is. */
    public static FailureMode byEvent(String name, String mechanism, String damage, String event, String signature) {
        return new FailureMode(name, mechanism, damage, Double.NaN, false, event, "", Double.NaN, signature);
    }
}
