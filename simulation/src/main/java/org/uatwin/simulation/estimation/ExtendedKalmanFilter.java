package org.uatwin.simulation.estimation;

/**
 * Extended Kalman filter on plain arrays (Simon 2006, Optimal State Estimation, ch. 13): Jacobians by central difference, outputs
 * taken one after the other, the update in Joseph's form, which stays symmetric and valid for any gain. A state can be held: its
 * estimate does not move, its uncertainty still counts (Schmidt's consider state). One thread.
 */
public final class ExtendedKalmanFilter {
    private static final double RELATIVE_STEP = 1e-4;
    private static final double SIGMA_STEP = 1e-2;
    private static final double SMALLEST_STEP = 1e-7;

    private final int n;
    private final int m;
    final double[] z;
    final double[] p;
    private final double[] f;
    private final double[] h;
    private final double[] work;
    private final double[] gainRow;
    private final double[] high;
    private final double[] low;
    private final double[] next;
    private final double[] yHigh;
    private final double[] yLow;
    private final int[] fCount; // entries that are not 0: most of a twin's Jacobian is
    private final int[] fIndex;
    private final int[] hCount;
    private final int[] hIndex;

    /** A filter for a model of this size, at zero without uncertainty. */
    public ExtendedKalmanFilter(int states, int outputs) {
        n = states;
        m = outputs;
        z = new double[n];
        p = new double[n * n];
        f = new double[n * n];
        h = new double[m * n];
        work = new double[n * n];
        gainRow = new double[n];
        high = new double[n];
        low = new double[n];
        next = new double[n];
        yHigh = new double[m];
        yLow = new double[m];
        fCount = new int[n];
        fIndex = new int[n * n];
        hCount = new int[m];
        hIndex = new int[m * n];
    }

    /** Sets estimate and variances; covariances become 0. */
    public void start(double[] state, double[] variances) {
        System.arraycopy(state, 0, z, 0, n);
        java.util.Arrays.fill(p, 0);
        for (int i = 0; i < n; i++) {
            p[i * n + i] = variances[i];
        }
    }

    /** The estimate; a copy. */
    public double[] state() {
        return z.clone();
    }

    /** Element of the covariance. */
    public double covariance(int i, int j) {
        return p[i * n + j];
    }

    /** Jacobian of the transition, row by row; owned by the filter. */
    double[] transitionJacobian() {
        return f;
    }

    /** Jacobian of the outputs, row by row; owned by the filter. */
    double[] outputJacobian() {
        return h;
    }

    /** Differentiates the model at the present estimate. */
    public void linearise(FilterModel model) {
        System.arraycopy(z, 0, high, 0, n);
        System.arraycopy(z, 0, low, 0, n);
        for (int i = 0; i < n; i++) {
            double step = Math.max(
                    SMALLEST_STEP, Math.max(RELATIVE_STEP * Math.abs(z[i]), SIGMA_STEP * Math.sqrt(p[i * n + i])));
            high[i] = z[i] + step;
            low[i] = z[i] - step;
            column(model, i, high[i] - low[i]);
            high[i] = z[i];
            low[i] = z[i];
        }
        jacobiansChanged();
    }

    /** To be called by whoever wrote into the Jacobians. */
    void jacobiansChanged() {
        index(f, n, fCount, fIndex);
        index(h, m, hCount, hIndex);
    }

    private void index(double[] matrix, int rows, int[] count, int[] index) {
        for (int i = 0; i < rows; i++) {
            int k = 0;
            for (int j = 0; j < n; j++) {
                if (matrix[i * n + j] != 0) {
                    index[i * n + k++] = j;
                }
            }
            count[i] = k;
        }
    }

    private void column(FilterModel model, int i, double width) {
        model.output(high, yHigh);
        model.output(low, yLow);
        for (int j = 0; j < m; j++) {
            h[j * n + i] = (yHigh[j] - yLow[j]) / width;
        }
        model.transition(high, next);
        for (int k = 0; k < n; k++) {
            f[k * n + i] = next[k];
        }
        model.transition(low, next);
        for (int k = 0; k < n; k++) {
            f[k * n + i] = (f[k * n + i] - next[k]) / width;
        }
    }

