package org.uatwin.simulation.learning;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;

/**
 * A forest that tells classes apart (Breiman 2001): deep trees, each of some rows and some columns (Ho 1998, random subspaces),
 * whose shares of a class are averaged. Immutable.
 */
public final class ForestClassifier {
    private static final int BINS = 64; // averages of many trees need no finer cuts

    private final List<String> names;
    private final RegressionTree[][] trees; // of each class

    private ForestClassifier(List<String> names, RegressionTree[][] trees) {
        this.names = names;
        this.trees = trees;
    }

    /**
     * @param classes of each row, 0 to number - 1.
     * @param settings rounds is the number of trees; rate and loss do not matter.
     * @throws IllegalArgumentException if there are fewer than two classes, or not one for each row.
     * @throws CancellationException if the progress says so.
     */
    public static ForestClassifier learn(
            FeatureTable table, int[] classes, int number, BoostedTrees.Settings settings, LearningProgress progress) {
        if (number < 2 || classes.length != table.rows() || classes.length == 0) {
            throw new IllegalArgumentException(
                    "%d classes, %d of %d rows have one".formatted(number, classes.length, table.rows()));
        }
        Binning binning = Binning.of(table, BINS);
        TreeGrower grower = new TreeGrower(binning, binning.codes(table), table.rows(), settings.rate(1));
        SplittableRandom random = new SplittableRandom(settings.seed());
        double[] weight = new double[classes.length];
        java.util.Arrays.fill(weight, 1);
        double[] gradient = new double[classes.length];
        double[] unused = new double[classes.length];
        int models = number == 2 ? 1 : number;
        RegressionTree[][] trees = new RegressionTree[models][settings.rounds()];
        for (int round = 0; round < settings.rounds(); round++) {
            if (!progress.at((double) round / settings.rounds())) {
                throw new CancellationException("learning was cancelled");
            }
            for (int k = 0; k < models; k++) {
                int one = number == 2 ? 1 : k;
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] = classes[i] == one ? -1 : 0;
                }
                trees[k][round] = grower.grow(gradient, weight, null, random.split(), unused);
            }
        }
        return new ForestClassifier(table.names(), trees);
    }

    /** @param row a number for each column; NaN if it is missing. */
    public double[] probabilities(double[] row) {
        double[] shares = new double[trees.length];
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            for (RegressionTree tree : trees[k]) {
                shares[k] += tree.predict(row) / trees[k].length;
            }
            sum += shares[k];
        }
        if (shares.length == 1) {
            return new double[] {1 - shares[0], shares[0]};
        }
        for (int k = 0; k < shares.length; k++) {
            shares[k] = sum > 0 ? shares[k] / sum : 1.0 / shares.length;
        }
        return shares;
    }

    /** How often each column is asked on the way to an answer, as a share of all questions. */
    public double[] importance() {
        double[] counts = new double[names.size()];
        double sum = 0;
        for (RegressionTree[] some : trees) {
            for (RegressionTree tree : some) {
                tree.weighCuts(counts);
            }
        }
        for (double count : counts) {
            sum += count;
        }
        for (int c = 0; c < counts.length && sum > 0; c++) {
            counts[c] /= sum;
        }
        return counts;
    }
}
