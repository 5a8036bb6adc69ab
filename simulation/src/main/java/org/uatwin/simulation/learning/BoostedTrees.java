package org.uatwin.simulation.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;

/**
 * Gradient boosted regression trees (Friedman 2001) on binned columns. What was learned is immutable, any thread.
 */
public final class BoostedTrees {
    /**
     * How to learn.
     *
     * @param loss made small.
     * @param rounds trees.
     * @param leaves of a tree, 2 or more.
     * @param rate part of each step that is taken, 0 to 1.
     * @param leastWeight rows (weight, with the logistic loss) a leaf needs.
     * @param penalty L2, added to the weight of a leaf.
     * @param leastGain a cut must bring.
     * @param rowShare rows drawn for a tree, 0 to 1.
     * @param columnShare columns drawn for a tree, 0 to 1.
     * @param seed of the draws.
     */
    public record Settings(
            Loss loss,
            int rounds,
            int leaves,
            double rate,
            double leastWeight,
            double penalty,
            double leastGain,
            double rowShare,
            double columnShare,
            long seed) {
        /**
         * @throws IllegalArgumentException if a number is out of its range.
         */
        public Settings {
            if (rounds < 1 || leaves < 2 || !(rate > 0 && rate <= 1) || penalty < 0 || leastWeight < 0) {
                throw new IllegalArgumentException("no such trees: rounds %d, leaves %d, rate %s, penalty %s, weight %s"
                        .formatted(rounds, leaves, rate, penalty, leastWeight));
            }
            if (!(rowShare > 0 && rowShare <= 1) || !(columnShare > 0 && columnShare <= 1)) {
                throw new IllegalArgumentException(
                        "shares of rows %s and columns %s: not between 0 and 1".formatted(rowShare, columnShare));
            }
        }

        /** What does well where nothing is known: 300 trees of 15 leaves. */
        public static Settings of(Loss loss) {
            return new Settings(loss, 300, 15, 0.05, 20, 1, 1e-9, 1, 1, 1);
        }

        public Settings rounds(int number) {
            return new Settings(
                    loss, number, leaves, rate, leastWeight, penalty, leastGain, rowShare, columnShare, seed);
        }

        public Settings leaves(int number) {
            return new Settings(
                    loss, rounds, number, rate, leastWeight, penalty, leastGain, rowShare, columnShare, seed);
        }

        public Settings rate(double part) {
            return new Settings(
                    loss, rounds, leaves, part, leastWeight, penalty, leastGain, rowShare, columnShare, seed);
        }

        public Settings leastWeight(double weight) {
            return new Settings(loss, rounds, leaves, rate, weight, penalty, leastGain, rowShare, columnShare, seed);
        }

        public Settings shares(double ofRows, double ofColumns) {
            return new Settings(loss, rounds, leaves, rate, leastWeight, penalty, leastGain, ofRows, ofColumns, seed);
        }

        public Settings seed(long number) {
            return new Settings(
                    loss, rounds, leaves, rate, leastWeight, penalty, leastGain, rowShare, columnShare, number);
        }
    }

    private final List<String> names;
    private final double start;
    private final List<RegressionTree> trees;

    private BoostedTrees(List<String> names, double start, List<RegressionTree> trees) {
        this.names = names;
        this.start = start;
        this.trees = List.copyOf(trees);
    }

    /**
     * Learns a column from others.
     *
     * @param target one number a row, finite.
     * @throws IllegalArgumentException if the target has another length than the table, or the table no row.
     * @throws CancellationException if the progress says so.
     */
    public static BoostedTrees learn(
            FeatureTable table, double[] target, Settings settings, LearningProgress progress) {
        if (target.length != table.rows() || target.length == 0) {
            throw new IllegalArgumentException("%d targets of %d rows".formatted(target.length, table.rows()));
        }
        Binning binning = Binning.of(table);
        TreeGrower grower = new TreeGrower(binning, binning.codes(table), table.rows(), settings);
        SplittableRandom random = new SplittableRandom(settings.seed());
        double start = settings.loss().start(target);
        double[] now = new double[target.length];
        java.util.Arrays.fill(now, start);
        double[] gradient = new double[target.length];
        double[] weight = new double[target.length];
        List<RegressionTree> trees = new ArrayList<>(settings.rounds());
        for (int round = 0; round < settings.rounds(); round++) {
            if (!progress.at((double) round / settings.rounds())) {
                throw new CancellationException("learning was cancelled");
            }
            settings.loss().gradients(target, now, gradient, weight);
            RegressionTree tree = grower.grow(gradient, weight, settings.loss().leaf(target, now), random.split(), now);
            if (tree.nodes() == 1 && settings.rowShare() >= 1 && settings.columnShare() >= 1) {
                break; // nothing is left to learn
            }
            trees.add(tree);
        }
        return new BoostedTrees(table.names(), start, trees);
    }

    /** The columns a row has, in order. */
    public List<String> names() {
        return names;
    }

    /** @param row a number for each name; NaN if it is missing. */
    public double predict(double[] row) {
        double sum = start;
        for (RegressionTree tree : trees) {
            sum += tree.predict(row);
        }
        return sum;
    }

    /** Of every row of a table with the same columns. */
    public double[] predict(FeatureTable table) {
        double[] all = new double[table.rows()];
        for (int i = 0; i < all.length; i++) {
            all[i] = predict(table.row(i));
        }
        return all;
    }

    /** How often each column was asked, as a share of all questions; in the order of {@link #names}. */
    public double[] importance() {
        double[] counts = new double[names.size()];
        trees.forEach(tree -> tree.countCuts(counts));
        double sum = java.util.Arrays.stream(counts).sum();
        for (int i = 0; i < counts.length && sum > 0; i++) {
            counts[i] /= sum;
        }
        return counts;
    }
}
