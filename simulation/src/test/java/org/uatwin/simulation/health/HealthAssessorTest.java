package org.uatwin.simulation.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.detection.Detection;
import org.uatwin.simulation.detection.ResidualTest;

/** NE 107 by the table of docs/reference/detection.md: the worst wins; the weakest part makes the score. */
class HealthAssessorTest {
    private static Detection detection(double score, ResidualTest test) {
        return new Detection(
                1,
                score,
                score >= 1,
                score >= 1 ? 1 : 0,
                List.of(new Detection.Contributor("Flow", 1, test, score, 1)),
                null,
                Text.EMPTY);
    }

    private static final HealthInputs WELL = HealthInputs.at(1)
            .with(OperatingMode.RUNNING)
            .with(detection(0.3, ResidualTest.CUSUM))
            .withDamage(List.of(new DamageLevel("Fatigue", "Damage", 0.02, 0.01, true)))
            .with(new HealthInputs.Life(9000, 7000, "Fatigue"));

    private static HealthAssessment of(HealthInputs in) {
        return HealthAssessor.assess(in);
    }

    @Test
    void aHealthyAssetIsNormalAndNearlyFull() {
        HealthAssessment a = of(WELL);
        assertThat(a.health()).isEqualTo(DeviceHealth.NORMAL);
        assertThat(a.score()).isGreaterThan(95);
        assertThat(a.text().byLocale().get("en")).contains("nothing stands out");
    }

    @Test
    void nothingKnownIsSaidAndNotGuessed() {
        HealthAssessment a = of(HealthInputs.at(1));
        assertThat(a.isAvailable()).isFalse();
        assertThat(a.score()).isEqualTo(-1);
    }

    @Test
    void theWeakestPartMakesTheScore() {
        HealthAssessment a = of(WELL.withDamage(List.of(
                new DamageLevel("Fatigue", "Damage", 0.1, 0.01, true),
                new DamageLevel("Wear", "Wear", 0.7, 0.1, true))));
        assertThat(a.score()).isCloseTo(30, within(1e-9));
        assertThat(a.findings().get(0).subject()).isEqualTo("Wear");
        assertThat(a.health()).as("below 60").isEqualTo(DeviceHealth.MAINTENANCE_REQUIRED);
    }

    @Test
    void eachSituationHasItsDeviceHealth() {
        assertThat(of(WELL.with(new HealthInputs.Life(100, 50, "Fatigue"))).health())
                .isEqualTo(DeviceHealth.MAINTENANCE_REQUIRED);
        assertThat(of(WELL.with(detection(2, ResidualTest.CUSUM))).health()).isEqualTo(DeviceHealth.OFF_SPEC);
        assertThat(of(WELL.with(detection(2, ResidualTest.STUCK))).health()).isEqualTo(DeviceHealth.CHECK_FUNCTION);
        assertThat(of(WELL.with(OperatingMode.TRIPPED)).health()).isEqualTo(DeviceHealth.FAILURE);
        assertThat(of(WELL.withDamage(List.of(new DamageLevel("Wear", "Wear", 1.02, 0, true))))
                        .health())
                .isEqualTo(DeviceHealth.FAILURE);
    }

    /** FAILURE > CHECK_FUNCTION > OFF_SPEC > MAINTENANCE_REQUIRED > NORMAL, whatever comes first. */
    @Test
    void theWorstWins() {
        List<DeviceHealth> order = List.of(
                DeviceHealth.NORMAL,
                DeviceHealth.MAINTENANCE_REQUIRED,
                DeviceHealth.OFF_SPEC,
                DeviceHealth.CHECK_FUNCTION,
                DeviceHealth.FAILURE);
        for (int a = 0; a < order.size(); a++) {
            for (int b = 0; b < order.size(); b++) {
                assertThat(order.get(a).orWorse(order.get(b))).isEqualTo(order.get(Math.max(a, b)));
            }
        }
        HealthInputs both = WELL.with(detection(2, ResidualTest.STUCK)).with(new HealthInputs.Life(10, 5, ""));
        assertThat(of(both).health()).isEqualTo(DeviceHealth.CHECK_FUNCTION);
    }

    /** The numbers of DeviceHealthEnumeration (OPC 10000-100). */
    @Test
    void numbersAreThoseOfTheStandard() {
        assertThat(List.of(DeviceHealth.values()).stream().map(DeviceHealth::number))
                .containsExactly(0, 1, 2, 3, 4);
    }
}
