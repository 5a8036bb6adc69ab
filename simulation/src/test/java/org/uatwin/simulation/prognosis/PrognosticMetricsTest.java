package org.uatwin.simulation.prognosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Metrics decide which prognosis is believed: their values are those of others' implementations and of sums by hand. */
class PrognosticMetricsTest {
    private static final double EXACT = 1e-12;

    private static List<TimedPrediction> profile(double factor, double shift) throws IOException {
        String shared = System.getProperty("uatwin.shared");
        Path folder =
                shared == null ? Path.of(System.getProperty("uatwin.root", ".."), "..", "shared") : Path.of(shared);
        List<TimedPrediction> predictions = new ArrayList<>();
        List<String> lines = Files.readAllLines(folder.resolve("reference/prognostic_metrics/progpy_profile.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            int first = Integer.parseInt(cells[2]);
            int last = Integer.parseInt(cells[3]);
            predictions.add(new TimedPrediction(
                    Double.parseDouble(cells[1]),
                    IntStream.rangeClosed(first, last)
                            .mapToDouble(a -> factor * a + shift)
                            .toArray()));
        }
        return predictions;
    }

    /** Events a, b = a - 1 and c = 2 a - 4.5 of the example of NASA's progpy, tests/test_metrics.py. */
    @Test
    @Tag("acceptance")
    @Tag("shared")
    void exampleOfProgpyIsReproduced() throws IOException {
        List<TimedPrediction> a = profile(1, 0);
        List<TimedPrediction> b = profile(1, -1);
        List<TimedPrediction> c = profile(2, -4.5);
        assertThat(PrognosticMetrics.cumulativeRelativeAccuracy(a, 9)).isCloseTo(4 / 9.0, within(EXACT));
        assertThat(PrognosticMetrics.cumulativeRelativeAccuracy(b, 8)).isCloseTo(0.375, within(EXACT));
        assertThat(PrognosticMetrics.cumulativeRelativeAccuracy(c, 18)).isCloseTo(23 / 36.0, within(EXACT));
        assertThat(PrognosticMetrics.prognosticHorizon(a, 10, 0.6)).hasValue(1);
        assertThat(PrognosticMetrics.prognosticHorizon(b, 10, 0.6)).hasValue(2);
        assertThat(PrognosticMetrics.prognosticHorizon(c, 18, 0.6)).hasValue(10);
        assertThat(PrognosticMetrics.prognosticHorizon(a, 9, 0.6)).isEmpty();
        assertThat(PrognosticMetrics.prognosticHorizon(b, 14, 0.6)).hasValue(10);
        assertThat(PrognosticMetrics.prognosticHorizon(c, 18, 0.6)).hasValue(10);
    }

    @Test
    void alphaLambdaCountsDrawsInsideTheCone() {
        List<TimedPrediction> predictions = List.of(
                new TimedPrediction(0, new double[] {50, 60}),
                new TimedPrediction(50, new double[] {92, 95, 111, 130}));
        // Half of life is over at 50: 50 are left, a cone of 20 % is 90..110, two of four draws are inside.
        assertThat(PrognosticMetrics.alphaLambda(predictions, 100, 0, 0.5, 0.2, 0.5))
                .isTrue();
        assertThat(PrognosticMetrics.alphaLambda(predictions, 100, 0, 0.5, 0.2, 0.51))
                .isFalse();
        assertThat(PrognosticMetrics.alphaLambda(predictions, 100, 0, 0.49, 0.2, 0.5))
                .isFalse();
    }

    /** Errors 4 until 1 and 2 until 2: area 6, centroid at (0.5*1*4 + 1.5*2)/6 = 5/6 and (0.5*16 + 0.5*4)/6 = 5/3. */
    @Test
    void convergenceIsTheCentroidOfTheError() {
        List<TimedPrediction> predictions = List.of(
                new TimedPrediction(0, new double[] {14}),
                new TimedPrediction(1, new double[] {8}),
                new TimedPrediction(2, new double[] {10}));
        assertThat(PrognosticMetrics.convergence(predictions, 10))
                .isCloseTo(Math.hypot(5 / 6.0, 5 / 3.0), within(EXACT));
    }

    @Test
    void monotonicityCountsWays() {
        assertThat(PrognosticMetrics.monotonicity(new double[] {1, 2, 3, 4})).isEqualTo(1);
        assertThat(PrognosticMetrics.monotonicity(new double[] {4, 3, 2, 1})).isEqualTo(1);
        assertThat(PrognosticMetrics.monotonicity(new double[] {1, 2, 1, 2, 1})).isZero();
        assertThat(PrognosticMetrics.monotonicity(new double[] {1, 2, 3, 2})).isCloseTo(1 / 3.0, within(EXACT));
    }

    /** Late counts more than early: 10 cycles late cost e - 1, 13 early as much. */
    @Test
    void scoreOfTurbofansPunishesLateMore() {
        assertThat(PrognosticMetrics.score(new double[] {110}, new double[] {100}))
                .isCloseTo(Math.E - 1, within(EXACT));
        assertThat(PrognosticMetrics.score(new double[] {87}, new double[] {100}))
                .isCloseTo(Math.E - 1, within(EXACT));
        assertThat(PrognosticMetrics.score(new double[] {110, 87}, new double[] {100, 100}))
                .isCloseTo(2 * Math.E - 2, within(EXACT));
    }

    @Test
    void coverageAndWidth() {
        double[] lower = {0, 0, 0};
        double[] upper = {1, 2, 3};
        assertThat(PrognosticMetrics.coverage(lower, upper, new double[] {1, 2.5, -0.1}))
                .isCloseTo(1 / 3.0, within(EXACT));
        assertThat(PrognosticMetrics.meanWidth(lower, upper)).isEqualTo(2);
    }

    /** Draws 1 and 3, truth 2: E|X - y| = 1, E|X - X'| = 1, so 0.5; the distribution's integral tells the same of many draws. */
    @Test
    void crpsOfDrawsAndOfADistributionAgree() {
        assertThat(PrognosticMetrics.crps(new double[] {3, 1}, 2)).isCloseTo(0.5, within(EXACT));
        double[] draws =
                IntStream.range(0, 1000).mapToDouble(i -> 100 + 0.1 * i).toArray();
        LifeDistribution life = LifeDistribution.ofDraws(draws, 1000);
        assertThat(life.crps(130)).isCloseTo(PrognosticMetrics.crps(draws, 130), within(0.05));
    }
}
