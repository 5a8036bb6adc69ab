package org.uatwin.simulation.scenario;

/**
 * Values of all outputs of all replicates on a coarse grid of instants, for percentiles over time. Bounded: the grid is as fine as the
 * number of outputs and replicates allows. Owned by the run's thread until it ends.
 */
final class Ensemble {
    private static final long MOST_VALUES = 4_000_000;
    private static final int MOST_INSTANTS = 200;
    private static final int FEWEST_INSTANTS = 4;

    private final int outputs;
    private final int instants;
    private final long steps;
    private final double stepSeconds;
    private final float[][][] values; // replicate, output, instant
    private int filled;

    Ensemble(int outputs, int replicates, long steps, double stepSeconds) {
        this.outputs = outputs;
        this.steps = steps;
        this.stepSeconds = stepSeconds;
        long fine = Math.min(MOST_INSTANTS, MOST_VALUES / Math.max(1, (long) outputs * replicates));
        this.instants = (int) Math.min(steps, Math.max(FEWEST_INSTANTS, fine)) + 1;
        this.values = new float[replicates][outputs][instants];
    }

    /** Number of the grid's instant that this step is, or -1. */
    private int instant(long step) {
        if (steps == 0) {
            return 0;
        }
        long nearest = step * (instants - 1) / steps;
        return stepOf((int) nearest) == step ? (int) nearest : -1;
    }

    private long stepOf(int instant) {
        if (steps == 0) {
            return 0;
        }
        return -Math.floorDiv(-((long) instant * steps), (long) (instants - 1));
    }

    /** Takes the values after this many steps of the replicate that is being run. */
    void record(long step, double[] y) {
        int instant = instant(step);
        if (instant >= 0) {
            for (int i = 0; i < outputs; i++) {
                values[filled][i][instant] = (float) y[i];
            }
        }
    }

    /** The replicate is complete. */
    void complete() {
        filled++;
    }

    /** Replicates that are complete. */
    int replicates() {
        return filled;
    }

    /** What is kept of it: the mean and three quantiles of every output over time. */
    Bands bands() {
        Bands bands = new Bands(outputs, filled);
        double[] column = new double[Math.max(1, filled)];
        double[] t = new double[instants];
        for (int k = 0; k < instants; k++) {
            t[k] = stepOf(k) * stepSeconds;
        }
        for (int i = 0; i < outputs && filled > 0; i++) {
            double[][] v = new double[Bands.STATISTICS.size()][instants];
            for (int k = 0; k < instants; k++) {
                double sum = 0;
                for (int r = 0; r < filled; r++) {
                    column[r] = values[r][i][k];
                    sum += column[r];
                }
                v[0][k] = Figures.quantile(column, filled, 0.05);
                v[1][k] = Figures.quantile(column, filled, 0.5);
                v[2][k] = Figures.quantile(column, filled, 0.95);
                v[3][k] = sum / filled;
            }
            for (int s = 0; s < v.length; s++) {
                bands.put(i, s, new Series(t, v[s]));
            }
        }
        return bands;
    }
}
