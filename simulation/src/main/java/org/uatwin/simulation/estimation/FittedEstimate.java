package org.uatwin.simulation.estimation;

import java.util.List;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.solver.NoiseStream;

/** What a recording says of the asset at its end: fitted parameters with their joint covariance, and the state they lead to. Immutable. */
final class FittedEstimate implements Estimate {
    private final ModelBinding binding;
    private final ModelStart start;
    private final double[] inputs;
    private final List<BoundedParameter> fitted;
    private final double[] places;
    private final double[] state;
    private final double[][] slopes; // of the state, by place
    private final double[] factor; // Cholesky factor of the covariance of the places
    private final double fit;

    FittedEstimate(
            ModelBinding binding,
            ModelStart start,
            double[] inputs,
            List<BoundedParameter> fitted,
            double[] places,
            double[] state,
            double[][] slopes,
            double[] factor,
            double fit) {
        this.binding = binding;
        this.start = start;
        this.inputs = inputs.clone();
        this.fitted = List.copyOf(fitted);
        this.places = places;
        this.state = state;
        this.slopes = slopes;
        this.factor = factor;
        this.fit = fit;
    }

    @Override
    public double fit() {
        return fit;
    }

    @Override
    public boolean isOutsideEnvelope() {
        return !binding.model().bind(parameters(places)).insideEnvelope(state, inputs);
    }

    @Override
    public String text() {
        return "parameters are fitted to a recording";
    }

    @Override
    public boolean isCalibratedFor(String inputName, double value) {
        return true;
    }

    private double[] parameters(double[] at) {
        double[] p = start.parameters();
        for (int k = 0; k < at.length; k++) {
            p[fitted.get(k).index] = fitted.get(k).value(at[k]);
        }
        return p;
    }

    private ModelStart.Quality quality(ModelStart.Quality readings) {
        return new ModelStart.Quality(
                "", readings.issues(), List.of(text()), readings.dataAgeSeconds(), fit, readings.extrapolated());
    }

    @Override
    public ModelStart start(ModelStart.Quality readings) {
        return new ModelStart(parameters(places), state, inputs, start.mode(), quality(readings));
    }

    @Override
    public double stateSigma(int index) {
        int n = places.length;
        double sum = 0;
        for (int c = 0; c < n; c++) {
            double along = 0;
            for (int k = c; k < n; k++) {
                along += slopes[k][index] * factor[k * n + c];
            }
            sum += along * along;
        }
        return Math.sqrt(sum);
    }

    @Override
    public ModelStart draw(ModelStart.Quality readings, NoiseStream noise) {
        int n = places.length;
        double[] deviates = new double[n];
        double[] moved = places.clone();
        double[] x = state.clone();
        for (int k = 0; k < n; k++) {
            deviates[k] = noise.gaussian();
            double shift = 0;
            for (int c = 0; c <= k; c++) {
                shift += factor[k * n + c] * deviates[c];
            }
            moved[k] = fitted.get(k).inside(places[k] + shift);
            for (int i = 0; i < x.length; i++) {
                x[i] += slopes[k][i] * (moved[k] - places[k]);
            }
        }
        List<StateSpec> specs = binding.description().states();
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.max(specs.get(i).lower(), Math.min(specs.get(i).upper(), x[i]));
        }
        return new ModelStart(parameters(moved), x, inputs, start.mode(), quality(readings));
    }
}
