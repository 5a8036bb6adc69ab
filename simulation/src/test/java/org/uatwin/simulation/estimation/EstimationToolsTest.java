package org.uatwin.simulation.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.solver.NoiseStream;

/** Recursive and batch least squares, tests of consistency, choice of parameters. */
class EstimationToolsTest {
    private static final NoiseStream NOISE = NoiseStream.ofSeed(11);

    @Test
    void recursiveLeastSquaresFindsFrictionAndFollowsItsDrift() {
        RecursiveLeastSquares rls = new RecursiveLeastSquares(new double[] {0, 0}, new double[] {100, 100}, 0.01, 0.99);
        double[] truth = {2, -0.5};
        for (int k = 0; k < 3000; k++) {
            truth[1] = k < 1500 ? -0.5 : -0.6;
            double[] phi = {1, 3 + 2 * NOISE.gaussian()};
            rls.update(phi, truth[0] * phi[0] + truth[1] * phi[1] + 0.1 * NOISE.gaussian());
        }
        assertThat(rls.value(0)).isEqualTo(2, within(4 * rls.sigma(0)));
        assertThat(rls.value(1)).isEqualTo(-0.6, within(0.02));
    }

    /** A machine that stands still tells nothing; forgetting then must not blow the covariance up (wind-up). */
    @Test
    void nothingIsForgottenWhileNothingIsExcited() {
        RecursiveLeastSquares rls = new RecursiveLeastSquares(new double[] {0}, new double[] {4}, 0.01, 0.95);
        for (int k = 0; k < 200; k++) {
            rls.update(new double[] {1}, 3);
        }
        double sure = rls.sigma(0);
        for (int k = 0; k < 5000; k++) {
            rls.update(new double[] {0}, 0);
        }
        assertThat(rls.sigma(0)).isEqualTo(sure);
        assertThat(rls.value(0)).isEqualTo(3, within(1e-3));
    }

    /** Chi-square quantiles by table: 100 degrees of freedom, 2.5 and 97.5 %: 74.222 and 129.561. */
    @Test
    void bandOfNisIsThatOfChiSquare() {
        Consistency.Band band = Consistency.nis(100, 100);
        assertThat(band.lower()).isEqualTo(0.74222, within(2e-4));
        assertThat(band.upper()).isEqualTo(1.29561, within(2e-4));
        assertThat(band.isInside()).isTrue();
        assertThat(Consistency.nis(140, 100).isInside()).isFalse();
    }

    @Test
    void whitenessTellsNoiseFromDrift() {
        double[] white = new double[300];
        double[] slow = new double[300];
        for (int k = 0; k < 300; k++) {
            white[k] = NOISE.gaussian();
            slow[k] = (k == 0 ? 0 : 0.5 * slow[k - 1]) + NOISE.gaussian();
        }
        assertThat(Consistency.whiteness(white, 300, 10)).isGreaterThan(0.01);
        assertThat(Consistency.whiteness(slow, 300, 10)).isLessThan(1e-6);
    }

    /** Two parameters with the same effect cannot both be estimated; one without effect cannot at all. */
    @Test
    void onlyWhatTheDataTellApartIsChosen() {
        double[][] columns = {{5, 1, 0}, {10, 2, 0}, {0, 0, 0}, {0, 3, 4}, {0.1, 0.2, 0.3}};
        Identifiability.Choice choice = Identifiability.choose(columns, new double[0][], 5);
        assertThat(choice.chosen()).containsExactly(1, 3);
        assertThat(choice.condition()).isBetween(1.0, 10.0);
        Identifiability.Choice given = Identifiability.choose(columns, new double[][] {{10, 2, 0}}, 5);
        assertThat(given.chosen()).as("what a damage state explains is taken").containsExactly(3);
    }

    @Test
    void batchFitFindsHiddenParametersWithinTheirIntervals() {
        TwinModel model = ModelRegistry.builtIn().find("Tank").orElseThrow();
        ModelBinding twin = ModelBinding.of("tank", model, Map.of());
        HiddenPlant plant = new HiddenPlant(
                model, PlantReadings.of("InletFlow", 20, "OutletValvePosition", 50, "Level", 50), true, 3);
        List<BatchFit.Moment> recording = new ArrayList<>();
        for (int k = 0; k < 120; k++) {
            if (k == 40) {
                plant.write("OutletValvePosition", 35);
            }
            plant.step(30);
            double[] u = {
                plant.value("InletFlow"), plant.value("OutletValvePosition"), plant.value("Temperature"), 20, 0
            };
            double[] y = BatchFit.nothingMeasured(model.description());
            for (String point : List.of("Level", "Volume", "OutletFlow", "Temperature")) {
                y[model.description().outputIndex(point)] = plant.value(point);
            }
            recording.add(new BatchFit.Moment(30.0 * k, u, y));
        }
        double[] state = {recording.get(0).outputs()[1], recording.get(0).outputs()[3]};
        ModelStart start = new ModelStart(
                twin.parameters(),
                state,
                recording.get(0).inputs(),
                plant.mode(),
                new ModelStart.Quality("", List.of(), List.of(), 0, 1, false));

        BatchFit.Result fit = new BatchFit(twin, List.of("OutletKv")).fit(start, recording);

        BatchFit.Fitted kv = fit.parameters().get(0);
        assertThat(kv.value()).isEqualTo(plant.parameter("OutletKv"), within(0.02 * kv.value()));
        assertThat(kv.sigma()).isPositive().isLessThan(0.1 * kv.value());
        assertThat(fit.rootMeanSquare()).isLessThan(3);
    }

    @Test
    void exactParametersAreNotFitted() {
        ModelBinding twin =
                ModelBinding.of("tank", ModelRegistry.builtIn().find("Tank").orElseThrow(), Map.of());
        assertThatThrownBy(() -> new BatchFit(twin, List.of("RatedVolume")))
                .hasMessageContaining("RatedVolume")
                .hasMessageContaining("Tank");
    }
}
