package org.uatwin.simulation.objective;

import java.util.List;
import org.uatwin.simulation.scenario.Kpi;
import org.uatwin.simulation.scenario.NamedSeries;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.StopReason;
import org.uatwin.simulation.solver.Trajectory;

/**
 * An optimum and what it looks like.
 *
 * @param optimum the answer.
 * @param series what is decided and what comes of it over time; the same without the decision is named with {@code .Baseline}.
 * @param kpis further figures of the optimum and of the baseline.
 * @param occurrences events while the optimum is carried out.
 */
public record Solution(
        Optimum optimum, List<NamedSeries> series, List<Kpi> kpis, List<Trajectory.Occurrence> occurrences) {
    public Solution {
        series = List.copyOf(series);
        kpis = List.copyOf(kpis);
        occurrences = List.copyOf(occurrences);
    }

    /** A solution without events. */
    public Solution(Optimum optimum, List<NamedSeries> series, List<Kpi> kpis) {
        this(optimum, series, kpis, List.of());
    }

    /**
     * No decision keeps every limit.
     *
     * @param baseline the quantity if nothing is changed.
     * @param limits the limit that cannot hold, with the nearest it can be brought to, and others if they are known.
     * @param because which limit cannot hold, by how much, and what would help.
     */
    public static Solution infeasible(
            ObjectiveSpec spec, double baseline, List<Optimum.Limit> limits, long evaluations, String because) {
        return new Solution(
                new Optimum(
                        spec.name(),
                        spec.quantity(),
                        spec.unit(),
                        spec.isMinimised(),
                        baseline,
                        baseline,
                        List.of(),
                        limits,
                        List.of(),
                        List.of(),
                        StopReason.INFEASIBLE,
                        evaluations,
                        "",
                        "No solution: " + because),
                List.of(),
                List.of());
    }
}
