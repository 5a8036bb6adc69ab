package org.uatwin.simulation.sensitivity;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.solver.NoiseStream;

/**
 * Screening by elementary effects: M. D. Morris, "Factorial sampling plans for preliminary computational experiments",
 * Technometrics 33 (1991) 161-174; mu* after F. Campolongo, J. Cariboni, A. Saltelli, Environmental Modelling and Software 22 (2007)
 * 1509-1518.
 *
 * <p>A trajectory begins at a random place of a grid of p levels and moves one factor after the other, in random order, by
 * delta = p / (2 (p - 1)). The elementary effect of a factor is the change of the figure over delta, so in the figure's unit for
 * the whole range of the factor. mu* is the mean of its size over the trajectories, mu its mean, sigma its standard deviation: mu*
 * small = does not matter; sigma as large as mu* = acts with curvature or together with others.
 *
 * <p>Runs: trajectories times (factors + 1).
 */
final class Morris implements SensitivityMethod {
    private final int factors;
    private final int trajectories;
    private final double delta;
    private final long seed;
    private final double[][] points;
    private final int[][] moved; // by trajectory and step: the factor
    private final boolean[][] up;

    /**
     * @param levels of the grid, even, at least 4.
     */
    Morris(int factors, int trajectories, int levels, long seed) {
        this.factors = factors;
        this.trajectories = trajectories;
        this.seed = seed;
        this.delta = levels / (2.0 * (levels - 1));
        this.points = new double[trajectories * (factors + 1)][factors];
        this.moved = new int[trajectories][factors];
        this.up = new boolean[trajectories][factors];
        NoiseStream noise = NoiseStream.ofSeed(seed);
        for (int t = 0; t < trajectories; t++) {
            trajectory(t, levels, noise.split());
        }
    }

    private void trajectory(int t, int levels, NoiseStream noise) {
        double[] at = new double[factors];
        int[] order = Resampling.all(factors);
        int lowerHalf = levels / 2;
        for (int i = 0; i < factors; i++) {
            // A level of the lower half moves up, its partner in the upper half moves down; either way delta fits.
            int level = (int) (noise.uniform() * lowerHalf);
            boolean isUp = noise.uniform() < 0.5;
            at[i] = (double) level / (levels - 1) + (isUp ? 0 : delta);
            up[t][i] = isUp;
            int other = (int) (noise.uniform() * (i + 1)); // shuffle (Fisher and Yates)
            order[i] = order[other];
            order[other] = i;
        }
        int row = t * (factors + 1);
        points[row] = at.clone();
        for (int step = 0; step < factors; step++) {
            int factor = order[step];
            moved[t][step] = factor;
            at[factor] += up[t][factor] ? delta : -delta;
            points[row + step + 1] = at.clone();
        }
    }

    @Override
    public double[][] points() {
        return points;
    }

    @Override
    public List<Index> indices(double[] values) {
        double[][] effects = new double[factors][trajectories];
        for (int t = 0; t < trajectories; t++) {
            int row = t * (factors + 1);
            for (int step = 0; step < factors; step++) {
                int factor = moved[t][step];
                double change = values[row + step + 1] - values[row + step];
                effects[factor][t] = (up[t][factor] ? change : -change) / delta;
            }
        }
        List<Index> found = new ArrayList<>();
        int[] all = Resampling.all(trajectories);
        for (int i = 0; i < factors; i++) {
            double[] own = effects[i];
            found.add(index("MuStar", i, meanOf(own, all, true), choice -> meanOf(own, choice, true)));
            found.add(index("Mu", i, meanOf(own, all, false), choice -> meanOf(own, choice, false)));
            found.add(index("Sigma", i, sigma(own, all), choice -> sigma(own, choice)));
        }
        return found;
    }

    private Index index(String name, int factor, double value, java.util.function.ToDoubleFunction<int[]> statistic) {
        double[] interval = Resampling.interval(trajectories, statistic, seed + factor);
        return new Index(name, factor, value, Math.min(value, interval[0]), Math.max(value, interval[1]));
    }

    private static double meanOf(double[] effects, int[] choice, boolean isSize) {
        double sum = 0;
        for (int t : choice) {
            sum += isSize ? Math.abs(effects[t]) : effects[t];
        }
        return sum / choice.length;
    }

    private static double sigma(double[] effects, int[] choice) {
        double mean = meanOf(effects, choice, false);
        double sum = 0;
        for (int t : choice) {
            sum += (effects[t] - mean) * (effects[t] - mean);
        }
        return Math.sqrt(sum / Math.max(1, choice.length - 1));
    }
}
