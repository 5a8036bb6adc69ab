package org.uatwin.server.vibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
    private static final Path PLANT = Path.of("..", "examples", "vibration", "plant.yaml");

    private FanStand stand;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        stand = new FanStand(folder, Files.readString(PLANT), 11);
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
        assertThat(stand.sample("DriveEndBearingFault").bits()).isEqualTo(Fault.OUTER_RACE.number());
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

    /** Inner race and ball knock otherwise; unbalance does not knock at all and shows in the zone. */
    @Test
    void eachFaultIsNamedForWhatItIs() {
        stand.faults = Map.of(BearingFault.INNER_RACE, 0.5);
        stand.run(6, 10);
        assertThat(stand.sample("DriveEndBearingFault").bits()).isEqualTo(Fault.INNER_RACE.number());
        assertThat(stand.text("DriveEndEvidence")).contains("inner race", "(expected 5.415)");
        stand.vibration.forget(stand.fan());
        stand.faults = Map.of(BearingFault.BALL, 0.6);
        stand.run(6, 10);
        assertThat(stand.sample("DriveEndBearingFault").bits()).isEqualTo(Fault.ROLLING_ELEMENT.number());
    }

    @Test
    void unbalanceIsAZoneAndNoBearingFault() {
        stand.unbalance = 1;
        stand.run(8, 60);
        assertThat(stand.sample("DriveEndZone").bits()).isEqualTo(4);
        assertThat(stand.number("DriveEndVelocityRms")).isBetween(10.0, 14.0);
        assertThat(stand.sample("DriveEndBearingFault").bits()).isEqualTo(Fault.NONE.number());
        assertThat(stand.text(MaintenancePoints.DIAGNOSED_FAULT)).isEqualTo("Unknown");
        assertThat(stand.sample(MaintenancePoints.DEVICE_HEALTH).bits()).isEqualTo(DeviceHealth.FAILURE.number());
        assertThat(stand.text(MaintenancePoints.ANOMALY_DETAIL)).contains("DriveEnd vibrates more");
    }

    /** What nobody damaged is never reported: an hour and a half, a waveform every minute. */
    @Test
    void aHealthyBearingRaisesNothing() {
        stand.run(90, 60);
        assertThat(stand.events).isEmpty();
        assertThat(stand.sample("DriveEndBearingFault").bits()).isEqualTo(Fault.NONE.number());
        assertThat(stand.number(MaintenancePoints.HEALTH_SCORE)).isGreaterThan(95);
        assertThat(stand.sample(MaintenancePoints.HEALTH_SCORE).status()).isEqualTo(StatusCode.GOOD);
        assertThat(stand.number("DriveEndChange")).isLessThan(2);
    }

    /** One snapshot is chance, or somebody who hit the housing. */
    @Test
    void aFaultIsBelievedOnlyAfterSeveralSnapshotsAndStaysUntilNoneShowsIt() {
        stand.run(5, 10);
        stand.faults = Map.of(BearingFault.OUTER_RACE, 0.5);
        stand.run(2, 10);
        assertThat(stand.sample("DriveEndBearingFault").bits()).isEqualTo(Fault.NONE.number());
        assertThat(stand.text("DriveEndEvidence")).contains("in 2 of the last 5 snapshots, believed from 3 on");
        stand.run(1, 10);
        assertThat(stand.sample("DriveEndBearingFault").bits()).isEqualTo(Fault.OUTER_RACE.number());
        stand.faults = Map.of();
        stand.run(4, 10);
        assertThat(stand.sample("DriveEndBearingFault").bits()).isEqualTo(Fault.OUTER_RACE.number());
        stand.run(1, 10);
        assertThat(stand.sample("DriveEndBearingFault").bits()).isEqualTo(Fault.NONE.number());
    }

    /** Contracts section 2: what cannot be told is never guessed, and the point says why. */
    @Test
    void withoutSpeedOrTurnsNothingIsSaidOfTheBearing() {
        assertThat(stand.sample("DriveEndKurtosis").status()).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        stand.speedStatus = StatusCode.BAD_NO_COMMUNICATION;
        stand.run(1, 1);
        assertThat(stand.sample("DriveEndBearingFault").status()).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        assertThat(stand.text("DriveEndEvidence")).contains("Speed is Bad_NoCommunication");
        assertThat(stand.sample("DriveEndKurtosis").status()).isEqualTo(StatusCode.GOOD);
        stand.speedStatus = StatusCode.GOOD;
        stand.rpm = 0;
        stand.run(1, 1);
        assertThat(stand.text("DriveEndEvidence")).contains("the shaft stands still");
        stand.rpm = 1482;
        stand.run(1, 10);
        assertThat(stand.text("DriveEndEvidence")).contains("the speed moved from 0 to 1482 r/min");
        stand.run(1, 60);
        stand.snapshot(6_000);
        assertThat(stand.text("DriveEndEvidence")).contains("12.4 turns; orders can be told from 20 turns on");
        assertThat(stand.sample("DriveEndBearingFault").status()).isEqualTo(StatusCode.UNCERTAIN_LAST_USABLE_VALUE);
    }

    @Test
    void aWaveformThatIsNotGoodMakesNothingGood() {
        stand.run(1, 1);
        stand.waveformStatus = StatusCode.UNCERTAIN_SUB_NORMAL;
        stand.run(1, 1);
        assertThat(stand.sample("DriveEndKurtosis").status()).isEqualTo(StatusCode.UNCERTAIN_LAST_USABLE_VALUE);
        stand.waveformStatus = StatusCode.BAD_NO_COMMUNICATION;
        stand.run(1, 1);
        assertThat(stand.sample("DriveEndVelocityRms").status()).isEqualTo(StatusCode.UNCERTAIN_LAST_USABLE_VALUE);
        assertThat(stand.text("DriveEndEvidence")).isEqualTo("DriveEnd is Bad_NoCommunication");
        stand.waveformStatus = StatusCode.GOOD;
        double[] broken = new double[FanStand.SAMPLES];
        broken[16] = Double.NaN;
        stand.offer(broken);
        stand.vibration.step();
        assertThat(stand.text("DriveEndEvidence")).contains("sample 17 is NaN");
    }

    /** Polled registers are read several times before the device fills them anew: that is one snapshot, not several. */
    @Test
    void theSameWaveformReadAgainDoesNotCountAgain() {
        stand.faults = Map.of(BearingFault.OUTER_RACE, 0.5);
        double[] taken = stand.next(FanStand.SAMPLES);
        for (int i = 0; i < 5; i++) {
            stand.offer(taken);
            stand.vibration.step();
        }
        assertThat(stand.text("DriveEndEvidence")).contains("in 1 of the last 5 snapshots");
    }

    @Test
    void waveformsThatComeFasterThanTheyAreAnalysedAreCountedAsLost() {
        for (int i = 0; i < 4; i++) {
            stand.offer(stand.next(FanStand.SAMPLES));
        }
        assertThat(stand.vibration.waiting()).isEqualTo(1);
        assertThat(stand.vibration.lost()).isEqualTo(3);
        stand.vibration.step();
        assertThat(stand.vibration.waiting()).isZero();
        assertThat(stand.sample("DriveEndKurtosis").status()).isEqualTo(StatusCode.GOOD);
    }

    /** The spectrum is what a SCADA draws: unit, length and axis must fit the values. */
    @Test
    void spectraShowWhereThePowerIs() {
        stand.faults = Map.of(BearingFault.OUTER_RACE, 1.0);
        stand.unbalance = 1;
        stand.run(1, 1);
        double[] spectrum = (double[]) stand.sample("DriveEndSpectrum").object();
        double[] envelope = (double[]) stand.sample("DriveEndEnvelope").object();
        assertThat(spectrum).hasSize(1600);
        double squares = 0;
        for (double line : spectrum) {
            squares += line * line;
        }
        assertThat(Math.sqrt(squares))
                .isCloseTo(stand.number("DriveEndRms"), within(0.05 * stand.number("DriveEndRms")));
        int highest = 0;
        for (int line = 1; line < envelope.length; line++) {
            highest = envelope[line] > envelope[highest] ? line : highest;
        }
        double hz = (highest + 0.5) * 1000 / envelope.length;
        assertThat(hz / (1482.0 / 60)).isCloseTo(3.585, within(0.06));
    }

    /** What the first days were like has to be known after a restart as well. */
    @Test
    void theFirstDaysOutliveARestart(@TempDir Path folder) throws IOException {
        stand.run(25, 10);
        Map<String, byte[]> saved = stand.vibration.save();
        assertThat(saved).containsOnlyKeys("fan-1/DriveEnd");
        try (FanStand again = new FanStand(folder, Files.readString(PLANT), 12)) {
            again.vibration.restore(saved);
            again.now = stand.now;
            again.unbalance = 1;
            again.run(3, 10);
            assertThat(again.number("DriveEndChange")).isGreaterThan(2);
        }
    }

    /** After the repair the twin begins anew, and the record says so. */
    @Test
    void aRecordedRepairEndsWhatWasBelieved() {
        stand.faults = Map.of(BearingFault.OUTER_RACE, 0.5);
        stand.run(6, 60);
        assertThat(stand.maintenance.tasks(stand.fan())).contains("BearingOuterRace", "BearingInnerRace");
        stand.faults = Map.of();
        stand.maintenance.record(stand.fan(), "BearingOuterRace", stand.now, 1, "", "smith", 0);
        stand.run(2, 60);
        assertThat(stand.text(MaintenancePoints.DIAGNOSED_FAULT)).isEmpty();
        assertThat(stand.number(MaintenancePoints.HEALTH_SCORE)).isGreaterThan(95);
    }
}
