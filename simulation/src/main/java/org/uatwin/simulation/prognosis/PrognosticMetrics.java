package org.uatwin.simulation.prognosis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How good predictions were once the truth is known. Definitions of Saxena, Celaya, Saha, Saha and Goebel, "Metrics for offline evaluation
 * of prognostic performance", Int. J. Prognostics and Health Management 1, 2010, where no other source is named; times in any unit.
 */
public final class PrognosticMetrics {
    private PrognosticMetrics() {}

    /** 1 - |truth - mean| / truth of the time of the end; 1 is perfect, below 0 is off by more than all of it. */
    public static double relativeAccuracy(TimedPrediction prediction, double truth) {
        return 1 - Math.abs(truth - prediction.mean()) / truth;
    }

    /** Mean of the relative accuracies. */
    public static double cumulativeRelativeAccuracy(List<TimedPrediction> predictions, double truth) {
        return predictions.stream()
                .mapToDouble(p -> relativeAccuracy(p, truth))
                .average()
                .orElseThrow(() -> new IllegalArgumentException("no prediction"));
    }

    /**
     * How long before the end predictions begin to be right: the end less the time of the first whose mean is off by less than the tolerance. Empty if none
     * is before the end.
     */
    public static OptionalDouble prognosticHorizon(List<TimedPrediction> predictions, double truth, double tolerance) {
        OptionalDouble first = predictions.stream()
                .filter(p -> p.time() <= truth && Math.abs(truth - p.mean()) < tolerance)
                .mapToDouble(TimedPrediction::time)
                .min();
        return first.isPresent() ? OptionalDouble.of(truth - first.getAsDouble()) : first;
    }

    /**
     * Whether at a share of life at least beta of the remaining lives drawn are within alpha of the true one. The last prediction up to that time counts.
     *
     * @param begin when predictions could begin.
     * @param lambda share of what then was left of life, 0..1.
     * @param alpha of the true remaining life, such as 0.2.
     * @param beta share of the draws, such as 0.5.
     * @throws IllegalArgumentException if no prediction was made by then.
     */
    public static boolean alphaLambda(
            List<TimedPrediction> predictions, double truth, double begin, double lambda, double alpha, double beta) {
        double when = begin + lambda * (truth - begin);
        TimedPrediction prediction = predictions.stream()
                .filter(p -> p.time() <= when)
                .max(Comparator.comparingDouble(TimedPrediction::time))
                .orElseThrow(() -> new IllegalArgumentException("no prediction until " + when));
        double left = truth - prediction.time();
        long inside = Arrays.stream(prediction.ends())
                .filter(end -> Math.abs(end - truth) <= alpha * left)
                .count();
        return inside >= beta * prediction.ends().length;
    }

    /**
     * How fast the error of the mean falls: distance of the centroid of the area below its curve from the time of the first prediction. Small is
     * fast.
     */
    public static double convergence(List<TimedPrediction> predictions, double truth) {
        List<TimedPrediction> sorted = predictions.stream()
                .sorted(Comparator.comparingDouble(TimedPrediction::time))
                .toList();
        double area = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i + 1 < sorted.size(); i++) {
            double a = sorted.get(i).time();
            double b = sorted.get(i + 1).time();
            double error = Math.abs(truth - sorted.get(i).mean());
            area += (b - a) * error;
            first += 0.5 * (b * b - a * a) * error;
            second += 0.5 * (b - a) * error * error;
        }
        return area == 0 ? 0 : StrictMath.hypot(first / area - sorted.get(0).time(), second / area);
    }

    /** |rises - falls| / (n - 1) of a series (Coble and Hines 2009): 1 goes one way only, 0 goes nowhere. */
    public static double monotonicity(double[] series) {
        int rises = 0;
        int falls = 0;
        for (int i = 1; i < series.length; i++) {
            rises += series[i] > series[i - 1] ? 1 : 0;
            falls += series[i] < series[i - 1] ? 1 : 0;
        }
        return series.length < 2 ? 0 : Math.abs((double) rises - falls) / (series.length - 1);
    }

    /**
     * Sum over units of exp(-d/13) - 1 for early and exp(d/10) - 1 for late predictions, d = predicted - true cycles (Saxena, Goebel, Simon and
     * Eklund 2008). 0 is perfect; late is worse.
     */
    public static double score(double[] predicted, double[] truth) {
        double sum = 0;
        for (int i = 0; i < predicted.length; i++) {
            double d = predicted[i] - truth[i];
            sum += StrictMath.exp(d < 0 ? -d / 13 : d / 10) - 1;
        }
        return sum;
    }

    /** Share of truths inside their intervals, bounds included (PICP). */
    public static double coverage(double[] lower, double[] upper, double[] truth) {
        int inside = 0;
        for (int i = 0; i < truth.length; i++) {
            inside += truth[i] >= lower[i] && truth[i] <= upper[i] ? 1 : 0;
        }
        return (double) inside / truth.length;
    }

    /** Mean width of intervals. */
    public static double meanWidth(double[] lower, double[] upper) {
        double sum = 0;
        for (int i = 0; i < lower.length; i++) {
            sum += upper[i] - lower[i];
        }
        return sum / lower.length;
    }

    /** Continuous ranked probability score of draws: E|X - truth| - E|X - X'| / 2 (Gneiting and Raftery 2007, equation 21). */
    public static double crps(double[] draws, double truth) {
        double[] sorted = draws.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double error = 0;
        double spread = 0; // sum over pairs of their distance
        for (int i = 0; i < n; i++) {
            error += Math.abs(sorted[i] - truth);
            spread += (2.0 * i - n + 1) * sorted[i];
        }
        return error / n - spread / ((double) n * n);
    }
}
