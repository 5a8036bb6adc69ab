package org.uatwin.simulation.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.SensorAccuracy;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Stateful;

/**
 * A bound system model as an estimator sees it: its vector of states, moved by its own steps. Immutable; the equations it binds belong to
 * one thread, because a simulation has memory.
 */
final class FollowedModel implements TwinModel {
    private static final String MODE = "State";

    private final BoundSystem bound;
    private final SystemTwin.Following following;
    private final ModelDescription description;

    private FollowedModel(BoundSystem bound, SystemTwin.Following following, List<StateSpec> states) {
        this.bound = bound;
        this.following = following;
        ModelDescription d = bound.description();
        List<InputSpec> inputs = new ArrayList<>();
        for (InputSpec input : d.inputs()) {
            inputs.add(shownBy(input, following.shown().get(input.name())));
        }
        List<OutputSpec> outputs = new ArrayList<>();
        for (OutputSpec output : d.outputs()) {
            boolean isInput = inputs.stream()
                    .anyMatch(i -> i.linkedPoint() != null && i.linkedPoint().equals(output.linkedPoint()));
            outputs.add(isInput ? OutputSpec.figure(output.name(), output.unit(), output.meaning()) : output);
        }
        if (following.stop() != null) {
            outputs.add(new OutputSpec(MODE, "", MODE, 30, SensorAccuracy.EXACT, "operating mode"));
        }
        this.description = new ModelDescription(
                d.name(),
                d.version(),
                d.parameters(),
                states,
                inputs,
                outputs,
                d.events(),
                d.scenarios(),
                d.defaultHorizonSeconds(),
                d.maxStepSeconds());
    }

    /** An input that is free in a what-if, but known while the asset is followed. */
    private static InputSpec shownBy(InputSpec input, SystemTwin.@Nullable Link link) {
        return link == null
                ? input
                : new InputSpec(
                        input.name(),
                        input.unit(),
                        input.defaultValue(),
                        input.lower(),
                        input.upper(),
                        link.point(),
                        30,
                        InputSpec.HoldRule.HOLD_LAST,
                        link.accuracy());
    }

    /** The model of a twin that can be followed; empty if it is not declared so, or remembers more than a vector. */
    static Optional<FollowedModel> of(BoundSystem bound) {
        SystemTwin.Following following = bound.declaration().following();
        if (following == null
                || !(bound.prepare(bound.parameters(), unknown(bound), 1) instanceof Stateful simulation)) {
            return Optional.empty();
        }
        return simulation.states().isEmpty()
                ? Optional.empty()
                : Optional.of(new FollowedModel(bound, following, simulation.states()));
    }

