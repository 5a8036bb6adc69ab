package org.uatwin.simulation.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.UaTime;

/** A point nobody has described: what is new in it is told soon, what is usual is not, and one event is told once. */
class StreamDetectorTest {
    private static final long STEP = 300 * UaTime.TICKS_PER_SECOND; // five minutes
    private static final int DAY = 288;

    private final SplittableRandom random = new SplittableRandom(9);
    private final StreamDetector detector = new StreamDetector(StreamDetector.Settings.DEFAULT);
    private int at;

    /** The rows, counted from the first value of all, in which there was an alarm. */
    private List<Integer> alarms(int number, IntToDoubleFunction value) {
        List<Integer> alarms = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            if (detector.next(at * STEP, value.applyAsDouble(at)).isAlarm()) {
                alarms.add(at);
            }
            at++;
        }
        return alarms;
    }

    private double daily(int i) {
        return 50 + 20 * Math.sin(2 * Math.PI * i / DAY) + random.nextGaussian();
    }

    @Test
    void noiseAndDaysThatAreAlikeAreUsual() {
        alarms(2 * DAY, this::daily);
        assertThat(alarms(28 * DAY, this::daily)).hasSizeLessThan(12); // of 8 064 values
    }

    @Test
    void aSpikeIsToldAtOnceAndOnce() {
        alarms(10 * DAY, this::daily);
        int now = at;
        assertThat(alarms(60, i -> i == now + 20 ? 110 : daily(i))).containsExactly(now + 20);
    }

    /** The value is usual, the hour is not: a machine that did not stop for the night. */
    @Test
    void aDayWithoutItsNightIsToldBecauseOfTheTimeOfDay() {
        alarms(12 * DAY + DAY / 2, this::daily); // the sine is at noon of its day, before it falls
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < DAY / 2; i++) {
            StreamDetector.Reading reading = detector.next(at * STEP, 50 + random.nextGaussian());
            at++;
            if (reading.isAlarm()) {
                reasons.add(reading.reason());
            }
        }
        assertThat(reasons).isNotEmpty().first().asString().contains("time of day");
    }

    @Test
    void aPointThatStandsStillIsTold() {
        alarms(8 * DAY, i -> 10 + 3 * random.nextGaussian());
        assertThat(alarms(100, i -> 10)).isNotEmpty();
    }

    @Test
    void aLevelThatWasNeverReachedIsTold() {
        alarms(8 * DAY, i -> 10 + random.nextGaussian());
        int now = at;
        assertThat(alarms(50, i -> 16 + random.nextGaussian())).isNotEmpty().allMatch(i -> i < now + 10);
    }

    /** The second time an event is known. */
    @Test
    void whatHasHappenedBeforeIsLessStrange() {
        alarms(8 * DAY, this::daily);
        IntToDoubleFunction dip = i -> daily(i) - (at % DAY < 12 ? 40 : 0);
        double first = strongest(dip);
        alarms(2 * DAY, this::daily);
        double second = strongest(dip);
        assertThat(first).isGreaterThan(1.5);
        assertThat(second).isLessThan(0.8 * first);
    }

    private double strongest(IntToDoubleFunction value) {
        double most = 0;
        for (int i = 0; i < DAY; i++) {
            most = Math.max(
                    most, detector.next(at * STEP, value.applyAsDouble(at)).strangeness());
            at++;
        }
        return most;
    }

    @Test
    void afterAnAlarmThereIsRestUnlessItComesMuchWorse() {
        alarms(8 * DAY, i -> 10 + random.nextGaussian());
        StreamDetector.Reading alarm = detector.next(at++ * STEP, 17);
        assertThat(alarm.isAlarm()).isTrue();
        StreamDetector.Reading resting = detector.next(at++ * STEP, 17.6);
        assertThat(resting.score()).isZero();
        assertThat(resting.strangeness()).isGreaterThan(1);
        StreamDetector.Reading worse = detector.next(at++ * STEP, 300);
        assertThat(worse.isAlarm()).isTrue();
        assertThat(worse.strangeness()).isGreaterThan(2 * alarm.strangeness());
    }

    @Test
    void aValueThatIsMissingChangesNothing() {
        StreamDetector other = new StreamDetector(StreamDetector.Settings.DEFAULT);
        for (int i = 0; i < 2_000; i++) {
            double value = daily(i);
            if (i % 7 == 0) {
                assertThat(other.score(i * STEP, Double.NaN)).isZero();
                assertThat(other.score(i * STEP, Double.NEGATIVE_INFINITY)).isZero();
            }
            assertThat(other.next(i * STEP, value)).isEqualTo(detector.next(i * STEP, value));
        }
    }

    @Test
    void scoresStayBetweenZeroAndOneWhateverComes() {
        double[] odd = {0, -0.0, 1e300, -1e300, Double.MIN_VALUE, 1, Double.MAX_VALUE, -Double.MAX_VALUE};
        for (int i = 0; i < 3_000; i++) {
            double value = i < 500 ? 5 : odd[random.nextInt(odd.length)];
            StreamDetector.Reading reading = detector.next(-i * STEP, value); // the clock runs backwards too
            assertThat(reading.score()).isBetween(0.0, 1.0);
            assertThat(reading.strangeness()).isFinite();
        }
    }

    @Test
    void nothingIsSaidBeforeThereIsAPast() {
        assertThat(alarms(100, i -> i < 50 ? 0 : 1_000)).isEmpty();
        assertThatThrownBy(() -> new StreamDetector.Settings(99, 100, 5, 150, 2))
                .hasMessageContaining("memory 99");
        assertThatThrownBy(() -> new StreamDetector.Settings(100, 100, 0, 150, 2))
                .hasMessageContaining("alarm 0");
        assertThatThrownBy(() -> new StreamDetector.Settings(100, 100, 5, 150, 0.9))
                .hasMessageContaining("0.9");
    }
}
