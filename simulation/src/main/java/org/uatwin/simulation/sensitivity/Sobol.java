package org.uatwin.simulation.sensitivity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.uatwin.simulation.solver.NoiseStream;

/**
 * Variance-based indices: I. M. Sobol', Mathematics and Computers in Simulation 55 (2001) 271-280. First order: the share of the
 * variance that would go if the factor were known; total order: the share that would remain if all others were known.
 *
 * <p>Two matrices A and B of points, and for each factor A with that factor's column from B. With f centred on its mean over A and B:
 *
 * <pre>
 * first   S_i = mean(f(B) (f(AB_i) - f(A))) / V        Saltelli et al., Computer Physics Communications 181 (2010) 259-270, table 2 b
 * total   T_i = mean((f(A) - f(AB_i))^2) / (2 V)       Jansen, Computer Physics Communications 117 (1999) 35-43
 * </pre>
 *
 * <p>The points are a Sobol' sequence (Joe and Kuo's directions, of Commons Math) moved by one random vector modulo 1 (Cranley and
 * Patterson 1976), so that a seed gives another, equally good set. Runs: samples times (factors + 2).
 */
final class Sobol implements SensitivityMethod {
    private final int factors;
    private final int samples;
    private final long seed;
    private final double[][] points; // A, B, then AB of each factor

    Sobol(int factors, int samples, long seed) {
        this.factors = factors;
        this.samples = samples;
        this.seed = seed;
        this.points = new double[samples * (factors + 2)][factors];
        SobolSequenceGenerator sequence = new SobolSequenceGenerator(2 * factors);
        NoiseStream noise = NoiseStream.ofSeed(seed);
        double[] shift = new double[2 * factors];
        for (int i = 0; i < shift.length; i++) {
            shift[i] = noise.uniform();
        }
        for (int n = 0; n < samples; n++) {
            double[] both = sequence.nextVector();
            for (int i = 0; i < both.length; i++) {
                double moved = both[i] + shift[i];
                both[i] = moved >= 1 ? moved - 1 : moved;
            }
            System.arraycopy(both, 0, points[n], 0, factors);
            System.arraycopy(both, factors, points[samples + n], 0, factors);
            for (int i = 0; i < factors; i++) {
                double[] mixed = points[(2 + i) * samples + n];
                System.arraycopy(both, 0, mixed, 0, factors);
                mixed[i] = both[factors + i];
            }
        }
    }

    @Override
    public double[][] points() {
        return points;
    }

    @Override
    public List<Index> indices(double[] values) {
        List<Index> found = new ArrayList<>();
        int[] all = Resampling.all(samples);
        for (int i = 0; i < factors; i++) {
            int factor = i;
            found.add(index("FirstOrder", i, all, rows -> first(values, factor, rows)));
            found.add(index("TotalOrder", i, all, rows -> total(values, factor, rows)));
        }
        return found;
    }

    private Index index(String name, int factor, int[] all, ToDoubleFunction<int[]> statistic) {
        double value = statistic.applyAsDouble(all);
        double[] interval = Resampling.interval(samples, statistic, seed + factor);
        return new Index(name, factor, value, Math.min(value, interval[0]), Math.max(value, interval[1]));
    }

    /** Mean and variance of A and B together. */
    private double[] moments(double[] f, int[] rows) {
        double mean = 0;
        for (int n : rows) {
            mean += f[n] + f[samples + n];
        }
        mean /= 2.0 * rows.length;
        double sum = 0;
        double size = 0;
        for (int n : rows) {
            double a = f[n] - mean;
            double b = f[samples + n] - mean;
            sum += a * a + b * b;
            size = Math.max(size, Math.max(Math.abs(f[n]), Math.abs(f[samples + n])));
        }
        double variance = sum / (2.0 * rows.length);
        // What differs by rounding only does not vary.
        return new double[] {mean, variance > 1e-24 * size * size ? variance : 0};
    }

    private double first(double[] f, int factor, int[] rows) {
        double[] m = moments(f, rows);
        if (m[1] == 0) {
            return 0;
        }
        double sum = 0;
        for (int n : rows) {
            sum += (f[samples + n] - m[0]) * (f[(2 + factor) * samples + n] - f[n]);
        }
        return sum / rows.length / m[1];
    }

    private double total(double[] f, int factor, int[] rows) {
        double[] m = moments(f, rows);
        if (m[1] == 0) {
            return 0;
        }
        double sum = 0;
        for (int n : rows) {
            double d = f[n] - f[(2 + factor) * samples + n];
            sum += d * d;
        }
        return sum / (2.0 * rows.length) / m[1];
    }
}
