package org.uatwin.simulation.prognosis;

import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Drift with diffusion, measured with noise, in a transformed time and value: straight growth, exponential growth (logarithm of the value)
 * and growth by a power of time. A Kalman filter on level and rate (Whitmore 1995); the rate's density takes the fleet's gamma prior in
 * after. Immutable.
 */
final class WienerTrend implements TrendModel {
    private static final double ROOT_3 = Math.sqrt(3);
    private static final int RATES = 17;
    private static final int SHARES = 13;
    private static final double VAGUE = 1e4; // times the variance a step has

    private final String law;
    private final DoubleUnaryOperator time;
    private final double way; // from level to limit, transformed
    private final double end; // transformed time of the last value
    private final double endHours;
    private final double diffusion;
    private final double[] rates;
    private final double[] weights;
    private final double[] levels; // mean of the level given each rate, over its overall mean
    private final double levelSigma; // given the rate
    private final double certainty;
    private final double likelihood;
    private final double covered;

    private WienerTrend(
            String law,
            DoubleUnaryOperator time,
            double way,
            double endHours,
            double diffusion,
            Filter filter,
            double rateSigma,
            @Nullable RatePrior prior) {
        this.law = law;
        this.time = time;
        this.way = way;
        this.endHours = endHours;
        end = time.applyAsDouble(endHours);
        this.diffusion = diffusion;
        double mean = filter.rate;
        certainty = prior == null ? mean / rateSigma : Double.POSITIVE_INFINITY;
        rates = new double[RATES];
        weights = new double[RATES];
        levels = new double[RATES];
        double low = mean - 4 * rateSigma;
        double high = mean + 4 * rateSigma;
        if (prior != null) {
            low = Math.min(low, prior.mean() - 3 * prior.sigma());
            high = Math.max(high, prior.mean() + 4 * prior.sigma());
        }
        low = Math.max(low, 1e-4 * high);
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < RATES; j++) {
            rates[j] = low + (high - low) * (j + 0.5) / RATES;
            double z = (rates[j] - mean) / rateSigma;
            weights[j] = -0.5 * z * z + (prior == null ? 0 : prior.logDensity(rates[j]));
            most = Math.max(most, weights[j]);
            levels[j] = filter.cross / Math.max(filter.rateVariance, 1e-300) * (rates[j] - mean);
        }
        double sum = 0;
        for (int j = 0; j < RATES; j++) {
            weights[j] = StrictMath.exp(weights[j] - most);
            sum += weights[j];
        }
        for (int j = 0; j < RATES; j++) {
            weights[j] /= sum;
        }
        double given = filter.levelVariance - filter.cross * filter.cross / Math.max(filter.rateVariance, 1e-300);
        levelSigma = Math.sqrt(Math.max(0, given));
        likelihood = filter.likelihood;
        covered = filter.coverage();
    }

    /** Level and rate after the values so far, and how well each was foretold. */
    private static final class Filter {
        double level;
        double rate;
        double levelVariance;
        double cross;
        double rateVariance;
        double likelihood;
        double scale; // variance of the diffusion in an hour
        private int inside;
        private int count;

        double coverage() {
            return count == 0 ? 0 : (double) inside / count;
        }

        /**
         * Runs over all values with a diffusion of 1, then takes the scale of both variances from how far off it was.
         *
         * @param slopes logarithm of the derivative of the transform at each value: likelihoods are to compare.
         */
        void run(double[] z, double[] tau, double[] slopes, double[] noise2) {
            int n = z.length;
            double[] off = new double[n];
            double[] variance = new double[n];
            level = z[0];
            levelVariance = noise2[0];
            double mean = (tau[n - 1] - tau[0]) / (n - 1);
            rateVariance = VAGUE * (1 + noise2[0] / mean) / mean;
            double squares = 0;
            for (int i = 1; i < n; i++) {
                double step = tau[i] - tau[i - 1];
                level += rate * step;
                levelVariance += 2 * step * cross + step * step * rateVariance + step;
                cross += step * rateVariance;
                double s = levelVariance + noise2[i];
                double innovation = z[i] - level;
                off[i] = innovation;
                variance[i] = s;
                squares += i > 1 ? innovation * innovation / s : 0;
                double k1 = levelVariance / s;
                double k2 = cross / s;
                level += k1 * innovation;
                rate += k2 * innovation;
                rateVariance -= k2 * cross;
                cross -= k1 * cross;
                levelVariance -= k1 * levelVariance;
            }
            scale = Math.max(squares / (n - 2), 1e-300);
            levelVariance *= scale;
            cross *= scale;
            rateVariance *= scale;
            for (int i = n / 2; i < n; i++) {
                double s = scale * variance[i];
                likelihood += slopes[i] - 0.5 * (off[i] * off[i] / s + StrictMath.log(2 * Math.PI * s));
                inside += Math.abs(off[i]) <= 1.6449 * Math.sqrt(s) ? 1 : 0;
                count++;
            }
        }
    }

    /**
     * Fits one law.
     *
     * @param time transform of hours since the first sample; rising.
     * @param value transform of the value; rising.
     * @param slope logarithm of its derivative.
     * @param isAdditive whether noise is that of the value, as a sensor's, instead of that of the transformed value.
     */
    static WienerTrend fit(
            String law,
            TrendSeries series,
            DoubleUnaryOperator time,
            DoubleUnaryOperator value,
            DoubleUnaryOperator slope,
            boolean isAdditive,
            @Nullable RatePrior prior) {
        int n = series.size();
        double[] z = new double[n];
        double[] tau = new double[n];
        double[] slopes = new double[n];
        for (int i = 0; i < n; i++) {
            z[i] = value.applyAsDouble(series.values[i]);
            tau[i] = time.applyAsDouble(series.hours[i]);
            slopes[i] = slope.applyAsDouble(series.values[i]);
        }
        Filter best = null;
        double bestShare = 0;
        for (int k = 0; k < SHARES; k++) {
            double share = StrictMath.pow(10, -3 + 6.0 * k / (SHARES - 1));
            Filter filter = new Filter();
            filter.run(z, tau, slopes, noise(slopes, tau, share, isAdditive));
            if (best == null || filter.likelihood > best.likelihood) {
                best = filter;
                bestShare = share;
            }
        }
        Filter filter = new Filter();
        filter.run(z, tau, slopes, noise(slopes, tau, bestShare, isAdditive));
        double before = prior == null ? Math.abs(filter.rate) : prior.sigma();
        double sigma = Math.max(Math.sqrt(Math.max(0, filter.rateVariance)), before / Math.sqrt(n));
        double way = value.applyAsDouble(series.limit) - filter.level;
        return new WienerTrend(law, time, way, series.hours[n - 1], Math.sqrt(filter.scale), filter, sigma, prior);
    }

    /** Variance of the noise of each value, where the diffusion has 1 an hour; the share is that of noise over diffusion in a step. */
    private static double[] noise(double[] slopes, double[] tau, double share, boolean isAdditive) {
        int n = slopes.length;
        double step = (tau[n - 1] - tau[0]) / (n - 1);
        double[] noise = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            noise[i] = isAdditive ? StrictMath.exp(2 * slopes[i]) : 1;
            sum += noise[i];
        }
        for (int i = 0; i < n; i++) {
            noise[i] *= share * step * n / sum;
        }
        return noise;
    }

    @Override
    public double logLikelihood() {
        return likelihood;
    }

    @Override
    public double certainty() {
        return certainty;
    }

    @Override
    public double coverage() {
        return covered;
    }

    @Override
    public String law() {
        return law;
    }

    @Override
    public double within(double hours) {
        double tau = time.applyAsDouble(endHours + hours) - end;
        double sum = 0;
        for (int j = 0; j < RATES; j++) {
            for (int i = -1; i <= 1; i++) {
                double left = way - levels[j] - i * ROOT_3 * levelSigma;
                sum += weights[j] * (i == 0 ? 2.0 / 3 : 1.0 / 6) * FirstPassage.within(tau, left, rates[j], diffusion);
            }
        }
        return Math.min(1, sum);
    }
}
