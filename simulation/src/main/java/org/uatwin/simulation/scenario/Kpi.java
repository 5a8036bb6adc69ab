package org.uatwin.simulation.scenario;

/**
 * A key figure of a run.
 *
 * @param name figure of the model, or an output with {@code .Mean}, {@code .Min}, {@code .Max} or {@code .End}.
 * @param unit symbol.
 * @param value of the run; with replicates their mean.
 * @param baseline the same without the scenario's changes, on the same random numbers.
 * @param lower lower end of the 90 % interval over the replicates; {@code value} without replicates.
 * @param upper its upper end.
 */
public record Kpi(String name, String unit, double value, double baseline, double lower, double upper) {
    /** What the scenario changes about it. */
    public double delta() {
        return value - baseline;
    }
}
