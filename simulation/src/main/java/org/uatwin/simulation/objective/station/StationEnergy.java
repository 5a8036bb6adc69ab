package org.uatwin.simulation.objective.station;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.objective.Objective;
import org.uatwin.simulation.objective.ObjectiveSpec;
import org.uatwin.simulation.objective.Play;
import org.uatwin.simulation.objective.Problem;
import org.uatwin.simulation.objective.Question;
import org.uatwin.simulation.objective.SettingSpec;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.objective.Solution;
import org.uatwin.simulation.objective.Sturdiness;
import org.uatwin.simulation.objective.Texts;
import org.uatwin.simulation.scenario.NamedSeries;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.Setpoint;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.search.Search;

/** Which pumps of a station run, and how fast, for a flow with the least energy per volume. */
public final class StationEnergy implements Objective {
    private static final double SETTLE_SECONDS = 120;
    private static final double NOTHING = 5e-4; // of the baseline: a smaller gain is none
    private static final double SETTLED = 0.999; // of the present flow counts as the present flow
    private static final ObjectiveSpec SPEC = new ObjectiveSpec(
            "energy",
            "Which pumps run, and how fast, to deliver a flow with the least energy per volume.",
            true,
            "Energy per volume",
            "kWh/m3",
            List.of(SettingSpec.number(
                    "MinFlow", "m3/h", Double.NaN, 0.01, 1e6, "of the station; else the present flow")),
            0,
            0,
            500,
            "All mixes of pumps on a grid of speeds, the best brought to the flow by a common factor: exact to a"
                    + " fiftieth of the speed range.");

    @Override
    public ObjectiveSpec spec() {
        return SPEC;
    }

    @Override
    public List<String> models() {
        return List.of("PumpStation");
    }

    @Override
    public Optional<String> unfit(Subject subject) {
        return Pumps.ids(subject).isEmpty() ? Optional.of("it has no pumps") : Optional.empty();
    }

    @Override
    public Problem problem(Subject subject, Settings settings) {
        double flow = settings.number("MinFlow", 0);
        return new Problem(
                Pumps.variables(subject, false),
                List.of(new Problem.Constraint(
                        "Flow", "m3/h", flow, false, "of the station; the present flow if it is not set")));
    }

    @Override
    public Solution optimise(Question q, Effort effort) {
        Play play = new Play(q, SETTLE_SECONDS, Double.POSITIVE_INFINITY, List.of("Flow", "Power"));
        Play.Played before = play.of(List.of());
        double present = before.end("Flow");
        double wanted = q.settings().number("MinFlow", SETTLED * present);
        Pumps pumps = new Pumps(q, effort);
        Optional<Pumps.Mix> best = pumps.frontier().stream()
                .filter(m -> m.flowM3PerH() >= wanted && m.flowM3PerH() > 0)
                .min((a, b) -> Double.compare(a.powerKw() / a.flowM3PerH(), b.powerKw() / b.flowM3PerH()));
        double baseline = specific(before);
        if (best.isEmpty() || wanted <= 0) {
            String because = pumps.running().isEmpty()
                    ? "no pump runs; start those that may be used."
                    : "Flow must be at least %s and comes to %s with all %d running pumps at their fastest."
                            .formatted(
                                    Texts.of(wanted, "m3/h"),
                                    Texts.of(pumps.largestFlow(), "m3/h"),
                                    pumps.running().size());
            return Solution.infeasible(
                    SPEC,
                    baseline,
                    List.of(new Optimum.Limit("Flow", "m3/h", pumps.largestFlow(), present, wanted, false, false)),
                    effort.evaluations(),
                    because);
        }
        Pumps.Mix mix = best.get();
        Search.Point factor = Search.minimise(
                new double[] {0.95},
                new double[] {1},
                new double[] {1},
                Search.Shape.SMOOTH,
                x -> {
                    Play.Played p = play.of(pumps.actions(mix, x[0], 0));
                    return new Search.Value(specific(p), Math.max(0, 1 - p.end("Flow") / wanted));
                },
                effort::next,
                q.seed());
        List<ScenarioAction> actions = pumps.actions(mix, factor.isFeasible() ? factor.x()[0] : 1, 0);
        Play.Played after = play.of(actions);
        boolean isWorth = present < wanted || baseline - specific(after) > NOTHING * baseline;
        return laid(q, play, before, isWorth ? after : before, isWorth ? actions : List.of(), wanted, effort);
    }

    private static double specific(Play.Played played) {
        return played.end("Flow") > 0 ? played.end("Power") / played.end("Flow") : 0;
    }

    private static Solution laid(
            Question q,
            Play play,
            Play.Played before,
            Play.Played after,
            List<ScenarioAction> actions,
            double wanted,
            Effort effort) {
        List<Optimum.Decision> decisions = new ArrayList<>();
        List<Setpoint> setpoints = new ArrayList<>();
        for (Problem.Variable v : Pumps.variables(q.subject(), false)) {
            double present = q.present(v.name());
            double value = actions.stream()
                    .filter(a -> a.target().equals(v.name()))
                    .mapToDouble(ScenarioAction::value)
                    .findFirst()
                    .orElse(present);
            decisions.add(new Optimum.Decision(v.name(), "r/min", value, present, v.lower(), v.upper()));
            if (value != present) {
                q.setpoint(v.name(), value).ifPresent(setpoints::add);
            }
        }
        double flow = after.end("Flow");
        List<Optimum.Limit> limits = List.of(new Optimum.Limit(
                "Flow", "m3/h", flow, before.end("Flow"), wanted, false, Math.abs(flow - wanted) <= 0.01 * wanted));
        List<Optimum.Robustness> robustness = Sturdiness.of(
                Pumps.uncertain(q),
                more -> {
                    List<ScenarioAction> all = new ArrayList<>(actions);
                    all.addAll(more);
                    return specific(play.of(more)) - specific(play.of(all));
                },
                effort);
        List<NamedSeries> series = new ArrayList<>(after.series(""));
        series.addAll(before.series(".Baseline"));
        String message = actions.isEmpty()
                ? "Nothing is to be gained: the pumps already run as well as they can for this flow."
                : before.end("Flow") < wanted
                        ? "Unchanged, the flow would be %s, less than needed."
                                .formatted(Texts.of(before.end("Flow"), "m3/h"))
                        : "";
        return new Solution(
                SPEC.optimum(
                        specific(after), specific(before), decisions, limits, robustness, setpoints, effort, message),
                series,
                List.of(),
                after.occurrences());
    }
}
