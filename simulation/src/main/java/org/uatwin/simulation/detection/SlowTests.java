package org.uatwin.simulation.detection;

import java.util.Arrays;
import org.uatwin.simulation.estimation.FollowedStep;

/**
 * Tests on means over blocks of what each output deviates by from the twin as it was calibrated: drift, a lasting offset, a sudden change,
 * outputs that no longer belong together. At each operating point they know the usual mean, scatter and correlation of the blocks, first
 * from a prior, then from what was seen; the mean follows the asset slowly, but not while something unusual stands. Plain arrays.
 * Owned with its detector.
 */
final class SlowTests {
    private static final double PRIOR_BLOCKS = 20;
    private static final double PRIOR_SIGMA = 0.4; // of the sensor
    private static final double PRIOR_CORRELATION = 0.5;
    private static final double MEAN_PRIOR_BLOCKS = 3;
    private static final double MEMORY_BLOCKS = 1000;
    private static final double MOST_CORRELATION = 0.95;
    private static final double MOST_VALUE = 20; // of a block, so that one cannot decide
    private static final double CAP = 2; // of a sum, in limits: what is over is over soon

    private final DetectorSettings settings;
    private final int n;
    private final double blockDays;
    // By regime and output.
    private final double[][] mean;
    private final double[][] variance;
    private final double[][] lagged;
    private final double[][] count;
    // By output.
    private final double[] sum;
    private final double[] samples;
    private final double[] before; // deviation of the block before from its mean
    private final double[] up;
    private final double[] down;
    private final double[] average;
    private final double[] pageUp;
    private final double[] pageDown;
    private final double[] pageMean;
    private final double[] pageCount;
    private final double[] carried; // from calibrations before this one
    private final double[] shown; // moving average of deviations, in standard deviations of the sensor
    private final double[] shownCount;
    private final CrossSensor cross;
    // By output: value over limit.
    final double[] cusum;
    final double[] ewma;
    final double[] page;
    final double[] crossed;

    SlowTests(int outputs, int regimes, double blockSeconds, DetectorSettings settings) {
        this.settings = settings;
        n = outputs;
        blockDays = blockSeconds / 86_400;
        mean = new double[regimes][n];
        variance = new double[regimes][n];
        lagged = new double[regimes][n];
        count = new double[regimes][n];
        sum = new double[n];
        samples = new double[n];
        before = new double[n];
        up = new double[n];
        down = new double[n];
        average = new double[n];
        pageUp = new double[n];
        pageDown = new double[n];
        pageMean = new double[n];
        pageCount = new double[n];
        carried = new double[n];
        shown = new double[n];
        shownCount = new double[n];
        cross = new CrossSensor(n, settings);
        cusum = new double[n];
        ewma = new double[n];
        page = new double[n];
        crossed = new double[n];
        Arrays.fill(before, Double.NaN);
    }

    /** One step of a running asset. */
    void step(FollowedStep step) {
        for (int c = 0; c < n; c++) {
            double deviation = step.deviation(c);
            if (!Double.isNaN(deviation) && step.isSettled(c)) {
                sum[c] += Math.max(-MOST_VALUE, Math.min(MOST_VALUE, deviation));
                samples[c]++;
            }
        }
    }

    /**
     * The twin was calibrated anew. What stood out before goes on standing out; else what is usual is learned again.
     *
     * @param isUnusual whether something stands.
     */
    void calibrated(boolean isUnusual) {
        for (int c = 0; c < n; c++) {
            if (isUnusual) {
                carried[c] += shown[c];
            } else {
                carried[c] = 0;
                shownCount[c] = 0;
                for (double[] each : count) {
                    each[c] = 0;
                }
            }
            before[c] = Double.NaN;
            sum[c] = 0;
            samples[c] = 0;
        }
    }

    /** Ends a block at an operating point; {@code isLearning} unless something unusual stands. */
    void endBlock(int steps, int regime, boolean isLearning) {
        cross.begin();
        for (int c = 0; c < n; c++) {
            if (samples[c] >= 0.3 * steps) {
                block(c, regime, sum[c] / samples[c] + carried[c], isLearning);
            } else {
                before[c] = Double.NaN;
            }
            sum[c] = 0;
            samples[c] = 0;
        }
        cross.judge(isLearning, crossed);
    }

