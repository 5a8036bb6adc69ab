package org.uatwin.server.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.type.MaintenancePoints;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.simulation.virtual.VirtualFault;

/** The look-out over the demo plant in virtual time: what it shows and announces, and what survives a restart. */
class LiveMaintenanceTest {
    private static final long LEARNED_S = 5_400;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    private DemoStand stand() {
        return new DemoStand(directory.resolve("state.db"), 1);
    }

    // Nobody looks at 1 000 twins because one sensor scatters: a healthy plant announces its predictions and nothing
    // else.
    @Test
    void aHealthyPlantIsQuiet() {
        try (DemoStand stand = stand()) {
            stand.run(4 * 3_600);
            assertThat(stand.announced).extracting(DemoStand.Announced::kind).containsOnly("prediction");
            assertThat(stand.announced).hasSizeLessThan(8);
            assertThat(stand.sample("pump-01", MaintenancePoints.DIAGNOSED_FAULT)
                            .object())
                    .isEqualTo("");
        }
    }

    // A fault is announced once, not every minute it stands.
    @Test
    void aStandingFaultIsAnnouncedOnce() {
        try (DemoStand stand = stand()) {
            stand.run(LEARNED_S);
            stand.machine("pump-01").setFault(VirtualFault.SENSOR_STUCK, 1);
            stand.run(3_600);
            assertThat(stand.announced)
                    .filteredOn(a -> a.kind().equals("anomaly"))
                    .hasSize(1)
                    .allSatisfy(a -> assertThat(a.text()).contains("Flow"));
            assertThat(stand.announced)
                    .filteredOn(a -> a.kind().equals("recommendation"))
                    .extracting(DemoStand.Announced::text)
                    .containsExactly("Check sensor Flow");
            assertThat(stand.announced).extracting(DemoStand.Announced::twin).contains("pump-01");
        }
    }

    // An alarm must not wait for the minute: the detector's change is looked at in the same second.
    @Test
    void anAlarmIsShownAtOnce() {
        try (DemoStand stand = stand()) {
            stand.run(LEARNED_S);
            stand.machine("pump-01").setFault(VirtualFault.JAM, 0.3);
            long began = stand.now();
            while (stand.number("pump-01", MaintenancePoints.ANOMALY_SCORE) < 1) {
                stand.run(1);
                assertThat((stand.now() - began) / 1e7).as("seconds").isLessThan(60);
            }
            assertThat(stand.estimators().isAlarm(stand.twin("pump-01"))).isTrue();
        }
    }

    // Data that stop leave the last number, and it says so.
    @Test
    void stoppedDataMakeAValueUncertain() {
        try (DemoStand stand = stand()) {
            stand.run(LEARNED_S);
            double before = stand.number("pump-01", MaintenancePoints.REMAINING_LIFE);
            stand.machine("pump-01").setFault(VirtualFault.CABLE, 1);
            stand.run(180);
            Sample life = stand.sample("pump-01", MaintenancePoints.REMAINING_LIFE);
            assertThat(life.status()).isEqualTo(StatusCode.UNCERTAIN_LAST_USABLE_VALUE);
            assertThat(stand.number("pump-01", MaintenancePoints.REMAINING_LIFE))
                    .isBetween(0.5 * before, 2 * before);
            assertThat(stand.sample("conveyor-01", MaintenancePoints.HEALTH_SCORE)
                            .status())
                    .as("its neighbour")
                    .isEqualTo(StatusCode.GOOD);
        }
    }

    // What took weeks to learn must not be lost by an update of the server.
    @Test
    void whatWasLearnedSurvivesARestart() {
        Map<String, byte[]> estimators;
        Map<String, byte[]> maintenance;
        double start;
        try (DemoStand stand = stand()) {
            stand.run(LEARNED_S);
            estimators = stand.estimators().save();
            maintenance = stand.maintenance().save();
            start = stand.maintenance().startOfLife(stand.twin("pump-01"));
            assertThat(start).isPositive();
        }
        try (DemoStand stand = stand()) {
            stand.estimators().restore(estimators);
            stand.maintenance().restore(maintenance);
            stand.run(150);
            assertThat(stand.maintenance().startOfLife(stand.twin("pump-01"))).isEqualTo(start);
            assertThat(stand.sample("pump-01", MaintenancePoints.REMAINING_LIFE).status())
                    .isEqualTo(StatusCode.GOOD);
        }
        try (DemoStand stand = stand()) {
            stand.maintenance().restore(Map.of("pump-01/maintenance", new byte[] {0, 0, 0, 9, 1}));
            stand.run(150);
            assertThat(stand.sample("pump-01", MaintenancePoints.REMAINING_LIFE).status())
                    .as("what cannot be read is learned anew")
                    .isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        }
    }
}
