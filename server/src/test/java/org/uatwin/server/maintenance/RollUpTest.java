package org.uatwin.server.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.simulation.detection.Detection;
import org.uatwin.simulation.health.DeviceHealth;
import org.uatwin.simulation.health.FaultReport;
import org.uatwin.simulation.health.HealthAssessment;
import org.uatwin.simulation.prognosis.LifeDistribution;
import org.uatwin.simulation.prognosis.ModeShare;
import org.uatwin.simulation.prognosis.Prognosis;
import org.uatwin.simulation.prognosis.PrognosisAnswer;

/** A line is as healthy as its weakest machine: a mean would hide it. */
class RollUpTest {
    private static final long NOW = 1_000;

    private static Assessment found(double score, DeviceHealth health, double medianHours, double probability) {
        Text text = Text.of("text");
        PrognosisAnswer life = medianHours < 0
                ? new PrognosisAnswer.NotYet(text)
                : new PrognosisAnswer.Known(new Prognosis(
                        LifeDistribution.ofDraws(new double[] {medianHours, medianHours * 1.1}, 10_000),
                        0.9,
                        List.of(new ModeShare("Wear", 1, medianHours)),
                        0,
                        "Model/1",
                        0.9,
                        false,
                        List.of(),
                        text));
        return new Assessment(
                NOW,
                1,
                Assessment.Inputs.GOOD,
                new HealthAssessment(NOW, score, health, List.of(), text, Text.EMPTY),
                life,
                probability,
                -1,
                Assessment.State.READY,
                new Detection(NOW, 1 - score / 100, false, 0, List.of(), null, Text.EMPTY),
                new FaultReport(NOW, false, List.of(), text, Text.EMPTY, Text.EMPTY),
                0.9,
                false,
                "Model/1");
    }

    @Test
    void theWeakestPartCounts() {
        Assessment whole = RollUp.of(
                        List.of(
                                new RollUp.Part("a", found(90, DeviceHealth.NORMAL, 5_000, 0.1)),
                                new RollUp.Part("b", found(40, DeviceHealth.MAINTENANCE_REQUIRED, 100, 0.5)),
                                new RollUp.Part("c", found(70, DeviceHealth.CHECK_FUNCTION, -1, -1))),
                        NOW)
                .orElseThrow();
        assertThat(whole.health().score()).isEqualTo(40);
        assertThat(whole.health().health()).isEqualTo(DeviceHealth.CHECK_FUNCTION);
        assertThat(whole.prognosis().orElseThrow().dominantMode()).isEqualTo("b/Wear");
        assertThat(whole.failureProbability()).isEqualTo(1 - 0.9 * 0.5);
        assertThat(Texts.english(whole.health().text())).startsWith("b: ");
    }

    @Test
    void oneBadInputMakesTheWholeUncertain() {
        Assessment good = found(90, DeviceHealth.NORMAL, 100, 0.1);
        Assessment bad = new Assessment(
                NOW,
                400,
                Assessment.Inputs.NOT_GOOD,
                good.health(),
                good.life(),
                0.1,
                -1,
                good.state(),
                good.detection(),
                good.fault(),
                0.9,
                false,
                "Model/1");
        Assessment whole = RollUp.of(List.of(new RollUp.Part("a", good), new RollUp.Part("b", bad)), NOW)
                .orElseThrow();
        assertThat(whole.inputs()).isEqualTo(Assessment.Inputs.NOT_GOOD);
        assertThat(whole.dataAgeSeconds()).isEqualTo(400);
    }

    @Test
    void nothingKnownOfAnyPartIsNothingKnown() {
        assertThat(RollUp.of(List.of(), NOW)).isEmpty();
    }
}
