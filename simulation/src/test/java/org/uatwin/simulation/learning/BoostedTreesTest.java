package org.uatwin.simulation.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** A maintenance engineer trusts what was learned only if the learner finds what is there, and nothing that is not. */
class BoostedTreesTest {
    private static final int ROWS = 4_000;
    private static final BoostedTrees.Settings SQUARED = BoostedTrees.Settings.of(new Loss.Squared());

    private final SplittableRandom random = new SplittableRandom(3);

    private FeatureTable table(int width) {
        double[][] columns = new double[width][ROWS];
        for (double[] column : columns) {
            for (int i = 0; i < ROWS; i++) {
                column[i] = random.nextDouble();
            }
        }
        return new FeatureTable(List.of("a", "b", "c").subList(0, width), columns);
    }

    private static double rmse(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum / a.length);
    }

    /** Friedman's first example cut down: a product, a square and a column that says nothing. */
    @Test
    void aCurvedSurfaceIsFoundUnderNoise() {
        FeatureTable table = table(3);
        double[] truth = new double[ROWS];
        double[] target = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            double a = table.columns()[0][i];
            double b = table.columns()[1][i];
            truth[i] = 10 * Math.sin(Math.PI * a * b) + 20 * (a - 0.5) * (a - 0.5);
            target[i] = truth[i] + (random.nextDouble() - 0.5);
        }
        BoostedTrees trees = BoostedTrees.learn(table, target, SQUARED, LearningProgress.NONE);
        assertThat(rmse(trees.predict(table), truth)).isLessThan(0.35); // the truth's own spread is 3
        double[] importance = trees.importance();
        assertThat(importance[2]).isLessThan(importance[0]).isLessThan(importance[1]);
    }

    @Test
    void aMissingNumberIsAnAnswerOfItsOwn() {
        FeatureTable table = table(1);
        double[] target = new double[ROWS];
        for (int i = 0; i < ROWS; i += 2) {
            table.columns()[0][i] = Double.NaN;
            target[i] = 5;
        }
        BoostedTrees trees = BoostedTrees.learn(table, target, SQUARED, LearningProgress.NONE);
        assertThat(trees.predict(new double[] {Double.NaN})).isBetween(4.9, 5.1);
        assertThat(trees.predict(new double[] {0.5})).isBetween(-0.1, 0.1);
    }

    @Test
    void aQuantileLeavesItsShareBelow() {
        FeatureTable table = table(1);
        double[] target = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            double x = table.columns()[0][i];
            target[i] = x + x * random.nextDouble();
        }
        BoostedTrees trees = BoostedTrees.learn(
                table, target, BoostedTrees.Settings.of(new Loss.Quantile(0.9)), LearningProgress.NONE);
        double[] predicted = trees.predict(table);
        int below = 0;
        for (int i = 0; i < ROWS; i++) {
            below += target[i] <= predicted[i] ? 1 : 0;
        }
        assertThat(below).isBetween((int) (0.87 * ROWS), (int) (0.93 * ROWS));
        assertThat(trees.predict(new double[] {0.8})).isBetween(1.45, 1.6); // 0.8 + 0.8 * 0.9
    }

    @Test
    void classesAreToldApartByTheirOdds() {
        FeatureTable table = table(2);
        double[] target = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            target[i] = random.nextDouble() < (table.columns()[1][i] > 0.5 ? 0.9 : 0.2) ? 1 : 0;
        }
        BoostedTrees trees = BoostedTrees.learn(
                table, target, BoostedTrees.Settings.of(new Loss.Logistic()).rounds(50), LearningProgress.NONE);
        assertThat(odds(trees.predict(new double[] {0.5, 0.75}))).isBetween(0.8, 0.97);
        assertThat(odds(trees.predict(new double[] {0.5, 0.25}))).isBetween(0.1, 0.3);
    }

    private static double odds(double log) {
        return 1 / (1 + Math.exp(-log));
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        FeatureTable table = table(3);
        double[] target = table.columns()[0].clone();
        BoostedTrees.Settings settings = SQUARED.rounds(20).shares(0.5, 0.7);
        double[] first = BoostedTrees.learn(table, target, settings, LearningProgress.NONE)
                .predict(table);
        assertThat(BoostedTrees.learn(table, target, settings, LearningProgress.NONE)
                        .predict(table))
                .isEqualTo(first);
        assertThat(BoostedTrees.learn(table, target, settings.seed(2), LearningProgress.NONE)
                        .predict(table))
                .isNotEqualTo(first);
    }

    /** Rows that a tree did not draw get its values as well: learning and predicting agree. */
    @Test
    void whatIsLearnedFromAShareHoldsForAll() {
        FeatureTable table = table(2);
        double[] target = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            target[i] = table.columns()[0][i] > 0.3 ? 1 : -1;
        }
        BoostedTrees trees = BoostedTrees.learn(table, target, SQUARED.shares(0.3, 1), LearningProgress.NONE);
        assertThat(rmse(trees.predict(table), target)).isLessThan(0.1);
    }

    @Test
    void learningCanBeCancelled() {
        FeatureTable table = table(1);
        assertThatThrownBy(() -> BoostedTrees.learn(table, table.columns()[0].clone(), SQUARED, share -> share < 0.5))
                .isInstanceOf(CancellationException.class);
    }
}
