package org.uatwin.simulation.estimation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.solver.FixedStepSolver;
import org.uatwin.simulation.solver.Lu;

/**
 * The twin as it was calibrated, running beside the one that adapts: parameters, wear and offsets stay, only process states
 * follow the measurements, by the constant gain of the Kalman filter in its steady state. What the adapting twin absorbs stays
 * visible here, and each cause leaves its own signature in the innovations (Willsky and Jones 1976). Owned with its estimator.
 */
final class ReferenceObserver {
    private static final int FIRST_STEPS = 300; // of the Riccati equation
    private static final int FURTHER_STEPS = 15; // from where it was: it hardly moves

    private final TwinModel model;
    private final int nx;
    private final int m;
    private final int[] outputs;
    private final boolean[] isDynamic;
    private final double stepSeconds;
    private final int substeps;
    private final FixedStepSolver solver;
    private final double[] y;
    final double[] gain; // nx x m
    final double[] x;
    private final double[] offsets;
    private final double[] sigma;
    private final double[] inputs;
    private final double[] hRows; // of process states
    private final double[] hf; // H F
    private final Lu settling;
    private boolean isSettling;
    private @Nullable ModelDynamics dynamics;
    private @Nullable ExtendedKalmanFilter riccati;

    ReferenceObserver(TwinModel model, int[] outputs, double stepSeconds) {
        this.model = model;
        this.outputs = outputs;
        this.stepSeconds = stepSeconds;
        nx = model.description().states().size();
        m = outputs.length;
        substeps = (int) Math.max(1, Math.ceil(stepSeconds / model.description().maxStepSeconds() - 1e-9));
        solver = new FixedStepSolver(FixedStepSolver.Method.RK4, nx);
        y = new double[model.description().outputs().size()];
        gain = new double[nx * m];
        x = new double[nx];
        offsets = new double[AugmentedModel.length(model, 0, m) - nx];
        inputs = new double[model.description().inputs().size()];
        sigma = new double[m];
        hRows = new double[m * nx];
        hf = new double[m * nx];
        settling = new Lu(nx);
        isDynamic = new boolean[nx];
        for (int i = 0; i < nx; i++) {
            isDynamic[i] = model.description().states().get(i).kind() == StateSpec.Kind.DYNAMIC;
        }
    }

    boolean isReady() {
        return dynamics != null;
    }

    /** Takes these parameters, this state and these offsets (in standard deviations of the sensors) as what is normal. */
    void calibrate(double[] parameters, double[] state, double[] shifts) {
        dynamics = model.bind(parameters);
        System.arraycopy(state, 0, x, 0, nx);
        System.arraycopy(shifts, 0, offsets, 0, offsets.length);
    }

    double offset(int output) {
        return offsets[output];
    }

    /** Forgets what was normal. */
    void clear() {
        dynamics = null;
        riccati = null;
    }

    /** One step beside the twin that adapts; writes what each measured output differs by into {@code innovation}, NaN where nothing was measured. */
    void step(AugmentedModel follower, StepWindow.Row row, int firstChannel, double[] innovation) {
        OperatingMode mode = follower.mode;
        follower.inputsWith(offsets, m, inputs);
        double[] u = inputs;
        ModelDynamics with = dynamics;
        if (with == null) {
            return;
        }
        boolean isAdvanced = with.advance(mode, x, u, stepSeconds);
        for (int i = 0; i < substeps && !isAdvanced; i++) {
            solver.step(with, mode, x, u, stepSeconds / substeps);
        }
        with.outputs(mode, x, u, y);
        for (int j = 0; j < m; j++) {
            double measured = row.value[firstChannel + j];
            double expected = y[outputs[j]];
            sigma[j] = model.description().outputs().get(outputs[j]).accuracy().sigma(expected);
            boolean isUsed = !Double.isNaN(measured) && row.quality(firstChannel + j) != SampleQuality.BAD;
            innovation[j] = isUsed ? measured - expected - sigma[j] * offsets[j] : Double.NaN;
        }
        for (int i = 0; i < nx; i++) {
            for (int j = 0; j < m; j++) {
                if (!Double.isNaN(innovation[j])) {
                    double limit = 5 * sigma[j];
                    x[i] += gain[i * m + j] * Math.max(-limit, Math.min(limit, innovation[j]));
                }
            }
        }
        with.project(x);
    }

