package org.uatwin.simulation.condition;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.uatwin.simulation.learning.BoostedTrees;
import org.uatwin.simulation.learning.FeatureTable;
import org.uatwin.simulation.learning.ForestClassifier;
import org.uatwin.simulation.learning.LearningProgress;
import org.uatwin.simulation.learning.LinearDiscriminant;
import org.uatwin.simulation.learning.Loss;

/** What some rows taught: a forest and linear discriminants of several shrinkages, for the classes those rows have. */
final class ConditionFit {
    /** Of the covariance of the discriminants. */
    static final double[] SHRINKAGES = {1e-5, 1e-4, 1e-3, 1e-2};

    private static final BoostedTrees.Settings FOREST =
            new BoostedTrees.Settings(new Loss.Logistic(), 200, 100, 1, 2, 0, 1e-9, 0.63, 0.08, 1);

    private final int classes; // of the whole training
    private final int[] present; // class of each that the rows have
    private final ForestClassifier forest;
    private final LinearDiscriminant[] linear;

    private ConditionFit(int classes, int[] present, ForestClassifier forest, LinearDiscriminant[] linear) {
        this.classes = classes;
        this.present = present;
        this.forest = forest;
        this.linear = linear;
    }

    /** @param of the rows; at least two classes among them. */
    static ConditionFit learn(FeatureTable table, int[] of, int classes, long seed, LearningProgress progress) {
        int[] present = IntStream.of(of).distinct().sorted().toArray();
        int[] dense =
                Arrays.stream(of).map(c -> Arrays.binarySearch(present, c)).toArray();
        LinearDiscriminant[] linear = Arrays.stream(SHRINKAGES)
                .mapToObj(shrinkage -> LinearDiscriminant.learn(table, dense, present.length, shrinkage))
                .toArray(LinearDiscriminant[]::new);
        ForestClassifier forest = ForestClassifier.learn(table, dense, present.length, FOREST.seed(seed), progress);
        return new ConditionFit(classes, present, forest, linear);
    }

    double[] byForest(double[] row) {
        return spread(forest.probabilities(row));
    }

    double[] byDiscriminant(int shrinkage, double[] row) {
        return spread(linear[shrinkage].probabilities(row));
    }

    double[] importance() {
        return forest.importance();
    }

    private double[] spread(double[] some) {
        double[] all = new double[classes];
        for (int k = 0; k < some.length; k++) {
            all[present[k]] = some[k];
        }
        return all;
    }
}
