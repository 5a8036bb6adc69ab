package org.uatwin.simulation.objective.line;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.uatwin.simulation.discrete.ProductionLine;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.objective.Objective;
import org.uatwin.simulation.objective.ObjectiveException;
import org.uatwin.simulation.objective.ObjectiveSpec;
import org.uatwin.simulation.objective.OwnSystem;
import org.uatwin.simulation.objective.Problem;
import org.uatwin.simulation.objective.Question;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.objective.Solution;
import org.uatwin.simulation.scenario.Kpi;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.system.DataTable;

/** Divides the tasks of a line among its stations, in their order, so that the slowest station is as fast as can be. */
public final class LineBalancing implements Objective {
    private static final String STATION = "Station.";
    private static final int RUNS = 10;
    private static final double RUN_HOURS = 40;
    private static final double WARM_UP_HOURS = 4;
    private static final double TIME_DOUBT = 0.1; // of a task, one standard deviation
    private static final ObjectiveSpec SPEC = new ObjectiveSpec(
            "balance",
            "Divide the tasks of the line among its stations so that the slowest is as fast as can be.",
            true,
            "Time of the slowest station",
            "s",
            List.of(),
            0,
            0,
            200_000,
            "Branch and bound over the loads of the stations; with the evaluations used up the best so far and a lower bound.");

    @Override
    public ObjectiveSpec spec() {
        return SPEC;
    }

    @Override
    public List<String> models() {
        return List.of("ProductionLine");
    }

    @Override
    public Optional<String> unfit(Subject subject) {
        DataTable tasks = subject.own().tables().get("tasks");
        if (tasks == null) {
            return Optional.of("the line has no table of tasks."
                    + " Fix: give the table tasks (task, time_s, station, after) in the plant file.");
        }
        return tasks.rows() > Balance.MOST_TASKS
                ? Optional.of("%d tasks are more than %d. Fix: join tasks that always stay together."
                        .formatted(tasks.rows(), Balance.MOST_TASKS))
                : Optional.empty();
    }

    @Override
    public Problem problem(Subject subject, Settings settings) {
        List<Problem.Variable> variables = new ArrayList<>();
        DataTable tasks = subject.own().tables().get("tasks");
        DataTable stations = subject.own().tables().get("stations");
        for (int i = 0; tasks != null && stations != null && i < tasks.rows(); i++) {
            variables.add(new Problem.Variable(
                    STATION + tasks.text(i, "task"),
                    "",
                    1,
                    stations.rows(),
                    false,
                    "number of the station in the line"));
        }
        return new Problem(variables, List.of());
    }

    @Override
    public Solution optimise(Question question, Effort effort) {
        return new Search(question, effort).solution();
    }

    private static final class Search {
        private final Question question;
        private final Effort effort;
        private final OwnSystem system;
        private final DataTable stations;
        private final DataTable tasks;
        private final int[] rows; // of the stations that take part
        private final double[] capacity;
        private final int[] present;
        private final double[] time;
        private final long[] before;
        private final long[] mayBeAt;

        Search(Question question, Effort effort) {
            this.question = question;
            this.effort = effort;
            system = OwnSystem.of(new ProductionLine(), question);
            stations = system.table("stations");
            tasks = system.table("tasks");
            Map<String, Integer> stationOf = stations.index("station");
            Map<String, Integer> taskOf = tasks.index("task");
            int n = tasks.rows();
            TreeSet<Integer> taking = new TreeSet<>();
            for (int i = 0; i < n; i++) {
                taking.add(tasks.reference(i, "station", stationOf));
                names(i, "only_at").forEach(name -> taking.add(known(stationOf, name, "only_at")));
            }
            rows = taking.stream().mapToInt(Integer::intValue).toArray();
            capacity = new double[rows.length];
            for (int k = 0; k < rows.length; k++) {
                capacity[k] = stations.number(rows[k], "machines")
                        * system.input("StationSpeed." + stations.text(rows[k], "station"))
                        * system.input("SpeedFactor");
            }
            time = tasks.column("time_s");
            present = new int[n];
            before = new long[n];
            mayBeAt = new long[n];
            for (int i = 0; i < n; i++) {
                present[i] = Arrays.binarySearch(rows, tasks.reference(i, "station", stationOf));
                for (String name : names(i, "after")) {
                    before[i] |= 1L << known(taskOf, name, "after");
                }
                for (String name : names(i, "only_at")) {
                    mayBeAt[i] |= 1L << Arrays.binarySearch(rows, known(stationOf, name, "only_at"));
                }
                mayBeAt[i] = mayBeAt[i] == 0 ? (1L << rows.length) - 1 : mayBeAt[i];
            }
            if (Balance.order(before).length < n) {
                throw new ObjectiveException(
                        "tasks of the table tasks wait for each other in a circle", "correct the column after.");
            }
        }

        private List<String> names(int row, String column) {
            return Arrays.stream(tasks.text(row, column).split("[\\s;]+"))
                    .filter(name -> !name.isEmpty())
                    .toList();
        }

        private static int known(Map<String, Integer> index, String name, String column) {
            Integer found = index.get(name);
            if (found == null) {
                throw new ObjectiveException(
                        "the column %s of the table tasks names \"%s\", which does not exist".formatted(column, name),
                        "use one of " + String.join(", ", new TreeSet<>(index.keySet())) + ".");
            }
            return found;
        }

