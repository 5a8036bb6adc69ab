package org.uatwin.simulation.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Two ways to tell classes apart: clouds of one shape by planes, anything else by a forest. */
class ClassifiersTest {
    private static final int ROWS = 1_200;
    private static final BoostedTrees.Settings FOREST =
            new BoostedTrees.Settings(new Loss.Logistic(), 60, 40, 1, 2, 0, 1e-9, 0.63, 0.7, 1);

    private final SplittableRandom random = new SplittableRandom(2);
    private final int[] classes = new int[ROWS];

    /** Three clouds in a row, stretched across it far more than they are apart: no column alone tells them. */
    private FeatureTable clouds() {
        double[][] columns = new double[3][ROWS];
        for (int i = 0; i < ROWS; i++) {
            classes[i] = i % 3;
            double along = 10 * random.nextGaussian();
            columns[0][i] = along + classes[i];
            columns[1][i] = along - classes[i] + 0.2 * random.nextGaussian();
            columns[2][i] = random.nextGaussian();
        }
        return new FeatureTable(List.of("a", "b", "noise"), columns);
    }

    private static int likeliest(double[] p) {
        int best = 0;
        for (int k = 1; k < p.length; k++) {
            best = p[k] > p[best] ? k : best;
        }
        return best;
    }

    @Test
    void thinCloudsAreToldApartByTheirCommonShape() {
        FeatureTable table = clouds();
        LinearDiscriminant model = LinearDiscriminant.learn(table, classes, 3, 1e-6);
        int right = 0;
        for (int i = 0; i < ROWS; i++) {
            double[] p = model.probabilities(table.row(i));
            assertThat(p[0] + p[1] + p[2]).isCloseTo(1, within(1e-12));
            right += likeliest(p) == classes[i] ? 1 : 0;
        }
        assertThat(right).isGreaterThan(ROWS * 99 / 100);
    }

    /** With one standard column, two equal classes at -1 and 1 and variance 1 the log of the odds at x is 2 x. */
    @Test
    void theOddsAreThoseOfTwoNormalClouds() {
        double[] column = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            classes[i] = i % 2;
            double spread = (i / 2) % 2 == 0 ? 1 : -1; // variance exactly 1
            column[i] = (classes[i] == 0 ? -1 : 1) + spread;
        }
        FeatureTable table = new FeatureTable(List.of("x"), new double[][] {column});
        LinearDiscriminant model = LinearDiscriminant.learn(table, classes, 2, 1e-9);
        for (double x : new double[] {-2, 0, 0.5, 3}) {
            double[] p = model.probabilities(new double[] {x});
            assertThat(Math.log(p[1] / p[0])).isCloseTo(2 * x, within(1e-6));
        }
        assertThat(model.probabilities(new double[] {Double.NaN})[0]).isCloseTo(0.5, within(1e-9));
    }

    /** A ring around a disc: no plane separates them. */
    @Test
    void aForestFindsWhatNoPlaneSeparates() {
        double[][] columns = new double[3][ROWS];
        for (int i = 0; i < ROWS; i++) {
            columns[0][i] = 2 * random.nextDouble() - 1;
            columns[1][i] = 2 * random.nextDouble() - 1;
            columns[2][i] = random.nextDouble();
            double radius = Math.hypot(columns[0][i], columns[1][i]);
            classes[i] = radius < 0.5 ? 0 : radius < 0.9 ? 1 : 2;
        }
        FeatureTable table = new FeatureTable(List.of("x", "y", "noise"), columns);
        ForestClassifier forest = ForestClassifier.learn(table, classes, 3, FOREST, LearningProgress.NONE);
        int right = 0;
        for (int i = 0; i < 500; i++) {
            double x = 2 * random.nextDouble() - 1;
            double y = 2 * random.nextDouble() - 1;
            double[] p = forest.probabilities(new double[] {x, y, 0.5});
            assertThat(p[0] + p[1] + p[2]).isCloseTo(1, within(1e-12));
            double radius = Math.hypot(x, y);
            right += likeliest(p) == (radius < 0.5 ? 0 : radius < 0.9 ? 1 : 2) ? 1 : 0;
        }
        assertThat(right).isGreaterThan(440);
        double[] importance = forest.importance();
        assertThat(importance[2]).isLessThan(0.6 * importance[0]).isLessThan(0.6 * importance[1]);
        assertThat(importance[0] + importance[1] + importance[2]).isCloseTo(1, within(1e-9));
    }

    @Test
    void aForestIsTheSameForTheSameSeedAndStopsWhenToldTo() {
        FeatureTable table = clouds();
        double[] first = ForestClassifier.learn(table, classes, 3, FOREST, LearningProgress.NONE)
                .probabilities(table.row(7));
        double[] second = ForestClassifier.learn(table, classes, 3, FOREST, LearningProgress.NONE)
                .probabilities(table.row(7));
        assertThat(second).isEqualTo(first);
        assertThatThrownBy(() -> ForestClassifier.learn(table, classes, 3, FOREST, share -> share < 0.3))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void aClassWithoutARowIsRefused() {
        FeatureTable table = clouds();
        assertThatThrownBy(() -> LinearDiscriminant.learn(table, classes, 4, 0.1))
                .hasMessageContaining("class 3");
        assertThatThrownBy(() -> LinearDiscriminant.learn(table, classes, 3, 0)).hasMessageContaining("shrinkage 0");
        assertThatThrownBy(() -> ForestClassifier.learn(table, new int[3], 2, FOREST, LearningProgress.NONE))
                .hasMessageContaining("3 of 1200");
    }
}
