package org.uatwin.simulation.vibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BearingClassifierTest {
    private static final int SAMPLES = 24_000;

    private static BearingRecord record(String name, Waveform waveform, double rpm) {
        return new BearingRecord(name, waveform, rpm);
    }

    private static BearingRecord damaged(BearingFault fault, double resonanceHz, double height, long seed, double rpm) {
        Waveform waveform = new SimulatedBearing(seed, rpm)
                .resonance(resonanceHz)
                .height(height)
                .damaged(fault, SAMPLES);
        return record(fault + "-" + seed, waveform, rpm);
    }

    /** A machine whose faults ring at places of their own, taken at one speed. */
    private static BearingClassifier machine(boolean isNormalKnown) {
        double height = isNormalKnown ? 8 : 80;
        List<BearingRecord> records = new ArrayList<>(List.of(
                damaged(BearingFault.INNER_RACE, 1_500, height, 1, 1797),
                damaged(BearingFault.OUTER_RACE, 3_000, height, 2, 1797),
                damaged(BearingFault.BALL, 4_500, height, 3, 1797)));
        List<String> faults = new ArrayList<>(List.of("IR", "OR", "B"));
        if (isNormalKnown) {
            records.add(record("good", new SimulatedBearing(4, 1797).healthy(SAMPLES), 1797));
            faults.add("normal");
        }
        return BearingClassifier.learn(SimulatedBearing.GEOMETRY, records, faults);
    }

    @Test
    void knownFaultsAreNamedAtAnotherSpeed() {
        BearingClassifier classifier = machine(true);
        assertThat(classifier.faults()).containsExactly("B", "IR", "OR", "normal");
        BearingDiagnosis inner = classifier.diagnose(damaged(BearingFault.INNER_RACE, 1_500, 8, 11, 1750));
        assertThat(inner.fault()).isEqualTo("IR");
        assertThat(inner.confidence()).isGreaterThan(0.8);
        assertThat(inner.likest()).isEqualTo("INNER_RACE-1");
        assertThat(inner.sign().orElseThrow().isSignificant()).isTrue();
        assertThat(String.join("; ", inner.reason()))
                .contains("spectrum like INNER_RACE-1", "order of the inner race shows");
        BearingDiagnosis ball = classifier.diagnose(damaged(BearingFault.BALL, 4_500, 8, 12, 1750));
        assertThat(ball.fault()).isEqualTo("B");
        BearingDiagnosis good = classifier.diagnose(record("x", new SimulatedBearing(13, 1750).healthy(SAMPLES), 1750));
        assertThat(good.fault()).isEqualTo("normal");
        assertThat(good.shares().values().stream().mapToDouble(share -> share).sum())
                .isCloseTo(1, within(1e-12));
    }

    /** Another bearing, another resonance: nothing known is like it, and its order is believed. */
    @Test
    void aFaultThatRingsElsewhereIsNamedByItsOrder() {
        BearingDiagnosis diagnosis = machine(true).diagnose(damaged(BearingFault.OUTER_RACE, 5_300, 8, 21, 1750));
        assertThat(diagnosis.fault()).isEqualTo("OR");
        assertThat(diagnosis.reason().get(0)).contains("like none known");
    }

    /** Who lists faults alone has not said that there are no good bearings. */
    @Test
    void aGoodBearingIsNotNamedAFaultBecauseOnlyFaultsAreKnown() {
        BearingDiagnosis good =
                machine(false).diagnose(record("x", new SimulatedBearing(5, 1797).healthy(SAMPLES), 1797));
        assertThat(good.fault()).isEqualTo(BearingClassifier.NORMAL);
        assertThat(good.confidence()).isLessThan(0.9);
    }

    /** "unbalance" is no bearing fault, but this machine's list says what it looks like. */
    @Test
    void namesThatPhysicsDoesNotKnowAreLearnedByShape() {
        Waveform tonal = new SimulatedBearing(3, 1797).height(0).damaged(BearingFault.BALL, SAMPLES);
        double[] loud = tonal.aboutMean(0, SAMPLES);
        for (int i = 0; i < loud.length; i++) {
            loud[i] += 40 * Math.sin(2 * Math.PI * 1797 / 60 * i / SimulatedBearing.RATE_HZ);
        }
        Waveform unbalanced = Waveform.of(loud, SimulatedBearing.RATE_HZ);
        BearingClassifier classifier = BearingClassifier.learn(
                SimulatedBearing.GEOMETRY,
                List.of(record("a", unbalanced, 1797), damaged(BearingFault.INNER_RACE, 1_500, 8, 1, 1797)),
                List.of("unbalance", "Inner race"));
        assertThat(classifier.diagnose(record("b", unbalanced, 1797)).fault()).isEqualTo("unbalance");
        assertThat(classifier
                        .diagnose(damaged(BearingFault.INNER_RACE, 1_500, 8, 9, 1750))
                        .fault())
                .isEqualTo("Inner race"); // spelled as in the list
    }

    @Test
    void withoutRecordsOrdersDecide() {
        BearingClassifier physics = BearingClassifier.ofPhysics(SimulatedBearing.GEOMETRY);
        assertThat(physics.faults()).containsExactly("IR", "OR", "B", "normal");
        for (BearingFault fault : BearingFault.values()) {
            BearingDiagnosis diagnosis = physics.diagnose(damaged(fault, 3_200, 6, 31, 1797));
            assertThat(diagnosis.fault()).isEqualTo(fault.code());
            assertThat(diagnosis.likest()).isEmpty();
        }
        assertThat(physics.diagnose(record("x", new SimulatedBearing(6, 1797).healthy(SAMPLES), 1797))
                        .fault())
                .isEqualTo("normal");
    }

    /** A recorder at another gain, or at four times the rate, records the same bearing. */
    @Test
    void likenessKnowsNoGainAndNoSampleRate() {
        double[] samples = new SimulatedBearing(8, 1797)
                .damaged(BearingFault.BALL, SAMPLES)
                .aboutMean(0, SAMPLES);
        Waveform plain = Waveform.of(samples, 12_000);
        double[] louder = samples.clone();
        for (int i = 0; i < louder.length; i++) {
            louder[i] *= 25;
        }
        SpectralShape shape = SpectralShape.of(plain, 5_000);
        assertThat(shape.distanceDb(SpectralShape.of(Waveform.of(louder, 12_000), 5_000)))
                .isCloseTo(0, within(1e-9));
        double[] dense = new double[2 * SAMPLES]; // interpolated: the same power below 3 kHz
        for (int i = 0; i < dense.length; i++) {
            dense[i] = (samples[i / 2] + samples[Math.min(SAMPLES - 1, (i + 1) / 2)]) / 2;
        }
        SpectralShape low = SpectralShape.of(plain, 2_000);
        assertThat(low.distanceDb(SpectralShape.of(Waveform.of(dense, 24_000), 2_000)))
                .isLessThan(1);
        assertThatThrownBy(() -> shape.distanceDb(low)).hasMessageContaining("5000.0");
    }

    @Test
    void listsThatCannotBeLearnedAreRefused() {
        BearingRecord record = record("a.csv", new SimulatedBearing(1, 1797).healthy(SAMPLES), 1797);
        assertThatThrownBy(() -> BearingClassifier.learn(SimulatedBearing.GEOMETRY, List.of(), List.of()))
                .hasMessageContaining("0 records");
        assertThatThrownBy(() -> BearingClassifier.learn(SimulatedBearing.GEOMETRY, List.of(record), List.of(" ")))
                .hasMessageContaining("a.csv");
    }
}
