package org.uatwin.simulation.scenario;

import java.util.List;
import java.util.Optional;

/**
 * What a run keeps: of a simulation the course of the nominal pass and that of the replicates, of a task its own series and, of an
 * optimisation, the optimum; of both key figures.
 */
record RunOutcome(
        SeriesRecorder nominal, Bands bands, List<Kpi> kpis, List<NamedSeries> own, Optional<Optimum> optimum) {
    RunOutcome {
        kpis = List.copyOf(kpis);
        own = List.copyOf(own);
    }

    RunOutcome(SeriesRecorder nominal, Bands bands, List<Kpi> kpis) {
        this(nominal, bands, kpis, List.of(), Optional.empty());
    }

    static RunOutcome of(RunTask.Result done) {
        return new RunOutcome(new SeriesRecorder(0, 1), new Bands(0, 0), done.kpis(), done.series(), done.optimum());
    }
}
