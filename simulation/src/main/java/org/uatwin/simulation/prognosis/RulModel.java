package org.uatwin.simulation.prognosis;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.uatwin.simulation.learning.BoostedTrees;
import org.uatwin.simulation.learning.FeatureTable;
import org.uatwin.simulation.learning.LearningProgress;
import org.uatwin.simulation.learning.Loss;
import org.uatwin.simulation.learning.ResidualBands;

/**
 * Remaining useful life learned from units that ran to failure: boosted trees over windows of condition indicators normalised
 * by operating regime, and intervals from units left out. One configuration for any number of conditions and failure modes.
 * Immutable, any thread.
 */
public final class RulModel {
    /** Life beyond this many cycles is not told apart (Heimes 2008). */
    public static final double DEFAULT_CAP = 125;

    /** Share of truths the interval is made to cover. */
    public static final double LEVEL = 0.8;

    private static final int FOLDS = 5;
    private static final int FEWEST_UNITS = 10;
    private static final int EVERY = 3; // cycles of a left-out unit that are predicted
    private static final BoostedTrees.Settings TREES = BoostedTrees.Settings.of(new Loss.Squared())
            .rounds(600)
            .leaves(15)
            .rate(0.03)
            .shares(0.5, 0.3);

    private final DegradationFeatures features;
    private final BoostedTrees trees;
    private final ResidualBands bands;
    private final double cap;
    private final double error;

    private RulModel(DegradationFeatures features, BoostedTrees trees, ResidualBands bands, double cap, double error) {
        this.features = features;
        this.trees = trees;
        this.bands = bands;
        this.cap = cap;
        this.error = error;
    }

    /**
     * Learns; some seconds for 100 units of 200 cycles.
     *
     * @param fleet ran to failure in their last cycle.
     * @param cap cycles, above 0.
     * @param seed of all draws: the same gives the same model.
     * @throws IllegalArgumentException if there are fewer than 10 units, or the cap is not above 0.
     * @throws CancellationException if the progress says so.
     */
    public static RulModel learn(List<UnitHistory> fleet, double cap, long seed, LearningProgress progress) {
        if (fleet.size() < FEWEST_UNITS) {
            throw new IllegalArgumentException(
                    "%d units ran to failure; fewer than %d tell too little about the next.\n  Fix: give more histories."
                            .formatted(fleet.size(), FEWEST_UNITS));
        }
        if (!(cap > 0)) {
            throw new IllegalArgumentException("cap %s is not above 0".formatted(cap));
        }
        List<ResidualBands.Trial> trials = new ArrayList<>();
        List<UnitHistory> order = shuffled(fleet, seed);
        for (int fold = 0; fold < FOLDS; fold++) {
            double from = (double) fold / (FOLDS + 1);
            leaveOut(order, fold, cap, seed, progress.part(from, from + 1.0 / (FOLDS + 1)), trials);
        }
        DegradationFeatures features = DegradationFeatures.learn(fleet, cap);
        BoostedTrees trees = trees(features, fleet, cap, seed, progress.part((double) FOLDS / (FOLDS + 1), 1));
        double squares = 0;
        for (ResidualBands.Trial trial : trials) {
            double d = trial.predicted() - Math.min(cap, trial.truth());
            squares += d * d;
        }
        double error = Math.sqrt(squares / trials.size());
        return new RulModel(features, trees, new ResidualBands(trials, LEVEL), cap, error);
    }

    private static List<UnitHistory> shuffled(List<UnitHistory> fleet, long seed) {
        List<UnitHistory> order = new ArrayList<>(fleet);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = order.size() - 1; i > 0; i--) {
            java.util.Collections.swap(order, i, random.nextInt(i + 1));
        }
        return order;
    }

    private static void leaveOut(
            List<UnitHistory> order,
            int fold,
            double cap,
            long seed,
            LearningProgress progress,
            List<ResidualBands.Trial> trials) {
        List<UnitHistory> kept = new ArrayList<>();
        List<UnitHistory> left = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            (i % FOLDS == fold ? left : kept).add(order.get(i));
        }
        DegradationFeatures features = DegradationFeatures.learn(kept, cap);
        BoostedTrees trees = trees(features, kept, cap, seed, progress);
        for (UnitHistory unit : left) {
            FeatureTable table = features.of(List.of(unit));
            for (int t = Math.min(30, unit.cycles() - 1); t < unit.cycles(); t += EVERY) {
                double predicted = Math.max(0, Math.min(cap, trees.predict(table.row(t))));
                trials.add(new ResidualBands.Trial(predicted, unit.cycles() - 1.0 - t));
            }
        }
    }

    private static BoostedTrees trees(
            DegradationFeatures features, List<UnitHistory> fleet, double cap, long seed, LearningProgress progress) {
        double[] target =
                new double[fleet.stream().mapToInt(UnitHistory::cycles).sum()];
        int row = 0;
        for (UnitHistory unit : fleet) {
            for (int t = 0; t < unit.cycles(); t++) {
                target[row++] = Math.min(cap, unit.cycles() - 1.0 - t);
            }
        }
        return BoostedTrees.learn(features.of(fleet), target, TREES.seed(seed), progress);
    }

    /** Of a unit at its last cycle. */
    public RulForecast predict(UnitHistory unit) {
        FeatureTable table = features.of(List.of(unit));
        double predicted = Math.max(0, Math.min(cap, trees.predict(table.row(unit.cycles() - 1))));
        ResidualBands.Bounds bounds = bands.around(predicted);
        return new RulForecast(unit.unit(), predicted, Math.max(0, bounds.lower()), bounds.upper());
    }

    /** The features the trees ask most, as texts; says what the model goes by. */
    public List<String> mostAsked(int number) {
        double[] shares = trees.importance();
        List<String> names = trees.names();
        return java.util.stream.IntStream.range(0, shares.length)
                .boxed()
                .sorted((a, b) -> Double.compare(shares[b], shares[a]))
                .limit(number)
                .map(i -> "%s (%.1f %%)".formatted(names.get(i), 100 * shares[i]))
                .toList();
    }

    /** Operating regimes that were found. */
    public int regimes() {
        return features.regimes();
    }

    /** Root of the mean squared error on units left out, in cycles, of lives up to the cap. */
    public double error() {
        return error;
    }
}
