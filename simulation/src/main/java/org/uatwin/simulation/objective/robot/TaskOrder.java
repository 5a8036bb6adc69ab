package org.uatwin.simulation.objective.robot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.uatwin.simulation.asset.robot.RobotArm;
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
import org.uatwin.simulation.scenario.NamedSeries;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.search.TourSearch;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.twin.Tables;

/** The order in which a robot does its tasks, each once and back to the first, for the shortest cycle. */
public final class TaskOrder implements Objective {
    private static final String PLACE = "Place.";
    private static final int SAMPLES = 400; // of the moves of a cycle
    private static final ObjectiveSpec SPEC = new ObjectiveSpec(
            "task-order",
            "Do the tasks of a cycle in the order that takes the least time.",
            true,
            "Cycle time",
            "s",
            List.of(SettingSpec.number(
                    "SpeedShare", "", 1, 0.05, 1, "of the joints' largest speed, of its square of their acceleration")),
            0,
            0,
            2000,
            "Exact by dynamic programming up to 14 tasks; more by nearest neighbour, 2-opt and Or-opt with restarts.");

    @Override
    public ObjectiveSpec spec() {
        return SPEC;
    }

    @Override
    public List<String> models() {
        return List.of("RobotArm");
    }

    @Override
    public Optional<String> unfit(Subject subject) {
        DataTable tasks = subject.own().tables().get("tasks");
        if (tasks == null || names(tasks).size() < 3) {
            return Optional.of("the arm has fewer than three tasks, which leaves no order to choose."
                    + " Fix: give the table tasks (task, joint, position_rad, time_s) in the plant file.");
        }
        return Optional.empty();
    }

    /** Names of the tasks in the order of the table. */
    private static List<String> names(DataTable tasks) {
        return IntStream.range(0, tasks.rows())
                .mapToObj(i -> tasks.text(i, "task"))
                .distinct()
                .toList();
    }

    @Override
    public Problem problem(Subject subject, Settings settings) {
        DataTable tasks = subject.own().tables().get("tasks");
        List<String> names = tasks == null ? List.of() : names(tasks);
        List<Problem.Variable> variables = new ArrayList<>();
        for (String name : names) {
            variables.add(new Problem.Variable(
                    PLACE + name, "", 0, Math.max(0, names.size() - 1.0), false, "place in the cycle, from 0"));
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
        private final List<String> joints;
        private final List<String> tasks;
        private final double[][] position; // of each task and joint
        private final double work; // at all places together, s
        private final double[] workAt;
        private final double[] speed;
        private final double[] acceleration;

        Search(Question question, Effort effort) {
            this.question = question;
            this.effort = effort;
            system = OwnSystem.of(new RobotArm(), question);
            DataTable links = system.table("links");
            DataTable table = system.table("tasks");
            Map<String, Integer> jointOf = links.index("joint");
            joints = IntStream.range(0, links.rows())
                    .mapToObj(j -> links.text(j, "joint"))
                    .toList();
            tasks = names(table);
            position = new double[tasks.size()][joints.size()];
            workAt = new double[tasks.size()];
            for (int i = 0; i < table.rows(); i++) {
                int task = tasks.indexOf(table.text(i, "task"));
                position[task][table.reference(i, "joint", jointOf)] = table.number(i, "position_rad");
                workAt[task] = Math.max(workAt[task], table.number(i, "time_s"));
            }
            work = Arrays.stream(workAt).sum();
            speed = links.column("speed_rad_s");
            acceleration = links.column("acceleration_rad_s2");
        }

        Solution solution() {
            double share = question.settings().number("SpeedShare");
            double[][] time = times(share, speed, acceleration);
            int[] present = IntStream.range(0, tasks.size()).toArray();
            boolean isExact = tasks.size() <= ExactTour.MOST_POINTS;
            int[] found = isExact && effort.next() ? ExactTour.of(time) : search(time);
            double before = work + length(time, present);
            double after = work + length(time, found);
            boolean isBetter = after < before - 1e-9;
            int[] order = isBetter ? found : present;
            Moves now = moves(present, time);
            Moves then = moves(order, time);
            return new Solution(
                    new Optimum(
                            SPEC.name(),
                            SPEC.quantity(),
                            SPEC.unit(),
                            true,
                            isBetter ? after : before,
                            before,
                            decisions(order),
                            List.of(),
                            isBetter ? robustness(order, present) : List.of(),
                            List.of(),
                            effort.stopReason(),
                            effort.evaluations(),
                            isExact
                                    ? "Exact for these times; ways of the arm around obstacles are not looked at."
                                    : "A heuristic, usually within 3 % of the optimum; ways around obstacles are not looked at.",
                            message(order, isBetter)),
                    then.series(),
                    List.of(
                            kpi("MoveTime", "s", then.seconds() - work, now.seconds() - work),
                            kpi("WorkTime", "s", work, work),
                            kpi("EnergyPerCycle", "J", then.energy(), now.energy()),
                            kpi("LargestTorqueShare", "", then.torque(), now.torque())));
        }

        private int[] search(double[][] time) {
            int[] tour = new TourSearch(time, NoiseStream.ofSeed(question.seed()))
                    .best((int) Math.min(2000, effort.left()), effort::next);
            int first = 0;
            while (tour[first] != 0) {
                first++;
            }
            int[] order = new int[tour.length];
            for (int i = 0; i < tour.length; i++) {
                order[i] = tour[(first + i) % tour.length];
            }
            return order;
        }

        private static Kpi kpi(String name, String unit, double value, double baseline) {
            return new Kpi(name, unit, value, baseline, value, value);
        }

        private double[][] times(double share, double[] v, double[] a) {
            int n = tasks.size();
            double[][] time = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < n; k++) {
                    time[i][k] = time(position[i], position[k], share, v, a);
                }
            }
            return time;
        }

