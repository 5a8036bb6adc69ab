package org.uatwin.simulation.condition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a forest and a linear discriminant answer together, and with them the cycles next to one.
 *
 * @param forest its share, 0 to 1; the rest is the discriminant's.
 * @param shrinkage of the discriminant's covariance.
 * @param neighbours cycles before and after that have a say.
 * @param doubt what the logarithms are divided by, so that a probability of 90 % is right nine times of ten.
 */
public record ConditionBlend(double forest, double shrinkage, int neighbours, double doubt) {
    private static final double[] SHARES = {0.5, 0.3, 0.15}; // the first of equals is taken
    private static final int[] NEIGHBOURS = {1, 2};
    private static final double[] OTHER_SHARES = {0.5, 0.3, 0.15, 0.7, 0, 1};
    private static final int[] OTHER_NEIGHBOURS = {1, 2, 0, 3};
    private static final double[] DOUBTS = {0.5, 0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8};

    /** Answers for one cycle: a forest never says 0 or 1 as surely as a discriminant does. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Trial(int cycle, int fold, double[] forestLogs, double[][] discriminantLogs) {}

    static final Trial NONE = new Trial(0, 0, new double[0], new double[0][]);

    static Trial trial(ConditionFit fit, double[] row, int cycle, int fold) {
        double[][] discriminants = new double[ConditionFit.SHRINKAGES.length][];
        for (int s = 0; s < discriminants.length; s++) {
            discriminants[s] = logs(fit.byDiscriminant(s, row), 1, 1e-3);
        }
        return new Trial(cycle, fold, logs(fit.byForest(row), 2, 1e-2), discriminants);
    }

    private static double[] logs(double[] probabilities, double weight, double least) {
        return Arrays.stream(probabilities)
                .map(p -> weight * StrictMath.log(p + least))
                .toArray();
    }

    /**
     * The blend that told most of the trials rightly. Where both models and the neighbours have a say, chance rules the choice less: one
     * that does without must be better by two standard errors.
     *
     * @param of the true class of each.
     */
    static ConditionBlend best(List<Trial> trials, int[] of) {
        ConditionBlend best = best(trials, of, SHARES, NEIGHBOURS);
        ConditionBlend other = best(trials, of, OTHER_SHARES, OTHER_NEIGHBOURS);
        double accuracy = best.accuracy(trials, of);
        double error = Math.sqrt(accuracy * (1 - accuracy) / of.length);
        if (other.accuracy(trials, of) > accuracy + 2 * error) {
            best = other;
        }
        return best.doubting(trials, of);
    }

    private static ConditionBlend best(List<Trial> trials, int[] of, double[] shares, int[] neighbours) {
        ConditionBlend best = new ConditionBlend(shares[0], ConditionFit.SHRINKAGES[0], neighbours[0], 1);
        double most = -1;
        for (double share : shares) {
            for (int s = ConditionFit.SHRINKAGES.length - 1; s >= 0; s--) {
                for (int number : neighbours) {
                    ConditionBlend blend = new ConditionBlend(share, ConditionFit.SHRINKAGES[s], number, 1);
                    double accuracy = blend.accuracy(trials, of);
                    if (accuracy > most) {
                        most = accuracy;
                        best = blend;
                    }
                }
            }
        }
        return best;
    }

    /** The same with the doubt that makes the truth least surprising. */
    private ConditionBlend doubting(List<Trial> trials, int[] of) {
        double least = Double.POSITIVE_INFINITY;
        ConditionBlend doubting = this;
        for (double doubt : DOUBTS) {
            ConditionBlend blend = new ConditionBlend(forest, shrinkage, neighbours, doubt);
            List<double[]> probabilities = blend.probabilities(trials);
            double surprise = 0;
            for (int i = 0; i < of.length; i++) {
                surprise -= StrictMath.log(probabilities.get(i)[of[i]] + 1e-12);
            }
            if (surprise < least) {
                least = surprise;
                doubting = blend;
            }
        }
        return doubting;
    }

    double accuracy(List<Trial> trials, int[] of) {
        List<double[]> probabilities = probabilities(trials);
        int right = 0;
        for (int i = 0; i < of.length; i++) {
            right += mostLikely(probabilities.get(i)) == of[i] ? 1 : 0;
        }
        return (double) right / of.length;
    }

    static int mostLikely(double[] probabilities) {
        int best = 0;
        for (int k = 1; k < probabilities.length; k++) {
            best = probabilities[k] > probabilities[best] ? k : best;
        }
        return best;
    }

    /** @param trials in order of their cycles. */
    List<double[]> probabilities(List<Trial> trials) {
        int s = Arrays.binarySearch(ConditionFit.SHRINKAGES, shrinkage);
        List<double[]> all = new ArrayList<>(trials.size());
        for (int i = 0; i < trials.size(); i++) {
            Trial now = trials.get(i);
            double[] sums = new double[now.forestLogs().length];
            int number = 0;
            for (int j = Math.max(0, i - neighbours); j <= Math.min(trials.size() - 1, i + neighbours); j++) {
                Trial other = trials.get(j);
                if (other.fold() != now.fold() || Math.abs(other.cycle() - now.cycle()) > neighbours) {
                    continue;
                }
                number++;
                for (int k = 0; k < sums.length; k++) {
                    sums[k] += forest * other.forestLogs()[k] + (1 - forest) * other.discriminantLogs()[s][k];
                }
            }
            all.add(shares(sums, number * doubt));
        }
        return all;
    }

    private static double[] shares(double[] logs, double divisor) {
        double most = Arrays.stream(logs).max().orElse(0);
        double[] shares = Arrays.stream(logs)
                .map(log -> StrictMath.exp((log - most) / divisor))
                .toArray();
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }
}
