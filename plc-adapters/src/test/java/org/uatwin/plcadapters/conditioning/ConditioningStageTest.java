package org.uatwin.plcadapters.conditioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;

/** Each step over virtual time: what it makes of the value, of the status, and that it says so beside the point. */
class ConditioningStageTest {
    private static final StatusCode DOUBTED = StatusCode.UNCERTAIN_SENSOR_NOT_ACCURATE;

    private static Bench flow(String condition) {
        return new Bench(
                "Flow: {unit: m3/h, euRange: [0, 200], validity: [-1000, 1000]}",
                "Flow: {address: holding 0, condition: {%s}}".formatted(condition));
    }

    @Test
    void signalIsScaledConvertedAndCalibratedInThatOrder() {
        Bench bench = flow("scale: {from: [4, 20], to: [0, 60]}, unit: l/min,"
                + " calibration: [{from: 2026-01-01, offset: 0.1}, {from: 2026-03-01T00:01:00Z, gain: 2, offset: -1}]");
        // 12 mA is 30 l/min, which is 1.8 m³/h.
        assertThat(bench.signal("Flow", 0, 12).value("Flow")).isCloseTo(1.9, within(1e-9));
        assertThat(bench.signal("Flow", 60, 12).value("Flow")).isCloseTo(2.6, within(1e-9));
        assertThat(bench.statusOf("Flow")).isEqualTo(StatusCode.GOOD);
    }

    /** The range of contracts section 2 is that of the quantity, not of the signal. */
    @Test
    void validityIsJudgedAfterScaling() {
        Bench bench = new Bench(
                "Flow: {unit: m3/h, euRange: [0, 200], validity: [0, 210]}",
                "Flow: {address: holding 0, condition: {scale: {from: [0, 100], to: [0, 200]}}}");
        bench.signal("Flow", 0, 50).signal("Flow", 1, 150);
        assertThat(bench.statusOf("Flow")).isEqualTo(StatusCode.BAD_SENSOR_FAILURE);
        assertThat(bench.value("Flow")).isEqualTo(100); // kept inside
        assertThat(bench.stage.problem(bench.row("Flow"))).contains("300 lies outside the validity range 0..210");
        bench.signal("Flow", 2, 60);
        assertThat(bench.statusOf("Flow")).isEqualTo(StatusCode.GOOD);
        assertThat(bench.stage.problem(bench.row("Flow"))).isEmpty();
    }

