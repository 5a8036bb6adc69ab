package org.uatwin.simulation.prognosis;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When an asset may fail: the probability that it has failed within each time from now, as straight lines between knots, up to a
 * horizon. What is left of the probability there lies beyond it. What every method of prognosis answers. Immutable.
 */
public final class LifeDistribution {
    private static final int MOST_KNOTS = 120;

    private final double[] hours; // rising, the first 0, the last the horizon
    private final double[] probability; // not falling

    private LifeDistribution(double[] hours, double[] probability) {
        this.hours = hours;
        this.probability = probability;
    }

    /**
     * From a function.
     *
     * @param hours rising, above 0; the last is the horizon.
     * @param probability that it has failed by then, 0..1, not falling.
     * @throws IllegalArgumentException if they are not that.
     */
    public static LifeDistribution of(double[] hours, double[] probability) {
        int n = hours.length;
        if (n == 0 || probability.length != n) {
            throw new IllegalArgumentException("%d times, %d probabilities".formatted(n, probability.length));
        }
        double[] t = new double[n + 1];
        double[] p = new double[n + 1];
        for (int i = 0; i < n; i++) {
            if (!(hours[i] > t[i]) || !(probability[i] >= p[i] && probability[i] <= 1)) {
                throw new IllegalArgumentException("knot %d: %s h, %s".formatted(i, hours[i], probability[i]));
            }
            t[i + 1] = hours[i];
            p[i + 1] = probability[i];
        }
        return new LifeDistribution(t, p);
    }

    /**
     * From draws, each as likely as the others.
     *
     * @param draws hours to failure; beyond the horizon or infinite for one that does not fail by then. Left alone.
     */
    public static LifeDistribution ofDraws(double[] draws, double horizonHours) {
        double[] sorted = draws.clone();
        Arrays.sort(sorted);
        int inside = 0;
        while (inside < sorted.length && sorted[inside] < horizonHours) {
            inside++;
        }
        int knots = Math.min(inside, MOST_KNOTS);
        double[] t = new double[knots + 4];
        double[] p = new double[knots + 4];
        int n = 1;
        double before = inside == 0 ? 0 : sorted[0] - gap(sorted, inside, 0);
        if (before > 0) {
            t[n++] = before; // none fails earlier
        }
        for (int k = 0; k < knots; k++) {
            int i = knots == 1 ? 0 : (int) ((long) k * (inside - 1) / (knots - 1));
            double at = Math.max(0, sorted[i]);
            double share = (i + 0.5) / sorted.length;
            if (at > t[n - 1]) {
                t[n] = at;
                p[n++] = share;
            } else {
                p[n - 1] = share;
            }
        }
        double after = inside == 0 ? 0 : sorted[inside - 1] + gap(sorted, inside, inside - 2);
        if (after > t[n - 1] && after < horizonHours) {
            t[n] = after; // none of these fails later
            p[n++] = (double) inside / sorted.length;
        }
        t[n] = horizonHours;
        p[n] = Math.max(p[n - 1], (double) inside / sorted.length);
        return new LifeDistribution(Arrays.copyOf(t, n + 1), Arrays.copyOf(p, n + 1));
    }

    /** Half of what lies between a draw and the next. */
    private static double gap(double[] sorted, int inside, int from) {
        double half = inside > 1 ? 0.5 * (sorted[from + 1] - sorted[from]) : 0;
        return Math.max(1e-6 * sorted[inside - 1], half);
    }

    /** Several, each with its weight; weights need not add up to 1. */
    public static LifeDistribution mixture(List<LifeDistribution> parts, double[] weights) {
        double sum = Arrays.stream(weights).sum();
        double[] t = joined(parts);
        double[] p = new double[t.length];
        for (int k = 0; k < t.length; k++) {
            for (int i = 0; i < weights.length; i++) {
                p[k] += weights[i] / sum * parts.get(i).within(t[k]);
            }
            p[k] = Math.min(1, k > 0 ? Math.max(p[k], p[k - 1]) : p[k]);
        }
        return of(t, p);
    }

