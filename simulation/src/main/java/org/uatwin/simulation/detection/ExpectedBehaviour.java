package org.uatwin.simulation.detection;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.learning.FeatureTable;
import org.uatwin.simulation.learning.LearningProgress;
import org.uatwin.simulation.learning.ResidualBands;

/**
 * What one point should be, from others at the same time, their recent means and, if moments are known, the calendar: a power
 * curve, the load of a building. Boosted trees and, with a calendar, a regression are mixed as does best on blocks of time
 * left out. Immutable, any thread.
 */
public final class ExpectedBehaviour {
    /** Share of truths the bounds are made to hold. */
    public static final double LEVEL = 0.9;

    private static final int FOLDS = 5;
    private static final int FEWEST = 100; // rows
    private static final double[] MIXES = {0, 0.25, 0.5, 0.75, 1};

    /**
     * One row's answer.
     *
     * @param lower and upper: bounds of what is usual.
     */
    public record Expectation(double value, double lower, double upper) {}

    /**
     * The rows that are known.
     *
     * @param times null if moments are not known.
     */
    @SuppressWarnings("ArrayRecordComponent") // lives while learning
    private record Rows(FeatureTable inputs, @Nullable List<LocalDateTime> times, double[] target) {
        Rows some(IntPredicate which) {
            int[] kept = IntStream.range(0, target.length).filter(which).toArray();
            List<LocalDateTime> moments = times;
            return new Rows(
                    inputs.rows(kept),
                    moments == null
                            ? null
                            : IntStream.of(kept).mapToObj(moments::get).toList(),
                    IntStream.of(kept).mapToDouble(i -> target[i]).toArray());
        }
    }

    private final ExpectationTrees trees;
    private final @Nullable CalendarRegression regression;
    private final double mix; // share of the regression
    private final ResidualBands bands;
    private final double error;

    private ExpectedBehaviour(
            ExpectationTrees trees,
            @Nullable CalendarRegression regression,
            double mix,
            ResidualBands bands,
            double error) {
        this.trees = trees;
        this.regression = regression;
        this.mix = mix;
        this.bands = bands;
        this.error = error;
    }

    /**
     * @param inputs the other points, in order of time; NaN where one is missing.
     * @param times of the rows, local; null if they are not known.
     * @param target one number a row; rows where it is NaN are passed over.
     * @throws IllegalArgumentException if fewer than 100 rows have a target.
     * @throws CancellationException if the progress says so.
     */
    public static ExpectedBehaviour learn(
            FeatureTable inputs,
            @Nullable List<LocalDateTime> times,
            double[] target,
            long seed,
            LearningProgress progress) {
        FeatureTable recent = ExpectationTrees.features(inputs, times);
        IntPredicate isKnown = i -> Double.isFinite(target[i]);
        Rows trained = new Rows(recent, times, target).some(isKnown);
        Rows plain = new Rows(inputs, times, target).some(isKnown);
        int n = trained.target().length;
        if (n < FEWEST) {
            throw new IllegalArgumentException(
                    "%d rows with a target are too few to learn from, %d are the least".formatted(n, FEWEST));
        }
        double[] byTrees = new double[n];
        double[] byRegression = new double[n];
        for (int fold = 0; fold < FOLDS; fold++) {
            // blocks of time, not single rows: neighbours in time know each other's answer
            int from = (int) ((long) n * fold / FOLDS);
            int to = (int) ((long) n * (fold + 1) / FOLDS);
            IntPredicate isLeft = i -> i >= from && i < to;
            Rows kept = trained.some(isLeft.negate());
            ExpectationTrees some = ExpectationTrees.learn(
                    kept.inputs(),
                    kept.target(),
                    seed,
                    progress.part(fold / (FOLDS + 1.0), (fold + 1) / (FOLDS + 1.0)));
            double[] left = some.predict(trained.some(isLeft).inputs());
            System.arraycopy(left, 0, byTrees, from, left.length);
            CalendarRegression regression = regression(plain.some(isLeft.negate()));
            if (regression != null) {
                left = predict(regression, plain.some(isLeft));
                System.arraycopy(left, 0, byRegression, from, left.length);
            }
        }
        double mix = times == null ? 0 : mix(byTrees, byRegression, plain.target());
        ExpectationTrees trees = ExpectationTrees.learn(
                trained.inputs(), trained.target(), seed, progress.part(FOLDS / (FOLDS + 1.0), 1));
        List<ResidualBands.Trial> trials = IntStream.range(0, n)
                .mapToObj(
                        i -> new ResidualBands.Trial((1 - mix) * byTrees[i] + mix * byRegression[i], plain.target()[i]))
                .toList();
        double error = Math.sqrt(squares(byTrees, byRegression, plain.target(), mix) / n);
        return new ExpectedBehaviour(trees, regression(plain), mix, new ResidualBands(trials, LEVEL), error);
    }

    private static @Nullable CalendarRegression regression(Rows rows) {
        return rows.times() == null ? null : CalendarRegression.learn(rows.inputs(), rows.times(), rows.target());
    }

    private static double[] predict(CalendarRegression regression, Rows rows) {
        return rows.times() == null
                ? new double[rows.target().length]
                : regression.predict(rows.inputs(), rows.times());
    }

    private static double mix(double[] trees, double[] regression, double[] truth) {
        return Arrays.stream(MIXES)
                .boxed()
                .min((a, b) ->
                        Double.compare(squares(trees, regression, truth, a), squares(trees, regression, truth, b)))
                .orElse(0.0);
    }

    private static double squares(double[] trees, double[] regression, double[] truth, double mix) {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            double d = (1 - mix) * trees[i] + mix * regression[i] - truth[i];
            sum += d * d;
        }
        return sum;
    }

    /**
     * Of each row, in order of time, with the columns it was learned with.
     *
     * @throws IllegalArgumentException if the columns are others.
     */
    public List<Expectation> of(FeatureTable inputs, @Nullable List<LocalDateTime> times) {
        double[] values = trees.predict(ExpectationTrees.features(inputs, times));
        if (regression != null && times != null && mix > 0) {
            double[] other = regression.predict(inputs, times);
            for (int i = 0; i < values.length; i++) {
                values[i] += mix * (other[i] - values[i]);
            }
        }
        List<Expectation> all = new ArrayList<>(values.length);
        for (double value : values) {
            ResidualBands.Bounds bounds = bands.around(value);
            all.add(new Expectation(value, bounds.lower(), bounds.upper()));
        }
        return all;
    }

    /** Root of the mean squared error on blocks of time left out, in units of the target. */
    public double error() {
        return error;
    }

    /** Share of the regression by calendar in the answer; the rest are trees. */
    public double calendarShare() {
        return mix;
    }
}
