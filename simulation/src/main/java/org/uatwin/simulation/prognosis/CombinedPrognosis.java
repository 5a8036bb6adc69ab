package org.uatwin.simulation.prognosis;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.uatwin.informationmodel.type.Text;

/**
 * Joins what several methods say into one answer. Those about the same failure mode are joined as a mixture of their distributions (linear opinion pool; Stone 1961), with weights that
 * the past of each method on this asset earns, as the inverse of how far off it was (CRPS). A method without a past has the weight of its
 * rank: physics of the own asset before its trend, before others that look alike. Forecasts of different failure modes compete: the first
 * one ends the life, and a weight is then that within its mode times the probability that this mode comes first. Owned by one thread.
 */
public final class CombinedPrognosis {
    private static final double PRIOR_OUTCOMES = 5;
    private static final double PRIOR_SCORE = 0.2; // CRPS over the truth of a method one knows nothing of

    private final double level;
    private final Map<PrognosisMethod, CoverageTracker> past = new EnumMap<>(PrognosisMethod.class);

    /** @param level confidence level of the answers, 0..1. */
    public CombinedPrognosis(double level) {
        this.level = level;
        for (PrognosisMethod method : PrognosisMethod.values()) {
            past.put(method, new CoverageTracker(level));
        }
    }

    /** The past of one method on this asset. */
    public CoverageTracker past(PrognosisMethod method) {
        return Objects.requireNonNull(past.get(method)); // every one is there
    }

    /** Confidence level of the answers. */
    public double level() {
        return level;
    }

    /**
     * An asset failed: what a method had said of it becomes an outcome.
     *
     * @param said what it said.
     * @param hours that then passed until the failure.
     */
    public void failed(MethodForecast said, double hours) {
        LifeDistribution life = said.life();
        double end = life.horizonHours();
        CoverageTracker tracker = past(said.method());
        tracker.outcome(
                Math.min(end, life.quantile(0.5 - 0.5 * level)),
                Math.min(end, life.quantile(0.5)),
                Math.min(end, life.quantile(0.5 + 0.5 * level)),
                Math.min(end, hours));
        tracker.score(life.crps(hours) / Math.max(1, hours));
    }

    /**
     * The answer.
     *
     * @param forecasts of the methods that have one.
     * @param otherwise why there is none if there is no forecast.
     */
    public PrognosisAnswer answer(
            List<MethodForecast> forecasts, double dataAgeSeconds, String modelVersion, Text otherwise) {
        if (forecasts.isEmpty()) {
            return new PrognosisAnswer.NotYet(otherwise);
        }
        List<Group> groups = groups(forecasts);
        double[] first = shares(groups);
        List<MethodForecast> ordered = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (int g = 0; g < first.length; g++) {
            for (int i = 0; i < groups.get(g).weights.length; i++) {
                ordered.add(groups.get(g).forecasts.get(i));
                weights.add(first[g] * groups.get(g).weights[i]);
            }
        }
        double fit = 0;
        boolean hasFit = true;
        boolean isExtrapolated = false;
        for (int i = 0; i < ordered.size(); i++) {
            MethodForecast each = ordered.get(i);
            hasFit &= each.fit() >= 0;
            fit += weights.get(i) * each.fit();
            isExtrapolated |= each.extrapolated() && weights.get(i) > 0.1;
        }
        return new PrognosisAnswer.Known(new Prognosis(
                groups.size() == 1
                        ? groups.get(0).life
                        : LifeDistribution.first(
                                groups.stream().map(group -> group.life).toList()),
                level,
                modes(groups, first),
                dataAgeSeconds,
                modelVersion,
                hasFit ? Math.max(0, Math.min(1, fit)) : -1,
                isExtrapolated,
                methods(ordered, weights),
                reason(ordered, weights, groups.size() > 1)));
    }

    /** Forecasts about the same end of the life, and what they say together. */
    private static final class Group {
        final List<MethodForecast> forecasts;
        final double[] weights;
        final LifeDistribution life;

        Group(List<MethodForecast> forecasts, double[] weights, LifeDistribution life) {
            this.forecasts = forecasts;
            this.weights = weights;
            this.life = life;
        }

        static boolean isSame(List<MethodForecast> group, MethodForecast other) {
            String mode = group.stream()
                    .map(MethodForecast::dominantMode)
                    .filter(name -> !name.isEmpty())
                    .findFirst()
                    .orElse("");
            return mode.isEmpty() || other.dominantMode().isEmpty() || mode.equals(other.dominantMode());
        }
    }

