package org.uatwin.simulation.vibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VibrationAnalysisTest {
    private static final int TWO_SECONDS = 24_000;

    private static VibrationFindings find(Waveform waveform, double rpm) {
        return VibrationAnalysis.of(waveform, rpm, SimulatedBearing.GEOMETRY);
    }

    /** Knocks below the noise, which no eye finds in the waveform, at an order that slips by 0.5 %. */
    @ParameterizedTest
    @EnumSource
    void faultIsFoundWithItsOrderAndTheBandItRingsIn(BearingFault fault) {
        SimulatedBearing bearing = new SimulatedBearing(11, 1797).slip(0.005);
        FaultSign sign = find(bearing.damaged(fault, TWO_SECONDS), 1797).fault().orElseThrow();
        assertThat(sign.fault()).isEqualTo(fault);
        assertThat(sign.orderExpected()).isEqualTo(fault.order(SimulatedBearing.GEOMETRY.orders()));
        assertThat(sign.orderFound() / sign.orderExpected()).isCloseTo(0.995, within(0.003));
        assertThat(sign.bandLowHz()).isLessThan(3_400);
        assertThat(sign.bandHighHz()).isGreaterThan(3_000);
        assertThat(sign.harmonics()).isGreaterThanOrEqualTo(2);
        assertThat(sign.prominenceDb()).isGreaterThan(6);
        assertThat(sign.text()).contains(fault.words(), "harmonics", "Hz");
    }

    /** The baseline: tones of the shaft and a gear-like 37th order are no fault, whatever the seed. */
    @Test
    void healthyBearingShowsNothing() {
        for (int seed = 0; seed < 10; seed++) {
            VibrationFindings findings = find(new SimulatedBearing(seed, 1750).healthy(TWO_SECONDS), 1750);
            assertThat(findings.fault())
                    .as("seed %d: %s", seed, findings.signs())
                    .isEmpty();
            assertThat(findings.signs()).hasSize(3);
            assertThat(findings.whyNoSigns()).isEmpty();
        }
    }

    /** Which resonance rings is not known beforehand. */
    @Test
    void bandIsChosenWhereTheFaultRings() {
        for (double hz : new double[] {1_300, 4_700}) {
            SimulatedBearing bearing =
                    new SimulatedBearing(5, 1797).resonance(hz).height(5);
            FaultSign sign = find(bearing.damaged(BearingFault.OUTER_RACE, TWO_SECONDS), 1797)
                    .fault()
                    .orElseThrow();
            assertThat(sign.fault()).isEqualTo(BearingFault.OUTER_RACE);
            assertThat(hz).isBetween(sign.bandLowHz() - 300, sign.bandHighHz() + 300);
            assertThat(sign.bandKurtosis()).isGreaterThan(2.2); // noise has 2
        }
    }

    /** A simulated machine knocks without slip: lines of a spectrum like any tone, but an envelope of knocks all the same. */
    @Test
    void knocksWithoutAnySlipAreFoundAsWell() {
        SimulatedBearing bearing = new SimulatedBearing(3, 1750).jitter(0).height(8);
        FaultSign sign = find(bearing.damaged(BearingFault.OUTER_RACE, TWO_SECONDS), 1750)
                .fault()
                .orElseThrow();
        assertThat(sign.fault()).isEqualTo(BearingFault.OUTER_RACE);
    }

    /** A snapshot of 0.1 s at 1800 r/min is three turns: no order can be told, and the answer says so instead of guessing. */
    @Test
    void tooShortIsSaidAndTheShapeIsStillMeasured() {
        VibrationFindings findings = find(new SimulatedBearing(1, 1800).healthy(1_200), 1800);
        assertThat(findings.signs()).isEmpty();
        assertThat(findings.whyNoSigns()).contains("0.100 s", "3.0 turns", "20");
        assertThat(findings.rms()).isGreaterThan(1);
    }

    @Test
    void standstillAndADeadSensorAreSaid() {
        assertThat(find(new SimulatedBearing(1, 1800).healthy(24_000), 0).whyNoSigns())
                .contains("0.0 turns");
        double[] dead = new double[24_000];
        Arrays.fill(dead, 2.5);
        assertThat(VibrationAnalysis.of(dead, 12_000, 1800, SimulatedBearing.GEOMETRY)
                        .whyNoSigns())
                .contains("does not move");
    }

    /** 200 Hz of samples hold no envelope in which five knocks a turn could be seen. */
    @Test
    void samplesTooSlowForTheOrdersAreSaid() {
        double[] slow = new java.util.Random(2).doubles(4_000).toArray();
        assertThat(VibrationAnalysis.of(slow, 200, 3000, SimulatedBearing.GEOMETRY)
                        .whyNoSigns())
                .contains("200 Hz", "3000 r/min");
    }

    @Test
    void whatIsNoWaveformIsRefused() {
        double[] hole = new double[100];
        hole[7] = Double.NaN;
        assertThatThrownBy(() -> Waveform.of(hole, 1000)).hasMessage("sample 8 is NaN");
        assertThatThrownBy(() -> Waveform.of(new double[100], 0)).hasMessageContaining("0.0 Hz");
        assertThatThrownBy(() -> Waveform.of(new double[3], 1000)).hasMessageContaining("3 samples");
    }

    /** R.m.s., crest and kurtosis of a sine: A/sqrt 2, sqrt 2, 1.5. */
    @Test
    void shapeOfASineIsThatOfTheTextbook() {
        double[] sine = new double[12_000];
        for (int i = 0; i < sine.length; i++) {
            sine[i] = 7 + 3 * Math.sin(2 * Math.PI * i / 120);
        }
        VibrationFindings findings = VibrationAnalysis.of(sine, 12_000, 1800, SimulatedBearing.GEOMETRY);
        assertThat(findings.rms()).isCloseTo(3 / Math.sqrt(2), within(1e-9));
        assertThat(findings.crest()).isCloseTo(Math.sqrt(2), within(1e-9));
        assertThat(findings.kurtosis()).isCloseTo(1.5, within(1e-9));
    }
}
