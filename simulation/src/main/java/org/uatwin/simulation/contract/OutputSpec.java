package org.uatwin.simulation.contract;

import org.jspecify.annotations.Nullable;

/**
 * One output of a model: a measurable point or a key figure.
 *
 * @param name unique within the model; what-ifs and run series address it.
 * @param unit symbol.
 * @param linkedPoint the twin's point that measures it, or null for a key figure.
 * @param stalenessLimitSeconds age beyond which the measurement is not used to start the model.
 * @param accuracy of the measuring point.
 * @param meaning one phrase.
 */
public record OutputSpec(
        String name,
        String unit,
        @Nullable String linkedPoint,
        double stalenessLimitSeconds,
        SensorAccuracy accuracy,
        String meaning) {
    /** An output measured by the point of the same name. */
    public static OutputSpec measured(String name, String unit, double relative, double floor, String meaning) {
        return new OutputSpec(name, unit, name, 30, new SensorAccuracy(relative, floor), meaning);
    }

    /** A figure the model computes and nobody measures. */
    public static OutputSpec figure(String name, String unit, String meaning) {
        return new OutputSpec(name, unit, null, Double.MAX_VALUE, SensorAccuracy.EXACT, meaning);
    }
}
