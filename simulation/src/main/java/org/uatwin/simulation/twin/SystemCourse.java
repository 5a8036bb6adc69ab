package org.uatwin.simulation.twin;

import java.util.Arrays;
import java.util.List;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.scenario.Course;
import org.uatwin.simulation.solver.SolverException;
import org.uatwin.simulation.solver.Timetable;
import org.uatwin.simulation.solver.Trajectory;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.Stateful;

/** One run of a system model. Parameters are set once, before it begins. */
final class SystemCourse implements Course {
    private static final double SECONDS_PER_HOUR = 3600;

    private final BoundSystem bound;
    private final ModelDescription description;
    private final double[] parameters;
    private final double[] states;
    private final double[] u;
    private final double[] y;
    private final double stepSeconds;
    private final Timetable timetable;
    private final Simulation simulation;
    private final double beganAt; // time of the day in seconds, or 0
    private long steps;
    private boolean isBroken;

    SystemCourse(BoundSystem bound, ModelStart start, List<ScenarioAction> actions, double stepSeconds, long seed) {
        if (!(stepSeconds > 0)) {
            throw new IllegalArgumentException("step must be positive: " + stepSeconds);
        }
        this.bound = bound;
        this.description = bound.description();
        this.parameters = start.parameters();
        this.u = start.inputs();
        this.y = new double[description.outputs().size()];
        this.stepSeconds = stepSeconds;
        this.timetable = new Timetable(description, actions, u, stepSeconds);
        states = start.state();
        timetable.apply(0, u, this::change);
        int time = description.stateIndex(BoundSystem.TIME_OF_DAY);
        beganAt = time < 0 ? 0 : start.state()[time] * SECONDS_PER_HOUR;
        simulation = bound.prepare(parameters, states, seed);
        simulation.begin(u);
        if (start instanceof BoundSystem.Resumed estimate && simulation instanceof Stateful stateful) {
            stateful.resume(replaced(stateful, estimate));
        }
    }

    /** The estimate, but what the actions of time 0 set of it: a part that was replaced. */
    private double[] replaced(Stateful stateful, BoundSystem.Resumed estimate) {
        double[] vector = estimate.vector();
        double[] before = estimate.state();
        for (int i = 0; i < states.length; i++) {
            int at = ModelDescription.indexOf(
                    stateful.states(),
                    StateSpec::name,
                    description.states().get(i).name());
            if (at >= 0 && !Double.isNaN(states[i]) && states[i] != before[i]) {
                vector[at] = states[i];
            }
        }
        return vector;
    }

    private void change(int parameter, int state, ScenarioAction action) {
        if (steps > 0) {
            throw new IllegalStateException(action.target() + " of " + description.name() + " can only change at 0 s");
        }
        if (parameter < 0) {
            states[state] = action.applyTo(states[state]);
            return;
        }
        ParameterSpec spec = description.parameters().get(parameter);
        double value = action.applyTo(parameters[parameter]);
        parameters[parameter] = Math.max(spec.lower(), Math.min(spec.upper(), value));
    }

    @Override
    public void step() {
        if (!isBroken) {
            try {
                simulation.advance(u, beganAt + timeSeconds(), beganAt + (steps + 1) * stepSeconds);
            } catch (SolverException e) {
                isBroken = true; // outputs are no numbers from here on, which ends the run with a message
            }
        }
        steps++;
        timetable.apply(timeSeconds(), u, this::change);
    }

    @Override
    public double input(int index) {
        return u[index];
    }

    @Override
    public void input(int index, double value) {
        u[index] = value;
    }

    @Override
    public double timeSeconds() {
        return steps * stepSeconds;
    }

    @Override
    public void outputs(double[] out) {
        if (isBroken) {
            Arrays.fill(out, Double.NaN);
            return;
        }
        simulation.observe(u);
        simulation.read(out);
    }

    @Override
    public boolean insideEnvelope() {
        outputs(y);
        return bound.isInside(u, y);
    }

    @Override
    public OperatingMode mode() {
        return OperatingMode.RUNNING;
    }

    @Override
    public List<Trajectory.Occurrence> occurrences() {
        return simulation.happenings().stream()
                .map(h -> new Trajectory.Occurrence(h.atSeconds() - beganAt, h.name()))
                .toList();
    }

    @Override
    public List<Simulation.Figure> figures() {
        return simulation.figures();
    }
}
