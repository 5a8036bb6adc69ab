package org.uatwin.simulation.detection;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.learning.BoostedTrees;
import org.uatwin.simulation.learning.FeatureTable;
import org.uatwin.simulation.learning.LearningProgress;
import org.uatwin.simulation.learning.Loss;

/** Boosted trees over inputs, their trailing means and the calendar. Immutable. */
final class ExpectationTrees {
    private static final int[] WINDOWS = {3, 6, 12}; // rows
    private static final BoostedTrees.Settings TREES = BoostedTrees.Settings.of(new Loss.Squared())
            .rounds(500)
            .leaves(15)
            .rate(0.03)
            .leastWeight(30)
            .shares(0.5, 0.6);

    private final BoostedTrees trees;

    private ExpectationTrees(BoostedTrees trees) {
        this.trees = trees;
    }

    /** @param features as {@link #features} makes them. */
    static ExpectationTrees learn(FeatureTable features, double[] target, long seed, LearningProgress progress) {
        return new ExpectationTrees(BoostedTrees.learn(features, target, TREES.seed(seed), progress));
    }

    double[] predict(FeatureTable features) {
        if (!features.names().equals(trees.names())) {
            throw new IllegalArgumentException(
                    "learned from %s, asked with %s".formatted(trees.names(), features.names()));
        }
        return trees.predict(features);
    }

    /** @param times local; null if they are not known. */
    static FeatureTable features(FeatureTable inputs, @Nullable List<LocalDateTime> times) {
        List<String> names = new ArrayList<>();
        List<double[]> columns = new ArrayList<>();
        for (int c = 0; c < inputs.width(); c++) {
            String name = inputs.names().get(c);
            names.add(name);
            columns.add(inputs.columns()[c]);
            for (int window : WINDOWS) {
                names.add("%s mean of %d".formatted(name, window));
                columns.add(trailingMean(inputs.columns()[c], window));
            }
        }
        if (times != null) {
            names.addAll(List.of("minute of day", "day of week", "minute of week"));
            double[][] calendar = new double[3][times.size()];
            for (int i = 0; i < times.size(); i++) {
                calendar[0][i] = times.get(i).getHour() * 60 + times.get(i).getMinute();
                calendar[1][i] = times.get(i).getDayOfWeek().getValue();
                calendar[2][i] = calendar[1][i] * 1440 + calendar[0][i];
            }
            columns.addAll(List.of(calendar));
        }
        return new FeatureTable(names, columns.toArray(double[][]::new));
    }

    /** Of what is known among the last rows; NaN if nothing is. */
    private static double[] trailingMean(double[] column, int window) {
        double[] means = new double[column.length];
        for (int i = 0; i < means.length; i++) {
            double sum = 0;
            int n = 0;
            for (int j = Math.max(0, i - window + 1); j <= i; j++) {
                if (!Double.isNaN(column[j])) {
                    sum += column[j];
                    n++;
                }
            }
            means[i] = n > 0 ? sum / n : Double.NaN;
        }
        return means;
    }
}
