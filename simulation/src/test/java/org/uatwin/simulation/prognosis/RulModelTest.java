package org.uatwin.simulation.prognosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.learning.LearningProgress;

/** Units that wear at different rates under changing conditions: what is learned from some holds for others. */
class RulModelTest {
    private static final double CAP = 60;
    private static final double[][] CONDITIONS = {{0, 0.2, 100}, {20, 0.7, 100}, {42, 0.84, 60}};

    private final SplittableRandom random = new SplittableRandom(11);

    /** Three conditions with levels of their own far apart, three sensors of wear, one constant. */
    private UnitHistory unit(int number, int life, int cycles) {
        double[][] settings = new double[cycles][];
        double[][] sensors = new double[cycles][];
        for (int t = 0; t < cycles; t++) {
            int condition = random.nextInt(CONDITIONS.length);
            double wear = Math.exp((t - life) / 25.0);
            settings[t] = CONDITIONS[condition].clone();
            settings[t][0] += 0.01 * random.nextDouble();
            sensors[t] = new double[] {
                500 * condition + 5 * wear + random.nextGaussian(),
                -80 * condition - 3 * wear + random.nextGaussian(),
                30 * condition + 4 * wear + random.nextGaussian(),
                14.62
            };
        }
        return new UnitHistory(number, settings, sensors);
    }

    private List<UnitHistory> fleet(int count, boolean isWhole) {
        List<UnitHistory> units = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int life = 90 + random.nextInt(80);
            units.add(unit(i + 1, life, isWhole ? life : life - 1 - random.nextInt(70)));
        }
        return units;
    }

    @Test
    void livesOfOthersAreForetoldWithBoundsThatHold() {
        RulModel model = RulModel.learn(fleet(30, true), CAP, 1, LearningProgress.NONE);
        assertThat(model.regimes()).isEqualTo(3);
        double squares = 0;
        int held = 0;
        int n = 200;
        for (int i = 0; i < n; i++) {
            int life = 90 + random.nextInt(80);
            int left = random.nextInt(life - 30);
            RulForecast forecast = model.predict(unit(i, life, life - 1 - left));
            double truth = Math.min(CAP, left);
            squares += (forecast.expected() - truth) * (forecast.expected() - truth);
            held += left >= forecast.lower() && left <= forecast.upper() ? 1 : 0;
        }
        assertThat(Math.sqrt(squares / n)).isLessThan(11); // to say the mean always: 19
        assertThat((double) held / n).isBetween(0.7, 0.95);
        assertThat(model.error()).isLessThan(11);
    }

    @Test
    void theSameSeedGivesTheSameForecast() {
        List<UnitHistory> fleet = fleet(10, true);
        UnitHistory asked = unit(99, 120, 80);
        RulForecast first = RulModel.learn(fleet, CAP, 1, LearningProgress.NONE).predict(asked);
        assertThat(RulModel.learn(fleet, CAP, 1, LearningProgress.NONE).predict(asked))
                .isEqualTo(first);
    }

    @Test
    void tooFewUnitsAreSaidNotLearned() {
        List<UnitHistory> fleet = fleet(9, true);
        assertThatThrownBy(() -> RulModel.learn(fleet, CAP, 1, LearningProgress.NONE))
                .hasMessageContaining("9 units")
                .hasMessageContaining("Fix:");
    }
}
