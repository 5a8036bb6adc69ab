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
    private static final double ROUGHLY = 1e-3; // of the sum of squares
    private static final double CLOSELY = 1e-8;

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
        Task task = new Task(start, recording);
        return result(task, solve(task));
    }

    /**
     * Fits, and answers the estimate at the last moment: states, damage and fitted parameters with their joint uncertainty. What a prognosis of a test
     * bench or of any asset that wears within its recording starts from.
     *
     * @param start as for {@link #fit}.
     */
    public Estimate estimate(ModelStart start, List<Moment> recording) {
        Task task = new Task(start, recording);
        LeastSquaresOptimizer.Optimum best = solve(task);
        double[] at = best.getPoint().toArray();
        int n = at.length;
        double[] covariance = new double[n * n];
        double[][] from = best.getCovariances(1e-12).getData();
        double[] factor = new double[n * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(from[i], 0, covariance, i * n, n);
        }
        Matrices.cholesky(covariance, n, factor);
        double[] unused = new double[task.rows];
        double[] end = simulate(task, at, unused);
        double[][] slopes = new double[n][end.length];
        for (int k = 0; k < n; k++) {
            double[] moved = at.clone();
            moved[k] += STEP;
            double[] up = simulate(task, moved, unused);
            moved[k] -= 2 * STEP;
            double[] down = simulate(task, moved, unused);
            for (int i = 0; i < end.length; i++) {
                slopes[k][i] = (up[i] - down[i]) / (2 * STEP);
            }
        }
        double fit = 1 / (1 + StrictMath.pow(result(task, best).rootMeanSquare() / 3, 2));
        return new FittedEstimate(
                binding, start, recording.get(recording.size() - 1).inputs(), parameters, at, end, slopes, factor, fit);
    }

    private LeastSquaresOptimizer.Optimum solve(Task task) {
        int n = parameters.size();
        double[] zero = new double[n];
        for (int k = 0; k < n; k++) {
            zero[k] = parameters.get(k).place(task.start.parameters()[parameters.get(k).index]);
        }
        LeastSquaresOptimizer.Optimum first = solve(task, zero, ROUGHLY);
        // A sensor's error follows what is there, not what it shows: weighted by that, low readings would count more
        // than high ones.
        double[] at = first.getPoint().toArray();
        double[] modelled = new double[task.rows];
        simulate(task, at, modelled);
        task.weigh(modelled);
        return solve(task, at, CLOSELY);
    }

    private LeastSquaresOptimizer.Optimum solve(Task task, double[] from, double change) {
        int n = from.length;
        try {
            return new LevenbergMarquardtOptimizer()
                    .withCostRelativeTolerance(change)
                    .withParameterRelativeTolerance(change)
                    .optimize(new LeastSquaresBuilder()
                            .start(from)
                            .target(new double[task.rows + n])
                            .model(point -> {
                                double[] at = point.toArray();
                                double[] value = residuals(task, at);
                                double[][] jacobian = new double[value.length][n];
                                for (int k = 0; k < n; k++) {
                                    double[] moved = at.clone();
                                    moved[k] += STEP;
                                    double[] up = residuals(task, moved);
                                    moved[k] -= 2 * STEP;
                                    double[] down = residuals(task, moved);
                                    for (int i = 0; i < value.length; i++) {
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
    }

    /** One recording with the standard deviations its measurements are taken to have. Belongs to one call. */
    private final class Task {
        final ModelStart start;
        final List<Moment> recording;
        final int rows;
        final double[] measured;
        final double[] sigma;

        Task(ModelStart start, List<Moment> recording) {
            this.start = start;
            this.recording = recording;
            rows = recording.size() * outputs.length;
            measured = new double[rows];
            sigma = new double[rows];
            for (int i = 0; i < rows; i++) {
                measured[i] = recording.get(i / outputs.length).outputs()[outputs[i % outputs.length]];
            }
            weigh(measured);
        }

        void weigh(double[] values) {
            List<OutputSpec> specs = binding.description().outputs();
            for (int i = 0; i < rows; i++) {
                if (Double.isFinite(values[i])) {
                    sigma[i] = specs.get(outputs[i % outputs.length]).accuracy().sigma(values[i]);
                }
            }
        }
    }

    private Result result(Task task, LeastSquaresOptimizer.Optimum best) {
        int n = parameters.size();
        double[] at = best.getPoint().toArray();
        SingularValueDecomposition svd = new SingularValueDecomposition(best.getJacobian());
        double[] sigma = best.getSigma(1e-12).toArray();
        List<Fitted> fitted = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            BoundedParameter parameter = parameters.get(k);
            fitted.add(new Fitted(parameter.spec.name(), parameter.value(at[k]), parameter.slope() * sigma[k]));
        }
        double[] rest = residuals(task, at);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < rest.length - n; i++) {
            sum += rest[i] * rest[i];
            count += rest[i] == 0 ? 0 : 1;
        }
        return new Result(
                fitted, count == 0 ? 0 : Math.sqrt(sum / count), svd.getConditionNumber(), best.getEvaluations());
    }

    /** Of the measurements, then of the priors. */
    private double[] residuals(Task task, double[] places) {
        double[] all = new double[task.rows + places.length];
        simulate(task, places, all);
        for (int i = 0; i < task.rows; i++) {
            boolean isUsed = Double.isFinite(task.measured[i]) && Double.isFinite(all[i]);
            all[i] = isUsed ? (all[i] - task.measured[i]) / task.sigma[i] : 0;
        }
        System.arraycopy(places, 0, all, task.rows, places.length);
        return all;
    }

    /** Writes what the model measures into {@code modelled} and answers the state at the last moment. */
    private double[] simulate(Task task, double[] places, double[] modelled) {
        List<Moment> recording = task.recording;
        TwinModel model = binding.model();
        ModelDescription description = model.description();
        double[] p = task.start.parameters();
        for (int k = 0; k < places.length; k++) {
            p[parameters.get(k).index] = parameters.get(k).value(places[k]);
        }
        var dynamics = model.bind(p);
        double[] x = task.start.state();
        double[] y = new double[description.outputs().size()];
        FixedStepSolver solver = new FixedStepSolver(FixedStepSolver.Method.RK4, x.length);
        var mode = task.start.mode();
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
                modelled[i * outputs.length + j] = y[outputs[j]];
            }
        }
        return x;
    }

    /** An output vector of a model with nothing measured yet. */
    public static double[] nothingMeasured(ModelDescription description) {
        double[] y = new double[description.outputs().size()];
        Arrays.fill(y, Double.NaN);
        return y;
    }
}