    /**
     * Makes the gain: the Riccati equation of the process states, iterated until it hardly changes.
     *
     * @param f Jacobian of the transition, rows of {@code n}.
     * @param h Jacobian of the outputs, rows of {@code n}.
     * @param noise of the states in a step.
     * @param r variance of the measurements; infinite for outputs nobody measures.
     */
    void makeGain(double[] f, double[] h, int n, double[] noise, double[] r) {
        ExtendedKalmanFilter known = riccati;
        ExtendedKalmanFilter filter = known == null ? new ExtendedKalmanFilter(nx, m) : known;
        double[] fx = filter.transitionJacobian();
        double[] hx = filter.outputJacobian();
        for (int i = 0; i < nx; i++) {
            for (int k = 0; k < nx; k++) {
                fx[i * nx + k] = isDynamic[i] && isDynamic[k] ? f[i * n + k] : 0;
            }
        }
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < nx; k++) {
                hx[j * nx + k] = isDynamic[k] ? h[j * n + k] : 0;
            }
        }
        filter.jacobiansChanged();
        double[] start = new double[nx];
        double[] q = new double[nx];
        for (int i = 0; i < nx; i++) {
            q[i] = isDynamic[i] ? noise[i] : 0;
            start[i] = 100 * q[i];
        }
        if (known == null) {
            filter.start(new double[nx], start);
        }
        int steps = known == null ? FIRST_STEPS : FURTHER_STEPS;
        riccati = filter;
        for (int t = 0; t < steps; t++) {
            filter.predict(Still.of(nx, m), q);
            for (int j = 0; j < m && t < steps - 1; j++) {
                if (r[j] < Double.POSITIVE_INFINITY) {
                    filter.update(j, 0, r[j], new boolean[0]);
                }
            }
        }
        // All at once: L = P H' (H P H' + R)^-1.
        Lu lu = new Lu(m);
        double[] ph = new double[nx * m];
        for (int i = 0; i < nx; i++) {
            for (int j = 0; j < m; j++) {
                double sum = 0;
                for (int k = 0; k < nx; k++) {
                    sum += filter.covariance(i, k) * hx[j * nx + k];
                }
                ph[i * m + j] = r[j] < Double.POSITIVE_INFINITY ? sum : 0;
            }
        }
        double[][] s = lu.matrix();
        for (int j = 0; j < m; j++) {
            for (int l = 0; l < m; l++) {
                double sum = 0;
                boolean isMeasured = r[j] < Double.POSITIVE_INFINITY && r[l] < Double.POSITIVE_INFINITY;
                for (int k = 0; k < nx && isMeasured; k++) {
                    sum += hx[j * nx + k] * ph[k * m + l];
                }
                s[j][l] = sum + (j == l ? (r[j] < Double.POSITIVE_INFINITY ? r[j] : 1) : 0);
            }
        }
        if (!lu.factorise()) {
            Arrays.fill(gain, 0);
            return;
        }
        double[] line = new double[m];
        for (int i = 0; i < nx; i++) {
            System.arraycopy(ph, i * m, line, 0, m); // S is symmetric
            lu.solve(line);
            System.arraycopy(line, 0, gain, i * m, m);
        }
    }

    /** A model that stands still: only covariances move. */
    private record Still(int states, int outputs) implements FilterModel {
        static Still of(int states, int outputs) {
            return new Still(states, outputs);
        }

        @Override
        public void transition(double[] z, double[] next) {
            System.arraycopy(z, 0, next, 0, states);
        }

        @Override
        public void output(double[] z, double[] out) {
            Arrays.fill(out, 0);
        }
    }

    /** Prepares {@link #signature} for these Jacobians and the present gain: e = (I - L H) (F e + b) - L d for process states. */
    void prepare(double[] f, double[] h, int n) {
        Arrays.fill(hRows, 0);
        Arrays.fill(hf, 0);
        for (int j = 0; j < m; j++) {
            for (int l = 0; l < nx; l++) {
                double slope = isDynamic[l] ? h[j * n + l] : 0;
                hRows[j * nx + l] = slope;
                for (int k = 0; k < nx && slope != 0; k++) {
                    hf[j * nx + k] += isDynamic[k] ? slope * f[l * n + k] : 0;
                }
            }
        }
        double[][] a = settling.matrix();
        for (int i = 0; i < nx; i++) {
            for (int k = 0; k < nx; k++) {
                double value = isDynamic[i] && isDynamic[k] ? f[i * n + k] : 0;
                for (int j = 0; j < m; j++) {
                    value -= gain[i * m + j] * hf[j * nx + k];
                }
                // An integrator nobody measures would drift without end; a little leak keeps its signature finite.
                a[i][k] = (i == k ? 1 + 1e-5 : 0) - value;
            }
        }
        isSettling = settling.factorise();
    }

    /**
     * What the innovations, H (F e + b) + d, settle at when something else changed by one unit.
     *
     * @param direct d, the effect on each output in the step itself.
     * @param state b, the effect on each state in a step.
     * @param isMeasurement whether it concerns what is measured and not the process.
     */
    double[] signature(double[] direct, double[] state, boolean isMeasurement) {
        double[] right = new double[nx];
        double[] out = new double[m];
        for (int j = 0; j < m; j++) {
            double sum = direct[j];
            for (int k = 0; k < nx && !isMeasurement; k++) {
                sum += hRows[j * nx + k] * state[k];
            }
            out[j] = sum;
        }
        for (int i = 0; i < nx; i++) {
            double value = isDynamic[i] && !isMeasurement ? state[i] : 0;
            for (int j = 0; j < m; j++) {
                value -= gain[i * m + j] * out[j];
            }
            right[i] = value;
        }
        if (!isSettling) {
            return new double[m];
        }
        settling.solve(right);
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < nx; k++) {
                out[j] += hf[j * nx + k] * right[k];
            }
        }
        return out;
    }
}
