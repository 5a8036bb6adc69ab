package org.uatwin.simulation.scenario;

import java.util.Arrays;

/**
 * Keeps every output of a run in bounded memory: per output and bucket of steps the smallest and largest value with their times,
 * and the first and last value. Runs of up to {@value #BUCKETS} steps are kept whole, of systems with many outputs fewer. Owned by the
 * run's thread until it ends.
 */
final class SeriesRecorder {
    static final int BUCKETS = 1000;

    private static final int FEWEST_BUCKETS = 50;
    private static final int OF_ALL_OUTPUTS = 25_000; // buckets of a run: under a megabyte

    private final int outputs;
    private final long stepsPerBucket;
    private final double[][] minimum;
    private final double[][] minimumTime;
    private final double[][] maximum;
    private final double[][] maximumTime;
    private final double[] first;
    private final double[] last;
    private int filled;
    private double firstTime;
    private double lastTime;

    SeriesRecorder(int outputs, long steps) {
        this.outputs = outputs;
        int most = Math.max(FEWEST_BUCKETS, Math.min(BUCKETS, OF_ALL_OUTPUTS / Math.max(1, outputs)));
        this.stepsPerBucket = Math.max(1, (steps + most - 1) / most);
        int buckets = (int) ((steps + stepsPerBucket - 1) / stepsPerBucket);
        this.minimum = new double[outputs][buckets];
        this.minimumTime = new double[outputs][buckets];
        this.maximum = new double[outputs][buckets];
        this.maximumTime = new double[outputs][buckets];
        this.first = new double[outputs];
        this.last = new double[outputs];
    }

    /** Takes the values after this many steps, in their order. */
    void take(long step, double time, double[] y) {
        if (step == 0) {
            start(time, y);
        } else {
            record(step - 1, time, y);
        }
    }

    /** Records the values before the first step. */
    void start(double time, double[] y) {
        firstTime = time;
        lastTime = time;
        System.arraycopy(y, 0, first, 0, outputs);
        System.arraycopy(y, 0, last, 0, outputs);
    }

    /** Records the values after step number {@code step}, counted from 0; steps come in order. */
    void record(long step, double time, double[] y) {
        int bucket = (int) (step / stepsPerBucket);
        boolean opens = step % stepsPerBucket == 0;
        filled = bucket + 1;
        lastTime = time;
        for (int i = 0; i < outputs; i++) {
            double value = y[i];
            last[i] = value;
            if (opens || value < minimum[i][bucket]) {
                minimum[i][bucket] = value;
                minimumTime[i][bucket] = time;
            }
            if (opens || value > maximum[i][bucket]) {
                maximum[i][bucket] = value;
                maximumTime[i][bucket] = time;
            }
        }
    }

    /** Everything kept of one output. */
    Series series(int output) {
        int buckets = filled;
        double[] t = new double[2 * buckets + 2];
        double[] v = new double[2 * buckets + 2];
        t[0] = firstTime;
        v[0] = first[output];
        int size = 1;
        for (int b = 0; b < buckets; b++) {
            boolean lowFirst = minimumTime[output][b] <= maximumTime[output][b];
            double tA = lowFirst ? minimumTime[output][b] : maximumTime[output][b];
            double vA = lowFirst ? minimum[output][b] : maximum[output][b];
            double tB = lowFirst ? maximumTime[output][b] : minimumTime[output][b];
            double vB = lowFirst ? maximum[output][b] : minimum[output][b];
            t[size] = tA;
            v[size++] = vA;
            if (tB > tA) {
                t[size] = tB;
                v[size++] = vB;
            }
        }
        if (lastTime > t[size - 1]) {
            t[size] = lastTime;
            v[size++] = last[output];
        }
        return new Series(Arrays.copyOf(t, size), Arrays.copyOf(v, size));
    }
}
