package org.uatwin.simulation.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.contract.OutputSpec;

/**
 * What a run keeps: series by name, key figures and, of an optimisation, the optimum. A simulation's series are the outputs of its
 * model and, with replicates, their statistics ({@code Power.P05}).
 */
record RunOutcome(List<NamedSeries> own, List<Kpi> kpis, Optional<Optimum> optimum) {
    private static final int BYTES_PER_POINT = 2 * Double.BYTES;
    private static final int BYTES_PER_ROW = 100; // a key figure, a name: a round guess

    RunOutcome {
        own = List.copyOf(own);
        kpis = List.copyOf(kpis);
    }

    static RunOutcome of(RunTask.Result done) {
        return new RunOutcome(done.series(), done.kpis(), done.optimum());
    }

    /** Of a simulation: its nominal pass and the replicates. */
    static RunOutcome of(List<OutputSpec> outputs, SeriesRecorder nominal, Bands bands, List<Kpi> kpis) {
        List<NamedSeries> all = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            OutputSpec output = outputs.get(i);
            all.add(new NamedSeries(output.name(), output.unit(), nominal.series(i)));
            for (String statistic : bands.replicates() == 0 ? List.<String>of() : Bands.STATISTICS) {
                all.add(new NamedSeries(output.name() + "." + statistic, output.unit(), bands.of(i, statistic)));
            }
        }
        return new RunOutcome(all, kpis, Optional.empty());
    }

    Optional<NamedSeries> series(String name) {
        return own.stream().filter(series -> series.name().equals(name)).findFirst();
    }

    /** What it takes in memory, roughly. */
    long bytes() {
        long points = own.stream().mapToLong(series -> series.series().size()).sum();
        return points * BYTES_PER_POINT + (long) BYTES_PER_ROW * (own.size() + kpis.size());
    }
}
