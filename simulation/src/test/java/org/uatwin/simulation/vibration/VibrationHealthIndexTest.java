package org.uatwin.simulation.vibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VibrationHealthIndexTest {
    private static final int SNAPSHOTS = 60;
    private static final int SAMPLES = 2_560;

    /** A snapshot every 10 minutes; the knocks grow by the square of time. */
    private static List<VibrationHealthIndex.Reading> run(double heightAtEnd) {
        VibrationHealthIndex index = new VibrationHealthIndex(5);
        List<VibrationHealthIndex.Reading> readings = new ArrayList<>();
        for (int i = 0; i < SNAPSHOTS; i++) {
            double height = heightAtEnd * i * i / SNAPSHOTS / SNAPSHOTS;
            readings.add(index.next(
                    600.0 * i, new SimulatedBearing(i, 1800).height(height).damaged(BearingFault.OUTER_RACE, SAMPLES)));
        }
        return readings;
    }

    @Test
    void indexRisesWithDamageAndHardlyWithout() {
        List<VibrationHealthIndex.Reading> damaged = run(30);
        List<VibrationHealthIndex.Reading> healthy = run(0);
        double last = 0;
        for (VibrationHealthIndex.Reading reading : damaged) {
            assertThat(reading.index()).isGreaterThanOrEqualTo(last);
            last = reading.index();
        }
        assertThat(damaged.get(4).level()).isNaN(); // still learning
        assertThat(damaged.get(4).index()).isZero();
        assertThat(damaged.get(SNAPSHOTS - 1).level()).isGreaterThan(4);
        assertThat(healthy.get(SNAPSHOTS - 1).level()).isLessThan(2);
        assertThat(last).isGreaterThan(8 * healthy.get(SNAPSHOTS - 1).index());
    }

    /** Nothing looks ahead: what comes later changes no answer given before. */
    @Test
    void laterSnapshotsChangeNoAnswer() {
        List<VibrationHealthIndex.Reading> whole = run(30);
        VibrationHealthIndex index = new VibrationHealthIndex(5);
        for (int i = 0; i < 20; i++) {
            double height = 30.0 * i * i / SNAPSHOTS / SNAPSHOTS;
            assertThat(index.next(
                            600.0 * i,
                            new SimulatedBearing(i, 1800).height(height).damaged(BearingFault.OUTER_RACE, SAMPLES)))
                    .isEqualTo(whole.get(i));
        }
    }

    @Test
    void timeThatGoesBackIsRefused() {
        VibrationHealthIndex index = new VibrationHealthIndex(3);
        Waveform waveform = new SimulatedBearing(1, 1800).healthy(SAMPLES);
        index.next(100, waveform);
        assertThatThrownBy(() -> index.next(99, waveform)).hasMessageContaining("99.0 s after one of 100.0 s");
        assertThatThrownBy(() -> new VibrationHealthIndex(2)).hasMessageContaining("3 are the least");
    }

    /** A sensor that dies shows no change of sound but no sound at all: far from the baseline, and finite. */
    @Test
    void silenceIsFarFromTheBaselineAndFinite() {
        VibrationHealthIndex index = new VibrationHealthIndex(3);
        for (int i = 0; i < 3; i++) {
            index.next(i, new SimulatedBearing(i, 1800).healthy(SAMPLES));
        }
        assertThat(index.next(4, Waveform.of(new double[SAMPLES], 12_000)).level())
                .isGreaterThan(20)
                .isFinite();
    }
}
