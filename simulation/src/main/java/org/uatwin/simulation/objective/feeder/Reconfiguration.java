package org.uatwin.simulation.objective.feeder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.uatwin.simulation.network.RadialFeeder;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.objective.Objective;
import org.uatwin.simulation.objective.ObjectiveSpec;
import org.uatwin.simulation.objective.OwnSystem;
import org.uatwin.simulation.objective.Problem;
import org.uatwin.simulation.objective.Question;
import org.uatwin.simulation.objective.SettingSpec;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.objective.Solution;
import org.uatwin.simulation.scenario.Kpi;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.StopReason;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.solver.Trajectory;
import org.uatwin.simulation.system.DataTable;

/**
 * Which switches of a feeder to open so that it loses least at the present loads: it stays radial, supplies every bus it can, and keeps its
 * voltages and ratings.
 */
public final class Reconfiguration implements Objective {
    private static final ObjectiveSpec SPEC = new ObjectiveSpec(
            "least-losses",
            "Open and close switches of the feeder so that it loses least at the present loads, radial and within limits.",
            true,
            "Losses",
            "kW",
            List.of(
                    SettingSpec.number("LowestVoltage", "", 0.9, 0.5, 1.5, "pu, of every bus (EN 50160: 0.9)"),
                    SettingSpec.number("HighestVoltage", "", 1.1, 0.5, 1.5, "pu, of every bus (EN 50160: 1.1)"),
                    SettingSpec.number("LargestLoading", "%", 100, 1, 1000, "of the rating of every branch"),
                    SettingSpec.number(
                            "MostOperations",
                            "",
                            Double.NaN,
                            0,
                            1e6,
                            "switches that may be operated; any number by default")),
            0,
            0,
            100_000,
            "Branch exchange with exact power flows from the present and from 8 random configurations; all configurations, and so"
                    + " the global optimum, if there are no more of them than evaluations.");

    @Override
    public ObjectiveSpec spec() {
        return SPEC;
    }

    @Override
    public List<String> models() {
        return List.of("RadialFeeder");
    }

    @Override
    public Optional<String> unfit(Subject subject) {
        DataTable branches = subject.own().tables().get("branches");
        if (branches == null || Arrays.stream(branches.column("closed")).allMatch(c -> c >= 0.5)) {
            return Optional.of("no branch is open: a feeder without a tie switch can only be fed one way."
                    + " Fix: give the tie switches in the table branches with closed = 0.");
        }
        return Optional.empty();
    }

    @Override
    public Problem problem(Subject subject, Settings settings) {
        DataTable branches = subject.own().tables().get("branches");
        List<Problem.Variable> variables = new ArrayList<>();
        for (int b = 0; branches != null && b < branches.rows(); b++) {
            if (branches.number(b, "switchable") >= 0.5) {
                variables.add(new Problem.Variable(
                        "Switch." + RadialFeeder.branchName(branches, b), "", 0, 1, false, "1 = closed"));
            }
        }
        return new Problem(
                variables,
                List.of(
                        new Problem.Constraint("MinVoltage", "", settings.number("LowestVoltage"), false, "pu"),
                        new Problem.Constraint("MaxVoltage", "", settings.number("HighestVoltage"), true, "pu"),
                        new Problem.Constraint(
                                "MaxLoading", "%", settings.number("LargestLoading"), true, "of the ratings"),
                        new Problem.Constraint(
                                "Operations",
                                "",
                                settings.number("MostOperations", variables.size()),
                                true,
                                "switches operated")));
    }

    @Override
    public Solution optimise(Question question, Effort effort) {
        return new Search(question, effort).solution();
    }

    private static final class Search {
        private final Question question;
        private final Effort effort;
        private final OwnSystem system;
        private final DataTable branches;
        private final Graph graph;
        private final SwitchState state;
        private final boolean[] present;
        private final boolean[] mayClose;
        private final boolean[] mustClose;
        private final SwitchState.Flow before;

        Search(Question question, Effort effort) {
            this.question = question;
            this.effort = effort;
            system = OwnSystem.of(new RadialFeeder(), question);
            branches = system.table("branches");
            graph = graph(system.table("buses"), branches);
            state = new SwitchState(system, SwitchState.Limits.of(question.settings()));
            present = state.present(branches.rows());
            mayClose = new boolean[graph.branches];
            mustClose = new boolean[graph.branches];
            for (int b = 0; b < graph.branches; b++) {
                boolean isSwitch = branches.number(b, "switchable") >= 0.5;
                mayClose[b] = isSwitch || present[b];
                mustClose[b] = !isSwitch && present[b];
            }
            before = state.flow(present);
        }

        private double switches() {
            return java.util.stream.IntStream.range(0, branches.rows())
                    .filter(b -> branches.number(b, "switchable") >= 0.5)
                    .count();
        }

        private static Graph graph(DataTable buses, DataTable branches) {
            var index = buses.index("bus");
            int[] from = new int[branches.rows()];
            int[] to = new int[from.length];
            for (int b = 0; b < from.length; b++) {
                from[b] = branches.reference(b, "from", index);
                to[b] = branches.reference(b, "to", index);
            }
            return new Graph(buses.rows(), RadialFeeder.source(buses), from, to);
        }