    /** The first of several lives that do not depend on each other; up to the nearest horizon. */
    public static LifeDistribution first(List<LifeDistribution> lives) {
        double[] t = joined(lives);
        double[] p = new double[t.length];
        for (int k = 0; k < t.length; k++) {
            double left = 1;
            for (LifeDistribution life : lives) {
                left *= 1 - life.within(t[k]);
            }
            p[k] = Math.min(1, Math.max(k > 0 ? p[k - 1] : 0, 1 - left));
        }
        return of(t, p);
    }

    /** Probability of each of several lives that it is the first to end; they add up to that of any ending up to the nearest horizon. */
    static double[] firstShares(List<LifeDistribution> lives) {
        double[] t = joined(lives);
        double[] shares = new double[lives.size()];
        for (int k = 0; k < t.length; k++) {
            double before = k == 0 ? 0 : t[k - 1];
            double any = 0;
            double[] each = new double[shares.length];
            double left = 1;
            double leftAfter = 1;
            for (int i = 0; i < each.length; i++) {
                double a = lives.get(i).within(before) - (k == 0 ? lives.get(i).probability[0] : 0);
                double b = lives.get(i).within(t[k]);
                each[i] = (b - a) / Math.max(1e-12, 1 - 0.5 * (a + b)); // hazard of the stretch
                any += each[i];
                left *= 1 - a;
                leftAfter *= 1 - b;
            }
            for (int i = 0; i < each.length && any > 0; i++) {
                shares[i] += each[i] / any * (left - leftAfter);
            }
        }
        return shares;
    }

    /** Knots of all up to the nearest horizon, thinned. */
    private static double[] joined(List<LifeDistribution> lives) {
        double end =
                lives.stream().mapToDouble(LifeDistribution::horizonHours).min().orElseThrow();
        double[] grid = lives.stream()
                .flatMapToDouble(life -> Arrays.stream(life.hours))
                .filter(t -> t > 0 && t < end)
                .sorted()
                .distinct()
                .toArray();
        int knots = Math.min(grid.length, MOST_KNOTS * 2);
        double[] t = new double[knots + 1];
        for (int k = 0; k <= knots; k++) {
            t[k] = k == knots ? end : grid[(int) ((long) k * grid.length / knots)];
        }
        return t;
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(hours.length);
        for (int i = 0; i < hours.length; i++) {
            out.writeDouble(hours[i]);
            out.writeDouble(probability[i]);
        }
    }

    static LifeDistribution restored(DataInput in) throws IOException {
        int n = in.readInt();
        if (n < 1 || n > 10 * MOST_KNOTS) {
            throw new IOException("no distribution");
        }
        double[] t = new double[n];
        double[] p = new double[n];
        for (int i = 0; i < n; i++) {
            t[i] = in.readDouble();
            p[i] = in.readDouble();
        }
        return new LifeDistribution(t, p);
    }

    /** Time up to which it was looked. */
    public double horizonHours() {
        return hours[hours.length - 1];
    }

    /** Probability that it fails within this time; beyond the horizon what it is there. */
    public double within(double time) {
        if (time < 0) {
            return 0;
        }
        int i = Arrays.binarySearch(hours, time);
        if (i >= 0) {
            return probability[i];
        }
        int after = -i - 1;
        if (after >= hours.length) {
            return probability[hours.length - 1];
        }
        double share = (time - hours[after - 1]) / (hours[after] - hours[after - 1]);
        return probability[after - 1] + share * (probability[after] - probability[after - 1]);
    }

