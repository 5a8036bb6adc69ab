package org.uatwin.simulation.contract;

/**
 * One constant of a model, set per asset in the plant file.
 *
 * @param name unique within the model, PascalCase.
 * @param unit symbol, {@code ""} for a pure number.
 * @param defaultValue used when the plant file says nothing.
 * @param lower smallest accepted value.
 * @param upper largest accepted value.
 * @param priorSigma one standard deviation of what is not known about it, as a fraction of its value; 0 = exact.
 * @param tunable whether it may be estimated from data and varied in a what-if.
 * @param meaning one phrase.
 * @param source where the default or the definition comes from.
 */
public record ParameterSpec(
        String name,
        String unit,
        double defaultValue,
        double lower,
        double upper,
        double priorSigma,
        boolean tunable,
        String meaning,
        String source) {
    public ParameterSpec {
        if (!(lower <= defaultValue && defaultValue <= upper)) {
            throw new IllegalArgumentException(
                    "%s: default %s outside %s..%s".formatted(name, defaultValue, lower, upper));
        }
        if (!(priorSigma >= 0 && priorSigma < 1)) {
            throw new IllegalArgumentException("%s: prior sigma must be 0..1: %s".formatted(name, priorSigma));
        }
    }

    /** A nameplate or geometry value: known, not varied. */
    public static ParameterSpec fixed(
            String name, String unit, double value, double lower, double upper, String meaning, String source) {
        return new ParameterSpec(name, unit, value, lower, upper, 0, false, meaning, source);
    }

    /** A value known only to a relative standard deviation; it may be estimated and varied. */
    public static ParameterSpec tunable(
            String name,
            String unit,
            double value,
            double lower,
            double upper,
            double priorSigma,
            String meaning,
            String source) {
        return new ParameterSpec(name, unit, value, lower, upper, priorSigma, true, meaning, source);
    }
}