        Solution solution() {
            double most = question.settings().number("MostOperations", switches());
            Predicate<boolean[]> isAllowed = closed -> Exchange.differences(closed, present) <= most;
            Exchange exchange = new Exchange(graph, state, mayClose, mustClose, isAllowed, effort);
            exchange.search(NoiseStream.ofSeed(question.seed()));
            boolean[] best = exchange.best();
            boolean isChanged = !Arrays.equals(best, present);
            SwitchState.Flow flow = isChanged ? exchange.bestFlow() : before;
            // A bus that no branch can supply stays without supply whatever is switched.
            if (!isKept(flow)) {
                return Solution.infeasible(
                        SPEC, before.losses(), limits(flow, best), effort.evaluations(), cannot(exchange, flow));
            }
            return new Solution(
                    new Optimum(
                            SPEC.name(),
                            SPEC.quantity(),
                            SPEC.unit(),
                            true,
                            flow.losses(),
                            before.losses(),
                            decisions(best),
                            limits(flow, best),
                            isChanged ? system.robustness(other -> gain(other, best), effort) : List.of(),
                            List.of(),
                            effort.stopReason(),
                            effort.evaluations(),
                            exchange.isProven()
                                    ? "Exact: every radial configuration was looked at."
                                    : "The best of branch exchanges: another configuration may lose less.",
                            message(best, flow)),
                    List.of(),
                    List.of(
                            kpi("Losses", "kW", flow.losses(), before.losses()),
                            kpi("MinVoltage", "", flow.lowest(), before.lowest()),
                            kpi("MaxLoading", "%", flow.loading(), before.loading()),
                            kpi("UnservedLoad", "kW", flow.unserved(), before.unserved()),
                            kpi("Operations", "", Exchange.differences(best, present), 0)),
                    operations(best));
        }

        /** The limits hold, beside load that nothing can supply. */
        private boolean isKept(SwitchState.Flow flow) {
            boolean canSupplyAll = graph.reachedCount(mayClose) == graph.buses;
            return canSupplyAll
                    ? flow.isAllowed()
                    : Double.isFinite(flow.losses()) && flow.excess() - flow.unserved() <= 1e-9;
        }

        private static Kpi kpi(String name, String unit, double value, double baseline) {
            return new Kpi(name, unit, value, baseline, value, value);
        }

        private List<Optimum.Limit> limits(SwitchState.Flow flow, boolean[] best) {
            List<Optimum.Limit> limits = new ArrayList<>(
                    Double.isFinite(flow.losses()) ? state.limits(flow, before) : List.<Optimum.Limit>of());
            double most = question.settings().number("MostOperations", switches());
            int operations = Exchange.differences(best, present);
            limits.add(new Optimum.Limit("Operations", "", operations, 0, most, true, operations + 2 > most));
            return limits;
        }

        private String cannot(Exchange exchange, SwitchState.Flow flow) {
            return String.format(
                    Locale.ROOT,
                    "%s keeps all limits; the nearest has a lowest voltage of %.4f pu, a highest of %.4f pu, a loading of %.1f %%"
                            + " and %.1f kW without supply. Shed load, raise the source voltage or relax the limit.",
                    exchange.isProven() ? "no radial configuration" : "no configuration that was found",
                    flow.lowest(),
                    flow.highest(),
                    flow.loading(),
                    flow.unserved());
        }

        private List<Optimum.Decision> decisions(boolean[] best) {
            List<Optimum.Decision> decisions = new ArrayList<>();
            for (int b = 0; b < graph.branches; b++) {
                if (branches.number(b, "switchable") >= 0.5) {
                    decisions.add(new Optimum.Decision(
                            "Switch." + state.branch(b), "", best[b] ? 1 : 0, present[b] ? 1 : 0, 0, 1));
                }
            }
            return decisions;
        }

        private double gain(OwnSystem other, boolean[] best) {
            SwitchState there = new SwitchState(other, SwitchState.Limits.of(question.settings()));
            return there.flow(present).losses() - there.flow(best).losses();
        }

        /** In an order that never leaves a bus without supply: each tie is closed before the branch of its loop is opened. */
        private List<Trajectory.Occurrence> operations(boolean[] best) {
            List<Trajectory.Occurrence> all = new ArrayList<>();
            boolean[] now = present.clone();
            for (int tie = 0; tie < graph.branches; tie++) {
                if (!best[tie] || now[tie]) {
                    continue;
                }
                all.add(new Trajectory.Occurrence(0, "close " + state.branch(tie)));
                for (int out : graph.way(now, tie)) {
                    if (!best[out]) {
                        all.add(new Trajectory.Occurrence(0, "open " + state.branch(out)));
                        now[out] = false;
                        break;
                    }
                }
                now[tie] = true;
            }
            return all;
        }

        private String message(boolean[] best, SwitchState.Flow flow) {
            List<String> open = new ArrayList<>();
            for (int b = 0; b < graph.branches; b++) {
                if (!best[b]) {
                    open.add(state.branch(b));
                }
            }
            List<String> steps =
                    operations(best).stream().map(Trajectory.Occurrence::name).toList();
            if (steps.isEmpty()) {
                return effort.stopReason() == StopReason.CONVERGED
                        ? "Nothing to gain: the feeder is already switched best. Open: %s."
                                .formatted(String.join(", ", open))
                        : "Nothing better was found in time. Open: %s.".formatted(String.join(", ", open));
            }
            return String.format(
                    Locale.ROOT,
                    "Open: %s. Lowest voltage %.4f instead of %.4f pu. %d operations: %s.",
                    String.join(", ", open),
                    flow.lowest(),
                    before.lowest(),
                    Exchange.differences(best, present),
                    String.join(", ", steps));
        }
    }
}