        /** Of a move with all joints in step: a quintic from rest to rest reaches 15/8 of its mean speed and 10/sqrt(3) way/time^2. */
        private static double time(double[] from, double[] to, double share, double[] v, double[] a) {
            double longest = 0;
            for (int j = 0; j < from.length; j++) {
                double way = Math.abs(to[j] - from[j]);
                double bySpeed = 15.0 / 8 * way / (v[j] * share);
                double byAcceleration = Math.sqrt(10 / Math.sqrt(3) * way / (a[j] * share * share));
                longest = Math.max(longest, Math.max(bySpeed, byAcceleration));
            }
            return longest;
        }

        private static double length(double[][] time, int[] order) {
            double sum = 0;
            for (int i = 0; i < order.length; i++) {
                sum += time[order[i]][order[(i + 1) % order.length]];
            }
            return sum;
        }

        private List<Optimum.Decision> decisions(int[] order) {
            double[] place = new double[order.length];
            for (int i = 0; i < order.length; i++) {
                place[order[i]] = i;
            }
            List<Optimum.Decision> decisions = new ArrayList<>();
            for (int i = 0; i < order.length; i++) {
                decisions.add(new Optimum.Decision(PLACE + tasks.get(i), "", place[i], i, 0, order.length - 1));
            }
            return decisions;
        }

        /** Gain if all joints are slower or faster to speed up than the links table says. */
        private List<Optimum.Robustness> robustness(int[] order, int[] present) {
            List<Optimum.Robustness> all = new ArrayList<>();
            for (String what : List.of("speed_rad_s of all joints", "acceleration_rad_s2 of all joints")) {
                double[] gains = new double[2];
                for (int side = 0; side < 2; side++) {
                    double factor = side == 0 ? 0.8 : 1.2;
                    boolean isSpeed = what.startsWith("speed");
                    double[][] time = times(
                            question.settings().number("SpeedShare"),
                            scaled(speed, isSpeed ? factor : 1),
                            scaled(acceleration, isSpeed ? 1 : factor));
                    gains[side] = length(time, present) - length(time, order);
                }
                all.add(new Optimum.Robustness(what, "", 0.2, gains[0], gains[1]));
            }
            return all;
        }

        private static double[] scaled(double[] values, double factor) {
            return Arrays.stream(values).map(v -> v * factor).toArray();
        }

        /** What a cycle of these moves costs, by the arm's model. */
        private record Moves(double seconds, double energy, double torque, List<NamedSeries> series) {}

        private Moves moves(int[] order, double[][] time) {
            List<Map<String, Object>> rows = new ArrayList<>();
            double t = 0;
            waypoint(rows, order[0], t);
            for (int i = 0; i < order.length; i++) {
                int task = order[i];
                int next = order[(i + 1) % order.length];
                if (workAt[task] > 0) {
                    t += workAt[task];
                    waypoint(rows, task, t);
                }
                if (time[task][next] > 0) { // two tasks at one place need no move
                    t += time[task][next];
                    waypoint(rows, next, t);
                }
            }
            DataTable table = Tables.of(new RobotArm().card().table("moves").orElseThrow(), rows);
            return played(system.with(table).with("MovesPeriod", 0).with("Mode", 0), t);
        }

        private void waypoint(List<Map<String, Object>> rows, int task, double t) {
            for (int j = 0; j < joints.size(); j++) {
                Map<String, Object> row = new HashMap<>();
                row.put("joint", joints.get(j));
                row.put("time_s", t);
                row.put("position_rad", position[task][j]);
                rows.add(row);
            }
        }

        private Moves played(OwnSystem arm, double seconds) {
            Simulation simulation = arm.prepare(question.seed());
            double[] u = arm.inputs(simulation);
            double[] y = new double[simulation.outputs().size()];
            List<String> outputs = simulation.outputs().stream().map(Port::name).toList();
            DataTable links = arm.table("links");
            double[] times = new double[SAMPLES + 1];
            Map<String, double[]> positions = new LinkedHashMap<>();
            joints.forEach(joint -> positions.put("Position." + joint, new double[SAMPLES + 1]));
            double torque = 0;
            simulation.begin(u);
            for (int k = 0; k <= SAMPLES; k++) {
                times[k] = seconds * k / SAMPLES;
                if (k > 0) {
                    simulation.advance(u, times[k - 1], times[k]);
                }
                simulation.observe(u);
                simulation.read(y);
                for (int j = 0; j < joints.size(); j++) {
                    String joint = joints.get(j);
                    value(positions, "Position." + joint)[k] = y[outputs.indexOf("Position." + joint)];
                    double atMotor =
                            y[outputs.indexOf("Torque." + joint)] / Math.max(1e-9, Math.abs(links.number(j, "gear")));
                    torque = Math.max(torque, Math.abs(atMotor) / arm.parameter("RatedTorqueShare"));
                }
            }
            List<NamedSeries> series = positions.entrySet().stream()
                    .map(e -> NamedSeries.of(e.getKey(), "rad", times, e.getValue()))
                    .toList();
            return new Moves(seconds, y[outputs.indexOf("Energy")], torque, series);
        }

        private static double[] value(Map<String, double[]> of, String key) {
            double[] found = of.get(key);
            if (found == null) {
                throw new IllegalStateException(key);
            }
            return found;
        }

        private String message(int[] order, boolean isBetter) {
            String names = Arrays.stream(order).mapToObj(tasks::get).collect(Collectors.joining(", "));
            return isBetter
                    ? "Order: %s.".formatted(names)
                    : "Nothing to gain: no order that was looked at is shorter than the present one.";
        }
    }
}