    /** A link that falls silent must not bring back a value that a sentinel had withdrawn. */
    @Test
    void missingValueIsBadAndIsNotRevivedBySilence() {
        Bench bench = flow("missing: {values: [32767, -1]}, scale: {from: [0, 100], to: [0, 200]}");
        bench.signal("Flow", 0, 50).signal("Flow", 1, 32767);
        assertThat(bench.statusOf("Flow")).isEqualTo(StatusCode.BAD_SENSOR_FAILURE);
        assertThat(bench.stage.problem(bench.row("Flow"))).contains("sent 32767");
        bench.status("Flow", 2, StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
        assertThat(bench.statusOf("Flow")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        bench.signal("Flow", 3, 60).status("Flow", 4, StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
        assertThat(bench.statusOf("Flow")).isEqualTo(StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
        assertThat(bench.value("Flow")).isEqualTo(120);
    }

    @Test
    void missingValueIsHeldForItsTimeOrReplaced() {
        Bench held = flow("missing: {then: hold, hold: 5 s}");
        held.signal("Flow", 0, 50).signal("Flow", 4, Double.NaN);
        assertThat(held.statusOf("Flow")).isEqualTo(StatusCode.UNCERTAIN_LAST_USABLE_VALUE);
        assertThat(held.value("Flow")).isEqualTo(50);
        assertThat(held.signal("Flow", 6, Double.NaN).statusOf("Flow")).isEqualTo(StatusCode.BAD_SENSOR_FAILURE);
        Bench replaced = flow("missing: {values: [-1], then: replace, replacement: 7}");
        replaced.signal("Flow", 0, -1);
        assertThat(replaced.statusOf("Flow")).isEqualTo(StatusCode.UNCERTAIN_SUBSTITUTE_VALUE);
        assertThat(replaced.value("Flow")).isEqualTo(7);
    }

    /** A 16-bit counter of pieces: the total only grows, also when the device is restarted. */
    @Test
    void counterRollsOverAndSurvivesAReset() {
        Bench bench = new Bench("Pieces: {unit: pc}", "Pieces: {address: holding 0, condition: {rollover: 65536}}");
        long[] expected = {65_500, 65_530, 65_546, 65_636, 65_641};
        double[] raw = {65_500, 65_530, 10, 100, 5};
        for (int i = 0; i < raw.length; i++) {
            bench.signal("Pieces", i, raw[i]);
            assertThat(bench.now("Pieces").bits()).isEqualTo(expected[i]);
        }
        assertThat(bench.stage.report(bench.row("Pieces")))
                .contains("1 rollovers")
                .contains("1 counter resets");
    }

    @Test
    void spikeIsFlaggedAndANewLevelIsBelieved() {
        Bench bench = flow("spike: {limit: 10}");
        double[] values = {50, 51, 50, 52, 95, 51, 90, 91, 92, 91};
        StatusCode good = StatusCode.GOOD;
        StatusCode[] expected = {good, good, good, good, DOUBTED, good, DOUBTED, DOUBTED, good, good};
        for (int i = 0; i < values.length; i++) {
            bench.signal("Flow", i, values[i]);
            assertThat(bench.value("Flow")).isEqualTo(values[i]);
            assertThat(bench.statusOf("Flow")).as("value %d", i).isEqualTo(expected[i]);
        }
        assertThat(bench.stage.report(bench.row("Flow"))).isEqualTo("10 samples, 3 spikes");
    }

    @Test
    void spikeIsReplacedByTheLastBelievedValueIfSoDeclared() {
        Bench bench = flow("spike: {limit: 10, then: hold}");
        for (int i = 0; i < 5; i++) {
            bench.signal("Flow", i, 50 + i);
        }
        bench.signal("Flow", 5, 500);
        assertThat(bench.value("Flow")).isEqualTo(54);
        assertThat(bench.statusOf("Flow")).isEqualTo(StatusCode.UNCERTAIN_LAST_USABLE_VALUE);
        assertThat(bench.stage.problem(bench.row("Flow"))).isEqualTo("spike: 500, where the median is 52");
    }

    @Test
    void changeThatIsTooFastIsFlaggedOrFollowedSlowly() {
        Bench flagged = flow("rateLimit: {perSecond: 2}");
        flagged.signal("Flow", 0, 50).signal("Flow", 1, 51);
        assertThat(flagged.statusOf("Flow")).isEqualTo(StatusCode.GOOD);
        flagged.signal("Flow", 2, 60);
        assertThat(flagged.value("Flow")).isEqualTo(60);
        assertThat(flagged.statusOf("Flow")).isEqualTo(DOUBTED);
        Bench limited = flow("rateLimit: {perSecond: 2, then: limit}");
        limited.signal("Flow", 0, 50).signal("Flow", 1, 60);
        assertThat(limited.value("Flow")).isEqualTo(52);
        assertThat(limited.statusOf("Flow")).isEqualTo(DOUBTED);
        limited.signal("Flow", 5, 60);
        assertThat(limited.value("Flow")).isEqualTo(60);
        assertThat(limited.statusOf("Flow")).isEqualTo(StatusCode.GOOD);
    }

    /** The value is confirmed by every poll, yet a frozen transmitter is not Good. */
    @Test
    void sensorThatDoesNotMoveIsStuckUntilItDoes() {
        Bench bench = flow("stuck: {after: 60 s, within: 0.1}");
        for (int t = 0; t < 60; t += 10) {
            assertThat(bench.signal("Flow", t, 50 + t * 0.001).statusOf("Flow")).isEqualTo(StatusCode.GOOD);
        }
        assertThat(bench.signal("Flow", 60, 50.05).statusOf("Flow")).isEqualTo(DOUBTED);
        assertThat(bench.value("Flow")).isEqualTo(50.05);
        assertThat(bench.stage.problem(bench.row("Flow"))).isEqualTo("stuck for 60 s");
        assertThat(bench.signal("Flow", 70, 50.2).statusOf("Flow")).isEqualTo(StatusCode.GOOD);
        // Silence is not standing still.
        bench.status("Flow", 80, StatusCode.BAD_NO_COMMUNICATION).signal("Flow", 200, 50.2);
        assertThat(bench.statusOf("Flow")).isEqualTo(StatusCode.GOOD);
    }

    /** Never clamped silently: the limit bits say which bound, and beyond the tolerance it is no longer Good. */
    @Test
    void clampedValueSaysSo() {
        Bench bench = flow("clamp: {to: [0, 200], tolerance: 1}");
        bench.signal("Flow", 0, -0.5);
        assertThat(bench.value("Flow")).isZero();
        assertThat(bench.statusOf("Flow").bits()).isEqualTo(0x0500);
        bench.signal("Flow", 1, 230);
        assertThat(bench.value("Flow")).isEqualTo(200);
        assertThat(bench.statusOf("Flow").bits()).isEqualTo(0x4094_0600);
        assertThat(bench.statusOf("Flow").name()).isEqualTo("Uncertain_EngineeringUnitsExceeded");
    }

    @Test
    void tableEndsAreFlagged() {
        Bench bench = flow("scale: {table: [[0, 0], [10, 100], [20, 120]]}");
        assertThat(bench.signal("Flow", 0, 15).value("Flow")).isEqualTo(110);
        bench.signal("Flow", 1, 25);
        assertThat(bench.value("Flow")).isEqualTo(120);
        assertThat(bench.statusOf("Flow")).isEqualTo(StatusCode.UNCERTAIN_ENGINEERING_UNITS_EXCEEDED);
    }

    /** A worse status from the device is not made better by a chain that found nothing. */
    @Test
    void statusOfTheDeviceIsKeptUnlessTheChainIsWorse() {
        Bench bench = flow("scale: {from: [0, 100], to: [0, 200]}");
        bench.signal("Flow", 0, 10, StatusCode.UNCERTAIN_SUB_NORMAL);
        assertThat(bench.statusOf("Flow")).isEqualTo(StatusCode.UNCERTAIN_SUB_NORMAL);
        assertThat(bench.value("Flow")).isEqualTo(20);
        bench.signal("Flow", 1, 30, StatusCode.BAD_DEVICE_FAILURE);
        assertThat(bench.statusOf("Flow")).isEqualTo(StatusCode.BAD_DEVICE_FAILURE);
        assertThat(bench.value("Flow")).isEqualTo(20); // no signal ever shows as a quantity
    }

    @Test
    void lateAndRepeatedSamplesAreDroppedOnlyIfDeclared() {
        Bench bench = flow("late: drop, duplicates: drop");
        bench.signal("Flow", 10, 1).signal("Flow", 10, 1).signal("Flow", 9, 5).signal("Flow", 11, 1);
        assertThat(bench.out).hasSize(2);
        assertThat(bench.now("Flow").sourceTime()).isEqualTo(Bench.ticks(11));
        assertThat(bench.stage.report(bench.row("Flow"))).isEqualTo("4 samples, 1 late, 1 duplicates");
        Bench open = flow("deadband: 0");
        open.signal("Flow", 10, 1).signal("Flow", 10, 1).signal("Flow", 9, 5);
        assertThat(open.out).hasSize(3);
    }

    /** Suppressed changes still confirm the old value: its time goes on, history gets no row. */
    @Test
    void deadbandLetsTheTimeGoOn() {
        Bench bench = flow("deadbandPercent: 1"); // 2 m³/h
        bench.signal("Flow", 0, 50)
                .signal("Flow", 1, 51.9)
                .signal("Flow", 2, 52.1)
                .signal("Flow", 3, 51);
        assertThat(bench.changes("Flow"))
                .extracting(s -> Double.longBitsToDouble(s.bits()))
                .containsExactly(50.0, 52.1);
        assertThat(bench.now("Flow").sourceTime()).isEqualTo(Bench.ticks(3));
        assertThat(bench.value("Flow")).isEqualTo(52.1);
        assertThat(bench.signal("Flow", 4, 52.2, StatusCode.UNCERTAIN_SUB_NORMAL)
                        .statusOf("Flow"))
                .isEqualTo(StatusCode.UNCERTAIN_SUB_NORMAL);
        assertThat(bench.value("Flow")).isEqualTo(52.2); // with a new status the value is the new one, too
    }

    @Test
    void sourceTimesLieOnTheGridOneSampleEach() {
        Bench bench = flow("align: 10 s");
        bench.signal("Flow", 3, 1).signal("Flow", 9.9, 2).signal("Flow", 10.2, 3);
        bench.signal("Flow", 12, 4, StatusCode.UNCERTAIN_SUB_NORMAL);
        assertThat(bench.out)
                .extracting(Sample::sourceTime)
                .containsExactly(Bench.ticks(0), Bench.ticks(10), Bench.ticks(10));
        assertThat(bench.out).extracting(s -> Double.longBitsToDouble(s.bits())).containsExactly(1.0, 3.0, 4.0);
    }

    private static Bench limitSwitch() {
        return new Bench("Closed: {type: Boolean}", "Closed: {address: coil 0, condition: {debounce: 200 ms}}");
    }

    @Test
    void bouncingContactPassesOnceItIsQuiet() {
        Bench bench = limitSwitch();
        bench.bits("Closed", 0, 0, StatusCode.GOOD);
        for (int i = 1; i <= 5; i++) {
            bench.bits("Closed", i * 0.05, i % 2, StatusCode.GOOD);
        }
        assertThat(bench.changes("Closed")).hasSize(1);
        bench.bits("Closed", 0.35, 1, StatusCode.GOOD).bits("Closed", 0.45, 1, StatusCode.GOOD);
        assertThat(bench.now("Closed").bits()).isEqualTo(1);
        assertThat(bench.changes("Closed")).hasSize(2);
    }

    /** A source that sends changes only sends nothing more, and the change still has to come through. */
    @Test
    void debouncedChangePassesByTimeAlone() {
        Bench bench = limitSwitch();
        bench.bits("Closed", 0, 0, StatusCode.GOOD).bits("Closed", 1, 1, StatusCode.GOOD);
        assertThat(bench.tick(1.1).now("Closed").bits()).isZero();
        assertThat(bench.tick(1.2).now("Closed").bits()).isEqualTo(1);
        assertThat(bench.now("Closed").sourceTime()).isEqualTo(Bench.ticks(1));
        assertThat(bench.tick(5).changes("Closed")).hasSize(2);
    }

    /** All 64 bits of an integer nobody calculates with stay as they are. */
    @Test
    void integerWithoutACalculationKeepsAllItsBits() {
        Bench bench = new Bench(
                "Total: {unit: pc}", "Total: {address: holding 0 uint64, condition: {late: drop, debounce: 1 ms}}");
        long value = 0xFEDC_BA98_7654_3211L;
        assertThat(bench.bits("Total", 0, value, StatusCode.GOOD).now("Total").bits())
                .isEqualTo(value);
    }

    @Test
    void valueBeyondThePointsTypeIsAConfigurationError() {
        Bench bench = new Bench(
                "Pieces: {unit: pc, type: UInt16}",
                "Pieces: {address: holding 0, condition: {scale: {from: [0, 1], to: [0, 10]}}}");
        assertThat(bench.signal("Pieces", 0, 6553).now("Pieces").bits()).isEqualTo(65_530);
        bench.signal("Pieces", 1, 6554);
        assertThat(bench.statusOf("Pieces")).isEqualTo(StatusCode.BAD_CONFIGURATION_ERROR);
        assertThat(bench.stage.problem(bench.row("Pieces")))
                .contains("65540 does not fit")
                .contains("UInt16");
    }

    @Test
    void pointsWithoutAChainPassUntouched() {
        Bench bench = new Bench(
                "A: {unit: bar, euRange: [0, 16]}\nB: {unit: bar, euRange: [0, 16]}",
                "A: holding 0 float32\nB: {address: holding 2, condition: {unit: mbar}}");
        bench.signal("A", 0, 3.5).signal("B", 0, 3500);
        assertThat(bench.value("A")).isEqualTo(3.5);
        assertThat(bench.value("B")).isEqualTo(3.5);
        assertThat(bench.stage.report(bench.row("A"))).isEmpty();
        assertThat(UaTime.secondsBetween(Bench.ticks(0), bench.now("A").sourceTime()))
                .isZero();
    }
}
