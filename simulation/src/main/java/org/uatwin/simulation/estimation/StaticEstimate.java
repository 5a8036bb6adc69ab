package org.uatwin.simulation.estimation;

import java.util.List;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.solver.NoiseStream;

/** The estimate of a model without memory: inputs and parameters with their joint covariance. Immutable; any thread. */
final class StaticEstimate implements Estimate {
    private final ModelDescription description;
    private final List<StaticModel.Unknown> unknowns;
    private final double[] parameters;
    private final double[] inputs;
    private final double[] theta;
    private final double[] factor; // Cholesky factor of the covariance
    private final double score;

    StaticEstimate(StaticModel model, LeastSquares fit, double score) {
        description = model.description();
        unknowns = model.unknowns();
        parameters = fit.parameters();
        inputs = fit.inputs();
        theta = fit.theta.clone();
        factor = new double[fit.covariance.length];
        Matrices.cholesky(fit.covariance, theta.length, factor);
        this.score = score;
    }

    @Override
    public double fit() {
        return score / 100;
    }

    @Override
    public boolean isOutsideEnvelope() {
        return false;
    }

    @Override
    public String text() {
        return String.format(
                java.util.Locale.ROOT,
                "what is not measured is estimated from what is, with a fidelity of %.0f %%",
                score);
    }

    @Override
    public boolean isCalibratedFor(String inputName, double value) {
        return true;
    }

    @Override
    public ModelStart start(ModelStart.Quality readings) {
        return start(readings, theta);
    }

    /** There are no states. */
    @Override
    public double stateSigma(int state) {
        throw new IndexOutOfBoundsException(state);
    }

    @Override
    public ModelStart draw(ModelStart.Quality readings, NoiseStream noise) {
        int n = theta.length;
        double[] deviates = new double[n];
        double[] drawn = theta.clone();
        for (int i = 0; i < n; i++) {
            deviates[i] = noise.gaussian();
            for (int k = 0; k <= i; k++) {
                drawn[i] += factor[i * n + k] * deviates[k];
            }
            StaticModel.Unknown u = unknowns.get(i);
            drawn[i] = Math.max(u.lower(), Math.min(u.upper(), drawn[i]));
        }
        return start(readings, drawn);
    }

    private ModelStart start(ModelStart.Quality readings, double[] at) {
        double[] p = parameters.clone();
        double[] u = inputs.clone();
        for (int i = 0; i < at.length; i++) {
            int input = description.inputIndex(unknowns.get(i).name());
            if (input >= 0) {
                u[input] = at[i];
            } else {
                p[description.parameterIndex(unknowns.get(i).name())] = at[i];
            }
        }
        return new ModelStart(
                p,
                new double[0],
                u,
                OperatingMode.RUNNING,
                new ModelStart.Quality(
                        "",
                        readings.issues(),
                        List.of(text()),
                        readings.dataAgeSeconds(),
                        fit(),
                        readings.extrapolated()));
    }
}
