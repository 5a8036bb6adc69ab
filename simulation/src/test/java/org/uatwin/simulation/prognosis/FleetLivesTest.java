package org.uatwin.simulation.prognosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.solver.NoiseStream;

/** Runs to failure that accelerate: what they say of one that still lives, by likeness and by regression. */
class FleetLivesTest {
    private static final double HORIZON = 87_660;

    private final NoiseStream noise = NoiseStream.ofSeed(2);

    /** Until a share of its life. */
    private IndicatorRun run(double life, double until) {
        int n = (int) (150 * until);
        double[] hours = new double[n];
        double[] shares = new double[n];
        for (int i = 0; i < n; i++) {
            double part = until * i / (n - 1);
            hours[i] = life * part;
            shares[i] = part * part * part + 0.01 * noise.gaussian();
        }
        return new IndicatorRun(hours, shares);
    }

    private List<IndicatorRun> runs(int count) {
        return IntStream.range(0, count).mapToObj(i -> run(900 + 30 * i, 1)).toList();
    }

    @Test
    void fiveRunsSpeakByLikeness() {
        List<IndicatorRun> five = runs(5);
        FleetLives fleet = FleetLives.learn("LinerWear", five);
        List<MethodForecast> said = fleet.forecast(run(1000, 0.7), HORIZON);
        assertThat(said).hasSize(1);
        MethodForecast alike = said.get(0);
        assertThat(alike.method()).isEqualTo(PrognosisMethod.SIMILARITY);
        assertThat(alike.dominantMode()).isEqualTo("LinerWear");
        assertThat(alike.life().horizonHours()).isEqualTo(HORIZON);
        assertThat(alike.life().quantile(0.5)).isCloseTo(300, within(60.0));
        assertThat(fleet.forecast(run(1000, 0.05), HORIZON))
                .as("too young to be compared")
                .isEmpty();
        assertThatThrownBy(() -> FleetLives.learn("LinerWear", five.subList(0, 4)))
                .hasMessageContaining("4 runs to failure are known; 5 are needed");
    }

    @Test
    void tenRunsSpeakByRegressionAsWell() {
        FleetLives fleet = FleetLives.learn("LinerWear", runs(10));
        for (double share : new double[] {0.5, 0.7, 0.9}) {
            List<MethodForecast> said = fleet.forecast(run(1000, share), HORIZON);
            assertThat(said)
                    .extracting(MethodForecast::method)
                    .containsExactly(PrognosisMethod.SIMILARITY, PrognosisMethod.REGRESSION);
            LifeDistribution learned = said.get(1).life();
            double truth = 1000 * (1 - share);
            assertThat(learned.quantile(0.5)).isCloseTo(truth, within(0.1 * 1000));
            assertThat(learned.quantile(0.02)).isLessThan(truth);
            assertThat(learned.quantile(0.98)).isGreaterThan(truth);
            assertThat(said.get(1).reason().byLocale().get("en")).contains("boosted trees");
        }
    }

    @Test
    void aRunIsReadAsItWasWritten() {
        IndicatorRun run = run(500, 1);
        IndicatorRun read = IndicatorRun.decode(run.encode()).orElseThrow();
        assertThat(read.hours()).isEqualTo(run.hours());
        assertThat(read.shares()).isEqualTo(run.shares());
        assertThat(IndicatorRun.decode(new byte[] {1, 2})).isEmpty();
        assertThat(run.resampled(5)).hasSize(101);
    }
}
