package org.uatwin.simulation.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Average run lengths of the tests against published ones: what a limit means in samples between false alarms. */
class ControlChartsTest {
    private static final int RUNS = 20_000;

    /** Montgomery, Introduction to Statistical Quality Control, table 9.3: two-sided, slack 0.5. */
    @Test
    void cusumRunsAsLongAsPublished() {
        assertThat(cusum(5, 0)).isCloseTo(465.4, within(10.0));
        assertThat(cusum(5, 1)).isCloseTo(10.38, within(0.15));
        assertThat(cusum(5, 2)).isCloseTo(4.01, within(0.05));
        assertThat(cusum(4, 0)).isCloseTo(167.7, within(4.0));
        assertThat(cusum(4, 1)).isCloseTo(8.38, within(0.12));
    }

    private static double cusum(double limit, double shift) {
        SplittableRandom random = new SplittableRandom(7);
        long samples = 0;
        for (int i = 0; i < RUNS; i++) {
            double up = 0;
            double down = 0;
            while (up < limit && down < limit) {
                double value = shift + random.nextGaussian();
                up = ControlCharts.cusum(up, value, 0.5);
                down = ControlCharts.cusum(down, -value, 0.5);
                samples++;
            }
        }
        return samples / (double) RUNS;
    }

    /** Montgomery, table 9.11 (Lucas and Saccucci 1990): share 0.1, limit 2.814 deviations of the average: 500 samples, 10.3 at one deviation. */
    @Test
    void movingAverageRunsAsLongAsPublished() {
        assertThat(ewma(0)).isCloseTo(500, within(25.0));
        assertThat(ewma(1)).isCloseTo(10.3, within(0.4));
    }

    private static double ewma(double shift) {
        SplittableRandom random = new SplittableRandom(8);
        double limit = 2.814 * ControlCharts.ewmaDeviation(0.1);
        long samples = 0;
        for (int i = 0; i < RUNS / 2; i++) {
            double mean = 0;
            do {
                mean = ControlCharts.ewma(mean, shift + random.nextGaussian(), 0.1);
                samples++;
            } while (Math.abs(mean) < limit);
        }
        return samples / (RUNS / 2.0);
    }

    /** Without a known mean: a change is found, what was there from the beginning is not. */
    @Test
    void pageHinkleyFindsAChangeAndNotALevel() {
        SplittableRandom random = new SplittableRandom(9);
        double sum = 0;
        double mean = 0;
        double most = 0;
        for (int i = 1; i <= 2000; i++) {
            double value = 40 + random.nextGaussian();
            sum = i > 5 ? ControlCharts.pageHinkley(sum, value, mean, 0.5) : 0;
            mean += (value - mean) / i;
            most = Math.max(most, sum);
        }
        assertThat(most).isLessThan(12);
        int after = 0;
        while (sum < 12) {
            sum = ControlCharts.pageHinkley(sum, 42 + random.nextGaussian(), mean, 0.5);
            after++;
        }
        assertThat(after).isBetween(4, 15);
    }

    /** Correlated values look like independent ones of the inflated deviation: false alarms stay as rare (property over correlations). */
    @Test
    void inflationKeepsRunLengthsOfCorrelatedValues() {
        for (double correlation : new double[] {0, 0.3, 0.6, 0.8}) {
            SplittableRandom random = new SplittableRandom(10);
            double inflation = ControlCharts.inflation(correlation);
            long samples = 0;
            for (int i = 0; i < 1000; i++) {
                double up = 0;
                double value = random.nextGaussian();
                while (up < 5) {
                    value = correlation * value + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
                    up = ControlCharts.cusum(up, value / inflation, 0.5);
                    samples++;
                }
            }
            assertThat(samples / 1000.0)
                    .as("correlation %s", correlation)
                    .isGreaterThan(850); // 930 of independent values
        }
    }
}
