package org.uatwin.simulation.scenario;

import java.util.List;

/** What a completed run keeps: the course of the nominal pass, that of the replicates, key figures. */
record RunOutcome(SeriesRecorder nominal, Bands bands, List<Kpi> kpis) {
    RunOutcome {
        kpis = List.copyOf(kpis);
    }
}
