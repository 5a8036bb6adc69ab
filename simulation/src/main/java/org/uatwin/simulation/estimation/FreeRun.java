package org.uatwin.simulation.estimation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.solver.FixedStepSolver;

/**
 * The twin as it was calibrated, driven by the measured inputs alone: what the asset does otherwise stays visible in full, however
 * slowly it comes, because no measurement of an output corrects it (a parallel model). A state only leaks towards what is measured, in
 * several times its own time constant; what integrates is taken from the reference, because it would run away. Owned with its estimator.
 */
final class FreeRun {
    /** Time constants in which a state leaks towards what is measured. */
    static final double LEAK = 8;
    /** A state that moves slower than this on its own integrates: share of a step. */
    static final double INTEGRATES = 2e-5;

    private final TwinModel model;
    private final int[] outputs;
    private final double stepSeconds;
    private final int substeps;
    private final FixedStepSolver solver;
    private final double[] x;
    private final double[] y;
    private final double[] u;
    private final boolean[] isDynamic;
    private final double[] bias; // of a state in a step
    private double[] offsets = new double[0]; // of the sensors of outputs, then of inputs
    private @Nullable ModelDynamics dynamics;

    FreeRun(TwinModel model, int[] outputs, double stepSeconds) {
        this.model = model;
        this.outputs = outputs;
        this.stepSeconds = stepSeconds;
        int nx = model.description().states().size();
        substeps = (int) Math.max(1, Math.ceil(stepSeconds / model.description().maxStepSeconds() - 1e-9));
        solver = new FixedStepSolver(FixedStepSolver.Method.RK4, nx);
        x = new double[nx];
        y = new double[model.description().outputs().size()];
        u = new double[model.description().inputs().size()];
        bias = new double[nx];
        isDynamic = new boolean[nx];
        for (int i = 0; i < nx; i++) {
            isDynamic[i] = model.description().states().get(i).kind() == StateSpec.Kind.DYNAMIC;
        }
    }

    /**
     * Takes these parameters, this state and these offsets (in standard deviations of the sensors) as what is normal, and what measurements
     * had to correct in each step as what the model always misses.
     */
    void calibrate(double[] parameters, double[] state, double[] shifts, double[] correction) {
        dynamics = model.bind(parameters);
        System.arraycopy(state, 0, x, 0, x.length);
        offsets = shifts.clone();
        System.arraycopy(correction, 0, bias, 0, bias.length);
    }

    boolean isReady() {
        return dynamics != null;
    }

    void clear() {
        dynamics = null;
    }

    /**
     * One step.
     *
     * @param inputs as measured.
     * @param follower for slopes and sensors.
     * @param measured state of the reference.
     * @param expected gets what each measured output should be.
     */
    void step(OperatingMode mode, double[] inputs, Follower follower, double[] measured, double[] expected) {
        ModelDynamics with = dynamics;
        AugmentedModel m = follower.model;
        if (with == null) {
            Arrays.fill(expected, Double.NaN);
            return;
        }
        System.arraycopy(inputs, 0, u, 0, u.length);
        for (int d = 0; d < m.drivers.length; d++) {
            int i = m.drivers[d];
            u[i] = m.description.inputs().get(i).within(u[i] - m.inputSigma(d) * offsets[m.m + d]);
        }
        if (!with.advance(mode, x, u, stepSeconds)) {
            for (int s = 0; s < substeps; s++) {
                solver.step(with, mode, x, u, stepSeconds / substeps);
            }
        }
        double[] f = follower.filter.transitionJacobian();
        for (int i = 0; i < x.length; i++) {
            if (isDynamic[i]) {
                x[i] += bias[i];
                x[i] += leak(1 - f[i * m.n + i]) * (measured[i] - x[i]);
            }
        }
        with.project(x);
        with.outputs(mode, x, u, y);
        for (int j = 0; j < outputs.length; j++) {
            expected[j] = y[outputs[j]] + m.sigma[j] * offsets[j];
        }
    }

    /** Share of the way to what is measured that a state of this rate goes in a step. */
    static double leak(double rate) {
        return rate < INTEGRATES ? 1 : Math.min(1, rate / LEAK);
    }
}
