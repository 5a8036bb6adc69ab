package org.uatwin.simulation.solver;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.contract.TwinModel;

/**
 * One run of a model from a start along a list of actions, at a fixed step. Owned by one thread. Between actions on parameters a
 * step allocates nothing; an action on a parameter binds the model anew.
 */
public final class Trajectory {
    /** Event inside a step is located to this fraction of the step. */
    private static final double EVENT_TOLERANCE = 1e-6;

    private final TwinModel model;
    private final double[] parameters;
    private final double[] initial; // parameters at the start
    private final double[] x;
    private final double[] before;
    private final double[] trial;
    private final double[] u;
    private final double[] eventBefore;
    private final Timetable timetable;
    private final Timetable.Changes changes = this::change; // made once: a step allocates nothing
    private final FixedStepSolver solver;
    private final double stepSeconds;
    private final List<Occurrence> occurrences = new ArrayList<>();
    private final boolean[] eventSeen;

    private ModelDynamics dynamics;
    private OperatingMode mode;
    private long steps;

    /**
     * An event or mode change that happened.
     *
     * @param atSeconds time since the start of the run.
     * @param name name of the event, or {@code Mode} and the mode's text.
     */
    public record Occurrence(double atSeconds, String name) {}

    /** A run that has not begun; actions at time 0 are applied at once. */
    public Trajectory(TwinModel model, ModelStart start, List<ScenarioAction> actions, double stepSeconds) {
        if (!(stepSeconds > 0)) {
            throw new IllegalArgumentException("step must be positive: " + stepSeconds);
        }
        this.model = model;
        this.parameters = start.parameters();
        this.initial = parameters.clone();
        this.x = start.state();
        this.before = new double[x.length];
        this.trial = new double[x.length];
        this.u = start.inputs();
        this.mode = start.mode();
        this.stepSeconds = stepSeconds;
        this.timetable = new Timetable(model.description(), actions, u);
        this.solver = new FixedStepSolver(FixedStepSolver.Method.RK4, x.length);
        this.dynamics = model.bind(parameters);
        int events = model.description().events().size();
        this.eventBefore = new double[events];
        this.eventSeen = new boolean[events];
        timetable.apply(0, u, changes);
        for (int i = 0; i < events; i++) {
            eventBefore[i] = dynamics.event(i, x, u);
        }
    }

    /** Advances by one step. */
    public void step() {
        double t = timeSeconds();
        timetable.apply(t, u, changes);
        System.arraycopy(x, 0, before, 0, x.length);
        solver.step(dynamics, mode, x, u, stepSeconds);
        steps++;
        for (int i = 0; i < eventBefore.length; i++) {
            double after = dynamics.event(i, x, u);
            if (eventBefore[i] > 0 && after <= 0 && !eventSeen[i]) {
                eventSeen[i] = true;
                occurrences.add(new Occurrence(
                        t + stepSeconds * locate(i),
                        model.description().events().get(i).name()));
            }
            eventBefore[i] = after;
        }
        OperatingMode next = dynamics.nextMode(mode, x, u);
        if (next != mode) {
            mode = next;
            if (occurrences.size() < 1000) {
                occurrences.add(new Occurrence(timeSeconds(), "Mode " + next.text()));
            }
        }
    }

    /** Fraction of the last step after which the event function fell through zero: bisection on re-integrated steps. */
    private double locate(int event) {
        double low = 0;
        double high = 1;
        while (high - low > EVENT_TOLERANCE) {
            double middle = 0.5 * (low + high);
            System.arraycopy(before, 0, trial, 0, x.length);
            solver.step(dynamics, mode, trial, u, middle * stepSeconds);
            if (dynamics.event(event, trial, u) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private void change(int parameter, int state, ScenarioAction action) {
        if (parameter < 0) {
            x[state] = action.applyTo(x[state], x[state]);
            return;
        }
        ParameterSpec spec = model.description().parameters().get(parameter);
        double value = action.applyTo(parameters[parameter], initial[parameter]);
        parameters[parameter] = Math.max(spec.lower(), Math.min(spec.upper(), value));
        dynamics = model.bind(parameters);
    }

    /** The present value of an input. */
    public double input(int index) {
        return u[index];
    }

    /** Sets an input from now on. */
    public void input(int index, double value) {
        u[index] = value;
    }

    /** Time since the start of the run. */
    public double timeSeconds() {
        return steps * stepSeconds;
    }

    /** Writes the present outputs into {@code y}. */
    public void outputs(double[] y) {
        dynamics.outputs(mode, x, u, y);
    }

    /** Whether state and inputs are inside the validated range now. */
    public boolean insideEnvelope() {
        return dynamics.insideEnvelope(x, u);
    }

    /** The present mode. */
    public OperatingMode mode() {
        return mode;
    }

    /** Events and mode changes so far. */
    public List<Occurrence> occurrences() {
        return List.copyOf(occurrences);
    }
}
