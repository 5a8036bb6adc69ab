package org.uatwin.simulation.prognosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Text;

/**
 * Remaining life by the trend of one point towards a limit: any condition indicator, damage counter or health index that goes one way.
 * Straight, exponential and power-law growth with diffusion and noise, and the gamma process, are joined by how well each foretold the later
 * half of the series (Bayesian model averaging by predictive likelihood; Dawid 1984). Stateless, any thread; about a millisecond.
 */
public final class TrendPrognosis {
    private static final int FEWEST = 12; // blocks
    private static final double CERTAIN = 2; // standard deviations of the rate
    private static final double KNOWN = 5; // the same: a rate that others may learn from
    private static final int KNOTS = 60;
    private static final double FAR = 5; // times the span of the series: further is extrapolated
    private static final double[] POWERS = {0.5, 0.7, 1.5, 2, 3};

    private TrendPrognosis() {}

    /**
     * A forecast, or why there is none.
     *
     * @param rate of straight growth, in the unit of the point an hour, without the fleet's; NaN if it is not known to a fifth.
     */
    public record Outcome(Optional<MethodForecast> forecast, Text reason, double rate) {}

    /**
     * Looks ahead.
     *
     * @param mode failure mode that the limit stands for; empty if none.
     * @param hours of the samples, not falling; the last is now.
     * @param values NaN where there was none.
     * @param limit at which the asset has failed.
     * @param prior what the fleet says of the rate, or null.
     * @param horizonHours up to which it is looked.
     */
    public static Outcome forecast(
            String mode,
            double[] hours,
            double[] values,
            double limit,
            @Nullable RatePrior prior,
            double horizonHours) {
        TrendSeries series = TrendSeries.of(hours, values, limit);
        if (series.size() < FEWEST) {
            return none(
                    "%d values are too few for a trend; %d at different times are needed"
                            .formatted(series.size(), FEWEST),
                    "%d Werte sind zu wenige für einen Verlauf; nötig sind %d zu verschiedenen Zeiten"
                            .formatted(series.size(), FEWEST));
        }
        if (series.last() >= series.limit) {
            LifeDistribution over = LifeDistribution.of(new double[] {1e-6, horizonHours}, new double[] {1, 1});
            Text reason = text("the limit is reached", "die Grenze ist erreicht");
            return new Outcome(Optional.of(made(mode, over, 1, false, reason)), reason, Double.NaN);
        }
        List<TrendModel> models = models(series, prior);
        TrendModel best = models.stream()
                .max(Comparator.comparingDouble(TrendModel::logLikelihood))
                .orElseThrow();
        if (!(best.certainty() > CERTAIN)) {
            return none(
                    "it does not grow by more than its scatter (%.1f standard deviations)".formatted(best.certainty()),
                    "es wächst nicht mehr als es streut (%.1f Standardabweichungen)".formatted(best.certainty()));
        }
        double[] weights = new double[models.size()];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            boolean grows = models.get(i).certainty() > CERTAIN;
            weights[i] = grows ? StrictMath.exp(models.get(i).logLikelihood() - best.logLikelihood()) : 0;
            sum += weights[i];
        }
        LifeDistribution life = life(models, weights, sum, horizonHours).survived(series.since());
        double median = life.quantile(0.5);
        Text reason = text(
                String.format(Locale.ROOT, "%s over %.3g h (weight %.0f %%)", best.law(), series.span, 100 / sum),
                String.format(
                        Locale.ROOT, "%s über %.3g h (Gewicht %.0f %%)", german(best.law()), series.span, 100 / sum));
        double fit = Math.min(1, best.coverage() / 0.9);
        return new Outcome(
                Optional.of(made(mode, life, fit, median > FAR * series.span, reason)), reason, rate(series));
    }

    private static List<TrendModel> models(TrendSeries series, @Nullable RatePrior prior) {
        List<TrendModel> models = new ArrayList<>();
        models.add(WienerTrend.fit("straight growth", series, t -> t, v -> v, v -> 0, false, prior));
        boolean isPositive = series.limit > 0;
        for (double value : series.values) {
            isPositive &= value > 0;
        }
        if (isPositive) {
            for (boolean isAdditive : new boolean[] {false, true}) {
                models.add(WienerTrend.fit(
                        "exponential growth",
                        series,
                        t -> t,
                        StrictMath::log,
                        v -> -StrictMath.log(v),
                        isAdditive,
                        null));
            }
        }
        for (double power : POWERS) {
            models.add(WienerTrend.fit(
                    "growth by a power of time", series, t -> StrictMath.pow(t, power), v -> v, v -> 0, false, null));
        }
        if (prior != null) { // laws that know nothing of the fleet count no further than they have been seen
            TrendModel straight = models.get(0);
            models.removeIf(model -> model != straight && model.within(FAR * series.span) < 0.5);
        }
        GammaTrend gamma = GammaTrend.fit(series, prior);
        if (gamma != null) {
            models.add(gamma);
        }
        return models;
    }

    /** Slope of the straight line through the series (least squares); NaN if it is not known well. */
    private static double rate(TrendSeries series) {
        SimpleRegression line = new SimpleRegression();
        for (int i = 0; i < series.size(); i++) {
            line.addData(series.hours[i], series.values[i]);
        }
        double slope = line.getSlope();
        return slope > KNOWN * line.getSlopeStdErr() ? slope : Double.NaN;
    }

    private static LifeDistribution life(List<TrendModel> models, double[] weights, double sum, double horizonHours) {
        double[] t = new double[KNOTS];
        double[] p = new double[KNOTS];
        double middle = middle(models, weights, horizonHours);
        double first = middle / 50;
        double last = Math.min(horizonHours, 20 * middle);
        for (int k = 0; k < KNOTS; k++) {
            t[k] = k == KNOTS - 1
                    ? horizonHours
                    : first * StrictMath.pow(last / first, Math.min(1 - 1e-6, k / (KNOTS - 2.0)));
            for (int i = 0; i < weights.length; i++) {
                if (weights[i] > 1e-3 * sum) {
                    p[k] += weights[i] / sum * models.get(i).within(t[k]);
                }
            }
            p[k] = Math.min(1, k > 0 ? Math.max(p[k - 1], p[k]) : p[k]);
        }
        return LifeDistribution.of(t, p);
    }

    /** About the median of the heaviest law. */
    private static double middle(List<TrendModel> models, double[] weights, double horizonHours) {
        int best = 0;
        for (int i = 1; i < weights.length; i++) {
            best = weights[i] > weights[best] ? i : best;
        }
        double low = 1e-6 * horizonHours;
        double high = horizonHours;
        for (int i = 0; i < 30 && high > 1.05 * low; i++) {
            double middle = Math.sqrt(low * high);
            if (models.get(best).within(middle) < 0.5) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.sqrt(low * high);
    }

    private static MethodForecast made(String mode, LifeDistribution life, double fit, boolean isFar, Text reason) {
        List<ModeShare> modes = mode.isEmpty()
                ? List.of()
                : List.of(new ModeShare(mode, life.within(life.horizonHours()) > 0 ? 1 : 0, life.quantile(0.5)));
        return new MethodForecast(PrognosisMethod.TREND, life, modes, fit, isFar, reason);
    }

    private static String german(String law) {
        return switch (law) {
            case "straight growth" -> "gerades Wachstum";
            case "exponential growth" -> "exponentielles Wachstum";
            case "growth by a power of time" -> "Wachstum mit einer Potenz der Zeit";
            default -> "Gammaprozess";
        };
    }

    private static Outcome none(String en, String de) {
        return new Outcome(Optional.empty(), text(en, de), Double.NaN);
    }

    private static Text text(String en, String de) {
        return new Text(Map.of("en", en, "de", de));
    }
}
