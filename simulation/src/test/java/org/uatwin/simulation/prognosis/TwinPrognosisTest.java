package org.uatwin.simulation.prognosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.OperatingMode;

/** The live remaining life of a pump: said as soon as it can be, sharper the longer it is followed, new after a repair. */
class TwinPrognosisTest {
    private static final long START = 133_000_000_000_000_000L;
    private static final double TRUE_FACTOR = 2;

    private final ModelBinding pump = ModelBinding.of(
            "pump",
            ModelRegistry.builtIn().find("CentrifugalPump").orElseThrow(),
            Map.of("BearingWearRate", 1e-6, "ImpellerWearRate", 0.02));
    private final double[] u = pump.description().defaultInputs();
    private final double[] x = KnownEstimate.atRest(pump.model(), pump.parameters(), u);
    private final int impeller = pump.description().stateIndex("ImpellerArea");
    private final double asNew = x[impeller];
    private TwinPrognosis twin = made();
    private double hours;

    private TwinPrognosis made() {
        return TwinPrognosis.of(pump.model(), pump.parameters(), TwinPrognosis.Settings.defaults())
                .orElseThrow();
    }

    private long now() {
        return START + Math.round(hours * 3600 * UaTime.TICKS_PER_SECOND);
    }

    /** Runs so long; the impeller wears twice as fast as the model says, and is known to 0.5 %. */
    private void run(double length, double step, OperatingMode mode) {
        double[] sigma = new double[x.length];
        sigma[impeller] = 0.005 * asNew;
        for (double t = 0; t < length - 1e-9; t += step) {
            hours += step;
            double perHour = mode == OperatingMode.RUNNING ? TRUE_FACTOR * rate() : 0;
            x[impeller] += step * perHour;
            twin.observe(new KnownEstimate(pump.model(), pump.parameters(), x.clone(), u, mode, sigma), now());
        }
    }

    private double rate() {
        double[] dx = new double[x.length];
        pump.model().bind(pump.parameters()).derivatives(OperatingMode.RUNNING, x, u, dx);
        return 3600 * dx[impeller];
    }

    private Prognosis quick() {
        return twin.quick(List.of(), now()).prognosis().orElseThrow();
    }

    @Test
    void beforeTenMinutesItSaysWhatIsMissing() {
        assertThat(twin.quick(List.of(), now()).prognosis()).isEmpty();
        run(0.1, 1 / 60.0, OperatingMode.RUNNING);
        PrognosisAnswer.NotYet answer = (PrognosisAnswer.NotYet) twin.quick(List.of(), now());
        assertThat(answer.reason().byLocale().get("en")).contains("ten minutes");
        run(0.2, 1 / 60.0, OperatingMode.RUNNING);
        assertThat(quick().medianHours()).isPositive();
    }

    /** Half a life followed: the rate is learned, the answer within 5 %, and its interval far narrower than at the beginning. */
    @Test
    void whatIsFollowedForLongIsKnownWell() {
        run(1, 0.05, OperatingMode.RUNNING);
        Prognosis first = quick();
        double life = (1 - 9.5 / 12.7084) * asNew / Math.abs(TRUE_FACTOR * rate());
        run(0.5 * life, 6, OperatingMode.RUNNING);
        Prognosis later = quick();
        assertThat(later.medianHours()).isCloseTo(0.52 * life, within(0.05 * life));
        assertThat((later.upperHours() - later.lowerHours()) / later.medianHours())
                .isLessThan(0.3 * (first.upperHours() - first.lowerHours()) / first.medianHours());
        assertThat(later.dominantMode()).isEqualTo("ImpellerWear");
        assertThat(twin.combined().past(PrognosisMethod.PHYSICS).outcomes()).isGreaterThan(100);
        assertThat(twin.combined().past(PrognosisMethod.PHYSICS).coverage()).isGreaterThan(0.85);
    }

    /** Looks between two draws move with the asset, and a question agrees with the live value. */
    @Test
    void liveAndAskedAgree() {
        run(200, 0.5, OperatingMode.RUNNING);
        Prognosis live = quick();
        Prognosis asked = twin.deep(1, List.of(), now()).prognosis().orElseThrow();
        assertThat(live.medianHours()).isCloseTo(asked.medianHours(), within(0.1 * asked.medianHours()));
        assertThat(quick().medianHours()).isCloseTo(live.medianHours(), within(1e-6 * live.medianHours()));
    }

    @Test
    void lessLoadLivesLonger() {
        run(10, 0.1, OperatingMode.RUNNING);
        double full = twin.deep(1, List.of(), now()).prognosis().orElseThrow().medianHours();
        double part = twin.deep(0.9, List.of(), now()).prognosis().orElseThrow().medianHours();
        assertThat(part).isGreaterThan(1.1 * full);
    }

    /** A pump that stands every other hour lives twice as long by the calendar. */
    @Test
    void hoursAtAStandstillDoNotWear() {
        run(24, 0.1, OperatingMode.RUNNING);
        double always = quick().medianHours();
        twin = made();
        for (int i = 0; i < 24; i++) {
            run(1, 0.1, OperatingMode.RUNNING);
            run(1, 0.1, OperatingMode.STOPPED);
        }
        assertThat(quick().medianHours()).isCloseTo(2 * always, within(0.1 * always));
    }

    @Test
    void afterAReplacementItIsNew() {
        run(2000, 2, OperatingMode.RUNNING);
        double worn = quick().medianHours();
        twin.maintained("ImpellerArea", asNew, 0.001 * asNew, true);
        assertThat(twin.quick(List.of(), now()).prognosis())
                .as("nothing was estimated since")
                .isEmpty();
        x[impeller] = asNew;
        run(1, 0.1, OperatingMode.RUNNING);
        assertThat(quick().medianHours()).isGreaterThan(1.1 * worn);
        assertThatThrownBy(() -> twin.maintained("ShaftSpeed", 0, 0, true)).hasMessageContaining("ShaftSpeed");
    }

    @Test
    void aRestartLosesNothing() {
        run(500, 1, OperatingMode.RUNNING);
        byte[] saved = twin.save();
        List<WearState> before = twin.wear();
        twin = made();
        assertThat(twin.restore(saved)).isTrue();
        run(1, 1, OperatingMode.RUNNING);
        assertThat(twin.wear().get(0).factor()).isCloseTo(before.get(0).factor(), within(1e-2));
        assertThat(quick().medianHours()).isPositive();
        assertThat(made().restore(new byte[] {1, 2, 3})).isFalse();
        assertThat(made().restore(java.util.Arrays.copyOf(saved, saved.length / 2)))
                .isFalse();
    }
}
