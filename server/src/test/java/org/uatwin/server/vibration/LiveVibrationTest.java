package org.uatwin.server.vibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.type.MaintenancePoints;
import org.uatwin.informationmodel.type.VibrationPoints.Fault;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.simulation.health.DeviceHealth;
import org.uatwin.simulation.vibration.BearingFault;

/** Waveforms of a virtual accelerometer on the fan of the example, over virtual time. */
class LiveVibrationTest {
    private FanStand stand;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        Path root = Path.of("..", "examples", "vibration", "plant.yaml");
        stand = new FanStand(folder, Files.readString(root), 11);
    }

    @AfterEach
    void stop() {
        stand.close();
    }

    /** A damaged race is what the whole chain is for: it is named, with the order that says so, by every way a client may ask. */
    @Test
    void aDamagedOuterRaceIsNamedInPointsAndInTheHealthOfTheTwin() {
        stand.faults = Map.of(BearingFault.OUTER_RACE, 0.5);
        stand.run(8, 60);
        assertThat(stand.sample("DriveEndBearingFault").bits()).isEqualTo(Fault.OUTER_RACE.ordinal());
        assertThat(stand.sample("DriveEndBearingFault").status()).isEqualTo(StatusCode.GOOD);
        assertThat(stand.number("DriveEndBearingConfidence")).isGreaterThan(80);
        assertThat(stand.text("DriveEndEvidence"))
                .contains("outer race: order 3.5", "(expected 3.585)", "6205-2RS", "zone", "class-ii");
        assertThat(stand.text(MaintenancePoints.DIAGNOSED_FAULT)).isEqualTo("BearingOuterRace");
        assertThat(stand.number(MaintenancePoints.ANOMALY_SCORE)).isGreaterThan(1);
        assertThat(stand.sample(MaintenancePoints.DEVICE_HEALTH).bits())
                .isEqualTo(DeviceHealth.MAINTENANCE_REQUIRED.number());
        assertThat(stand.number(MaintenancePoints.HEALTH_SCORE)).isBetween(20.0, 60.0);
        assertThat(stand.events).containsOnlyOnce("anomaly").contains("BearingOuterRace");
    }
}
