package org.uatwin.simulation.estimation;

import java.util.Arrays;
import java.util.List;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.OutputSpec;

/**
 * Weighted least squares on a model without memory, with the test for bad data of state estimation in networks: the measurement with the
 * largest normalised residual is left out while that is larger than {@value #LARGEST} (Abur and Gomez-Exposito, Power System State
 * Estimation, 2004, ch. 2 and 5). What nobody measures is held by its prior, a pseudo-measurement. One thread.
 */
final class LeastSquares {
    private static final double LARGEST = 4;
    private static final int ITERATIONS = 6;
    private static final int MOST_LEFT_OUT = 5;
    private static final double STEP = 0.05; // of a prior's standard deviation, for slopes
    private static final double SETTLED = 1e-4; // of it
    private static final double CRITICAL = 0.01; // share of its variance a measurement must leave to be tested

    final double[] theta; // estimate
    final double[] covariance; // of it, n x n
    final double[] y; // outputs at the estimate
    final boolean[] isLeftOut; // by measured output
    final double[] variance; // of what the estimate makes of each measured output
    private final StaticModel.Equations equations;
    private final List<StaticModel.Unknown> unknowns;
    private final int[] outputs;
    private final int[] ofInput; // of each unknown, or -1
    private final int[] ofParameter;
    private final ModelDescription description;
    private final double[] parameters;
    private final double[] inputs;
    private final double[] moved;
    private final double[] jacobian; // measured outputs x unknowns
    private final int n;
    private final int m;

    LeastSquares(StaticModel model, int[] outputs) {
        description = model.description();
        unknowns = model.unknowns();
        equations = model.equations();
        this.outputs = outputs;
        n = unknowns.size();
        m = outputs.length;
        ofInput = unknowns.stream()
                .mapToInt(u -> description.inputIndex(u.name()))
                .toArray();
        ofParameter = unknowns.stream()
                .mapToInt(u -> description.parameterIndex(u.name()))
                .toArray();
        theta = unknowns.stream().mapToDouble(StaticModel.Unknown::prior).toArray();
        covariance = new double[n * n];
        y = new double[description.outputs().size()];
        moved = new double[y.length];
        isLeftOut = new boolean[m];
        variance = new double[m];
        parameters = model.parameters();
        inputs = description.defaultInputs();
        jacobian = new double[m * n];
    }

    /** Inputs with the unknowns among them. */
    double[] inputs() {
        return inputs.clone();
    }

    double[] parameters() {
        return parameters.clone();
    }

    /** Standard deviation of a measurement at its predicted value. */
    double sigma(int j) {
        OutputSpec spec = description.outputs().get(outputs[j]);
        return Math.max(1e-12, spec.accuracy().sigma(y[outputs[j]]));
    }

    boolean predict(double[] known) {
        System.arraycopy(known, 0, inputs, 0, inputs.length);
        return outputs(theta, y);
    }

    private boolean outputs(double[] at, double[] out) {
        for (int i = 0; i < n; i++) {
            if (ofInput[i] >= 0) {
                inputs[ofInput[i]] = at[i];
            } else {
                parameters[ofParameter[i]] = at[i];
            }
        }
        return equations.outputs(parameters, inputs, out);
    }

    /**
     * Fits the unknowns.
     *
     * @param measured by measured output; NaN where nothing was.
     * @param inflation of each measurement's variance.
     * @return false when the equations have no solution near the measurements; then nothing was learnt.
     */
    boolean fit(double[] measured, double[] inflation) {
        Arrays.fill(isLeftOut, false);
        for (int out = 0; out <= MOST_LEFT_OUT; out++) {
            if (!solve(measured, inflation)) {
                return false;
            }
            int worst = worst(measured, inflation);
            if (worst < 0) {
                return true;
            }
            isLeftOut[worst] = true;
        }
        return true;
    }

    private boolean solve(double[] measured, double[] inflation) {
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            if (!outputs(theta, y) || !slopes()) {
                return false;
            }
            double[] normal = new double[n * n];
            double[] right = new double[n];
            for (int i = 0; i < n; i++) {
                StaticModel.Unknown u = unknowns.get(i);
                normal[i * n + i] = 1 / (u.sigma() * u.sigma());
                right[i] = (u.prior() - theta[i]) / (u.sigma() * u.sigma());
            }
            for (int j = 0; j < m; j++) {
                if (Double.isNaN(measured[j]) || isLeftOut[j]) {
                    continue;
                }
                double weight = 1 / (sigma(j) * sigma(j) * inflation[j]);
                double residual = measured[j] - y[outputs[j]];
                for (int a = 0; a < n; a++) {
                    double slope = weight * jacobian[j * n + a];
                    right[a] += slope * residual;
                    for (int b = 0; b < n; b++) {
                        normal[a * n + b] += slope * jacobian[j * n + b];
                    }
                }
            }
            double[] l = new double[n * n];
            Matrices.cholesky(normal, n, l);
            Matrices.solveCholesky(l, n, right);
            double most = move(right);
            if (most < SETTLED || iteration == ITERATIONS - 1) {
                invert(l);
                return outputs(theta, y);
            }
        }
        return true;
    }

    private double move(double[] change) {
        double most = 0;
        for (int i = 0; i < n; i++) {
            StaticModel.Unknown u = unknowns.get(i);
            double next = Math.max(u.lower(), Math.min(u.upper(), theta[i] + change[i]));
            most = Math.max(most, Math.abs(next - theta[i]) / u.sigma());
            theta[i] = next;
        }
        return most;
    }

    private void invert(double[] l) {
        double[] column = new double[n];
        for (int k = 0; k < n; k++) {
            Arrays.fill(column, 0);
            column[k] = 1;
            Matrices.solveCholesky(l, n, column);
            for (int i = 0; i < n; i++) {
                covariance[i * n + k] = column[i];
            }
        }
        for (int j = 0; j < m; j++) {
            double sum = 0;
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < n; b++) {
                    sum += jacobian[j * n + a] * covariance[a * n + b] * jacobian[j * n + b];
                }
            }
            variance[j] = sum;
        }
    }

    private boolean slopes() {
        for (int i = 0; i < n; i++) {
            StaticModel.Unknown u = unknowns.get(i);
            double was = theta[i];
            double step = was + STEP * u.sigma() <= u.upper() ? STEP * u.sigma() : -STEP * u.sigma();
            theta[i] = was + step;
            boolean isSolved = outputs(theta, moved);
            theta[i] = was;
            if (!isSolved) {
                return false;
            }
            for (int j = 0; j < m; j++) {
                jacobian[j * n + i] = (moved[outputs[j]] - y[outputs[j]]) / step;
            }
        }
        return true;
    }

    /** The measurement with the largest normalised residual, if that is too large; -1 if none is. */
    private int worst(double[] measured, double[] inflation) {
        int worst = -1;
        double largest = LARGEST;
        for (int j = 0; j < m; j++) {
            if (Double.isNaN(measured[j]) || isLeftOut[j]) {
                continue;
            }
            double sensor = sigma(j) * sigma(j) * inflation[j];
            double left = sensor - variance[j];
            double normalised = left > CRITICAL * sensor ? Math.abs(measured[j] - y[outputs[j]]) / Math.sqrt(left) : 0;
            if (normalised > largest) {
                largest = normalised;
                worst = j;
            }
        }
        return worst;
    }
}
