package org.uatwin.simulation.objective.station;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.objective.Play;
import org.uatwin.simulation.objective.Problem;
import org.uatwin.simulation.objective.Question;
import org.uatwin.simulation.objective.Sturdiness;
import org.uatwin.simulation.scenario.Subject;

/**
 * The pumps of a station and what each delivers and draws at each speed, settled. Of all ways to run them together only those are kept that
 * no other beats in both flow and power.
 */
final class Pumps {
    static final String SPEED = ".SpeedSetpoint";
    private static final double SETTLE_SECONDS = 90;
    private static final int LEVELS = 50; // speeds of a pump between its slowest and fastest
    private static final double SLOWEST = 0.3; // of the fastest speed: below, a pump hardly delivers
    private static final int BUCKETS = 600; // flows told apart
    private static final List<String> UNCERTAIN =
            List.of(".PumpEfficiency", ".TorqueFactor", ".SystemResistance", ".StaticHeadShare", ".OutletKv");

    private final Question question;
    private final List<String> ids;
    private final double[] fastest;
    private final double[][] flow; // pump, level; level 0 is off
    private final double[][] power;

    /** A way to run the pumps: flow and power of all, and the level of each. */
    record Mix(double flowM3PerH, double powerKw, List<Integer> levels) {
        Mix {
            levels = List.copyOf(levels);
        }
    }

    /** Ids of the pumps a station's model has. */
    static List<String> ids(Subject subject) {
        ModelDescription d = subject.description();
        return d.inputs().stream()
                .map(i -> i.name())
                .filter(name -> name.endsWith(SPEED))
                .map(name -> name.substring(0, name.length() - SPEED.length()))
                .filter(id -> d.outputIndex(id + ".Flow") >= 0 && d.outputIndex(id + ".MotorPower") >= 0)
                .toList();
    }

    /** Speeds as variables. */
    static List<Problem.Variable> variables(Subject subject, boolean isSchedule) {
        List<Problem.Variable> variables = new ArrayList<>();
        for (String id : ids(subject)) {
            double most = subject.largestInput(subject.description().inputIndex(id + SPEED));
            variables.add(new Problem.Variable(
                    id + SPEED, "r/min", 0, most, isSchedule, "0 = off; in use from %.0f".formatted(SLOWEST * most)));
        }
        return variables;
    }

    /** Parameters of pumps and tank that decide what a plan is worth. */
    static List<Sturdiness.Uncertain> uncertain(Question question) {
        return Sturdiness.parameters(question).stream()
                .filter(u -> UNCERTAIN.stream().anyMatch(u.name()::endsWith))
                .toList();
    }

    /** Measures the pumps that run; those that stand are left alone. */
    Pumps(Question question, Effort effort) {
        this.question = question;
        this.ids = ids(question.subject()).stream().filter(this::isRunning).toList();
        int n = ids.size();
        fastest = new double[n];
        flow = new double[n][LEVELS + 1];
        power = new double[n][LEVELS + 1];
        for (int p = 0; p < n; p++) {
            fastest[p] = question.subject()
                    .largestInput(question.subject().description().inputIndex(ids.get(p) + SPEED));
        }
        List<String> outputs = new ArrayList<>();
        ids.forEach(id -> outputs.addAll(List.of(id + ".Flow", id + ".MotorPower")));
        Play play = new Play(question, SETTLE_SECONDS, Double.POSITIVE_INFINITY, outputs);
        for (int level = 1; level <= LEVELS && effort.next(); level++) {
            List<ScenarioAction> actions = new ArrayList<>();
            for (int p = 0; p < n; p++) {
                actions.add(ScenarioAction.set(ids.get(p) + SPEED, speed(p, level), 0));
            }
            Play.Played played = play.of(actions);
            for (int p = 0; p < n; p++) {
                flow[p][level] = played.end(ids.get(p) + ".Flow");
                power[p][level] = played.end(ids.get(p) + ".MotorPower");
            }
        }
    }

    private boolean isRunning(String id) {
        return question.subject().description().inputIndex(id + ".Running") < 0
                || question.present(id + ".Running") >= 0.5;
    }

    List<String> running() {
        return ids;
    }

    /** Speed of a level; 0 is off. */
    double speed(int pump, int level) {
        return level == 0 ? 0 : fastest[pump] * (SLOWEST + (1 - SLOWEST) * (level - 1) / (LEVELS - 1));
    }

    /** Flow of all pumps at their fastest. */
    double largestFlow() {
        double sum = 0;
        for (double[] levels : flow) {
            sum += Arrays.stream(levels).max().orElse(0);
        }
        return sum;
    }

    /** Every way that no other beats, by rising flow; the first is all off. */
    List<Mix> frontier() {
        List<Mix> mixes = List.of(new Mix(0, 0, List.of()));
        double width = Math.max(1e-9, largestFlow()) / BUCKETS;
        for (int p = 0; p < ids.size(); p++) {
            Mix[] best = new Mix[BUCKETS + 2];
            for (Mix before : mixes) {
                for (int level = 0; level <= LEVELS; level++) {
                    if (level > 0 && !(flow[p][level] > 0)) {
                        continue;
                    }
                    List<Integer> levels = new ArrayList<>(before.levels());
                    levels.add(level);
                    Mix mix = new Mix(before.flowM3PerH() + flow[p][level], before.powerKw() + power[p][level], levels);
                    int bucket = mix.flowM3PerH() == 0 ? 0 : 1 + (int) (mix.flowM3PerH() / width);
                    if (best[bucket] == null || isBetter(mix, best[bucket])) {
                        best[bucket] = mix;
                    }
                }
            }
            mixes = Arrays.stream(best).filter(m -> m != null).toList();
        }
        List<Mix> kept = new ArrayList<>();
        for (int i = mixes.size() - 1; i >= 0; i--) {
            if (kept.isEmpty() || mixes.get(i).powerKw() < kept.get(0).powerKw()) {
                kept.add(0, mixes.get(i));
            }
        }
        return kept;
    }

    /** Less energy for the volume. */
    private static boolean isBetter(Mix mix, Mix other) {
        return mix.powerKw() * other.flowM3PerH() < other.powerKw() * mix.flowM3PerH();
    }

    /** Actions that bring the pumps to a mix. */
    List<ScenarioAction> actions(Mix mix, double factor, double atSeconds) {
        List<ScenarioAction> actions = new ArrayList<>();
        for (int p = 0; p < ids.size(); p++) {
            double speed = Math.min(fastest[p], factor * speed(p, mix.levels().get(p)));
            actions.add(ScenarioAction.set(ids.get(p) + SPEED, speed, atSeconds));
        }
        return actions;
    }
}
