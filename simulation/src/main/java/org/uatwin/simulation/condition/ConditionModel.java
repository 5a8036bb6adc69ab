package org.uatwin.simulation.condition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.uatwin.simulation.learning.FeatureTable;
import org.uatwin.simulation.learning.LearningProgress;

/**
 * The condition of one component, learned from cycles whose condition is known: a forest and linear discriminants, mixed and
 * averaged over neighbouring cycles as did best on stretches of cycles left out. Immutable.
 */
public final class ConditionModel {
    private static final int FOLDS = 5;
    private static final int STRETCHES = 50; // of neighbouring cycles, left out as a whole

    /**
     * What the cycles of a component were found to be.
     *
     * @param condition one of {@link #conditions}, the most likely.
     * @param probabilities of each, in the order of {@link #conditions}.
     */
    public record Verdict(String condition, List<Double> probabilities) {
        public Verdict {
            probabilities = List.copyOf(probabilities);
        }
    }

    private final List<String> conditions;
    private final List<String> features;
    private final ConditionFit fit;
    private final ConditionBlend blend;
    private final double accuracy;

    private ConditionModel(
            List<String> conditions, List<String> features, ConditionFit fit, ConditionBlend blend, double accuracy) {
        this.conditions = conditions;
        this.features = features;
        this.fit = fit;
        this.blend = blend;
        this.accuracy = accuracy;
    }

    /**
     * @param labels the condition in each cycle of the records.
     * @throws IllegalArgumentException if there are not two conditions of two cycles each, or not as many labels as cycles.
     * @throws CancellationException if the progress says so.
     */
    public static ConditionModel learn(
            CycleRecords records, List<String> labels, long seed, LearningProgress progress) {
        return learn(CycleFeatures.of(records), records.cycles(), labels, seed, progress);
    }

    private static ConditionModel learn(
            FeatureTable table, List<Integer> cycles, List<String> labels, long seed, LearningProgress progress) {
        if (labels.size() != cycles.size()) {
            throw new IllegalArgumentException("%d labels of %d cycles".formatted(labels.size(), cycles.size()));
        }
        List<String> conditions = conditions(labels);
        int[] of = labels.stream().mapToInt(conditions::indexOf).toArray();
        int[] fold = folds(of.length, seed);
        List<ConditionBlend.Trial> trials = new ArrayList<>(Collections.nCopies(of.length, ConditionBlend.NONE));
        for (int f = 0; f < FOLDS; f++) {
            int now = f;
            int[] kept =
                    IntStream.range(0, of.length).filter(i -> fold[i] != now).toArray();
            int[] keptOf = IntStream.of(kept).map(i -> of[i]).toArray();
            LearningProgress part = progress.part(f / (FOLDS + 1.0), (f + 1) / (FOLDS + 1.0));
            if (IntStream.of(keptOf).distinct().count() < 2) {
                throw new IllegalArgumentException(
                        "all cycles of one condition lie together: without them only one is left");
            }
            ConditionFit some = ConditionFit.learn(table.rows(kept), keptOf, conditions.size(), seed, part);
            for (int i = 0; i < of.length; i++) {
                if (fold[i] == f) {
                    trials.set(i, ConditionBlend.trial(some, table.row(i), cycles.get(i), f));
                }
            }
        }
        ConditionBlend blend = ConditionBlend.best(trials, of);
        ConditionFit all =
                ConditionFit.learn(table, of, conditions.size(), seed, progress.part(FOLDS / (FOLDS + 1.0), 1));
        return new ConditionModel(conditions, table.names(), all, blend, blend.accuracy(trials, of));
    }

    /** Numbers by size, texts by alphabet. */
    private static List<String> conditions(List<String> labels) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        labels.forEach(label -> counts.merge(label, 1, Integer::sum));
        if (counts.size() < 2) {
            throw new IllegalArgumentException("all cycles are '%s': there is nothing to tell apart"
                    .formatted(labels.isEmpty() ? "" : labels.get(0)));
        }
        counts.forEach((label, count) -> {
            if (count < 2) {
                throw new IllegalArgumentException("only one cycle is '%s', two are the least".formatted(label));
            }
        });
        List<String> all = new ArrayList<>(counts.keySet());
        Comparator<String> order = Comparator.naturalOrder();
        if (all.stream().allMatch(label -> label.matches("[+-]?\\d+(\\.\\d+)?"))) {
            order = Comparator.comparingDouble(Double::parseDouble);
        }
        all.sort(order);
        return List.copyOf(all);
    }

    /** Neighbouring cycles know each other's condition, so they are left out together. */
    private static int[] folds(int n, long seed) {
        int length = Math.max(1, (n + STRETCHES - 1) / STRETCHES);
        int count = (n + length - 1) / length;
        int[] order = IntStream.range(0, count).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = count - 1; i > 0; i--) { // Fisher and Yates' shuffle
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return IntStream.range(0, n).map(i -> order[i / length] % FOLDS).toArray();
    }

    /**
     * Of every cycle of the records.
     *
     * @throws IllegalArgumentException if the channels, or their numbers of samples, are not those it was learned with.
     */
    public List<Verdict> of(CycleRecords records) {
        FeatureTable table = CycleFeatures.of(records);
        if (!table.names().equals(features)) {
            throw new IllegalArgumentException(
                    "these are not the channels it was learned with, or their samples are fewer");
        }
        List<ConditionBlend.Trial> trials = new ArrayList<>();
        for (int i = 0; i < table.rows(); i++) {
            trials.add(ConditionBlend.trial(fit, table.row(i), records.cycles().get(i), 0));
        }
        return blend.probabilities(trials).stream()
                .map(p -> new Verdict(
                        conditions.get(ConditionBlend.mostLikely(p)),
                        IntStream.range(0, p.length).mapToObj(k -> p[k]).toList()))
                .toList();
    }

    public List<String> conditions() {
        return conditions;
    }

    /** Share of the cycles that were told rightly while their stretch was left out; a little flattered by the choice of the mix. */
    public double accuracy() {
        return accuracy;
    }

    /** How the parts are mixed. */
    public ConditionBlend blend() {
        return blend;
    }

    /** The features the forest asks most, each with its share of all questions. */
    public Map<String, Double> mostAsked(int number) {
        return top(features, fit.importance(), number);
    }

    /** The same by channel. */
    public Map<String, Double> mostAskedChannels(int number) {
        Map<String, Double> sums = new LinkedHashMap<>();
        double[] importance = fit.importance();
        for (int c = 0; c < importance.length; c++) {
            String name = features.get(c);
            sums.merge(name.substring(0, name.lastIndexOf('.')), importance[c], Double::sum);
        }
        List<String> names = List.copyOf(sums.keySet());
        return top(names, names.stream().mapToDouble(sums::get).toArray(), number);
    }

    private static Map<String, Double> top(List<String> names, double[] shares, int number) {
        Map<String, Double> top = new LinkedHashMap<>();
        IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer c) -> -shares[c]))
                .limit(number)
                .forEach(c -> top.put(names.get(c), shares[c]));
        return top;
    }
}
