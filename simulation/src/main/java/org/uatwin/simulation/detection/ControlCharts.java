package org.uatwin.simulation.detection;

/**
 * The recursions of sequential tests, for numbers in standard deviations of what is usual. Pure; what they remember is the caller's.
 *
 * <p>Average run lengths of the two-sided CUSUM with slack 0.5 (Montgomery, Introduction to Statistical Quality Control, 9.1): limit
 * 5 gives 465 samples between false alarms and finds one standard deviation after 10.4; limit 4 gives 168 and 8.38.
 */
final class ControlCharts {
    private ControlCharts() {}

    /** One side of Page's cumulative sum (1954): what has gone beyond the slack since it was last zero. */
    static double cusum(double sum, double value, double slack) {
        return Math.max(0, sum + value - slack);
    }

    /** Exponentially weighted moving average (Roberts 1959). */
    static double ewma(double mean, double value, double share) {
        return mean + share * (value - mean);
    }

    /** Standard deviation of that average, once it has settled, of values with standard deviation 1. */
    static double ewmaDeviation(double share) {
        return Math.sqrt(share / (2 - share));
    }

    /**
     * One side of Page and Hinkley's test (Hinkley 1971), in its recursive form: deviations from the mean so far instead of a known one.
     * It needs no baseline and finds what is sudden; what is slow moves its mean along.
     *
     * @param meanSoFar before this value.
     */
    static double pageHinkley(double sum, double value, double meanSoFar, double slack) {
        return Math.max(0, sum + value - meanSoFar - slack);
    }

    /** A deviation with what has no meaning taken off: zero inside the tolerance. */
    static double beyond(double deviation, double tolerance) {
        return Math.signum(deviation) * Math.max(0, Math.abs(deviation) - tolerance);
    }

    /**
     * By how much sums of values with this lag-one correlation scatter more than of independent ones: a first-order autoregressive
     * process looks like independent values of this standard deviation over many of them (Bagshaw and Johnson 1975).
     */
    static double inflation(double correlation) {
        return Math.sqrt((1 + correlation) / (1 - correlation));
    }
}
