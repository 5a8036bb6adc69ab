package org.uatwin.simulation.prognosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.solver.NoiseStream;

/** Others of the fleet have failed before: one that looks like them has about as long. */
class SimilarityPrognosisTest {
    private static double[] history(int life, NoiseStream random) {
        double[] h = new double[life];
        for (int i = 0; i < life; i++) {
            h[i] = StrictMath.exp((i - life) / 25.0) + 0.03 * random.gaussian();
        }
        return h;
    }

    private static List<double[]> fleet(NoiseStream random) {
        List<double[]> fleet = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            fleet.add(history(120 + (int) (100 * random.uniform()), random));
        }
        return fleet;
    }

    @Test
    void whatLooksAlikeHasAsLong() {
        NoiseStream random = NoiseStream.ofSeed(1);
        SimilarityPrognosis similar = SimilarityPrognosis.of(fleet(random), 2);
        for (int left : new int[] {5, 15, 30}) {
            double[] soFar = Arrays.copyOf(history(160, random), 160 - left);
            MethodForecast f = similar.forecast(soFar);
            assertThat(f.life().quantile(0.5)).as("%d left", left).isCloseTo(2.0 * left, within(6.0 + 0.3 * left));
            assertThat(f.extrapolated()).isFalse();
        }
    }

    /** Early on all look alike: the interval says so. */
    @Test
    void earlyOnTheIntervalIsWide() {
        NoiseStream random = NoiseStream.ofSeed(2);
        LifeDistribution early = SimilarityPrognosis.of(fleet(random), 1)
                .forecast(Arrays.copyOf(history(200, random), 40))
                .life();
        assertThat(early.quantile(0.9) - early.quantile(0.1)).isGreaterThan(40);
    }

    @Test
    void aStrangerIsToldAsSuch() {
        NoiseStream random = NoiseStream.ofSeed(3);
        double[] stranger = new double[60];
        Arrays.fill(stranger, 5);
        assertThat(SimilarityPrognosis.of(fleet(random), 1).forecast(stranger).extrapolated())
                .isTrue();
    }

    @Test
    void tooFewHistoriesAreRefused() {
        NoiseStream random = NoiseStream.ofSeed(4);
        assertThatThrownBy(() -> SimilarityPrognosis.of(List.of(history(100, random), history(100, random)), 1))
                .hasMessageContaining("2 histories")
                .hasMessageContaining("5");
    }
}
