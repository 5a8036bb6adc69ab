package org.uatwin.simulation.scenario;

import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.solver.Trajectory;

/**
 * What a run computes. Performed once, on the run's thread, on copies of what it needs: live values never change. Anything it throws
 * fails the run with its message.
 */
public interface RunTask {
    /** For lists of runs: name of the scenario or objective. */
    String title();

    /** The method that starts such a task. */
    default String method() {
        return "Optimize";
    }

    /** Seed of everything that is drawn; 0 if nothing is. */
    default long seed() {
        return 0;
    }

    /** What was asked, argument by argument, so that somebody can ask it again. */
    default List<RunFacts.Input> inputs() {
        return List.of();
    }

    /** Computes; a cancelled task ends early with what it has. */
    Result perform(RunControl control);

    /** Why it cannot be done, for whoever asked: the run fails with this text. */
    final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Refusal(String text) {
            super(text);
        }
    }

    /**
     * What came of it.
     *
     * @param message in words.
     * @param series what can be fetched over time, by name.
     * @param kpis figures against what happens if nothing is changed.
     * @param occurrences events in simulated time.
     * @param optimum of an optimisation.
     */
    record Result(
            String message,
            List<NamedSeries> series,
            List<Kpi> kpis,
            List<Trajectory.Occurrence> occurrences,
            Optional<Optimum> optimum) {
        public Result {
            series = List.copyOf(series);
            kpis = List.copyOf(kpis);
            occurrences = List.copyOf(occurrences);
        }
    }
}
