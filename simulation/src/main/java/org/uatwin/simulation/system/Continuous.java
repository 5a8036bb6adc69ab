package org.uatwin.simulation.system;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.solver.AdaptiveSolver;
import org.uatwin.simulation.solver.FixedStepSolver;
import org.uatwin.simulation.solver.Ode;
import org.uatwin.simulation.solver.OdeSolver;
import org.uatwin.simulation.solver.RosenbrockSolver;
import org.uatwin.simulation.solver.SolverException;

/**
 * A simulation of differential equations with events. An event happens when its function falls from above zero to zero or below;
 * it is located within a step by bisection on re-integrated steps to {@value #EVENT_TOLERANCE} of the step, its handler may change
 * the state, and integration goes on from there. Events of models that keep no handler are only reported.
 */
public abstract class Continuous implements Stateful, Ode {
    private static final double EVENT_TOLERANCE = 1e-9;
    private static final int MOST_EVENTS_PER_STEP = 1_000;
    private static final int MOST_HAPPENINGS = 10_000;

    private final List<Port> inputs;
    private final List<Port> outputs;
    private final double maxStep;
    private final OdeSolver solver;
    private final double[] x;
    private final double[] u;
    private final double[] before;
    private final double[] levels;
    private final double[] now;
    private final List<Happening> happenings = new ArrayList<>();
    private double t;
    private boolean isRestored;

    /**
     * A run from a state.
     *
     * @param method what {@link SolverSettings.Method#MODEL} means here.
     * @param maxStepSeconds largest internal step at which that method is accurate.
     */
    protected Continuous(
            Setup setup,
            List<Port> inputs,
            List<Port> outputs,
            double[] state,
            int events,
            SolverSettings.Method method,
            double maxStepSeconds) {
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.x = state.clone();
        this.u = new double[inputs.size()];
        this.before = new double[x.length];
        this.levels = new double[events];
        this.now = new double[events];
        SolverSettings settings = setup.solver();
        boolean own = settings.method() == SolverSettings.Method.MODEL;
        this.maxStep = settings.maxStepSeconds() > 0 ? settings.maxStepSeconds() : maxStepSeconds;
        this.solver = solver(own ? method : settings.method(), x.length, settings.tolerance(), maxStep);
    }

    private static OdeSolver solver(SolverSettings.Method method, int size, double tolerance, double maxStep) {
        return switch (method) {
            case EULER -> new FixedStepSolver(FixedStepSolver.Method.EULER, size);
            case HEUN -> new FixedStepSolver(FixedStepSolver.Method.HEUN, size);
            case RK4, MODEL -> new FixedStepSolver(FixedStepSolver.Method.RK4, size);
            case ADAPTIVE -> new AdaptiveSolver(size, tolerance, maxStep);
            case IMPLICIT -> new RosenbrockSolver(size, Math.max(tolerance, 1e-10), maxStep);
        };
    }

    /** Writes the outputs in this state. */
    protected abstract void outputs(double timeSeconds, double[] state, double[] in, double[] out);

    /** Prepares for the first instant: may change the state to suit the inputs. */
    protected void settle(double[] state, double[] in) {}

    /** Event function of this index. */
    protected double event(int index, double timeSeconds, double[] state, double[] in) {
        throw new IllegalArgumentException("no event " + index);
    }

    /** What the event does to the state; answers its name for the record, empty to keep it out. */
    protected String happened(int index, double timeSeconds, double[] state, double[] in) {
        return "";
    }

    /** The inputs that hold from this instant on. */
    protected void inputsFrom(double timeSeconds, double[] in) {}

    /** After an internal step: brings the state onto its limits, follows modes. */
    protected void stepped(double timeSeconds, double[] state, double[] in) {}

    /** The elements of the state vector; empty where the model also remembers something else. */
    @Override
    public List<StateSpec> states() {
        return List.of();
    }

    @Override
    public final void state(double[] into) {
        System.arraycopy(x, 0, into, 0, x.length);
    }

    @Override
    public final void restore(double[] from) {
        System.arraycopy(from, 0, x, 0, x.length);
        isRestored = true;
    }

    @Override
    public final void resume(double[] from) {
        System.arraycopy(from, 0, x, 0, x.length);
        rememberLevels();
    }

    @Override
    public final List<Port> inputs() {
        return inputs;
    }

    @Override
    public final List<Port> outputs() {
        return outputs;
    }

    @Override
    public final double internalStepSeconds() {
        return maxStep;
    }

    @Override
    public final void begin(double[] in) {
        System.arraycopy(in, 0, u, 0, u.length);
        settle(x, u);
        inputsFrom(t, u);
        rememberLevels();
    }

