package org.uatwin.simulation.estimation;

import org.apache.commons.math3.special.Gamma;

/** Tests whether a filter's uncertainty is what its errors are (Bar-Shalom, Li and Kirubarajan 2001, 5.4). Pure functions. */
public final class Consistency {
    private Consistency() {}

    /**
     * Result of a test.
     *
     * @param value the statistic.
     * @param lower lower end of what a consistent filter gives.
     * @param upper upper end.
     */
    public record Band(double value, double lower, double upper) {
        /** Whether the statistic lies inside. */
        public boolean isInside() {
            return value >= lower && value <= upper;
        }
    }

    /**
     * Normalised innovation squared: the mean of {@code sum / count} terms, each chi-square with one degree of freedom, with
     * its two-sided 95 % band (Wilson and Hilferty 1931 for the quantiles).
     */
    public static Band nis(double sum, int count) {
        return new Band(sum / count, quantile(count, -1.959964) / count, quantile(count, 1.959964) / count);
    }

    /** Quantile of chi-square with this many degrees of freedom at a standard normal deviate. */
    public static double quantile(int degrees, double deviate) {
        double a = 2.0 / (9.0 * degrees);
        double root = 1 - a + deviate * Math.sqrt(a);
        return degrees * root * root * root;
    }

    /**
     * Ljung and Box 1978: probability that white noise is as correlated as these values are; small means the model misses
     * something that lasts longer than a step.
     *
     * @param values innovations divided by their standard deviations, in order.
     * @param count how many of them are used.
     * @param lags lags looked at, less than {@code count}.
     */
    public static double whiteness(double[] values, int count, int lags) {
        double mean = 0;
        for (int i = 0; i < count; i++) {
            mean += values[i] / count;
        }
        double variance = 0;
        for (int i = 0; i < count; i++) {
            variance += (values[i] - mean) * (values[i] - mean);
        }
        if (!(variance > 0)) {
            return 1;
        }
        double q = 0;
        for (int k = 1; k <= lags; k++) {
            double sum = 0;
            for (int i = k; i < count; i++) {
                sum += (values[i] - mean) * (values[i - k] - mean);
            }
            double r = sum / variance;
            q += r * r / (count - k);
        }
        q *= count * (count + 2.0);
        return Gamma.regularizedGammaQ(lags / 2.0, q / 2);
    }
}
