package org.uatwin.simulation.solver;

/** Solves A x = b for one square size by Gaussian elimination with partial pivoting, in place. Allocates nothing after construction. */
public final class Lu {
    private final int n;
    private final double[][] a;
    private final int[] pivot;

    /** A solver for n equations. */
    public Lu(int n) {
        this.n = n;
        this.a = new double[n][n];
        this.pivot = new int[n];
    }

    /** The matrix to fill in before {@link #factorise}; its content is destroyed by it. */
    public double[][] matrix() {
        return a;
    }

    /** Factorises the matrix; false if it is singular to working precision. */
    public boolean factorise() {
        for (int k = 0; k < n; k++) {
            int best = k;
            for (int i = k + 1; i < n; i++) {
                if (Math.abs(a[i][k]) > Math.abs(a[best][k])) {
                    best = i;
                }
            }
            pivot[k] = best;
            double[] row = a[best];
            a[best] = a[k];
            a[k] = row;
            double diagonal = row[k];
            if (!(Math.abs(diagonal) > 1e-300)) {
                return false;
            }
            for (int i = k + 1; i < n; i++) {
                double factor = a[i][k] / diagonal;
                a[i][k] = factor;
                if (factor != 0) {
                    for (int j = k + 1; j < n; j++) {
                        a[i][j] -= factor * row[j];
                    }
                }
            }
        }
        return true;
    }

    /** Replaces {@code b} by the solution. */
    public void solve(double[] b) {
        for (int k = 0; k < n; k++) {
            double value = b[pivot[k]];
            b[pivot[k]] = b[k];
            b[k] = value;
        }
        for (int i = 1; i < n; i++) {
            double sum = b[i];
            for (int j = 0; j < i; j++) {
                sum -= a[i][j] * b[j];
            }
            b[i] = sum;
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = b[i];
            for (int j = i + 1; j < n; j++) {
                sum -= a[i][j] * b[j];
            }
            b[i] = sum / a[i][i];
        }
    }
}