    private void rememberLevels() {
        for (int i = 0; i < levels.length; i++) {
            levels[i] = event(i, t, x, u);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>An event that happens because of the new parameters, as when a limit is lowered below what is there, happens now.
     */
    @Override
    public final void continueFrom(Simulation before) {
        Continuous other = (Continuous) before;
        if (other.x.length != x.length || other.levels.length != levels.length) {
            throw new IllegalArgumentException("runs of different size: " + other.x.length + " and " + x.length);
        }
        System.arraycopy(other.x, 0, x, 0, x.length);
        System.arraycopy(other.u, 0, u, 0, u.length);
        System.arraycopy(other.levels, 0, levels, 0, levels.length);
        t = other.t;
        happenings.addAll(other.happenings);
        inherit(other);
        for (int i = 0; i < levels.length; i++) {
            boolean wasAbove = other.event(i, t, x, u) > 0;
            double level = event(i, t, x, u);
            if (wasAbove != level > 0) {
                levels[i] = level;
                if (wasAbove) {
                    happen(i);
                }
            }
        }
    }

    /** Takes over what a run remembers beside its state; called by {@link #continueFrom} with the state in place. */
    protected void inherit(Continuous before) {}

    /** Sets one element of the state while it runs: a replaced part. */
    protected final void renew(int state, double value) {
        x[state] = value;
        rememberLevels();
    }

    private void happen(int event) {
        String name = happened(event, t, x, u);
        if (!name.isEmpty()) {
            record(t, name);
        }
    }

    @Override
    public final void advance(double[] in, double fromSeconds, double toSeconds) {
        System.arraycopy(in, 0, u, 0, u.length);
        t = fromSeconds;
        inputsFrom(t, u);
        long pieces = Math.max(1, (long) Math.ceil((toSeconds - fromSeconds) / maxStep - 1e-9));
        for (long k = 1; k <= pieces; k++) {
            double end = k == pieces ? toSeconds : fromSeconds + k * (toSeconds - fromSeconds) / pieces;
            integrateTo(end);
        }
    }

    private void integrateTo(double end) {
        for (int n = 0; t < end; n++) {
            if (n > MOST_EVENTS_PER_STEP) {
                throw new SolverException("more than %d events between two steps at t = %s s: they accumulate"
                        .formatted(MOST_EVENTS_PER_STEP, t));
            }
            double h = end - t;
            System.arraycopy(x, 0, before, 0, x.length);
            solver.step(this, t, x, u, h);
            int first = levels.length == 0 || isRestored ? -1 : fallen(end);
            if (first < 0) {
                t = end;
                stepped(t, x, u);
                checkFinite();
                System.arraycopy(now, 0, levels, 0, levels.length);
                return;
            }
            double reached = locate(h);
            t = reached >= 1 ? end : t + reached * h;
            for (int i = 0; i < levels.length; i++) {
                if (levels[i] > 0 && event(i, t, x, u) <= 0) {
                    happen(i);
                }
            }
            stepped(t, x, u);
            checkFinite();
            rememberLevels();
        }
    }

    /** Writes the present levels and answers the first event that has fallen, or -1. */
    private int fallen(double time) {
        int first = -1;
        for (int i = 0; i < levels.length; i++) {
            now[i] = event(i, time, x, u);
            if (first < 0 && levels[i] > 0 && now[i] <= 0) {
                first = i;
            }
        }
        return first;
    }

    /** Re-integrates to the first instant at which any event has fallen; answers it as a share of the step. */
    private double locate(double h) {
        double low = 0;
        double high = 1;
        while (high - low > EVENT_TOLERANCE) {
            double middle = 0.5 * (low + high);
            System.arraycopy(before, 0, x, 0, x.length);
            solver.step(this, t, x, u, middle * h);
            if (fallen(t + middle * h) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        System.arraycopy(before, 0, x, 0, x.length);
        solver.step(this, t, x, u, high * h);
        return high;
    }

    private void checkFinite() {
        for (double value : x) {
            if (!Double.isFinite(value)) {
                throw new SolverException(
                        "the state is no number any more at t = %s s; try a smaller maxStep or another solver"
                                .formatted(t));
            }
        }
    }

    /** Records something that happened between events. */
    protected final void record(double timeSeconds, String name) {
        if (happenings.size() < MOST_HAPPENINGS) {
            happenings.add(new Happening(timeSeconds, name));
        }
    }

    @Override
    public final void observe(double[] in) {
        System.arraycopy(in, 0, u, 0, u.length);
    }

    @Override
    public final void read(double[] y) {
        outputs(t, x, u, y);
    }

    @Override
    public List<Happening> happenings() {
        return List.copyOf(happenings);
    }
}
