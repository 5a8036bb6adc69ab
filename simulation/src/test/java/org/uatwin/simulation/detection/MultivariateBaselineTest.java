package org.uatwin.simulation.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Two points that move together: each alone stays in its range when they no longer do. */
class MultivariateBaselineTest {
    private static final List<String> POINTS = List.of("Flow", "Pressure", "Temperature");

    private final SplittableRandom random = new SplittableRandom(4);

    private double[] row(double flow) {
        return new double[] {flow, 10 - 0.5 * flow + 0.1 * random.nextGaussian(), 60 + 0.5 * random.nextGaussian()};
    }

    private MultivariateBaseline baseline() {
        double[][] rows = new double[400][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(4 + 2 * Math.sin(i / 20.0));
        }
        return MultivariateBaseline.learn(POINTS, rows, MultivariateBaseline.Settings.DEFAULT);
    }

    @Test
    void whatMovesAsBeforeIsUsual() {
        MultivariateBaseline.Watch watch = baseline().watch();
        for (int i = 0; i < 500; i++) {
            assertThat(watch.next(row(4 + 2 * Math.sin(i / 30.0))).isAnomaly()).isFalse();
        }
    }

    @Test
    void aBrokenRelationIsFoundThoughEachPointIsInItsRange() {
        MultivariateBaseline.Watch watch = baseline().watch();
        MultivariateBaseline.Reading reading = watch.next(row(4));
        for (int i = 0; i < 15; i++) {
            double[] row = row(2.5);
            row[1] = 7.6; // usual at a flow of 4.8
            reading = watch.next(row);
        }
        assertThat(reading.isAnomaly()).isTrue();
        double[] shares = reading.contributions();
        assertThat(shares[0] + shares[1]).isGreaterThan(0.9);
        assertThat(shares[0] + shares[1] + shares[2]).isBetween(0.999, 1.001);
    }

    @Test
    void aPointThatNeverMovedIsNoticedWhenItDoes() {
        double[][] rows = new double[100][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {random.nextGaussian(), 230};
        }
        MultivariateBaseline.Watch watch = MultivariateBaseline.learn(
                        List.of("Vibration", "Voltage"), rows, MultivariateBaseline.Settings.DEFAULT)
                .watch();
        assertThat(watch.next(new double[] {0, 230}).isAnomaly()).isFalse();
        MultivariateBaseline.Reading reading = watch.next(new double[] {0, 215});
        assertThat(reading.isAnomaly()).isTrue();
        assertThat(reading.contributions()[1]).isGreaterThan(0.9);
    }

    @Test
    void tooFewRowsAreSaid() {
        assertThatThrownBy(() -> MultivariateBaseline.learn(
                        POINTS, new double[][] {row(4), row(5)}, MultivariateBaseline.Settings.DEFAULT))
                .hasMessageContaining("2 rows are too few");
    }
}
