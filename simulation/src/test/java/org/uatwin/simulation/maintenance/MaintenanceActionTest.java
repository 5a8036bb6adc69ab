package org.uatwin.simulation.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.ModelBinding;

/** What is recorded as done has to set back what it was done to, and nothing else. */
class MaintenanceActionTest {
    private static List<MaintenanceAction> pump() {
        ModelBinding pump = ModelBinding.of(
                "p", ModelRegistry.builtIn().find("CentrifugalPump").orElseThrow(), java.util.Map.of());
        return MaintenanceAction.of(pump.model(), pump.parameters());
    }

    @Test
    void eachFailureModeHasItsRepairAndTheOverhaulHasAll() {
        assertThat(pump())
                .extracting(MaintenanceAction::name)
                .containsExactly("ImpellerWear", "RadialBearingWear", "ThrustBearingWear", "Overhaul");
        assertThat(pump().get(0).resets())
                .extracting(MaintenanceAction.Reset::state)
                .containsExactly("ImpellerArea");
        assertThat(pump().get(3).resets()).hasSize(3);
    }

    @Test
    void anImperfectRepairTakesItsShareOfTheDamage() {
        MaintenanceAction.Reset reset = new MaintenanceAction.Reset("ImpellerArea", 6.8);
        assertThat(reset.level(5.8, 1)).isCloseTo(6.8, within(1e-12));
        assertThat(reset.level(5.8, 0.5)).isCloseTo(6.3, within(1e-12));
        assertThat(reset.level(5.8, 0)).isCloseTo(5.8, within(1e-12));
        assertThat(reset.sigma(5.8, 0.5)).isGreaterThan(reset.sigma(5.8, 1));
    }
}
