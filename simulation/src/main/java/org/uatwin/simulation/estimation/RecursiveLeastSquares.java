package org.uatwin.simulation.estimation;

/**
 * Recursive least squares with forgetting (Ljung 1999, System Identification, 11.2) for y = phi' theta, as friction, heat loss
 * or a wear rate are. A measurement that excites nothing new changes nothing and is not forgotten for: without that, the covariance
 * would blow up while a machine stands still. One thread.
 */
public final class RecursiveLeastSquares {
    private static final double SMALLEST_EXCITATION = 1e-3; // of the measurement's own variance

    private final int n;
    private final double forgetting;
    private final double noise;
    private final double largest;
    private final double[] theta;
    private final double[] p;
    private final double[] gain;

    /**
     * An estimator.
     *
     * @param start first guess.
     * @param variances of the first guess.
     * @param noise variance of a measurement.
     * @param forgetting 0.99..0.9999 is usual, 1 forgets nothing: 1/(1 - forgetting) measurements count.
     */
    public RecursiveLeastSquares(double[] start, double[] variances, double noise, double forgetting) {
        if (!(forgetting > 0.5 && forgetting <= 1) || !(noise > 0)) {
            throw new IllegalArgumentException(
                    "forgetting must be in (0.5, 1] and noise positive: " + forgetting + ", " + noise);
        }
        n = start.length;
        this.forgetting = forgetting;
        this.noise = noise;
        theta = start.clone();
        p = new double[n * n];
        double most = 0;
        for (int i = 0; i < n; i++) {
            p[i * n + i] = variances[i];
            most = Math.max(most, variances[i]);
        }
        largest = most;
        gain = new double[n];
    }

    /** Takes a measurement in; answers the error of the prediction before it. */
    public double update(double[] phi, double y) {
        double error = y;
        double s = noise;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int k = 0; k < n; k++) {
                sum += p[i * n + k] * phi[k];
            }
            gain[i] = sum;
            s += phi[i] * sum;
            error -= phi[i] * theta[i];
        }
        if (s - noise < SMALLEST_EXCITATION * noise) {
            return error;
        }
        for (int i = 0; i < n; i++) {
            theta[i] += gain[i] / s * error;
        }
        boolean isBounded = true;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                p[i * n + k] -= gain[i] * gain[k] / s;
            }
            isBounded &= p[i * n + i] / forgetting <= largest;
        }
        if (isBounded) {
            for (int i = 0; i < n * n; i++) {
                p[i] /= forgetting;
            }
        }
        Matrices.symmetrise(p, n);
        return error;
    }

    /** An estimated coefficient. */
    public double value(int i) {
        return theta[i];
    }

    /** Its standard deviation. */
    public double sigma(int i) {
        return Math.sqrt(Math.max(0, p[i * n + i]));
    }
}