    private List<Group> groups(List<MethodForecast> forecasts) {
        List<List<MethodForecast>> found = new ArrayList<>();
        for (MethodForecast each : forecasts) {
            found.stream()
                    .filter(group -> Group.isSame(group, each))
                    .findFirst()
                    .orElseGet(() -> {
                        List<MethodForecast> other = new ArrayList<>();
                        found.add(other);
                        return other;
                    })
                    .add(each);
        }
        List<Group> groups = new ArrayList<>();
        for (List<MethodForecast> group : found) {
            double[] weights = weights(group);
            List<LifeDistribution> lives = new ArrayList<>();
            group.forEach(
                    each -> lives.add(each.life().widened(past(each.method()).widening())));
            groups.add(new Group(group, weights, LifeDistribution.mixture(lives, weights)));
        }
        return groups;
    }

    /** Of each group the probability that its end comes first; they add up to 1. */
    private static double[] shares(List<Group> groups) {
        double[] shares = groups.size() == 1
                ? new double[] {1}
                : LifeDistribution.firstShares(
                        groups.stream().map(group -> group.life).toList());
        double sum = Arrays.stream(shares).sum();
        for (int g = 0; g < shares.length; g++) {
            shares[g] = sum > 0 ? shares[g] / sum : 1.0 / shares.length; // none ends before the horizon
        }
        return shares;
    }

    private List<MethodWeight> methods(List<MethodForecast> forecasts, List<Double> weights) {
        Map<PrognosisMethod, MethodWeight> methods = new EnumMap<>(PrognosisMethod.class);
        for (int i = 0; i < forecasts.size(); i++) {
            MethodForecast each = forecasts.get(i);
            CoverageTracker tracker = past(each.method());
            MethodWeight own = new MethodWeight(
                    each.method(), weights.get(i), each.life().quantile(0.5), tracker.coverage(), tracker.outcomes());
            methods.merge(each.method(), own, MethodWeight::and);
        }
        return methods.values().stream()
                .sorted(Comparator.comparingDouble(MethodWeight::weight).reversed())
                .toList();
    }

    private double[] weights(List<MethodForecast> forecasts) {
        double[] weights = new double[forecasts.size()];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            MethodForecast each = forecasts.get(i);
            CoverageTracker tracker = past(each.method());
            int n = tracker.outcomes();
            double seen = n == 0 ? 0 : n * tracker.meanScore();
            double score = (PRIOR_OUTCOMES * PRIOR_SCORE + seen) / (PRIOR_OUTCOMES + n);
            weights[i] = each.method().rank() / (score * score) * (each.extrapolated() ? 0.5 : 1);
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    private static List<ModeShare> modes(List<Group> groups, double[] first) {
        Map<String, double[]> joined = new HashMap<>(); // share, median
        for (int g = 0; g < first.length; g++) {
            Group group = groups.get(g);
            for (int i = 0; i < group.weights.length; i++) {
                for (ModeShare mode : group.forecasts.get(i).modes()) {
                    double[] all =
                            joined.computeIfAbsent(mode.mode(), name -> new double[] {0, Double.POSITIVE_INFINITY});
                    all[0] += first[g] * group.weights[i] * mode.share();
                    all[1] = Math.min(all[1], mode.medianHours());
                }
            }
        }
        List<ModeShare> modes = new ArrayList<>();
        joined.forEach((name, all) -> modes.add(new ModeShare(name, Math.min(1, all[0]), all[1])));
        modes.sort(Comparator.comparingDouble(ModeShare::share)
                .reversed()
                .thenComparingDouble(ModeShare::medianHours)
                .thenComparing(ModeShare::mode));
        return modes;
    }

    private static Text reason(List<MethodForecast> forecasts, List<Double> weights, boolean isFirstOfSeveral) {
        Map<String, String> texts = new HashMap<>();
        for (String locale : List.of("en", "de")) {
            StringBuilder text = new StringBuilder();
            if (isFirstOfSeveral) {
                text.append(locale.equals("de") ? "was zuerst kommt: " : "what comes first: ");
            }
            for (int i = 0; i < forecasts.size(); i++) {
                MethodForecast each = forecasts.get(i);
                text.append(i == 0 ? "" : "; ")
                        .append(each.method().text().in(List.of(locale)).text())
                        .append(forecasts.size() > 1 ? " (%.0f %%): ".formatted(100 * weights.get(i)) : ": ")
                        .append(each.reason().in(List.of(locale)).text());
            }
            texts.put(locale, text.toString());
        }
        return new Text(texts);
    }

    /** Writes the past of all methods. */
    public void save(DataOutputStream out) throws IOException {
        for (PrognosisMethod method : PrognosisMethod.values()) {
            past(method).save(out);
        }
    }

    /** Reads what {@link #save} wrote. */
    public void restore(DataInputStream in) throws IOException {
        for (PrognosisMethod method : PrognosisMethod.values()) {
            past(method).restore(in);
        }
    }
}