    private void block(int c, int regime, double value, boolean isLearning) {
        double seen = count[regime][c];
        double usual = seen / (seen + MEAN_PRIOR_BLOCKS) * mean[regime][c];
        double off = value - usual;
        double square = (PRIOR_BLOCKS * PRIOR_SIGMA * PRIOR_SIGMA + seen * variance[regime][c]) / (PRIOR_BLOCKS + seen);
        double product = (PRIOR_BLOCKS * PRIOR_CORRELATION * square + seen * lagged[regime][c]) / (PRIOR_BLOCKS + seen);
        double correlation = Math.max(0, Math.min(MOST_CORRELATION, product / square));
        double deviation = Math.sqrt(square) * ControlCharts.inflation(correlation);
        double y = Math.max(
                -MOST_VALUE, Math.min(MOST_VALUE, ControlCharts.beyond(off, settings.tolerance()) / deviation));
        double cap = CAP * settings.sumLimit();
        up[c] = Math.min(cap, ControlCharts.cusum(up[c], y, settings.slack()));
        down[c] = Math.min(cap, ControlCharts.cusum(down[c], -y, settings.slack()));
        cusum[c] = Math.max(up[c], down[c]) / settings.sumLimit();
        average[c] = ControlCharts.ewma(average[c], y, settings.averageShare());
        ewma[c] = Math.abs(average[c]) / ControlCharts.ewmaDeviation(settings.averageShare()) / settings.averageLimit();
        double slack = settings.slack() + settings.tolerance() / deviation;
        pageUp[c] =
                Math.min(cap, ControlCharts.pageHinkley(pageUp[c], value / deviation, pageMean[c] / deviation, slack));
        pageDown[c] = Math.min(
                cap, ControlCharts.pageHinkley(pageDown[c], -value / deviation, -pageMean[c] / deviation, slack));
        page[c] = pageCount[c] < 5 ? 0 : Math.max(pageUp[c], pageDown[c]) / settings.sumLimit();
        pageCount[c] = Math.min(MEMORY_BLOCKS, pageCount[c] + 1);
        pageMean[c] += (value - pageMean[c]) / pageCount[c];
        shownCount[c] = Math.min(1 / settings.averageShare(), shownCount[c] + 1);
        shown[c] += (value - shown[c]) / shownCount[c];
        cross.add(c, off, deviation);
        if (isLearning) {
            learn(c, regime, value, off);
        }
        before[c] = off;
    }

    private void learn(int c, int regime, double value, double off) {
        double seen = Math.min(MEMORY_BLOCKS, count[regime][c] + 1);
        count[regime][c] = seen;
        double move = (value - mean[regime][c]) / seen;
        double most = seen > settings.learnBlocks() ? settings.rebasePerDay() * blockDays : Double.POSITIVE_INFINITY;
        mean[regime][c] += Math.max(-most, Math.min(most, move));
        variance[regime][c] += (off * off - variance[regime][c]) / seen;
        if (!Double.isNaN(before[c])) {
            lagged[regime][c] += (off * before[c] - lagged[regime][c]) / seen;
        }
    }

    /** Mean deviation of an output over the last blocks, in standard deviations of its sensor; NaN before the first. */
    double shown(int output) {
        return shownCount[output] > 0 ? shown[output] : Double.NaN;
    }

    /** Blocks seen at an operating point, of the output that was seen most. */
    double blocks(int regime) {
        return Arrays.stream(count[regime]).max().orElse(0);
    }

    /** Nothing has deviated so far, at any operating point. */
    void forget() {
        for (double[] each : memory()) {
            Arrays.fill(each, 0);
        }
        Arrays.fill(before, Double.NaN);
        cross.forget();
    }

    /** Everything that is remembered, in an order. */
    double[][] memory() {
        double[][] all = new double[4 * mean.length + 16][];
        int at = 0;
        for (double[][] each : new double[][][] {mean, variance, lagged, count}) {
            for (double[] regime : each) {
                all[at++] = regime;
            }
        }
        for (double[] each : new double[][] {
            up,
            down,
            average,
            pageUp,
            pageDown,
            pageMean,
            pageCount,
            carried,
            shown,
            shownCount,
            cusum,
            ewma,
            page,
            crossed
        }) {
            all[at++] = each;
        }
        all[at++] = cross.average();
        all[at] = cross.products();
        return all;
    }
}
