package org.uatwin.simulation.estimation;

/**
 * Unscented Kalman filter (Wan and van der Merwe 2000; Simon 2006, ch. 14) for models with kinks, where a derivative says little:
 * 2n+1 points through the model instead of Jacobians. Covariances are kept as Cholesky factors while points are drawn, so that a
 * nearly singular one still gives points. Outputs of one moment are taken together. One thread.
 */
public final class UnscentedKalmanFilter {
    private final int n;
    private final int m;
    private final double scale;
    private final double weight0Mean;
    private final double weight0Covariance;
    private final double weight;
    private final double[] z;
    private final double[] p;
    private final double[] l;
    private final double[][] points;
    private final double[][] images;
    private final double[] point;
    private final double[] mean;
    private final double[] s;
    private final double[] sl;
    private final double[] cross;
    private final double[] gain;

    /** A filter with spread 1 (alpha), Gaussian shape (beta 2) and kappa 0. */
    public UnscentedKalmanFilter(int states, int outputs) {
        this(states, outputs, 1, 2, 0);
    }

    /**
     * A filter at zero without uncertainty.
     *
     * @param alpha spread of the points, 1e-3..1.
     * @param beta 2 for Gaussian.
     * @param kappa 0, or 3 - n.
     */
    public UnscentedKalmanFilter(int states, int outputs, double alpha, double beta, double kappa) {
        if (!(alpha > 0 && alpha <= 1) || !(states + kappa > 0)) {
            throw new IllegalArgumentException(
                    "alpha must be in (0, 1] and n + kappa > 0: " + alpha + ", " + (states + kappa));
        }
        n = states;
        m = outputs;
        double lambda = alpha * alpha * (n + kappa) - n;
        scale = Math.sqrt(n + lambda);
        weight0Mean = lambda / (n + lambda);
        weight0Covariance = weight0Mean + 1 - alpha * alpha + beta;
        weight = 0.5 / (n + lambda);
        z = new double[n];
        p = new double[n * n];
        l = new double[n * n];
        points = new double[2 * n + 1][n];
        images = new double[2 * n + 1][m];
        point = new double[n];
        mean = new double[m];
        s = new double[m * m];
        sl = new double[m * m];
        cross = new double[n * m];
        gain = new double[m];
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

    /**
     * Moves the estimate one step on.
     *
     * @param noise variance added to each state.
     */
    public void predict(FilterModel model, double[] noise) {
        draw();
        for (double[] one : points) {
            System.arraycopy(one, 0, point, 0, n);
            model.transition(point, one);
        }
        average(points, n, z);
        spread(points, z, n, points, z, n, p);
        for (int i = 0; i < n; i++) {
            p[i * n + i] += noise[i];
        }
        Matrices.symmetrise(p, n);
    }

    /**
     * Takes the outputs of one moment in.
     *
     * @param y measured; NaN for what was not.
     * @param variances of the measurements.
     */
    public void update(FilterModel model, double[] y, double[] variances) {
        draw();
        for (int k = 0; k < points.length; k++) {
            model.output(points[k], images[k]);
        }
        average(images, m, mean);
        spread(images, mean, m, images, mean, m, s);
        spread(points, z, n, images, mean, m, cross);
        for (int j = 0; j < m; j++) {
            if (Double.isNaN(y[j])) {
                for (int k = 0; k < m; k++) {
                    s[j * m + k] = 0;
                    s[k * m + j] = 0;
                }
                for (int i = 0; i < n; i++) {
                    cross[i * m + j] = 0;
                }
                s[j * m + j] = 1;
            } else {
                s[j * m + j] += variances[j];
            }
        }
        Matrices.cholesky(s, m, sl);
        for (int i = 0; i < n; i++) {
            System.arraycopy(cross, i * m, gain, 0, m);
            Matrices.solveCholesky(sl, m, gain);
            for (int j = 0; j < m; j++) {
                if (!Double.isNaN(y[j])) {
                    z[i] += gain[j] * (y[j] - mean[j]);
                }
            }
            for (int k = 0; k < n; k++) { // P - C S^-1 C'
                double sum = 0;
                for (int j = 0; j < m; j++) {
                    sum += gain[j] * cross[k * m + j];
                }
                p[i * n + k] -= sum;
            }
        }
        Matrices.symmetrise(p, n);
    }

    private void draw() {
        Matrices.cholesky(p, n, l);
        System.arraycopy(z, 0, points[0], 0, n);
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < n; i++) {
                double offset = scale * l[i * n + k];
                points[1 + k][i] = z[i] + offset;
                points[1 + n + k][i] = z[i] - offset;
            }
        }
    }

    private void average(double[][] of, int size, double[] out) {
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int k = 1; k < of.length; k++) {
                sum += of[k][i];
            }
            out[i] = weight0Mean * of[0][i] + weight * sum;
        }
    }

    private void spread(
            double[][] a, double[] aMean, int rows, double[][] b, double[] bMean, int columns, double[] out) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = weight0Covariance * (a[0][i] - aMean[i]) * (b[0][j] - bMean[j]);
                for (int k = 1; k < a.length; k++) {
                    sum += weight * (a[k][i] - aMean[i]) * (b[k][j] - bMean[j]);
                }
                out[i * columns + j] = sum;
            }
        }
    }
}
