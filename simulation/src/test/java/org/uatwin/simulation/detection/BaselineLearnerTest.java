package org.uatwin.simulation.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.simulation.learning.LearningProgress;

/** Baselines from a history with gaps, errors and two operating points. */
class BaselineLearnerTest {
    private static final long SECOND = UaTime.TICKS_PER_SECOND;
    private static final long FROM = 133_000_000_000_000_000L;
    private static final List<String> POINTS = List.of("Setpoint", "Flow", "Pressure");

    private final SplittableRandom random = new SplittableRandom(6);

    private double[] row(double setpoint) {
        double flow = setpoint + 0.02 * random.nextGaussian();
        return new double[] {setpoint, flow, 10 - 0.5 * flow + 0.02 * random.nextGaussian()};
    }

    /** Alternates between two setpoints every 300 rows; 1 % of the pressures is nonsense, an hour is missing. */
    private HistoryTable history(int rows) {
        HistoryTable.Builder table =
                HistoryTable.between(POINTS, FROM, FROM + rows * 10L * SECOND, 10 * SECOND, 30 * SECOND);
        for (int i = 0; i < rows; i++) {
            double[] row = row(i / 300 % 2 == 0 ? 4 : 8);
            boolean isGap = i >= 1000 && i < 1360;
            boolean isNonsense = i % 100 == 50;
            for (int c = 0; c < row.length && !isGap; c++) {
                table.add(c, FROM + i * 10L * SECOND, c == 2 && isNonsense ? 9999 : row[c], true);
            }
        }
        return table.build();
    }

    private static LearningResult learn(HistoryTable history) {
        return BaselineLearner.learn(history, List.of(), "pump-07/1", FROM, LearningProgress.NONE);
    }

    @Test
    void operatingPointsAreFoundAndNonsenseIsLeftOut() {
        LearningResult result = learn(history(6000));
        assertThat(result).isInstanceOf(LearningResult.Learned.class);
        TwinBaseline baseline = ((LearningResult.Learned) result).baseline();
        assertThat(baseline.conditions()).contains("Setpoint");
        assertThat(baseline.regimes().count()).isEqualTo(2);
        assertThat(baseline.rejected()).isBetween(40, 80);
        assertThat(baseline.heldOutScore()).isLessThan(1);
        assertThat(result.text().byLocale().get("en")).contains("2 of 2 operating points");
    }

    @Test
    void tooLittleIsSaidWithWhatIsNeeded() {
        LearningResult result = learn(history(150));
        assertThat(result).isInstanceOf(LearningResult.NotEnough.class);
        assertThat(((LearningResult.NotEnough) result).rowsNeeded()).isEqualTo(BaselineLearner.FEWEST);
        assertThat(result.text().byLocale().get("en")).contains("200 are needed");
    }

    @Test
    void learningCanBeCancelled() {
        assertThat(BaselineLearner.learn(history(6000), List.of(), "x", FROM, share -> share < 0.2))
                .isInstanceOf(LearningResult.Cancelled.class);
    }

    /** A broken relation is found at both operating points, a change of setpoint is none; a stored baseline says the same. */
    @Test
    void aBrokenRelationIsFoundAtEachOperatingPoint() {
        TwinBaseline learned = ((LearningResult.Learned) learn(history(6000))).baseline();
        TwinBaseline read = TwinBaseline.read(learned.bytes());
        assertThat(read).isNotNull();
        assertThat(TwinBaseline.read(new byte[] {1, 2, 3})).isNull();
        BaselineWatch watch = new BaselineWatch(read);
        long time = FROM;
        double most = 0;
        for (int i = 0; i < 1200; i++) {
            time = offer(watch, time, row(i / 300 % 2 == 0 ? 4 : 8));
            most = Math.max(most, watch.score());
        }
        assertThat(most).isLessThan(1);
        for (int i = 0; i < 60; i++) {
            double[] row = row(8);
            row[2] += 0.5;
            time = offer(watch, time, row);
        }
        assertThat(watch.score()).isGreaterThan(1);
        assertThat(watch.isBlind()).isFalse();
        watch.offer(1, 8, false, time);
        watch.advance(time + 10 * SECOND);
        assertThat(watch.isBlind()).as("a bad value").isTrue();
    }

    private static long offer(BaselineWatch watch, long time, double[] row) {
        for (int c = 0; c < watch.channels().size(); c++) {
            watch.offer(c, row[POINTS.indexOf(watch.channels().get(c))], true, time);
        }
        watch.advance(time);
        return time + 10 * SECOND;
    }

    /** What moves slowly is followed, at most a quarter of a deviation a day. */
    @Test
    void slowDriftIsFollowedAndFastIsNot() {
        TwinBaseline learned = ((LearningResult.Learned) learn(history(6000))).baseline();
        BaselineWatch watch = new BaselineWatch(learned);
        long time = FROM;
        for (int i = 0; i < 2 * 8640; i++) {
            double[] row = row(4);
            row[2] += 0.01;
            time = offer(watch, time, row);
        }
        double moved = 0;
        for (double[] regime : watch.memory()) {
            for (double one : regime) {
                moved = Math.max(moved, Math.abs(one));
            }
        }
        assertThat(moved).isBetween(0.05, 0.51);
    }
}
