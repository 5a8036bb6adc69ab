package org.uatwin.simulation.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.solver.SolverException;
import org.uatwin.simulation.solver.Timetable;
import org.uatwin.simulation.solver.Trajectory;
import org.uatwin.simulation.system.SetupException;
import org.uatwin.simulation.system.Simulation;

/** One run of a system model. A change of parameters in its middle continues it with another simulation. */
public final class SimulationCourse implements Course {
    private final Source source;
    private final ModelDescription description;
    private final double[] parameters;
    private final double[] initial; // parameters at the start
    private final double[] states;
    private final double[] base; // inputs as they would be without actions
    private final double[] u;
    private final double[] y;
    private final LongToDoubleFunction times;
    private final double beganAt;
    private final Timetable timetable;
    private final Timetable.Changes changes = this::change; // made once: a step allocates nothing
    private final long seed;
    private Simulation simulation;
    private boolean isRetuned; // parameters have changed, the simulation has not yet
    private long steps;
    private String trouble = "";

    /** Where simulations come from. */
    public interface Source {
        /** Names of parameters, states, inputs and outputs, in the order of the vectors. */
        ModelDescription description();

        /** A simulation at its beginning; states that are NaN are the model's own. */
        Simulation prepare(double[] parameters, double[] states, long seed);

        /**
         * Puts a simulation that has begun into the estimate the start holds, if it holds one.
         *
         * @param states as the actions of time 0 left them.
         */
        default void resume(Simulation begun, ModelStart start, double[] states) {}

        /** Whether these inputs and outputs are inside the range of validity. */
        boolean isInside(double[] u, double[] y);

        /** Writes the inputs of this instant as they are without actions; those that do nothing here keep their value. */
        default void inputs(double timeSeconds, double[] u) {}
    }

    /**
     * A run that has not begun; actions at time 0 are applied at once.
     *
     * @param times the instant of each step, 0 the first.
     * @param beganAt what the model's clock shows at time 0, in seconds.
     */
    public SimulationCourse(
            Source source,
            ModelStart start,
            List<ScenarioAction> actions,
            LongToDoubleFunction times,
            double beganAt,
            long seed) {
        this.source = source;
        this.description = source.description();
        this.parameters = start.parameters();
        this.initial = parameters.clone();
        this.base = start.inputs();
        this.seed = seed;
        this.times = times;
        this.beganAt = beganAt;
        this.y = new double[description.outputs().size()];
        source.inputs(0, base);
        this.u = base.clone();
        this.timetable = new Timetable(description, actions, base);
        states = start.state();
        timetable.apply(0, base, u, changes);
        isRetuned = false;
        simulation = source.prepare(parameters, states, seed);
        simulation.begin(u);
        source.resume(simulation, start, states);
    }

    private void change(int parameter, int state, ScenarioAction action) {
        if (parameter < 0) {
            states[state] = action.applyTo(states[state], states[state]);
            if (steps > 0 && !simulation.replace(action.target(), states[state])) {
                throw new IllegalStateException(
                        action.target() + " of " + description.name() + " can only change at 0 s");
            }
            return;
        }
        isRetuned = true;
        ParameterSpec spec = description.parameters().get(parameter);
        double value = action.applyTo(parameters[parameter], initial[parameter]);
        parameters[parameter] = Math.max(spec.lower(), Math.min(spec.upper(), value));
    }

    @Override
    public void step() {
        if (trouble.isEmpty()) {
            try {
                advance();
                return;
            } catch (SolverException e) {
                trouble = String.valueOf(e.getMessage());
            } catch (SetupException e) {
                trouble = e.cause() + "; " + e.fix();
            }
        }
        steps++; // outputs are no numbers from here on, which ends the run with a message
    }

    private void advance() {
        simulation.advance(u, beganAt + timeSeconds(), beganAt + times.applyAsDouble(steps + 1));
        steps++;
        source.inputs(timeSeconds(), base);
        System.arraycopy(base, 0, u, 0, u.length);
        timetable.apply(timeSeconds(), base, u, changes);
        if (isRetuned) {
            isRetuned = false;
            Simulation changed = source.prepare(parameters, states, seed);
            changed.continueFrom(simulation);
            simulation = changed;
        }
    }

    @Override
    public double input(int index) {
        return u[index];
    }

    @Override
    public void input(int index, double value) {
        base[index] = value;
        u[index] = value;
    }

    @Override
    public double timeSeconds() {
        return times.applyAsDouble(steps);
    }

    @Override
    public void outputs(double[] out) {
        if (!trouble.isEmpty()) {
            Arrays.fill(out, Double.NaN);
            return;
        }
        simulation.observe(u);
        simulation.read(out);
    }

    @Override
    public boolean insideEnvelope() {
        outputs(y);
        return source.isInside(u, y);
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

    @Override
    public String trouble() {
        return trouble;
    }
}
