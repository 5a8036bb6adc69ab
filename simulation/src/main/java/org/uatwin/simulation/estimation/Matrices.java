package org.uatwin.simulation.estimation;

/** Small dense matrices, row after row in one array. Nothing is allocated. */
final class Matrices {
    private Matrices() {}

    /** out = a b with a of rows x inner and b of inner x columns. */
    static void multiply(double[] a, double[] b, int rows, int inner, int columns, double[] out) {
        for (int i = 0; i < rows; i++) {
            int at = i * columns;
            for (int j = 0; j < columns; j++) {
                out[at + j] = 0;
            }
            for (int k = 0; k < inner; k++) {
                double factor = a[i * inner + k];
                if (factor != 0) {
                    int from = k * columns;
                    for (int j = 0; j < columns; j++) {
                        out[at + j] += factor * b[from + j];
                    }
                }
            }
        }
    }

    /** out = a b' with a of rows x inner and b of columns x inner. */
    static void multiplyTransposed(double[] a, double[] b, int rows, int inner, int columns, double[] out) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = 0;
                for (int k = 0; k < inner; k++) {
                    sum += a[i * inner + k] * b[j * inner + k];
                }
                out[i * columns + j] = sum;
            }
        }
    }

    /** Makes a square matrix symmetric by the mean of both halves. */
    static void symmetrise(double[] p, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                double mean = 0.5 * (p[i * n + j] + p[j * n + i]);
                p[i * n + j] = mean;
                p[j * n + i] = mean;
            }
        }
    }

    /**
     * Lower triangle l with l l' = p. A direction without variance, or with one that rounding made negative, gets a column of
     * zeros.
     *
     * @return whether p was positive semidefinite to rounding.
     */
    static boolean cholesky(double[] p, int n, double[] l) {
        boolean isProper = true;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = p[i * n + j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i * n + k] * l[j * n + k];
                }
                if (i == j) {
                    double scale = Math.abs(p[i * n + i]);
                    isProper &= sum >= -1e-9 * scale;
                    l[i * n + i] = sum > 1e-14 * scale ? Math.sqrt(sum) : 0;
                } else {
                    l[i * n + j] = l[j * n + j] > 0 ? sum / l[j * n + j] : 0;
                }
            }
            for (int j = i + 1; j < n; j++) {
                l[i * n + j] = 0;
            }
        }
        return isProper;
    }

    /** Solves l l' x = b in place; directions without variance give 0. */
    static void solveCholesky(double[] l, int n, double[] b) {
        forward(l, n, b);
        for (int i = n - 1; i >= 0; i--) {
            double sum = b[i];
            for (int k = i + 1; k < n; k++) {
                sum -= l[k * n + i] * b[k];
            }
            b[i] = l[i * n + i] > 0 ? sum / l[i * n + i] : 0;
        }
    }

    /** Solves l x = b in place; directions without variance give 0. */
    static void forward(double[] l, int n, double[] b) {
        for (int i = 0; i < n; i++) {
            double sum = b[i];
            for (int k = 0; k < i; k++) {
                sum -= l[i * n + k] * b[k];
            }
            b[i] = l[i * n + i] > 0 ? sum / l[i * n + i] : 0;
        }
    }

    /** Whether all values are numbers. */
    static boolean isFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
