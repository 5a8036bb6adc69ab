package org.uatwin.simulation.prognosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.uatwin.informationmodel.type.Text;

/**
 * Remaining life by histories that looked alike: the last stretch of a health indicator is laid over every place of every history that ran
 * to failure, and what these had left from there on, weighted by likeness, is the answer (trajectory similarity; Wang, Yu, Siegel and Lee
 * 2008). Immutable, any thread.
 */
public final class SimilarityPrognosis {
    private static final int FEWEST = 5; // histories
    private static final int LONGEST = 60; // values that are compared
    private static final int SHORTEST = 10;
    private static final double LEAST_WIDTH = 0.5; // of the scatter: no two histories are more alike than that
    private static final double FAR = 3; // scatters: what is nearer is alike

    private final List<double[]> histories;
    private final double hoursPerValue;
    private final double scatter;

    private SimilarityPrognosis(List<double[]> histories, double hoursPerValue, double scatter) {
        this.histories = histories;
        this.hoursPerValue = hoursPerValue;
        this.scatter = scatter;
    }

    /**
     * Of histories of one health indicator, each to its failure at the last value.
     *
     * @param hoursPerValue time from one value to the next.
     * @throws IllegalArgumentException if there are fewer than 5 of at least 10 values.
     */
    public static SimilarityPrognosis of(List<double[]> histories, double hoursPerValue) {
        List<double[]> kept = histories.stream()
                .filter(h -> h.length >= SHORTEST)
                .map(double[]::clone)
                .toList();
        if (kept.size() < FEWEST) {
            throw new IllegalArgumentException(
                    "%d histories of at least %d values; at least %d are needed.\n  Fix: give more runs to failure."
                            .formatted(kept.size(), SHORTEST, FEWEST));
        }
        return new SimilarityPrognosis(kept, hoursPerValue, scatter(kept));
    }

    /**
     * The health indicator of units with several sensors under changing conditions, learned as for {@link RulModel}, and its histories.
     *
     * @param cap remaining life beyond which units are not told apart, cycles.
     */
    public static Fleet learn(List<UnitHistory> fleet, double cap, double hoursPerCycle) {
        DegradationFeatures features = DegradationFeatures.learn(fleet, cap);
        List<double[]> histories = fleet.stream().map(features::health).toList();
        return new Fleet(features, of(histories, hoursPerCycle));
    }

    /** Histories of a fleet with what makes an indicator of its sensors. Immutable. */
    public static final class Fleet {
        private final DegradationFeatures features;
        private final SimilarityPrognosis similar;

        private Fleet(DegradationFeatures features, SimilarityPrognosis similar) {
            this.features = features;
            this.similar = similar;
        }

        /** Of a unit at its last cycle. */
        public MethodForecast forecast(UnitHistory unit) {
            return similar.forecast(features.health(unit));
        }
    }

    /** Standard deviation of a value about its neighbours, over all histories. */
    private static double scatter(List<double[]> histories) {
        double sum = 0;
        int count = 0;
        for (double[] h : histories) {
            for (int i = 1; i + 1 < h.length; i++) {
                double rest = h[i] - 0.5 * (h[i - 1] + h[i + 1]); // variance 1.5 times that of a value
                sum += rest * rest / 1.5;
                count++;
            }
        }
        return Math.max(1e-12, Math.sqrt(sum / Math.max(1, count)));
    }

    /** The place of a history at which it looks most like the asset now. */
    private record Match(double left, double distance) {}

    /**
     * Of an asset.
     *
     * @param soFar its indicator, oldest first, at least 10 values.
     * @throws IllegalArgumentException if there are fewer.
     */
    public MethodForecast forecast(double[] soFar) {
        if (soFar.length < SHORTEST) {
            throw new IllegalArgumentException(
                    "%d values; a history is compared over %d at least".formatted(soFar.length, SHORTEST));
        }
        int length = Math.min(LONGEST, soFar.length);
        double[] recent = Arrays.copyOfRange(soFar, soFar.length - length, soFar.length);
        List<Match> matches = new ArrayList<>();
        for (double[] history : histories) {
            for (int end = SHORTEST; end <= history.length; end++) {
                double distance = distance(recent, history, end);
                if (Double.isFinite(distance)) {
                    matches.add(new Match(history.length - (double) end, distance));
                }
            }
        }
        matches.sort(Comparator.comparingDouble(Match::distance));
        double nearest = matches.get(0).distance();
        double width = Math.max(LEAST_WIDTH * scatter, nearest) / Math.sqrt(Math.min(length, 10));
        double[] weights = new double[matches.size()];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double d = (matches.get(i).distance() - nearest) / width;
            weights[i] = StrictMath.exp(-0.5 * d * d);
            sum += weights[i];
        }
        boolean isStrange = nearest > FAR * scatter;
        String en = String.format(
                Locale.ROOT,
                "%d histories; the nearest differs by %.1f times their scatter",
                histories.size(),
                nearest / scatter);
        String de = String.format(
                Locale.ROOT,
                "%d Verläufe; der nächste unterscheidet sich um das %.1ffache ihrer Streuung",
                histories.size(),
                nearest / scatter);
        return new MethodForecast(
                PrognosisMethod.SIMILARITY,
                life(matches, weights, sum),
                List.of(),
                1 / (1 + nearest * nearest / (FAR * FAR * scatter * scatter)),
                isStrange,
                new Text(Map.of("en", en, "de", de)));
    }

    /** Root mean square of the differences, the latest values counting most. */
    private static double distance(double[] recent, double[] history, int end) {
        int length = Math.min(recent.length, end);
        double sum = 0;
        double weights = 0;
        for (int i = 1; i <= length; i++) {
            double weight = 1 - 0.5 * i / recent.length;
            double d = recent[recent.length - i] - history[end - i];
            sum += weight * d * d;
            weights += weight;
        }
        return Math.sqrt(sum / weights);
    }

    private LifeDistribution life(List<Match> matches, double[] weights, double sum) {
        Integer[] order = new Integer[weights.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order, Comparator.comparingDouble((Integer i) -> matches.get(i).left()));
        int longest = histories.stream().mapToInt(h -> h.length).max().orElseThrow();
        double[] t = new double[longest];
        double[] p = new double[longest];
        double below = 0;
        int at = 0;
        for (int k = 0; k < longest; k++) {
            while (at < order.length && matches.get(order[at]).left() <= k) {
                below += weights[order[at++]];
            }
            t[k] = (k + 0.5) * hoursPerValue;
            p[k] = Math.min(1, below / sum);
        }
        return LifeDistribution.of(t, p);
    }
}
