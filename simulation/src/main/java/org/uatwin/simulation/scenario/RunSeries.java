package org.uatwin.simulation.scenario;

import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.contract.NearestName;

/** Finds the series a client asks a run for. */
final class RunSeries {
    private static final int FEWEST_POINTS = 4;

    private RunSeries() {}

    static SeriesResult find(Run run, String name, long maxPoints) {
        RunFacts facts = run.facts;
        Optional<RunOutcome> outcome = run.result();
        Optional<NamedSeries> found = outcome.flatMap(result -> result.series(name));
        boolean isKnown = found.isPresent() || (facts.isTask() ? outcome.isEmpty() : isOutput(facts, name));
        if (!isKnown) {
            return new SeriesResult.Invalid(unknown(facts, outcome, name));
        }
        if (maxPoints != 0 && (maxPoints < FEWEST_POINTS || maxPoints > RunManager.MOST_POINTS)) {
            return new SeriesResult.Invalid(new InvalidParameter(
                    2,
                    InvalidParameter.Kind.OUT_OF_RANGE,
                    "MaxPoints %d is outside %d..%d (0 = %d)"
                            .formatted(maxPoints, FEWEST_POINTS, RunManager.MOST_POINTS, RunManager.DEFAULT_POINTS)));
        }
        if (outcome.isEmpty()) {
            return new SeriesResult.NotReady(missing(run.status()));
        }
        if (found.isEmpty()) {
            return new SeriesResult.NotReady("The run had no replicates; it has no percentiles.");
        }
        int points = maxPoints == 0 ? RunManager.DEFAULT_POINTS : (int) maxPoints;
        return new SeriesResult.Found(
                facts.createdAt(), found.get().unit(), found.get().series().decimated(points));
    }

    private static String missing(RunStatus status) {
        return status.state() == RunState.COMPLETED
                ? "The result of the run can no longer be read; the log says why."
                : "The run is %s at %s %%; it has no series."
                        .formatted(status.state(), Figures.text(status.progressPercent()));
    }

    /** An output, or one of its statistics over the replicates: {@code Power.P05}. */
    private static boolean isOutput(RunFacts facts, String name) {
        int dot = name.lastIndexOf('.');
        boolean isStatistic = dot >= 0 && Bands.STATISTICS.contains(name.substring(dot + 1));
        return facts.outputs().stream()
                .anyMatch(output -> output.name().equals(name)
                        || (isStatistic && output.name().equals(name.substring(0, dot))));
    }

    private static InvalidParameter unknown(RunFacts facts, Optional<RunOutcome> outcome, String name) {
        List<String> names = facts.isTask()
                ? outcome.map(result ->
                                result.own().stream().map(NamedSeries::name).toList())
                        .orElse(List.of())
                : facts.outputs().stream().map(RunFacts.Output::name).toList();
        String of = facts.isTask() ? "a series of this run" : "an output of " + facts.modelName();
        return new InvalidParameter(
                1,
                InvalidParameter.Kind.NO_MATCH,
                "\"%s\" is not %s%s".formatted(name, of, NearestName.hint(name, names)));
    }
}
