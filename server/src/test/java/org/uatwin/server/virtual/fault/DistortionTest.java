package org.uatwin.server.virtual.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** A detector scored against these faults is scored against what the page says they are. */
class DistortionTest {
    private static final double DT = 0.1;

    private static Distortion of(String kind, String... parameters) {
        Map<String, String> given = new java.util.LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            given.put(parameters[i], parameters[i + 1]);
        }
        return new Distortion(FaultOrder.of("pump-01/Flow", kind, given), 7);
    }

    @Test
    void equationsAreThoseOfTheReference() {
        assertThat(of("bias", "offset", "4").apply(10, 0, DT)).isEqualTo(14);
        assertThat(of("gain", "factor", "1.1").apply(10, 0, DT)).isEqualTo(11);
        assertThat(of("wrong-unit", "factor", "1.8", "offset", "32").apply(100, 0, DT))
                .isEqualTo(212);
    }

    @Test
    void driftGrowsByTheHourUpToItsLimit() {
        Distortion drift = of("drift", "rate", "-36", "limit", "5");
        assertThat(drift.apply(10, 0, DT)).isEqualTo(10);
        assertThat(drift.apply(10, 100, DT)).isEqualTo(9);
        assertThat(drift.apply(10, 7200, DT)).isEqualTo(5);
    }

    @Test
    void stuckKeepsTheFirstValue() {
        Distortion stuck = of("stuck");
        assertThat(stuck.apply(3, 0, DT)).isEqualTo(3);
        assertThat(stuck.apply(9, 1, DT)).isEqualTo(3);
    }

    @Test
    void noiseHasTheStandardDeviationAskedFor() {
        Distortion noise = of("noise", "sigma", "2");
        int n = 20_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double e = noise.apply(10, i * DT, DT) - 10;
            sum += e;
            squares += e * e;
        }
        assertThat(sum / n).isCloseTo(0, within(0.06)); // 4 standard errors
        assertThat(Math.sqrt(squares / n)).isCloseTo(2, within(0.06));
    }

    @Test
    void spikesComeAtTheirRateAndSize() {
        Distortion spike = of("spike", "size", "50", "rate", "12");
        int hits = 0;
        int n = 60_000; // 100 min at 0.1 s: 1 200 are expected, standard deviation 35
        for (int i = 0; i < n; i++) {
            double e = spike.apply(10, i * DT, DT) - 10;
            assertThat(Math.abs(e)).isIn(0.0, 50.0);
            hits += e != 0 ? 1 : 0;
        }
        assertThat(hits).isBetween(1_050, 1_350);
    }

    @Test
    void dropoutsAreBurstsOfTheMeanLengthAskedFor() {
        Distortion dropout = of("dropout", "good", "8", "burst", "2");
        int missing = 0;
        int bursts = 0;
        boolean was = false;
        int n = 200_000;
        for (int i = 0; i < n; i++) {
            boolean is = Double.isNaN(dropout.apply(10, i * DT, DT));
            missing += is ? 1 : 0;
            bursts += is && !was ? 1 : 0;
            was = is;
        }
        assertThat(missing / (double) n).isCloseTo(0.2, within(0.02));
        assertThat(missing * DT / bursts).isCloseTo(2, within(0.2));
    }

    @Test
    void noGoodTimeMeansNoValueAtAll() {
        Distortion dropout = of("dropout", "good", "0");
        for (int i = 0; i < 100; i++) {
            assertThat(dropout.apply(10, i * DT, DT)).isNaN();
        }
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        for (String[] words : new String[][] {{"noise", "sigma", "1"}, {"spike", "size", "1"}, {"dropout"}}) {
            String[] parameters = java.util.Arrays.copyOfRange(words, 1, words.length);
            Distortion a = of(words[0], parameters);
            Distortion b = of(words[0], parameters);
            for (int i = 0; i < 1_000; i++) {
                assertThat(Double.doubleToRawLongBits(a.apply(i, i * DT, DT)))
                        .isEqualTo(Double.doubleToRawLongBits(b.apply(i, i * DT, DT)));
            }
        }
    }

    /** Noise grows by its factor, the mean stays. */
    @Test
    void noiseGainAmplifiesWhatIsFastAndKeepsTheMean() {
        Distortion noisy = new Distortion(FaultOrder.of("t/P", "noise-gain", Map.of("factor", "4", "over", "5")), 1);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 10_000; i++) {
            double error = noisy.apply(50 + (i % 2 == 0 ? 1 : -1), i / 10.0, 0.1) - 50;
            sum += error;
            squares += error * error;
        }
        assertThat(sum / 10_000).isCloseTo(0, within(0.05));
        assertThat(Math.sqrt(squares / 10_000)).isCloseTo(4, within(0.1));
    }

    /** A transport delay: what was true that long ago, and until then what was true when it began. */
    @Test
    void lateValuesAreThoseOfBefore() {
        Distortion late = new Distortion(FaultOrder.of("t/P", "late", Map.of("seconds", "2")), 1);
        double served = Double.NaN;
        for (int i = 0; i <= 100; i++) {
            served = late.apply(i, i / 10.0, 0.1);
            assertThat(served).as("step %d", i).isEqualTo(Math.max(0, i - 20));
        }
        assertThat(served).isEqualTo(80);
    }
}
