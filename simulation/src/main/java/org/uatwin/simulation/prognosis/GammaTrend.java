package org.uatwin.simulation.prognosis;

import org.apache.commons.math3.special.Gamma;
import org.jspecify.annotations.Nullable;

/**
 * Growth by a gamma process, which never goes back (van Noortwijk 2009): for damage that is counted, not measured with noise. Shape and
 * scale by moments, the mean rate with its uncertainty. Immutable.
 */
final class GammaTrend implements TrendModel {
    private static final double[] POINTS = {-2.0202, -0.9586, 0, 0.9586, 2.0202}; // Gauss-Hermite, times root 2
    private static final double[] WEIGHTS = {0.01995, 0.39362, 0.94531, 0.39362, 0.01995};

    private final double way;
    private final double rate;
    private final double relative;
    private final double scale; // variance over mean of growth
    private final double likelihood;
    private final double covered;

    private GammaTrend(double way, double rate, double relative, double scale, double likelihood, double covered) {
        this.way = way;
        this.rate = rate;
        this.relative = relative;
        this.scale = scale;
        this.likelihood = likelihood;
        this.covered = covered;
    }

    /** Null if the series goes back anywhere. */
    static @Nullable GammaTrend fit(TrendSeries series, @Nullable RatePrior prior) {
        int n = series.size();
        double span = series.hours[n - 1] - series.hours[0];
        double mean = (series.last() - series.values[0]) / span;
        double squares = 0;
        for (int i = 1; i < n; i++) {
            double step = series.hours[i] - series.hours[i - 1];
            double grown = series.values[i] - series.values[i - 1];
            if (!(grown > 0)) {
                return null;
            }
            squares += (grown - mean * step) * (grown - mean * step);
        }
        double scale = Math.max(1e-9 * mean * span, squares / (mean * span));
        double rate = mean;
        double relative = Math.max(Math.sqrt(scale / (mean * span)), 1 / Math.sqrt(n));
        if (prior != null) { // conjugate for a known scale: shapes add up
            double own = mean * span / scale;
            rate = (prior.shape() + own) / (prior.shape() / prior.mean() + own / mean);
            relative = Math.max(1 / Math.sqrt(prior.shape() + own), prior.sigma() / prior.mean() / Math.sqrt(n));
        }
        double sum = 0;
        int inside = 0;
        int count = 0;
        for (int i = n / 2; i < n; i++) {
            double step = series.hours[i] - series.hours[i - 1];
            double grown = series.values[i] - series.values[i - 1];
            double shape = mean * step / scale;
            sum += (shape - 1) * StrictMath.log(grown)
                    - grown / scale
                    - shape * StrictMath.log(scale)
                    - Gamma.logGamma(shape);
            double below = Gamma.regularizedGammaP(shape, grown / scale);
            inside += below >= 0.05 && below <= 0.95 ? 1 : 0;
            count++;
        }
        // Both of its numbers have seen what they foretell: the usual price of that (Schwarz 1978).
        return new GammaTrend(
                series.limit - series.last(), rate, relative, scale, sum - StrictMath.log(n), (double) inside / count);
    }

    @Override
    public double logLikelihood() {
        return likelihood;
    }

    @Override
    public double certainty() {
        return Double.POSITIVE_INFINITY; // it has never gone back
    }

    @Override
    public double coverage() {
        return covered;
    }

    @Override
    public String law() {
        return "gamma process";
    }

    @Override
    public double within(double hours) {
        double sigma = Math.sqrt(StrictMath.log(1 + relative * relative));
        double sum = 0;
        for (int i = 0; i < POINTS.length; i++) {
            double each = rate * StrictMath.exp(sigma * Math.sqrt(2) * POINTS[i] - 0.5 * sigma * sigma);
            double shape = each * hours / scale;
            double p = shape > 1e-9 ? Gamma.regularizedGammaQ(shape, way / scale, 1e-10, 100_000) : 0;
            sum += WEIGHTS[i] / Math.sqrt(Math.PI) * p;
        }
        return Math.max(0, Math.min(1, sum));
    }
}
