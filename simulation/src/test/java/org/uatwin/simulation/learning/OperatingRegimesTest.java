package org.uatwin.simulation.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OperatingRegimesTest {
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void conditionsWithGapsBetweenThemAreRegimes() {
        List<double[]> settings = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            settings.add(new double[] {10 * (i % 6) + 0.1 * random.nextDouble(), 100});
        }
        OperatingRegimes regimes = OperatingRegimes.learn(settings);
        assertThat(regimes.count()).isEqualTo(6);
        assertThat(regimes.of(new double[] {30.2, 100})).isEqualTo(regimes.of(new double[] {29.9, 100}));
        assertThat(regimes.of(new double[] {30, 100})).isNotEqualTo(regimes.of(new double[] {40, 100}));
    }

    @Test
    void noiseIsOneRegime() {
        List<double[]> settings = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            settings.add(new double[] {random.nextGaussian(), random.nextGaussian()});
        }
        assertThat(OperatingRegimes.learn(settings).count()).isEqualTo(1);
    }
}
