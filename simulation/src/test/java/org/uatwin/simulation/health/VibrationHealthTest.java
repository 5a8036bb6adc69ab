package org.uatwin.simulation.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.simulation.detection.Detection;
import org.uatwin.simulation.detection.ResidualTest;
import org.uatwin.simulation.estimation.Signature;
import org.uatwin.simulation.vibration.BearingFault;
import org.uatwin.simulation.vibration.FaultSign;
import org.uatwin.simulation.vibration.MachineClass;
import org.uatwin.simulation.vibration.VibrationCondition;
import org.uatwin.simulation.vibration.VibrationZone;

/** What the vibration says beside what residuals say. */
class VibrationHealthTest {
    private static final long NOW = 1_000;

    private static VibrationCondition condition(Optional<BearingFault> fault, double score, VibrationZone zone) {
        Optional<FaultSign> sign = fault.map(f -> new FaultSign(f, score, 3.585, 3.59, 4, 5, 12, 2000, 3000, 4));
        return new VibrationCondition(
                "DriveEnd",
                NOW,
                Optional.of(zone),
                zone == VibrationZone.A ? 0.8 : 3.5,
                Optional.of(MachineClass.CLASS_II),
                fault,
                sign,
                fault.isPresent() ? 0.9 : 0,
                500,
                "evidence");
    }

    private static FaultReport sensor() {
        FaultCandidate sensor = new FaultCandidate(
                Signature.Kind.SENSOR, "Vibration", 0.95, 1, List.of(), Text.of("the sensor drifts"));
        return new FaultReport(NOW, true, List.of(sensor), Text.of("sensor"), Text.EMPTY, Text.EMPTY);
    }

    /** A worn bearing makes the vibration sensor deviate: without the waveform that looks like a bad sensor. */
    @Test
    void aNamedBearingFaultComesBeforeASensorThatShowsTooMuch() {
        FaultReport report = VibrationHealth.report(
                sensor(), List.of(condition(Optional.of(BearingFault.OUTER_RACE), 9, VibrationZone.A)), NOW);
        assertThat(report.candidates())
                .extracting(FaultCandidate::name)
                .containsExactly("BearingOuterRace", "Vibration");
        assertThat(report.candidates().get(1).confidence()).isCloseTo(0.095, within(1e-9));
        assertThat(report.text().in(List.of("en")).text()).contains("outer race", "evidence");
    }

    @Test
    void withoutAFaultTheDiagnosisStaysWhatItWas() {
        VibrationCondition quiet = condition(Optional.empty(), 0, VibrationZone.A);
        assertThat(VibrationHealth.report(sensor(), List.of(quiet), NOW)).isEqualTo(sensor());
        assertThat(HealthAssessor.assess(HealthInputs.at(NOW).withVibration(List.of(quiet)))
                        .score())
                .isEqualTo(100);
    }

    @Test
    void theHealthIsThatOfTheWorstFinding() {
        HealthAssessment clear = HealthAssessor.assess(HealthInputs.at(NOW)
                .withVibration(List.of(condition(Optional.of(BearingFault.BALL), 12, VibrationZone.A))));
        assertThat(clear.score()).isCloseTo(35, within(1e-9));
        assertThat(clear.health()).isEqualTo(DeviceHealth.MAINTENANCE_REQUIRED);
        HealthAssessment zone = HealthAssessor.assess(
                HealthInputs.at(NOW).withVibration(List.of(condition(Optional.empty(), 0, VibrationZone.D))));
        assertThat(zone.score()).isCloseTo(20, within(1e-9));
        assertThat(zone.health()).isEqualTo(DeviceHealth.FAILURE);
    }

    /** Shares tell a client what to look at first; they are shares of one whole, whoever contributes. */
    @Test
    void theLargestScoreCountsAndSharesSumToOne() {
        Detection own = new Detection(
                NOW,
                1.5,
                true,
                700,
                List.of(new Detection.Contributor("Flow", 1, ResidualTest.CUSUM, 18, 12)),
                null,
                Text.EMPTY);
        Detection all = VibrationHealth.detection(
                own, List.of(condition(Optional.of(BearingFault.INNER_RACE), 8, VibrationZone.C)));
        assertThat(all.score()).isCloseTo(4, within(1e-9));
        assertThat(all.since()).isEqualTo(500);
        assertThat(all.contributors().get(0).test()).isEqualTo(ResidualTest.ENVELOPE);
        assertThat(all.contributors().stream()
                        .mapToDouble(Detection.Contributor::share)
                        .sum())
                .isCloseTo(1, within(1e-9));
        assertThat(VibrationHealth.detection(own, List.of())).isEqualTo(own);
    }
}