    private static double[] unknown(BoundSystem bound) {
        double[] unknown = new double[bound.description().states().size()];
        java.util.Arrays.fill(unknown, Double.NaN);
        return unknown;
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public List<FailureMode> failureModes() {
        return bound.declaration().failureModes();
    }

    @Override
    public double pace() {
        return following.pace();
    }

    @Override
    public List<String> loadInputs() {
        return bound.declaration().loadInputs();
    }

    @Override
    public boolean inputsActAtOnce() {
        return true;
    }

    @Override
    public double largestInput(int input, double[] parameters) {
        return bound.largestInput(input);
    }

    @Override
    public ModelDynamics bind(double[] parameters) {
        return new Dynamics(simulation(parameters, unknown(bound), description.defaultInputs()));
    }

    private Stateful simulation(double[] parameters, double[] start, double[] inputs) {
        Stateful simulation = (Stateful) bound.prepare(parameters, start, 1);
        simulation.begin(inputs);
        return simulation;
    }

    /** What readings tell about parameters is left to the estimator: it weighs more of them. */
    @Override
    public ModelStart initialise(double[] parameters, LiveState live) {
        ModelStart start = new SystemStart(bound, live).from(parameters);
        double[] inputs = start.inputs();
        ModelStart.Quality quality = start.quality();
        for (int i = 0; i < inputs.length; i++) {
            SystemTwin.Link link =
                    following.shown().get(description.inputs().get(i).name());
            LiveReading reading = link == null ? null : live.reading(link.point());
            if (reading != null) {
                inputs[i] = description.inputs().get(i).within(reading.value());
            } else if (link != null) {
                quality = new ModelStart.Quality(
                        "no good reading of " + link.point(),
                        quality.issues(),
                        quality.assumptions(),
                        quality.dataAgeSeconds(),
                        quality.fitScore(),
                        quality.extrapolated());
            }
        }
        double[] x = new double[description.states().size()];
        if (start.isUsable()) {
            try {
                simulation(parameters, start.state(), inputs).state(x);
            } catch (RuntimeException e) {
                java.util.Arrays.fill(x, Double.NaN); // such readings start nothing
            }
        }
        return new ModelStart(parameters, x, inputs, OperatingMode.RUNNING, quality);
    }

    /** The equations with one vector of parameters. One thread. */
    private final class Dynamics implements ModelDynamics {
        private final Stateful simulation;
        private final double[] u;
        private final double[] y;
        private final double[] own;
        private final int[] limited; // place of an input, or number of inputs + place of an output
        private final double[] lower;
        private final double[] upper;

        Dynamics(Stateful simulation) {
            this.simulation = simulation;
            u = new double[description.inputs().size()];
            y = new double[description.outputs().size()];
            own = new double[simulation.outputs().size()];
            List<double[]> limits = new ArrayList<>();
            for (Map.Entry<String, double[]> range :
                    bound.declaration().envelope().entrySet()) {
                for (int i = 0; i < u.length + own.length; i++) {
                    Port port = i < u.length
                            ? simulation.inputs().get(i)
                            : simulation.outputs().get(i - u.length);
                    if (BoundSystem.base(port.name()).equals(range.getKey())) {
                        limits.add(new double[] {i, range.getValue()[0], range.getValue()[1]});
                    }
                }
            }
            limited = limits.stream().mapToInt(l -> (int) l[0]).toArray();
            lower = limits.stream().mapToDouble(l -> l[1]).toArray();
            upper = limits.stream().mapToDouble(l -> l[2]).toArray();
        }

        private double[] inputs(OperatingMode mode, double[] in) {
            System.arraycopy(in, 0, u, 0, u.length);
            SystemTwin.Stop stop = following.stop();
            if (stop != null && mode != OperatingMode.RUNNING) {
                u[description.inputIndex(stop.input())] = stop.value();
            }
            return u;
        }

        @Override
        public boolean advance(OperatingMode mode, double[] x, double[] in, double seconds) {
            simulation.restore(x);
            simulation.advance(inputs(mode, in), 0, seconds);
            simulation.state(x);
            return true;
        }

        /** The mean slope of a step. */
        @Override
        public void derivatives(OperatingMode mode, double[] x, double[] in, double[] dx) {
            System.arraycopy(x, 0, dx, 0, dx.length);
            double seconds = following.pace();
            advance(mode, dx, in, seconds);
            for (int i = 0; i < dx.length; i++) {
                dx[i] = (dx[i] - x[i]) / seconds;
            }
        }

        @Override
        public void outputs(OperatingMode mode, double[] x, double[] in, double[] out) {
            simulation.restore(x);
            simulation.observe(inputs(mode, in));
            simulation.read(own);
            System.arraycopy(own, 0, out, 0, own.length);
            if (out.length > own.length) {
                out[own.length] = mode.number();
            }
        }

        @Override
        public OperatingMode nextMode(OperatingMode mode, double[] x, double[] in) {
            return mode;
        }

        @Override
        public double event(int index, double[] x, double[] in) {
            return 1;
        }

        @Override
        public void project(double[] x) {
            List<StateSpec> states = description.states();
            for (int i = 0; i < states.size(); i++) {
                StateSpec spec = states.get(i);
                x[i] = Math.max(spec.lower(), Math.min(spec.upper(), x[i]));
            }
        }

        @Override
        public boolean insideEnvelope(double[] x, double[] in) {
            outputs(OperatingMode.RUNNING, x, in, y);
            for (int i = 0; i < limited.length; i++) {
                double value = limited[i] < in.length ? in[limited[i]] : y[limited[i] - in.length];
                if (!(value >= lower[i] && value <= upper[i])) {
                    return false;
                }
            }
            return true;
        }
    }
}