        Solution solution() {
            Balance balance = new Balance(time, before, mayBeAt, capacity, effort);
            double baseline = balance.slowest(present);
            balance.know(present);
            boolean isPossible = balance.search();
            int[] best = balance.best();
            if (!isPossible) {
                return Solution.infeasible(
                        SPEC,
                        baseline,
                        List.of(),
                        effort.evaluations(),
                        "no order of stations keeps the columns after and only_at of the table tasks."
                                + " A task must not be bound to a station before one that has to come earlier.");
            }
            int[] chosen = best == null ? present : best;
            double value = balance.slowest(chosen);
            boolean isChanged = !Arrays.equals(chosen, present);
            LineTrial.Compared tried = new LineTrial(RUN_HOURS, WARM_UP_HOURS)
                    .compare(
                            with(present),
                            with(chosen),
                            isChanged ? RUNS : 1,
                            NoiseStream.ofSeed(question.seed()),
                            Effort.ofEvaluations(effort.isCancelled() ? 0 : 2L * RUNS));
            return new Solution(
                    new Optimum(
                            SPEC.name(),
                            SPEC.quantity(),
                            SPEC.unit(),
                            true,
                            value,
                            baseline,
                            decisions(chosen),
                            List.of(),
                            isChanged ? robustness(chosen) : List.of(),
                            List.of(),
                            effort.stopReason(),
                            effort.evaluations(),
                            balance.isProven()
                                    ? "Exact."
                                    : String.format(
                                            Locale.ROOT,
                                            "Within %.2f %% of a lower bound of %.3f s.",
                                            100 * (value / balance.lowerBound() - 1),
                                            balance.lowerBound()),
                            message(chosen, tried)),
                    List.of(),
                    kpis(balance, chosen, tried));
        }

        /** The line with these tasks at its stations; one without a task passes its parts on. */
        private OwnSystem with(int[] assignment) {
            double[] times = stations.column("time_s");
            for (int row : rows) {
                times[row] = 0;
            }
            for (int i = 0; i < assignment.length; i++) {
                times[rows[assignment[i]]] += time[i];
            }
            return system.without("tasks").with(stations.with("time_s", times));
        }

        private List<Optimum.Decision> decisions(int[] chosen) {
            List<Optimum.Decision> decisions = new ArrayList<>();
            for (int i = 0; i < chosen.length; i++) {
                decisions.add(new Optimum.Decision(
                        STATION + tasks.text(i, "task"),
                        "",
                        rows[chosen[i]] + 1,
                        rows[present[i]] + 1,
                        1,
                        stations.rows()));
            }
            return decisions;
        }

        /** Gain if the longest task takes a tenth less or more than it is taken for. */
        private List<Optimum.Robustness> robustness(int[] chosen) {
            List<Optimum.Robustness> all = new ArrayList<>();
            for (int task : longest()) {
                double[] gains = new double[2];
                for (int side = 0; side < 2; side++) {
                    double[] moved = time.clone();
                    moved[task] *= side == 0 ? 1 - TIME_DOUBT : 1 + TIME_DOUBT;
                    Balance other = new Balance(moved, before, mayBeAt, capacity, effort);
                    gains[side] = other.slowest(present) - other.slowest(chosen);
                }
                all.add(new Optimum.Robustness(
                        "time of " + tasks.text(task, "task"), "s", TIME_DOUBT * time[task], gains[0], gains[1]));
            }
            return all;
        }

        private int[] longest() {
            return java.util.stream.IntStream.range(0, time.length)
                    .boxed()
                    .sorted(java.util.Comparator.comparingDouble(i -> -time[i]))
                    .limit(3)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        private List<Kpi> kpis(Balance balance, int[] chosen, LineTrial.Compared tried) {
            List<Kpi> kpis = new ArrayList<>();
            double bound = balance.lowerBound();
            kpis.add(new Kpi("LowerBound", "s", bound, bound, bound, bound));
            double[] now = balance.loads(present);
            double[] then = balance.loads(chosen);
            for (int k = 0; k < rows.length; k++) {
                kpis.add(new Kpi("Time." + stations.text(rows[k], "station"), "s", then[k], now[k], then[k], then[k]));
            }
            if (tried.runs() > 0) {
                kpis.add(new Kpi(
                        "Throughput",
                        "1/h",
                        tried.after(),
                        tried.before(),
                        tried.before() + tried.gain() - tried.halfWidth(),
                        tried.before() + tried.gain() + tried.halfWidth()));
            }
            return kpis;
        }

        private String message(int[] chosen, LineTrial.Compared tried) {
            List<String> moves = new ArrayList<>();
            for (int i = 0; i < chosen.length; i++) {
                if (chosen[i] != present[i]) {
                    moves.add("%s to %s".formatted(tasks.text(i, "task"), stations.text(rows[chosen[i]], "station")));
                }
            }
            if (moves.isEmpty()) {
                return "Nothing to gain: no division is better than the present one"
                        + (effort.mayContinue() ? "." : " among those looked at.");
            }
            String throughput = tried.runs() < 2
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            " Simulated, the line then yields %.1f instead of %.1f parts an hour (gain %.2f +- %.2f).",
                            tried.after(),
                            tried.before(),
                            tried.gain(),
                            tried.halfWidth());
            String broken = Balance.isAllowed(present, before, mayBeAt)
                    ? ""
                    : "The present division breaks the columns after or only_at. ";
            return broken + "Move " + String.join(", ", moves) + "." + throughput;
        }
    }
}
