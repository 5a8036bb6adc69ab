package org.uatwin.simulation.learning;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Linear discriminant analysis (Fisher 1936; Hastie et al. 2009, 4.3): classes as clouds of one shape around a centre each, the
 * covariance shrunk towards the identity (Friedman 1989) on standardised columns. Missing numbers count as the column's mean.
 * Immutable.
 */
public final class LinearDiscriminant {
    private final double[] mean;
    private final double[] scale;
    private final double[][] weights; // of each class
    private final double[] constants;

    private LinearDiscriminant(double[] mean, double[] scale, double[][] weights, double[] constants) {
        this.mean = mean;
        this.scale = scale;
        this.weights = weights;
        this.constants = constants;
    }

    /**
     * @param classes of each row, 0 to number - 1; each at least once.
     * @param shrinkage 0 to 1, above 0: the share of the identity in the covariance.
     * @throws IllegalArgumentException if the classes do not fit the table, or one has no row.
     */
    public static LinearDiscriminant learn(FeatureTable table, int[] classes, int number, double shrinkage) {
        int n = table.rows();
        int width = table.width();
        if (classes.length != n || n == 0 || !(shrinkage > 0 && shrinkage <= 1)) {
            throw new IllegalArgumentException(
                    "%d classes of %d rows, shrinkage %s".formatted(classes.length, n, shrinkage));
        }
        int[] counts = new int[number];
        for (int c : classes) {
            counts[c]++;
        }
        for (int k = 0; k < number; k++) {
            if (counts[k] == 0) {
                throw new IllegalArgumentException("no row of class %d".formatted(k));
            }
        }
        double[] mean = new double[width];
        double[] scale = new double[width];
        double[][] z = new double[width][n];
        double[][] centre = new double[width][number];
        for (int c = 0; c < width; c++) {
            standardise(table.columns()[c], c, mean, scale, z[c]);
            for (int i = 0; i < n; i++) {
                centre[c][classes[i]] += z[c][i] / counts[classes[i]];
            }
            for (int i = 0; i < n; i++) {
                z[c][i] -= centre[c][classes[i]];
            }
        }
        CholeskyDecomposition within = new CholeskyDecomposition(covariance(z, shrinkage));
        RealMatrix solved = within.getSolver().solve(new Array2DRowRealMatrix(centre, false));
        double[][] weights = new double[number][];
        double[] constants = new double[number];
        for (int k = 0; k < number; k++) {
            weights[k] = solved.getColumn(k);
            double half = 0;
            for (int c = 0; c < width; c++) {
                half += centre[c][k] * weights[k][c] / 2;
            }
            constants[k] = StrictMath.log((double) counts[k] / n) - half;
        }
        return new LinearDiscriminant(mean, scale, weights, constants);
    }

    private static void standardise(double[] column, int c, double[] mean, double[] scale, double[] z) {
        mean[c] = Arrays.stream(column).filter(v -> !Double.isNaN(v)).average().orElse(0);
        double squares = 0;
        for (int i = 0; i < column.length; i++) {
            z[i] = Double.isNaN(column[i]) ? 0 : column[i] - mean[c];
            squares += z[i] * z[i];
        }
        scale[c] = squares > 0 ? Math.sqrt(squares / column.length) : 1;
        for (int i = 0; i < z.length; i++) {
            z[i] /= scale[c];
        }
    }

    private static RealMatrix covariance(double[][] residuals, double shrinkage) {
        int width = residuals.length;
        int n = residuals[0].length;
        double[][] covariance = new double[width][width];
        for (int a = 0; a < width; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += residuals[a][i] * residuals[b][i];
                }
                covariance[a][b] = (1 - shrinkage) * sum / n;
                covariance[b][a] = covariance[a][b];
            }
            covariance[a][a] += shrinkage;
        }
        return new Array2DRowRealMatrix(covariance, false);
    }

    /** @param row a number for each column; NaN if it is missing. */
    public double[] probabilities(double[] row) {
        double[] scores = constants.clone();
        for (int c = 0; c < mean.length; c++) {
            if (!Double.isNaN(row[c])) {
                double z = (row[c] - mean[c]) / scale[c];
                for (int k = 0; k < scores.length; k++) {
                    scores[k] += weights[k][c] * z;
                }
            }
        }
        double most = Arrays.stream(scores).max().orElse(0);
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            scores[k] = StrictMath.exp(scores[k] - most);
            sum += scores[k];
        }
        for (int k = 0; k < scores.length; k++) {
            scores[k] /= sum;
        }
        return scores;
    }

    /** How far a step of each column's standard deviation moves the classes apart: the mean square of its weights. */
    public double[] importance() {
        double[] all = new double[mean.length];
        for (int c = 0; c < all.length; c++) {
            double average = 0;
            for (double[] w : weights) {
                average += w[c] / weights.length;
            }
            for (double[] w : weights) {
                all[c] += (w[c] - average) * (w[c] - average) / weights.length;
            }
        }
        return all;
    }
}
