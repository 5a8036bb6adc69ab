package org.uatwin.simulation.estimation;

import java.util.List;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.solver.NoiseStream;

/** The estimate of a filter: state and parameters with their joint covariance. Immutable; any thread. */
final class FilterEstimate implements Estimate {
    private final ModelBinding binding;
    private final double[] parameters;
    private final double[] state;
    private final double[] inputs;
    private final OperatingMode mode;
    private final BoundedParameter[] estimated;
    private final double[] places;
    private final double[] factor; // Cholesky factor of the covariance of states and places
    private final int[] free; // parameters that are uncertain and not estimated
    private final double[][] compensation; // of each of them, on the places
    private final double[] rangeLower;
    private final double[] rangeUpper;
    private final double score;
    private final boolean isOutsideEnvelope;
    private final String text;

    FilterEstimate(
            ModelBinding binding,
            double[] parameters,
            double[] state,
            double[] inputs,
            OperatingMode mode,
            BoundedParameter[] estimated,
            double[] places,
            double[] factor,
            int[] free,
            double[][] compensation,
            double[] rangeLower,
            double[] rangeUpper,
            double score,
            boolean isOutsideEnvelope,
            String text) {
        this.binding = binding;
        this.parameters = parameters;
        this.state = state;
        this.inputs = inputs;
        this.mode = mode;
        this.estimated = estimated;
        this.places = places;
        this.factor = factor;
        this.free = free;
        this.compensation = compensation;
        this.rangeLower = rangeLower;
        this.rangeUpper = rangeUpper;
        this.score = score;
        this.isOutsideEnvelope = isOutsideEnvelope;
        this.text = text;
    }

    @Override
    public double fit() {
        return score / 100;
    }

    @Override
    public boolean isOutsideEnvelope() {
        return isOutsideEnvelope;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public boolean isCalibratedFor(String inputName, double value) {
        int input = binding.description().inputIndex(inputName);
        return input < 0 || (value >= rangeLower[input] && value <= rangeUpper[input]);
    }

    @Override
    public ModelStart start(ModelStart.Quality readings) {
        return new ModelStart(parameters, state, inputs, mode, quality(readings));
    }

    private ModelStart.Quality quality(ModelStart.Quality readings) {
        return new ModelStart.Quality(
                "", readings.issues(), List.of(text), readings.dataAgeSeconds(), fit(), isOutsideEnvelope);
    }

    @Override
    public double stateSigma(int state) {
        int n = this.state.length + places.length;
        double sum = 0;
        for (int k = 0; k <= state; k++) {
            sum += factor[state * n + k] * factor[state * n + k];
        }
        return Math.sqrt(sum);
    }

    @Override
    public ModelStart draw(ModelStart.Quality readings, NoiseStream noise) {
        int nx = state.length;
        int n = nx + places.length;
        double[] deviates = new double[n];
        for (int i = 0; i < n; i++) {
            deviates[i] = noise.gaussian();
        }
        double[] shift = new double[n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k <= i; k++) {
                shift[i] += factor[i * n + k] * deviates[k];
            }
        }
        double[] p = parameters.clone();
        double[] moved = places.clone();
        for (int k = 0; k < moved.length; k++) {
            moved[k] += shift[nx + k];
        }
        List<ParameterSpec> specs = binding.description().parameters();
        for (int i = 0; i < free.length; i++) {
            double deviate = noise.gaussian();
            ParameterSpec spec = specs.get(free[i]);
            double value = p[free[i]] * (1 + spec.priorSigma() * deviate);
            p[free[i]] = Math.max(spec.lower(), Math.min(spec.upper(), value));
            for (int k = 0; k < moved.length; k++) {
                moved[k] += compensation[i][k] * deviate;
            }
        }
        for (int k = 0; k < moved.length; k++) {
            p[estimated[k].index] = estimated[k].value(moved[k]);
        }
        double[] x = state.clone();
        List<StateSpec> states = binding.description().states();
        for (int i = 0; i < nx; i++) {
            StateSpec spec = states.get(i);
            x[i] = Math.max(spec.lower(), Math.min(spec.upper(), x[i] + shift[i]));
        }
        binding.model().bind(p).project(x);
        return new ModelStart(p, x, inputs, mode, quality(readings));
    }
}
