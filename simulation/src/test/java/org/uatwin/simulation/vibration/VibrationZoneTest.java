package org.uatwin.simulation.vibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VibrationZoneTest {
    /** Boundaries as in the tables of ISO 10816-1 and ISO 20816-3; a value on a boundary is in the better zone. */
    @ParameterizedTest
    @CsvSource({
        "class-i, 0.71, A",
        "class-i, 0.72, B",
        "class-i, 1.8, B",
        "class-i, 1.81, C",
        "class-i, 4.5, C",
        "class-i, 4.6, D",
        "class-ii, 2.8, B",
        "class-iii, 11.3, D",
        "CLASS IV, 18, C",
        "group-1-rigid, 4.6, C",
        "group-1-flexible, 7.0, B",
        "group-2-rigid, 1.4, A",
        "group-2-flexible, 7.2, D"
    })
    void zoneFollowsFromVelocityAndMachine(String machine, double mmPerS, VibrationZone zone) {
        assertThat(VibrationZone.of(mmPerS, MachineClass.named(machine).orElseThrow()))
                .isEqualTo(zone);
    }

    @ParameterizedTest
    @EnumSource
    void classesAreReadAsTheyAreWritten(MachineClass machine) {
        assertThat(MachineClass.named(machine.key())).contains(machine);
        assertThat(machine.zoneB()).isLessThan(machine.zoneC());
        assertThat(machine.zoneC()).isLessThan(machine.zoneD());
    }

    @Test
    void noNumberIsNoZone() {
        assertThatThrownBy(() -> VibrationZone.of(Double.NaN, MachineClass.CLASS_I))
                .hasMessageContaining("NaN");
        assertThat(MachineClass.named("class-v")).isEmpty();
    }

    /** a = A sin(w t) is a velocity of A/w; at 50 Hz 4.44 m/s2 r.m.s. are 14.1 mm/s. What is slower or faster than the band does not count. */
    @Test
    void velocityIsTheIntegralOfAcceleration() {
        double[] acceleration = new double[12_000];
        for (int i = 0; i < acceleration.length; i++) {
            double t = i / 6_000.0;
            acceleration[i] = 2 * Math.PI * Math.sin(2 * Math.PI * 50 * t)
                    + 3 * Math.sin(2 * Math.PI * 4 * t)
                    + 9 * Math.sin(2 * Math.PI * 1_500 * t)
                    + 9.81;
        }
        assertThat(VelocityBand.rmsMmPerS(Waveform.of(acceleration, 6_000))).isCloseTo(20 / Math.sqrt(2), within(0.02));
        assertThat(VelocityBand.rmsMmPerS(Waveform.of(new double[1_000], 6_000)))
                .isNaN();
    }
}