    /**
     * Moves the estimate one step on, with the Jacobians of the last {@link #linearise}.
     *
     * @param noise variance added to each state.
     */
    public void predict(FilterModel model, double[] noise) {
        model.transition(z, next);
        System.arraycopy(next, 0, z, 0, n);
        for (int i = 0; i < n; i++) { // work = F P
            int row = i * n;
            for (int j = 0; j < n; j++) {
                work[row + j] = 0;
            }
            for (int k = 0; k < fCount[i]; k++) {
                int inner = fIndex[row + k];
                double factor = f[row + inner];
                int from = inner * n;
                for (int j = 0; j < n; j++) {
                    work[row + j] += factor * p[from + j];
                }
            }
        }
        for (int i = 0; i < n; i++) { // P = work F' + Q, one half of it
            for (int j = i; j < n; j++) {
                int row = j * n;
                double sum = 0;
                if (fCount[j] == 1) {
                    int inner = fIndex[row];
                    sum = work[i * n + inner] * f[row + inner];
                } else {
                    for (int k = 0; k < fCount[j]; k++) {
                        int inner = fIndex[row + k];
                        sum += work[i * n + inner] * f[row + inner];
                    }
                }
                p[i * n + j] = sum;
                p[j * n + i] = sum;
            }
            p[i * n + i] += noise[i];
        }
    }

    /** Variance of the prediction of an output, without the noise of its sensor. */
    public double outputVariance(int output) {
        int row = output * n;
        double sum = 0;
        for (int a = 0; a < hCount[output]; a++) {
            int i = hIndex[row + a];
            sum += h[row + i] * timesOutput(i, output);
        }
        return Math.max(0, sum);
    }

    /** Row i of the covariance times a row of the output Jacobian. */
    private double timesOutput(int i, int output) {
        int row = output * n;
        double sum = 0;
        for (int a = 0; a < hCount[output]; a++) {
            int k = hIndex[row + a];
            sum += p[i * n + k] * h[row + k];
        }
        return sum;
    }

    /**
     * Takes one measurement in. When several belong to one moment, {@code innovation} is that of the present estimate: what was
     * measured minus what is expected after the measurements before it.
     *
     * @param variance of the measurement.
     * @param isHeld states that stay as they are; may be shorter than the state vector.
     * @return variance of the innovation.
     */
    public double update(int output, double innovation, double variance, boolean[] isHeld) {
        int row = output * n;
        double s = variance;
        for (int i = 0; i < n; i++) {
            gainRow[i] = 0;
        }
        for (int a = 0; a < hCount[output]; a++) { // P h', by whole rows
            int k = hIndex[row + a];
            double factor = h[row + k];
            int from = k * n;
            for (int i = 0; i < n; i++) {
                gainRow[i] += factor * p[from + i];
            }
        }
        for (int a = 0; a < hCount[output]; a++) {
            int i = hIndex[row + a];
            s += h[row + i] * gainRow[i];
        }
        if (!(s > 0)) {
            return 0;
        }
        for (int i = 0; i < n; i++) {
            double gain = i < isHeld.length && isHeld[i] ? 0 : gainRow[i] / s;
            next[i] = gain;
            z[i] += gain * innovation;
        }
        // P - K (P h')' - (P h') K' + s K K' holds for any gain K (Joseph).
        for (int i = 0; i < n; i++) {
            double own = next[i];
            double other = s * own - gainRow[i];
            int from = i * n;
            for (int j = 0; j < n; j++) {
                p[from + j] += other * next[j] - own * gainRow[j];
            }
            p[from + i] = Math.max(0, p[from + i]);
        }
        return s;
    }

    /** What an output has moved by since {@code from}, by the linearised model; used between updates of one moment. */
    public double outputChange(int output, double[] from) {
        double sum = 0;
        for (int a = 0; a < hCount[output]; a++) {
            int i = hIndex[output * n + a];
            sum += h[output * n + i] * (z[i] - from[i]);
        }
        return sum;
    }
}
