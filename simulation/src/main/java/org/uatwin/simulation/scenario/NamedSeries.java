package org.uatwin.simulation.scenario;

/**
 * A series a run hands out under a name of its own.
 *
 * @param name as GetRunSeries takes it.
 * @param unit symbol of the values.
 */
public record NamedSeries(String name, String unit, Series series) {
    /** A series of these points; times ascend, in seconds from the start of the run. */
    public static NamedSeries of(String name, String unit, double[] timesSeconds, double[] values) {
        return new NamedSeries(name, unit, new Series(timesSeconds.clone(), values.clone()));
    }
}
