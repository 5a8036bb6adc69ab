package org.uatwin.simulation.scenario;

import java.util.List;
import java.util.Objects;

/** Quantiles and mean of every output over time, of the replicates of one run. Written once by the run's thread. */
public final class Bands {
    /** What clients append to the name of an output, in the order in which series are kept. */
    public static final List<String> STATISTICS = List.of("P05", "P50", "P95", "Mean");

    private final Series[][] series;
    private final int replicates;

    Bands(int outputs, int replicates) {
        this.series = new Series[outputs][STATISTICS.size()];
        this.replicates = replicates;
    }

    void put(int output, int statistic, Series values) {
        series[output][statistic] = values;
    }

    /** How many replicates they are of; without any there are no series. */
    public int replicates() {
        return replicates;
    }

    public Series of(int output, String statistic) {
        return Objects.requireNonNull(series[output][STATISTICS.indexOf(statistic)], statistic);
    }
}
