package org.uatwin.simulation.solver;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ScenarioAction;

/**
 * Applies a list of actions as time goes on, on top of what inputs would be without them. Of several actions on one input each works
 * on what those before it make of it. Owned by one run; allocates nothing while it applies.
 */
public final class Timetable {
    private static final double TOLERANCE_S = 1e-9; // of instants that are computed

    private final List<ScenarioAction> actions; // by time
    private final double[] initial;
    private final double[] from; // what held when an action on an input began
    private final boolean[] begun;
    private final int[] touched; // inputs that actions change
    private final int[][] byInput; // their actions, by time
    private final int[] first; // of each, the first action that still counts
    private final int[] others; // actions on parameters and states, by time
    private int next; // among the others
    private final int[] parameter;
    private final int[] state;

    /** Takes a change of a parameter, or of a state when {@code parameter} is negative: a replaced part. */
    @FunctionalInterface
    public interface Changes {
        void change(int parameter, int state, ScenarioAction action);
    }

    /**
     * @param inputs as they are at the start of the run.
     * @throws IllegalArgumentException if an action has no target.
     */
    public Timetable(ModelDescription description, List<ScenarioAction> actions, double[] inputs) {
        this.actions = actions.stream()
                .sorted(Comparator.comparingDouble(ScenarioAction::atSeconds))
                .toList();
        this.initial = inputs.clone();
        int n = this.actions.size();
        this.from = new double[n];
        this.begun = new boolean[n];
        int[] input = new int[n];
        parameter = new int[n];
        state = new int[n];
        for (int i = 0; i < n; i++) {
            String target = this.actions.get(i).target();
            input[i] = description.inputIndex(target);
            parameter[i] = description.parameterIndex(target);
            state[i] = description.stateIndex(target);
            if (input[i] < 0 && parameter[i] < 0 && state[i] < 0) {
                throw new IllegalArgumentException(description.name() + " has no input, parameter or state " + target);
            }
        }
        touched = IntStream.of(input).filter(i -> i >= 0).distinct().toArray();
        byInput = IntStream.of(touched)
                .mapToObj(u -> IntStream.range(0, n).filter(i -> input[i] == u).toArray())
                .toArray(int[][]::new);
        first = new int[touched.length];
        others = IntStream.range(0, n).filter(i -> input[i] < 0).toArray();
    }

    /** Brings the inputs to this instant and hands on changes of parameters and states, each once. */
    public void apply(double t, double[] u, Changes changes) {
        apply(t, initial, u, changes);
    }

    /**
     * The same on inputs that move by themselves.
     *
     * @param base what they are at this instant without the actions.
     */
    public void apply(double t, double[] base, double[] u, Changes changes) {
        for (int k = 0; k < touched.length; k++) {
            u[touched[k]] = input(k, t, base[touched[k]]);
        }
        while (next < others.length && t - actions.get(others[next]).atSeconds() >= -TOLERANCE_S) {
            int i = others[next++];
            changes.change(parameter[i], state[i], actions.get(i));
        }
    }

    private double input(int k, double t, double base) {
        int[] own = byInput[k];
        double value = base;
        for (int n = first[k]; n < own.length; n++) {
            int i = own[n];
            ScenarioAction action = actions.get(i);
            double since = t - action.atSeconds();
            if (since < -TOLERANCE_S) {
                break;
            }
            if (!begun[i]) {
                begun[i] = true;
                from[i] = value;
            }
            double share = action.rampSeconds() > 0 ? Math.min(1, Math.max(0, since) / action.rampSeconds()) : 1;
            value = switch (action.kind()) {
                case SET -> from[i] + share * (action.value() - from[i]);
                case OFFSET -> value + share * action.value();
                case SCALE -> share < 1 ? value * (1 + share * (action.value() - 1)) : value * action.value();
                case REVERT -> base;
            };
            boolean isSettled = share >= 1
                    && (action.kind() == ScenarioAction.Kind.SET || action.kind() == ScenarioAction.Kind.REVERT);
            if (isSettled) {
                value = action.kind() == ScenarioAction.Kind.SET ? action.value() : base;
                first[k] = n; // those before it no longer matter
            }
        }
        return value;
    }
}
