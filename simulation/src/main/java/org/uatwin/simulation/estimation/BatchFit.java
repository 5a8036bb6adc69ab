package org.uatwin.simulation.estimation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresOptimizer;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.apache.commons.math3.util.Pair;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.solver.FixedStepSolver;

/**
 * Fits parameters to a recorded stretch of operation: Levenberg and Marquardt on the residuals of all outputs, each in standard
 * deviations of its sensor, and on the parameters' distance from their priors in standard deviations of these. Parameters stay
 * inside their bounds by the transform the filters use. Pure; takes as long as the recording is simulated a few dozen times.
 */
public final class BatchFit {
    private static final double STEP = 0.02;
    private static final int MOST_ITERATIONS = 40;

    private final ModelBinding binding;
    private final List<BoundedParameter> parameters = new ArrayList<>();
    private final int[] outputs;

    /** One measured moment: inputs that hold from here on, and outputs (NaN where nothing was measured). */
    @SuppressWarnings("ArrayRecordComponent") // read only, never compared
    public record Moment(double seconds, double[] inputs, double[] outputs) {}

    /**
     * A fitted parameter.
     *
     * @param sigma standard deviation after the data; the prior's if they say nothing.
     */
    public record Fitted(String name, double value, double sigma) {}

    /**
     * The fit.
     *
     * @param rootMeanSquare residuals in standard deviations of the sensors.
     * @param condition of the Jacobian with the prior.
     */
    public record Result(List<Fitted> parameters, double rootMeanSquare, double condition, int evaluations) {
        public Result {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * A fit of these parameters.
     *
     * @throws IllegalArgumentException if one is unknown, or cannot be estimated because it is exact or at a bound.
     */
    public BatchFit(ModelBinding binding, List<String> names) {
        this.binding = binding;
        ModelDescription description = binding.description();
        double[] configured = binding.parameters();
        for (String name : names) {
            int index = description.parameterIndex(name);
            ParameterSpec spec = index < 0 ? null : description.parameters().get(index);
            if (spec == null || !BoundedParameter.isEstimable(spec, configured[index])) {
                throw new IllegalArgumentException("%s of %s cannot be estimated".formatted(name, description.name()));
            }
            parameters.add(BoundedParameter.of(index, spec, configured[index]));
        }
        outputs = Channels.measuredOutputs(description);
    }

    /**
     * Fits.
     *
     * @param start state at the first moment; its parameters are those that are not fitted.
     * @param recording rising moments.
     */
    public Result fit(ModelStart start, List<Moment> recording) {
        int n = parameters.size();
        double[] zero = new double[n];
        for (int k = 0; k < n; k++) {
            zero[k] = parameters.get(k).place(start.parameters()[parameters.get(k).index]);
        }
        int rows = recording.size() * outputs.length + n;
        LeastSquaresOptimizer.Optimum best;
        try {
            best = new LevenbergMarquardtOptimizer()
                    .optimize(new LeastSquaresBuilder()
                            .start(zero)
                            .target(new double[rows])
                            .model(point -> {
                                double[] at = point.toArray();
                                double[] value = residuals(start, recording, at);
                                double[][] jacobian = new double[rows][n];
                                for (int k = 0; k < n; k++) {
                                    double[] moved = at.clone();
                                    moved[k] += STEP;
                                    double[] up = residuals(start, recording, moved);
                                    moved[k] -= 2 * STEP;
                                    double[] down = residuals(start, recording, moved);
                                    for (int i = 0; i < rows; i++) {
                                        jacobian[i][k] = (up[i] - down[i]) / (2 * STEP);
                                    }
                                }
                                return new Pair<>(
                                        new ArrayRealVector(value, false), new Array2DRowRealMatrix(jacobian, false));
                            })
                            .maxEvaluations(MOST_ITERATIONS)
                            .maxIterations(MOST_ITERATIONS)
                            .build());
        } catch (MathIllegalStateException e) {
            throw new IllegalStateException(
                    "the fit of %s does not converge within %d iterations; fit fewer parameters, or a shorter recording"
                            .formatted(binding.twinId(), MOST_ITERATIONS),
                    e);
        }
        double[] at = best.getPoint().toArray();
        SingularValueDecomposition svd = new SingularValueDecomposition(best.getJacobian());
        double[] sigma = best.getSigma(1e-12).toArray();
        List<Fitted> fitted = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            BoundedParameter parameter = parameters.get(k);
            fitted.add(new Fitted(parameter.spec.name(), parameter.value(at[k]), parameter.slope() * sigma[k]));
        }
        double[] rest = residuals(start, recording, at);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < rows - n; i++) {
            sum += rest[i] * rest[i];
            count += rest[i] == 0 ? 0 : 1;
        }
        return new Result(
                fitted, count == 0 ? 0 : Math.sqrt(sum / count), svd.getConditionNumber(), best.getEvaluations());
    }

    private double[] residuals(ModelStart start, List<Moment> recording, double[] places) {
        TwinModel model = binding.model();
        ModelDescription description = model.description();
        double[] p = start.parameters();
        for (int k = 0; k < places.length; k++) {
            p[parameters.get(k).index] = parameters.get(k).value(places[k]);
        }
        var dynamics = model.bind(p);
        double[] x = start.state();
        double[] y = new double[description.outputs().size()];
        FixedStepSolver solver = new FixedStepSolver(FixedStepSolver.Method.RK4, x.length);
        double[] all = new double[recording.size() * outputs.length + places.length];
        var mode = start.mode();
        for (int i = 0; i < recording.size(); i++) {
            Moment moment = recording.get(i);
            if (i > 0) {
                Moment before = recording.get(i - 1);
                double span = moment.seconds() - before.seconds();
                int steps = (int) Math.max(1, Math.ceil(span / description.maxStepSeconds() - 1e-9));
                for (int k = 0; k < steps; k++) {
                    solver.step(dynamics, mode, x, before.inputs(), span / steps);
                    mode = dynamics.nextMode(mode, x, before.inputs());
                }
            }
            dynamics.outputs(mode, x, moment.inputs(), y);
            for (int j = 0; j < outputs.length; j++) {
                OutputSpec spec = description.outputs().get(outputs[j]);
                double measured = moment.outputs()[outputs[j]];
                double sigma = spec.accuracy().sigma(measured);
                boolean isUsed = Double.isFinite(measured) && Double.isFinite(y[outputs[j]]);
                all[i * outputs.length + j] = isUsed ? (y[outputs[j]] - measured) / sigma : 0;
            }
        }
        System.arraycopy(places, 0, all, recording.size() * outputs.length, places.length);
        return all;
    }

    /** An output vector of a model with nothing measured yet. */
    public static double[] nothingMeasured(ModelDescription description) {
        double[] y = new double[description.outputs().size()];
        Arrays.fill(y, Double.NaN);
        return y;
    }
}
