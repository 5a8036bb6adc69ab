package org.uatwin.simulation.detection;

import java.util.Arrays;
import org.uatwin.simulation.estimation.Consistency;

/**
 * Whether deviations of all outputs still belong together: a moving average of the vector against the covariance it usually has
 * (multivariate EWMA; Lowry et al. 1992). Finds what is within every single limit, such as two sensors that contradict each other.
 * Owned with its detector.
 */
final class CrossSensor {
    private static final double PRIOR_BLOCKS = 60;
    private static final double MEMORY_BLOCKS = 1000;
    private static final double MOST = 5; // deviates of one block that are learned from

    private final int n;
    private final DetectorSettings settings;
    private final double[] value; // of this block, in deviates; NaN if it has none
    private final double[] tolerance; // what has no meaning, in deviates
    private final double[] average;
    private final double[] products; // n x n, of deviates, and their number
    private final double[] work;
    private final double[] factor;

    CrossSensor(int outputs, DetectorSettings settings) {
        this.settings = settings;
        n = outputs;
        value = new double[n];
        tolerance = new double[n];
        average = new double[n];
        products = new double[n * n + 1];
        work = new double[n];
        factor = new double[n * n];
    }

    void begin() {
        Arrays.fill(value, Double.NaN);
    }

    /** What an output deviates by in this block, the deviation it usually has, and what has no meaning, in such deviations. */
    void add(int output, double off, double deviation, double tolerated) {
        value[output] = off / deviation;
        tolerance[output] = tolerated;
    }

    /** Judges the block; writes by output what it has in the distance over the limit. */
    void judge(boolean isLearning, double[] crossed) {
        int present = 0;
        for (int c = 0; c < n; c++) {
            if (Double.isNaN(value[c])) {
                average[c] *= 1 - settings.averageShare();
            } else {
                average[c] = ControlCharts.ewma(average[c], value[c], settings.averageShare());
                present++;
            }
        }
        if (present < 2) {
            Arrays.fill(crossed, 0);
            return;
        }
        double seen = products[n * n];
        double shrink = ControlCharts.ewmaDeviation(settings.averageShare());
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                double size = Math.sqrt(products[a * n + a] * products[b * n + b]);
                double correlation = size > 0 ? products[a * n + b] / size : 0;
                double usual = a == b ? 1 : seen / (seen + PRIOR_BLOCKS) * correlation;
                factor[a * n + b] = usual * shrink * shrink + (a == b ? tolerance[a] * tolerance[a] : 0);
            }
        }
        double square = distance();
        double limit = Consistency.quantile(present, settings.averageLimit());
        double whole = Arrays.stream(work).map(Math::abs).sum();
        for (int c = 0; c < n; c++) {
            crossed[c] = whole > 0 ? square / limit * Math.abs(work[c]) / whole : 0;
        }
        if (isLearning) {
            learn();
        }
    }

    /** Squared distance; leaves what each output adds to it in {@code work}. */
    private double distance() {
        double[] l = factor;
        for (int a = 0; a < n; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = l[a * n + b];
                for (int k = 0; k < b; k++) {
                    sum -= l[a * n + k] * l[b * n + k];
                }
                l[a * n + b] = a == b ? Math.sqrt(Math.max(1e-9, sum)) : sum / l[b * n + b];
            }
        }
        for (int a = 0; a < n; a++) {
            double sum = average[a];
            for (int k = 0; k < a; k++) {
                sum -= l[a * n + k] * work[k];
            }
            work[a] = sum / l[a * n + a];
        }
        for (int a = n - 1; a >= 0; a--) {
            double sum = work[a];
            for (int k = a + 1; k < n; k++) {
                sum -= l[k * n + a] * work[k];
            }
            work[a] = sum / l[a * n + a];
        }
        double square = 0;
        for (int a = 0; a < n; a++) {
            work[a] *= average[a];
            square += work[a];
        }
        return square;
    }

    private void learn() {
        double seen = Math.min(MEMORY_BLOCKS, products[n * n] + 1);
        products[n * n] = seen;
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                if (!Double.isNaN(value[a]) && !Double.isNaN(value[b])) {
                    double product = clipped(value[a]) * clipped(value[b]);
                    products[a * n + b] += (product - products[a * n + b]) / seen;
                }
            }
        }
    }

    private static double clipped(double deviate) {
        return Math.max(-MOST, Math.min(MOST, deviate));
    }

    /** What was averaged before belongs to something else. */
    void restart() {
        Arrays.fill(average, 0);
    }

    void forget() {
        Arrays.fill(average, 0);
        Arrays.fill(products, 0);
    }

    double[] average() {
        return average;
    }

    double[] products() {
        return products;
    }
}
