package org.uatwin.simulation.solver;

import java.util.Comparator;
import java.util.List;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ScenarioAction;

/** Applies a list of actions as time goes on. Owned by one run; allocates nothing while it applies. */
public final class Timetable {
    private final ModelDescription description;
    private final List<ScenarioAction> actions;
    private final double stepSeconds;
    private final double[] initial;
    private final double[] from;
    private final boolean[] begun;

    /** Takes a change of a parameter, or of a state when {@code parameter} is negative: a replaced part. */
    @FunctionalInterface
    public interface Changes {
        void change(int parameter, int state, ScenarioAction action);
    }

    /**
     * @param inputs as they are at the start of the run.
     * @param stepSeconds between two calls of {@link #apply}.
     */
    public Timetable(ModelDescription description, List<ScenarioAction> actions, double[] inputs, double stepSeconds) {
        this.description = description;
        this.actions = actions.stream()
                .sorted(Comparator.comparingDouble(ScenarioAction::atSeconds))
                .toList();
        this.stepSeconds = stepSeconds;
        this.initial = inputs.clone();
        this.from = new double[this.actions.size()];
        this.begun = new boolean[this.actions.size()];
    }

    /** Brings the inputs to this instant and hands on changes of parameters and states, each once. */
    public void apply(double t, double[] u, Changes changes) {
        for (int i = 0; i < actions.size(); i++) {
            ScenarioAction action = actions.get(i);
            double since = t - action.atSeconds();
            if (since < -1e-9 || (begun[i] && since > action.rampSeconds() + stepSeconds)) {
                continue;
            }
            int input = description.inputIndex(action.target());
            if (input >= 0) {
                if (!begun[i]) {
                    from[i] = u[input];
                }
                double target = action.kind() == ScenarioAction.Kind.REVERT ? initial[input] : action.applyTo(from[i]);
                double share = action.rampSeconds() > 0 ? Math.min(1, since / action.rampSeconds()) : 1;
                if (!begun[i] || action.rampSeconds() > 0) {
                    u[input] = from[i] + share * (target - from[i]);
                }
            } else if (!begun[i]) {
                int parameter = description.parameterIndex(action.target());
                int state = description.stateIndex(action.target());
                if (parameter < 0 && state < 0) {
                    throw new IllegalArgumentException(
                            description.name() + " has no input, parameter or state " + action.target());
                }
                changes.change(parameter, state, action);
            }
            begun[i] = true;
        }
    }
}
