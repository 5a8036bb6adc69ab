package org.uatwin.simulation.prognosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.uatwin.informationmodel.type.Text;

/**
 * Joins what several methods say into one answer: a mixture of their distributions (linear opinion pool; Stone 1961), with weights that
 * the past of each method on this asset earns, as the inverse of how far off it was (CRPS). A method without a past has the weight of its
 * rank: physics of the own asset before its trend, before others that look alike. Owned by one thread.
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
        double[] weights = weights(forecasts);
        List<LifeDistribution> parts = new ArrayList<>();
        List<MethodWeight> methods = new ArrayList<>();
        double fit = 0;
        boolean hasFit = true;
        boolean isExtrapolated = false;
        for (int i = 0; i < weights.length; i++) {
            MethodForecast each = forecasts.get(i);
            CoverageTracker tracker = past(each.method());
            parts.add(each.life().widened(tracker.widening()));
            methods.add(new MethodWeight(
                    each.method(), weights[i], each.life().quantile(0.5), tracker.coverage(), tracker.outcomes()));
            hasFit &= each.fit() >= 0;
            fit += weights[i] * each.fit();
            isExtrapolated |= each.extrapolated() && weights[i] > 0.1;
        }
        methods.sort(Comparator.comparingDouble(MethodWeight::weight).reversed());
        return new PrognosisAnswer.Known(new Prognosis(
                LifeDistribution.mixture(parts, weights),
                level,
                modes(forecasts, weights),
                dataAgeSeconds,
                modelVersion,
                hasFit ? Math.max(0, Math.min(1, fit)) : -1,
                isExtrapolated,
                methods,
                reason(forecasts, weights)));
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

    private static List<ModeShare> modes(List<MethodForecast> forecasts, double[] weights) {
        Map<String, double[]> joined = new HashMap<>(); // share, median
        for (int i = 0; i < weights.length; i++) {
            for (ModeShare mode : forecasts.get(i).modes()) {
                double[] all = joined.computeIfAbsent(mode.mode(), name -> new double[] {0, Double.POSITIVE_INFINITY});
                all[0] += weights[i] * mode.share();
                all[1] = Math.min(all[1], mode.medianHours());
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

    private static Text reason(List<MethodForecast> forecasts, double[] weights) {
        Map<String, String> texts = new HashMap<>();
        for (String locale : List.of("en", "de")) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < weights.length; i++) {
                MethodForecast each = forecasts.get(i);
                text.append(text.isEmpty() ? "" : "; ")
                        .append(each.method().text().in(List.of(locale)).text())
                        .append(weights.length > 1 ? " (%.0f %%): ".formatted(100 * weights[i]) : ": ")
                        .append(each.reason().in(List.of(locale)).text());
            }
            texts.put(locale, text.toString());
        }
        return new Text(texts);
    }
}
