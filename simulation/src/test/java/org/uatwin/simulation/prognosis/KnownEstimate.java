package org.uatwin.simulation.prognosis;

import java.util.List;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.estimation.Estimate;
import org.uatwin.simulation.solver.NoiseStream;

/** An estimate that a test makes up: everything is known but damage, which is known to a standard deviation by state. */
final class KnownEstimate implements Estimate {
    private final TwinModel model;
    private final double[] parameters;
    private final double[] state;
    private final double[] inputs;
    private final OperatingMode mode;
    private final double[] sigma;

    KnownEstimate(
            TwinModel model, double[] parameters, double[] state, double[] inputs, OperatingMode mode, double[] sigma) {
        this.model = model;
        this.parameters = parameters;
        this.state = state;
        this.inputs = inputs;
        this.mode = mode;
        this.sigma = sigma;
    }

    /** Running at these inputs, at rest. */
    static KnownEstimate running(TwinModel model, double[] parameters, double[] inputs) {
        double[] x = atRest(model, parameters, inputs);
        return new KnownEstimate(model, parameters, x, inputs, OperatingMode.RUNNING, new double[x.length]);
    }

    /** A new asset that has run for five hours. */
    static double[] atRest(TwinModel model, double[] parameters, double[] inputs) {
        ModelStart start =
                model.initialise(parameters, org.uatwin.simulation.contract.LiveState.of(java.util.Map.of()));
        double[] x = start.state();
        double[] begin = x.clone();
        var dynamics = model.bind(parameters);
        var solver = new org.uatwin.simulation.solver.FixedStepSolver(
                org.uatwin.simulation.solver.FixedStepSolver.Method.RK4, x.length);
        double step = model.description().maxStepSeconds();
        for (double t = 0; t < 18_000; t += step) {
            solver.step(dynamics, OperatingMode.RUNNING, x, inputs, step);
        }
        List<StateSpec> states = model.description().states();
        for (int i = 0; i < x.length; i++) {
            if (states.get(i).kind() == StateSpec.Kind.DAMAGE) {
                x[i] = begin[i];
            }
        }
        return x;
    }

    @Override
    public double fit() {
        return 0.97;
    }

    @Override
    public boolean isOutsideEnvelope() {
        return false;
    }

    @Override
    public String text() {
        return "made up";
    }

    @Override
    public boolean isCalibratedFor(String inputName, double value) {
        return true;
    }

    @Override
    public ModelStart start(ModelStart.Quality readings) {
        return new ModelStart(parameters, state, inputs, mode, readings);
    }

    @Override
    public double stateSigma(int index) {
        return sigma[index];
    }

    @Override
    public ModelStart draw(ModelStart.Quality readings, NoiseStream noise) {
        double[] x = state.clone();
        for (int i = 0; i < x.length; i++) {
            x[i] += sigma[i] * noise.gaussian();
        }
        return new ModelStart(parameters, x, inputs, mode, readings);
    }

    TwinModel model() {
        return model;
    }
}
