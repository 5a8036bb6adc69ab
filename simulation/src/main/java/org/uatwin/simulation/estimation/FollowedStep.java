package org.uatwin.simulation.estimation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.OperatingMode;

/**
 * One step of a followed twin that is final, as detectors see it. Outputs are those of {@link AssetFollower#predictedPoints}, in its
 * order. Owned with its estimator and reused; reading allocates nothing.
 */
public final class FollowedStep {
    private static final double SHOWN = 10; // standard deviations of the sensor that the whole of a state makes

    private static final double DRIVING = 1e-5; // of a state in a step

    long time;
    double seconds;
    boolean isRunning;
    OperatingMode mode = OperatingMode.STOPPED;
    boolean isInside;
    boolean isDriven;
    boolean isReference;
    int calibration;
    double distance;
    final double[] measured;
    final double[] expected;
    final double[] innovation;
    final double[] deviation;
    final double[] sigma;
    final boolean[] isSettled;
    final boolean[] isExcluded;
    final double[] inputs;
    private final double[] free;
    private @Nullable Follower follower;

    /** A step of so many outputs and inputs in which nothing was measured. */
    public FollowedStep(int outputs, int inputs) {
        measured = new double[outputs];
        expected = new double[outputs];
        innovation = new double[outputs];
        deviation = new double[outputs];
        sigma = new double[outputs];
        isSettled = new boolean[outputs];
        isExcluded = new boolean[outputs];
        this.inputs = new double[inputs];
        free = new double[outputs];
        Arrays.fill(measured, Double.NaN);
        Arrays.fill(innovation, Double.NaN);
        Arrays.fill(deviation, Double.NaN);
    }

    /** Ticks at its end. */
    public long time() {
        return time;
    }

    /** Length, s. */
    public double seconds() {
        return seconds;
    }

    /** Whether the asset ran. */
    public boolean isRunning() {
        return isRunning;
    }

    /** Operating mode. */
    public OperatingMode mode() {
        return mode;
    }

    /** Whether the model is validated for it and the twin was calibrated with inputs like these. */
    public boolean isInside() {
        return isInside && distance <= 0;
    }

    /** Whether inputs drive the asset all the time, so that they are never at rest. */
    public boolean isDriven() {
        return isDriven;
    }

    /** Number of the calibration {@link #deviation} belongs to; 0 before the first. A new one means: what is normal was found anew. */
    public int calibration() {
        return isReference ? calibration : 0;
    }

    /** Number of outputs. */
    public int outputs() {
        return measured.length;
    }

    /** What was measured of an output; NaN if nothing usable came. */
    public double measured(int output) {
        return measured[output];
    }

    /** What the twin expected. */
    public double expected(int output) {
        return expected[output];
    }

    /** Measured minus expected by the twin that adapts, in standard deviations of that difference; NaN if nothing was compared. */
    public double innovation(int output) {
        return innovation[output];
    }

    /**
     * Measured minus what the twin as it was calibrated makes of the measured inputs alone, in standard deviations of the sensor; NaN if
     * nothing was compared.
     */
    public double deviation(int output) {
        return isReference ? deviation[output] : Double.NaN;
    }

    /** Standard deviation of the sensor at the expected value, in the unit of the output. */
    public double sigma(int output) {
        return sigma[output];
    }

    /** Whether what the output shows is at rest: how fast the asset answers does not matter. */
    public boolean isSettled(int output) {
        return isSettled[output];
    }

    /** Steps in which an output settles: the slowest time constant of the states it shows and of those that drive them; 0 if at once. */
    public double lag(int output) {
        Follower of = follower;
        double most = 0;
        for (int i = 0; of != null && i < of.model.nx; i++) {
            double slope = of.filter.outputJacobian()[output * of.model.n + i];
            if (of.direction[i] == 0 && Math.abs(slope * of.filter.z[i]) > SHOWN * sigma[output]) {
                most = Math.max(most, lag(of, i));
            }
        }
        return most;
    }

    private static double lag(Follower of, int state) {
        double[] f = of.filter.transitionJacobian();
        double[] z = of.filter.z;
        double most = 0;
        for (int k = 0; k < of.model.nx; k++) {
            double rate = 1 - f[k * of.model.n + k];
            boolean isDriving = Math.abs(f[state * of.model.n + k] * z[k]) > DRIVING * Math.abs(z[state]);
            if (of.direction[k] == 0 && isDriving && rate > FreeRun.INTEGRATES) {
                most = Math.max(most, 1 / rate);
            }
        }
        return most;
    }

    /** Whether the sensor of the output was found wrong and is not used. */
    public boolean isExcluded(int output) {
        return isExcluded[output];
    }

    /** Number of inputs of the model. */
    public int inputs() {
        return inputs.length;
    }

    /** An input of the model in this step, in the order of its description. */
    public double input(int input) {
        return inputs[input];
    }

    void take(StepWindow.Row row, int firstOutput, Follower running, ChangeWatch watch, long end, double length) {
        AugmentedModel m = running.model;
        follower = running;
        time = end;
        seconds = length;
        isRunning = row.isRunning;
        mode = row.mode;
        isInside = row.isInside;
        isDriven = m.drivers.length > 0;
        isReference = watch.free.isReady();
        calibration = watch.calibrations;
        distance = isReference ? watch.distance(row.inputs) : 0;
        System.arraycopy(row.inputs, 0, inputs, 0, inputs.length);
        watch.free.step(row.mode, row.inputs, running, watch.reference.x, free);
        for (int j = 0; j < measured.length; j++) {
            boolean isUsed = !Double.isNaN(row.innovation[j]);
            measured[j] = isUsed ? row.value[firstOutput + j] : Double.NaN;
            expected[j] = row.expected[j];
            innovation[j] = isUsed && row.variance[j] > 0 ? row.innovation[j] / Math.sqrt(row.variance[j]) : Double.NaN;
            double about = Double.isNaN(free[j]) ? expected[j] : free[j];
            sigma[j] = m.description.outputs().get(m.outputs[j]).accuracy().sigma(about);
            deviation[j] = isUsed && sigma[j] > 0 ? (measured[j] - free[j]) / sigma[j] : Double.NaN;
            isSettled[j] = row.isSettled[j];
            isExcluded[j] = running.isExcluded[j];
        }
    }
}
