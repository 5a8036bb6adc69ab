package org.uatwin.simulation.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.simulation.learning.LearningProgress;
import org.uatwin.simulation.solver.NoiseStream;

/** Five points that two loads drive: what leaves a relation is found though every point stays within its own range. */
class PrincipalComponentsTest {
    private static final long SECOND = UaTime.TICKS_PER_SECOND;
    private static final long FROM = 133_000_000_000_000_000L;
    private static final List<String> POINTS = List.of("Speed", "Current", "Flow", "Pressure", "Temperature");

    private final NoiseStream noise = NoiseStream.ofSeed(3);
    private double speed;
    private double demand;
    private long time = FROM;

    /** The next row; loads wander. */
    private double[] row() {
        speed += 0.05 * (noise.gaussian() - 0.1 * speed);
        demand += 0.05 * (noise.gaussian() - 0.1 * demand);
        return new double[] {
            50 + 10 * speed + 0.3 * noise.gaussian(),
            20 + 4 * speed + 2 * demand + 0.1 * noise.gaussian(),
            30 + 5 * demand + 0.2 * noise.gaussian(),
            8 + 1.5 * speed - demand + 0.05 * noise.gaussian(),
            60 + 3 * speed + 3 * demand + 0.2 * noise.gaussian()
        };
    }

    private TwinBaseline learned() {
        int rows = 12_000;
        HistoryTable.Builder table =
                HistoryTable.between(POINTS, FROM, FROM + rows * 10L * SECOND, 10 * SECOND, 30 * SECOND);
        for (int i = 0; i < rows; i++) {
            double[] row = row();
            for (int c = 0; c < row.length; c++) {
                table.add(c, FROM + i * 10L * SECOND, row[c], true);
            }
        }
        LearningResult result = BaselineLearner.learn(table.build(), List.of(), "mill/1", FROM, LearningProgress.NONE);
        TwinBaseline made = ((LearningResult.Learned) result).baseline();
        return Objects.requireNonNull(TwinBaseline.read(made.bytes()));
    }

    private double most(BaselineWatch watch, int rows, double leak) {
        double most = 0;
        for (int i = 0; i < rows; i++) {
            double[] row = row();
            row[3] -= leak; // pressure
            for (int c = 0; c < row.length; c++) {
                watch.offer(c, row[POINTS.indexOf(watch.channels().get(c))], true, time);
            }
            watch.advance(time);
            time += 10 * SECOND;
            most = Math.max(most, watch.score());
        }
        return most;
    }

    @Test
    void aBrokenRelationIsNamedWithItsPoint() {
        BaselineWatch watch = new BaselineWatch(learned());
        assertThat(most(watch, 3_000, 0)).as("a usual day").isLessThan(1);
        assertThat(most(watch, 60, 0.8))
                .as("a pressure that is a third of its usual spread too low")
                .isGreaterThan(1);
        Detection report = watch.report();
        assertThat(report.isAlarm()).isTrue();
        assertThat(report.contributors().get(0).point()).isEqualTo("Pressure");
    }

    @Test
    void theResidualTellsARelationFromALoad() {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            double load = noise.gaussian();
            rows.add(new double[] {load, load + 0.1 * noise.gaussian(), -load + 0.1 * noise.gaussian()});
        }
        PrincipalComponents learned = Objects.requireNonNull(PrincipalComponents.learn(rows, 0.99));
        assertThat(learned.count()).isEqualTo(1);
        double[] shares = new double[3];
        double[] far = {5, 5, -5};
        assertThat(learned.alongScore(far, shares)).as("a load never seen").isGreaterThan(2);
        assertThat(learned.offScore(far, shares)).isLessThan(1);
        double[] off = {0.5, 0.5, 0.5}; // each well within its range
        assertThat(learned.alongScore(off, shares)).isLessThan(1);
        assertThat(learned.offScore(off, shares)).isGreaterThan(5);
        assertThat(shares[2])
                .as("the one that is wrong")
                .isGreaterThan(shares[0])
                .isGreaterThan(shares[1]);
        PrincipalComponents wider = learned.withFactors(4, 4);
        assertThat(wider.offScore(off, shares)).isCloseTo(learned.offScore(off, shares) / 4, within(1e-9));
        assertThat(PrincipalComponents.learn(List.of(new double[] {1}), 0.99)).isNull();
    }
}
