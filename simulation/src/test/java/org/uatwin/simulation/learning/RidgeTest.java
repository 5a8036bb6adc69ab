package org.uatwin.simulation.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RidgeTest {
    private static final double[][] X = {{1, 2, 3, 4, 5, 6}, {10, 20, 10, 20, 10, 20}};

    private static double[] plane() {
        double[] y = new double[6];
        for (int i = 0; i < y.length; i++) {
            y[i] = 3 + 2 * X[0][i] - 0.1 * X[1][i];
        }
        return y;
    }

    @Test
    void aPlaneIsFoundUnlessThePenaltyIsLarge() {
        FeatureTable table = new FeatureTable(List.of("a", "b"), X);
        Ridge weak = Ridge.learn(table, plane(), 1e-9);
        assertThat(weak.predict(new double[] {7, 30})).isCloseTo(14, within(1e-6));
        Ridge strong = Ridge.learn(table, plane(), 1e9);
        assertThat(strong.predict(new double[] {7, 30})).isCloseTo(8.5, within(1e-3)); // the mean
    }

    @Test
    void whatIsMissingCountsAsTheMean() {
        Ridge ridge = Ridge.learn(new FeatureTable(List.of("a", "b"), X), plane(), 1e-9);
        assertThat(ridge.predict(new double[] {Double.NaN, 15})).isCloseTo(8.5, within(1e-6));
    }
}
