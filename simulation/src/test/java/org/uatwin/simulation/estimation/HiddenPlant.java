package org.uatwin.simulation.estimation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.virtual.VirtualFault;
import org.uatwin.simulation.virtual.VirtualMachine;

/**
 * A plant with hidden parameters, so that they can be asked for afterwards: drawn from the priors, with sensors that are off within
 * their class and scatter, an integrator and step of its own, and something the twin does not know: every output wanders slowly by
 * a share of its sensor's standard deviation, as another friction law or a mixed product would make it.
 */
final class HiddenPlant extends VirtualMachine {
    private static final double NOISE = 0.5; // of the sensor's standard deviation
    private static final double OFFSET = 0.7;
    private static final double WANDER = 0.4;
    private static final double WANDER_S = 300;

    final double[] parameters;
    private final TwinModel model;
    private final ModelDescription description;
    private final NoiseStream noise;
    private final double[] x;
    private final double[] dx;
    private final double[] u;
    private final double[] uShown;
    private final double[] y;
    private final double[] offset;
    private final double[] wander;
    private final double[] shown;
    private ModelDynamics dynamics;
    private final OperatingMode mode;

    HiddenPlant(TwinModel model, LiveState about, boolean isDrawn, long seed) {
        this.model = model;
        description = model.description();
        noise = NoiseStream.ofSeed(seed);
        parameters = description.defaultParameters();
        List<ParameterSpec> specs = description.parameters();
        for (int i = 0; i < parameters.length && isDrawn; i++) {
            ParameterSpec spec = specs.get(i);
            double value = parameters[i] * (1 + spec.priorSigma() * noise.gaussian());
            parameters[i] = Math.max(spec.lower(), Math.min(spec.upper(), value));
        }
        java.util.Map<String, Double> named = new java.util.HashMap<>();
        for (int i = 0; i < parameters.length; i++) {
            named.put(specs.get(i).name(), parameters[i]);
        }
        ModelBinding truth = ModelBinding.of("truth", model, named);
        ModelStart start = model.initialise(parameters, PlantReadings.settled(truth, about, 4000));
        x = start.state();
        u = start.inputs();
        mode = OperatingMode.RUNNING;
        dx = new double[x.length];
        uShown = u.clone();
        y = new double[description.outputs().size()];
        offset = new double[y.length];
        wander = new double[y.length];
        shown = new double[y.length];
        dynamics = model.bind(start.parameters());
        System.arraycopy(start.parameters(), 0, parameters, 0, parameters.length);
        for (int j = 0; j < y.length; j++) {
            offset[j] = OFFSET * noise.gaussian();
        }
        sense(1);
    }

    /** A parameter changes. */
    void scale(String parameter, double factor) {
        parameters[description.parameterIndex(parameter)] *= factor;
        dynamics = model.bind(parameters);
    }

    /** A damage state, for comparison. */
    double state(String name) {
        return x[description.stateIndex(name)];
    }

    ModelDescription model() {
        return description;
    }

    double parameter(String name) {
        return parameters[description.parameterIndex(name)];
    }

    @Override
    protected void advance(double dt) {
        dynamics.derivatives(mode, x, u, dx); // Euler
        for (int i = 0; i < x.length; i++) {
            x[i] += dt * dx[i];
        }
        dynamics.project(x);
    }

    @Override
    protected void sense(double dt) {
        dynamics.outputs(mode, x, u, y);
        for (int j = 0; j < y.length; j++) {
            double sigma = description.outputs().get(j).accuracy().sigma(y[j]);
            double share = StrictMath.exp(-dt / WANDER_S);
            wander[j] = share * wander[j] + WANDER * Math.sqrt(1 - share * share) * noise.gaussian();
            shown[j] = y[j] + sigma * (offset[j] + wander[j] + NOISE * noise.gaussian());
        }
        for (int i = 0; i < u.length; i++) {
            InputSpec spec = description.inputs().get(i);
            uShown[i] = u[i] + 0.3 * spec.accuracy().sigma(u[i]) * noise.gaussian();
        }
    }

    @Override
    public Set<VirtualFault> faults() {
        return Set.of();
    }

    @Override
    public Set<String> points() {
        Set<String> points = new HashSet<>();
        description.inputs().forEach(i -> {
            if (i.linkedPoint() != null) {
                points.add(i.linkedPoint());
            }
        });
        for (OutputSpec spec : description.outputs()) {
            if (spec.linkedPoint() != null && !spec.name().equals("State")) {
                points.add(spec.linkedPoint());
            }
        }
        return points;
    }

    @Override
    public double value(String point) {
        int input = description.inputIndex(point);
        return input >= 0 ? uShown[input] : shown[description.outputIndex(point)];
    }

    @Override
    public void write(String point, double value) {
        u[description.inputIndex(point)] = value;
    }

    @Override
    public double[] values(String point) {
        throw new IllegalArgumentException(point);
    }

    @Override
    public String text(String point) {
        throw new IllegalArgumentException(point);
    }

    @Override
    public void write(String point, double[] values) {
        throw new IllegalArgumentException(point);
    }

    @Override
    public OperatingMode mode() {
        return mode;
    }

    @Override
    public void repair() {}
}
