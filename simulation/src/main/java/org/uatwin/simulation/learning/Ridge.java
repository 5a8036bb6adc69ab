package org.uatwin.simulation.learning;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Linear regression with an L2 penalty on standardised columns (Hoerl and Kennard 1970). Missing numbers count as the
 * column's mean. Immutable.
 */
public final class Ridge {
    private final double[] weights;
    private final double[] means;
    private final double constant;

    private Ridge(double[] weights, double[] means, double constant) {
        this.weights = weights;
        this.means = means;
        this.constant = constant;
    }

    /**
     * @param target one number a row, finite.
     * @param penalty above 0; 1 is as strong as one row of a column's standard deviation.
     * @throws IllegalArgumentException if the target has another length than the table, or the table no row.
     */
    public static Ridge learn(FeatureTable table, double[] target, double penalty) {
        int n = table.rows();
        int width = table.width();
        if (target.length != n || n == 0 || penalty <= 0) {
            throw new IllegalArgumentException(
                    "%d targets of %d rows, penalty %s".formatted(target.length, n, penalty));
        }
        double[] means = new double[width];
        double[][] x = new double[width][n];
        double[] scale = new double[width];
        for (int c = 0; c < width; c++) {
            double[] column = table.columns()[c];
            means[c] = Arrays.stream(column)
                    .filter(v -> !Double.isNaN(v))
                    .average()
                    .orElse(0);
            double squares = 0;
            for (int i = 0; i < n; i++) {
                x[c][i] = Double.isNaN(column[i]) ? 0 : column[i] - means[c];
                squares += x[c][i] * x[c][i];
            }
            scale[c] = squares > 0 ? Math.sqrt(squares / n) : 1;
        }
        double mean = Arrays.stream(target).average().orElse(0);
        RealMatrix normal = new Array2DRowRealMatrix(width, width);
        double[] right = new double[width];
        for (int a = 0; a < width; a++) {
            for (int b = 0; b <= a; b++) {
                double s = dot(x[a], x[b]) / (scale[a] * scale[b]);
                normal.setEntry(a, b, s);
                normal.setEntry(b, a, s);
            }
            normal.addToEntry(a, a, penalty);
            for (int i = 0; i < n; i++) {
                right[a] += x[a][i] * (target[i] - mean) / scale[a];
            }
        }
        double[] weights = new CholeskyDecomposition(normal)
                .getSolver()
                .solve(new ArrayRealVector(right, false))
                .toArray();
        for (int c = 0; c < width; c++) {
            weights[c] /= scale[c];
        }
        return new Ridge(weights, means, mean);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** @param row a number for each column; NaN if it is missing. */
    public double predict(double[] row) {
        double sum = constant;
        for (int c = 0; c < weights.length; c++) {
            if (!Double.isNaN(row[c])) {
                sum += weights[c] * (row[c] - means[c]);
            }
        }
        return sum;
    }
}
