package org.uatwin.simulation.sensitivity;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.uatwin.simulation.solver.NoiseStream;

/** Intervals by resampling rows with replacement: percentile bootstrap (Efron and Tibshirani 1993, ch. 13). */
final class Resampling {
    private static final int RESAMPLES = 400;
    private static final double TAIL = 0.05; // of the 90 % interval

    private Resampling() {}

    /**
     * The interval of a statistic of rows.
     *
     * @param rows number of rows.
     * @param statistic of a choice of row numbers.
     * @param seed of the choices.
     */
    static double[] interval(int rows, ToDoubleFunction<int[]> statistic, long seed) {
        NoiseStream noise = NoiseStream.ofSeed(seed);
        double[] found = new double[RESAMPLES];
        int[] choice = new int[rows];
        for (int b = 0; b < RESAMPLES; b++) {
            for (int i = 0; i < rows; i++) {
                choice[i] = (int) (noise.uniform() * rows);
            }
            found[b] = statistic.applyAsDouble(choice);
        }
        Arrays.sort(found);
        return new double[] {found[(int) (TAIL * RESAMPLES)], found[RESAMPLES - 1 - (int) (TAIL * RESAMPLES)]};
    }

    /** Every row once. */
    static int[] all(int rows) {
        int[] all = new int[rows];
        for (int i = 0; i < rows; i++) {
            all[i] = i;
        }
        return all;
    }
}
