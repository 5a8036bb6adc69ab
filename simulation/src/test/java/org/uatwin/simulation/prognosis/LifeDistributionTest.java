package org.uatwin.simulation.prognosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every answer about a remaining life is one of these: quantiles and probabilities have to fit each other. */
class LifeDistributionTest {
    private static LifeDistribution uniform() {
        return LifeDistribution.ofDraws(
                IntStream.range(0, 1000).mapToDouble(i -> 100 + 0.1 * i).toArray(), 1000);
    }

    @Test
    void quantilesAndProbabilitiesAreInverse() {
        for (double p = 0.02; p < 1; p += 0.07) {
            assertThat(uniform().within(uniform().quantile(p))).isCloseTo(p, within(1e-9));
            assertThat(uniform().quantile(p)).isCloseTo(100 + 100 * p, within(0.2));
        }
    }

    /** Draws that do not fail in time are "more than the horizon", never a number. */
    @Test
    void whatLiesBeyondTheHorizonStaysThere() {
        LifeDistribution life = LifeDistribution.ofDraws(
                new double[] {10, 20, Double.POSITIVE_INFINITY, 500, Double.POSITIVE_INFINITY}, 100);
        assertThat(life.within(100)).isCloseTo(0.4, within(1e-12));
        assertThat(life.within(1e9)).isCloseTo(0.4, within(1e-12));
        assertThat(life.quantile(0.5)).isInfinite();
        assertThat(LifeDistribution.ofDraws(new double[] {Double.POSITIVE_INFINITY}, 50)
                        .within(50))
                .isZero();
    }

    @Test
    void equalDrawsAreOneInstant() {
        LifeDistribution life = LifeDistribution.ofDraws(new double[] {70, 70, 70}, 100);
        assertThat(life.quantile(0.05)).isCloseTo(70, within(0.01));
        assertThat(life.quantile(0.95)).isCloseTo(70, within(0.01));
        assertThat(life.within(69)).isZero();
    }

    @Test
    void mixtureIsBetweenItsParts() {
        LifeDistribution late = uniform().stretched(2);
        LifeDistribution both = LifeDistribution.mixture(List.of(uniform(), late), new double[] {3, 1});
        for (double t = 50; t < 500; t += 17) {
            assertThat(both.within(t)).isCloseTo(0.75 * uniform().within(t) + 0.25 * late.within(t), within(5e-3));
        }
    }

    @Test
    void wideningKeepsTheMedian() {
        LifeDistribution wide = uniform().widened(2);
        assertThat(wide.quantile(0.5)).isCloseTo(uniform().quantile(0.5), within(0.01));
        double ratio = wide.quantile(0.5) / uniform().quantile(0.05);
        assertThat(wide.quantile(0.05)).isCloseTo(uniform().quantile(0.05) / ratio, within(0.5));
    }

    /** One that has lived half of the time has what is left, and fails with more probability. */
    @Test
    void survivorsHaveWhatIsLeft() {
        LifeDistribution left = uniform().survived(150);
        assertThat(left.quantile(0.5)).isCloseTo(25, within(0.3));
        assertThat(left.horizonHours()).isCloseTo(850, within(1e-9));
        assertThat(uniform().survived(990).within(10)).isEqualTo(1);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> LifeDistribution.of(new double[] {1, 1}, new double[] {0, 1}))
                .hasMessageContaining("knot 1");
        assertThatThrownBy(() -> LifeDistribution.of(new double[] {1, 2}, new double[] {0.5, 0.4}))
                .hasMessageContaining("0.4");
    }
}