    /** Time within which it fails with this probability; infinite beyond the horizon. */
    public double quantile(double p) {
        int n = hours.length;
        if (p > probability[n - 1]) {
            return Double.POSITIVE_INFINITY;
        }
        for (int i = 0; i < n; i++) {
            if (probability[i] >= p) {
                if (i == 0 || probability[i] == probability[i - 1]) {
                    return hours[i];
                }
                double share = (p - probability[i - 1]) / (probability[i] - probability[i - 1]);
                return hours[i - 1] + Math.max(0, share) * (hours[i] - hours[i - 1]);
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** The same with every time this many times as long; the horizon stays. */
    public LifeDistribution stretched(double factor) {
        double end = horizonHours();
        return mapped(t -> t * factor, end);
    }

    /**
     * The same median, but wider or narrower: times from it in proportion this many times as far.
     *
     * @param factor above 1 widens.
     */
    public LifeDistribution widened(double factor) {
        double centre = quantile(0.5);
        if (factor == 1 || !(centre > 0)) {
            return this;
        }
        double middle = Double.isInfinite(centre) ? horizonHours() : centre;
        return mapped(t -> t <= 0 ? 0 : middle * StrictMath.pow(t / middle, factor), horizonHours());
    }

    /** The same with a farther horizon: nothing is said of what lies between. */
    LifeDistribution until(double hoursFarther) {
        if (!(hoursFarther > horizonHours())) {
            return this;
        }
        int n = hours.length;
        double[] t = Arrays.copyOf(hours, n + 1);
        double[] p = Arrays.copyOf(probability, n + 1);
        t[n] = hoursFarther;
        p[n] = p[n - 1];
        return new LifeDistribution(t, p);
    }

    /** What it is for one that has lived this long without failing. */
    public LifeDistribution survived(double time) {
        if (!(time > 0)) {
            return this;
        }
        double gone = within(time);
        double left = 1 - gone;
        if (!(time < horizonHours()) || left <= 0) {
            return of(new double[] {Math.max(1e-9, horizonHours() - time)}, new double[] {left <= 0 ? 1 : 0});
        }
        int from = 0;
        while (hours[from] <= time) {
            from++;
        }
        double[] t = new double[hours.length - from];
        double[] p = new double[t.length];
        for (int i = 0; i < t.length; i++) {
            t[i] = hours[from + i] - time;
            p[i] = Math.min(1, Math.max(i > 0 ? p[i - 1] : 0, (probability[from + i] - gone) / left));
        }
        return of(t, p);
    }

    private LifeDistribution mapped(java.util.function.DoubleUnaryOperator of, double end) {
        double[] t = new double[hours.length + 1];
        double[] p = new double[hours.length + 1];
        int n = 1;
        p[0] = probability[0];
        for (int i = 1; i < hours.length; i++) {
            double at = of.applyAsDouble(hours[i]);
            if (at >= end) {
                double before = t[n - 1];
                double share = at > before ? (end - before) / (at - before) : 1;
                t[n] = end;
                p[n] = p[n - 1] + share * (probability[i] - p[n - 1]);
                return new LifeDistribution(Arrays.copyOf(t, n + 1), Arrays.copyOf(p, n + 1));
            }
            if (at > t[n - 1]) {
                t[n] = at;
                p[n++] = probability[i];
            } else {
                p[n - 1] = probability[i];
            }
        }
        t[n] = end;
        p[n] = p[n - 1];
        return new LifeDistribution(Arrays.copyOf(t, n + 1), Arrays.copyOf(p, n + 1));
    }

    /**
     * Continuous ranked probability score against what happened, hours (Gneiting and Raftery 2007, equation 20): the integral of
     * (F(t) - 1{t >= truth})^2 up to the horizon. 0 is perfect.
     */
    public double crps(double truth) {
        double sum = 0;
        for (int i = 1; i < hours.length; i++) {
            double a = hours[i - 1];
            double b = hours[i];
            double cut = Math.max(a, Math.min(b, truth));
            sum += square(a, cut, 0) + square(cut, b, 1);
        }
        return sum;
    }

    /** Integral of (F - shift)^2 over a stretch without a knot inside. */
    private double square(double a, double b, double shift) {
        if (!(b > a)) {
            return 0;
        }
        double p = within(a) - shift;
        double q = within(b) - shift;
        return (b - a) * (p * p + p * q + q * q) / 3;
    }

    /** Times of the knots, hours; a copy. */
    public double[] knots() {
        return hours.clone();
    }

    /** Probabilities at the knots; a copy. */
    public double[] probabilities() {
        return probability.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LifeDistribution that
                && Arrays.equals(hours, that.hours)
                && Arrays.equals(probability, that.probability);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(hours) + Arrays.hashCode(probability);
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "median %.4g h, 5 %% %.4g h, 95 %% %.4g h, horizon %.4g h",
                quantile(0.5),
                quantile(0.05),
                quantile(0.95),
                horizonHours());
    }
}
