package org.uatwin.simulation.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private static final double LEAST_DEVIATION = 0.3; // of the sensor: no model is better than that for long
    private static final double PRIOR_CORRELATION = 0.5;
    private static final double CALIBRATED_MEAN = 0.3; // standard deviation of the mean where the twin was calibrated
    private static final double ELSEWHERE_MEAN = 5; // and at another operating point, of a model that is not the asset
    private static final double SURE = 2; // standard deviations of the mean that are tolerated
    private static final double WAKE =
            6; // standard deviations of the sensor tolerated right after inputs moved, at first
    private static final double WAKE_BLOCKS =
            8; // in which that is less by a factor of e, of an output that follows at once
    private static final double WAKE_LAGS = 2; // and times the time in which an output settles
    private static final double WAKE_OVER = 60; // blocks after which it has shown what it needed
    private static final double SLOW_TOLERANCE = 8; // more, of the sensor: heat comes from what no model has
    private static final double SLOW_DEVIATION = 1;
    private static final double SLOW_WAKE = 15; // and of a slow output, always
    private static final double WAKE_SHRINKS = 0.7; // when less was needed
    private static final double SETTLING_PER_DAY = 24;
    private static final int SETTLED = 8; // times as many blocks, until the mean only creeps
    private static final double MEMORY_BLOCKS = 1000;
    private static final double RELEARNED = 3; // blocks a mean is worth after another calibration
    private static final double MOST_INFLATION = 4; // of a variance by correlation, where the mean is concerned
    private static final double MOST_CORRELATION = 0.8; // of blocks: what is more is a drift
    private static final double SLOW_CORRELATION = 0.95; // but of an output that settles for an hour
    private static final double SLOW = 12; // blocks in which an output settles, from where on it is slow

    private static final double TEACHES =
            2; // deviations of a block that scatter is learned from: else what drifts hides itself

    private static final double MOST_VALUE = 1000; // of a sample, in standard deviations of the sensor
    private static final double MOST_DEVIATE = 5; // of a block, so that one or two cannot decide
    private static final double CAP = 2; // of a sum, in limits: what is over is over soon
    private static final double MOST_INNOVATION = 6; // of a sample
    private static final double INNOVATION_SIGMA = 0.4; // of their mean over a block
    private static final double PAGE_TOLERANCE = 0.5;
    private static final double FAST = 0.2; // of a new step
    private static final double GROSS = 6; // a deviation as large counts, at rest or not

    private final DetectorSettings settings;
    private final int n;
    private final double blockDays;
    // By regime and output.
    private final double[][] mean;
    private final double[][] variance;
    private final double[][] lagged;
    private final double[][] count; // of blocks the mean is known from
    private final double[][] scatterCount; // and the scatter
    // By output.
    private final double[] sum;
    private final double[] samples;
    private final double[] innovations; // sum of them
    private final double[] innovationSamples;
    private final double[] fast; // deviations over the last seconds
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
    private int present = -1; // operating point
    private boolean wasLearning = true;
    private int home; // operating point of the calibration
    private final boolean[] isSlow; // by output
    private final double[] lag; // by output, blocks in which what it showed of a jump is over
    private final double[] wake; // by output, what is tolerated after a jump of inputs
    private final double[] wakeMost; // seen since the jump, as at the jump
    private double sinceJump = Double.POSITIVE_INFINITY; // blocks
    private double sinceCalibration; // blocks
    // By output: value over limit.
    final double[] cusum;
    final double[] ewma;
    final double[] page;
    final double[] crossed;
    /** By output: what of a deviation is usual, and what is tolerated around it, in standard deviations of the sensor. */
    final double[] usual;

    final double[] tolerated;
    private final double[] scatter; // of blocks, over many of them

    SlowTests(int outputs, int regimes, double blockSeconds, DetectorSettings settings) {
        this.settings = settings;
        n = outputs;
        blockDays = blockSeconds / 86_400;
        mean = new double[regimes][n];
        variance = new double[regimes][n];
        lagged = new double[regimes][n];
        count = new double[regimes][n];
        scatterCount = new double[regimes][n];
        sum = new double[n];
        samples = new double[n];
        innovations = new double[n];
        innovationSamples = new double[n];
        fast = new double[n];
        Arrays.fill(fast, Double.NaN);
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
        usual = new double[n];
        tolerated = new double[n];
        scatter = new double[n];
        Arrays.fill(scatter, PRIOR_SIGMA);
        Arrays.fill(tolerated, CALIBRATED_MEAN);
        isSlow = new boolean[n];
        lag = new double[n];
        Arrays.fill(lag, WAKE_BLOCKS);
        wake = new double[n];
        wakeMost = new double[n];
        Arrays.fill(wake, WAKE);
        Arrays.fill(before, Double.NaN);
    }

    /** One step of a running asset; {@code isCalm} unless inputs have just moved. */
    void step(FollowedStep step, boolean isCalm) {
        if (!isCalm) {
            rest();
            Arrays.fill(sum, 0);
            Arrays.fill(samples, 0);
        }
        for (int c = 0; c < n; c++) {
            double deviation = step.deviation(c);
            double innovation = step.innovation(c);
            if (!Double.isNaN(innovation) && isCalm && !step.isExcluded(c)) {
                innovations[c] +=
                        Math.max(-MOST_INNOVATION, Math.min(MOST_INNOVATION, confirmed(c, innovation, deviation)));
                innovationSamples[c]++;
            }
            boolean isAtRest = !step.isDriven() || step.isSettled(c) || Math.abs(deviation) > GROSS;
            if (!Double.isNaN(deviation) && isCalm && isAtRest) {
                sum[c] += Math.max(-MOST_VALUE, Math.min(MOST_VALUE, deviation));
                samples[c]++;
            }
        }
    }

    /** An innovation counts as far as the twin as it was calibrated deviates as well: not when the adapting twin moved by itself. */
    private double confirmed(int c, double innovation, double deviation) {
        if (Double.isNaN(deviation)) {
            return innovation;
        }
        double off = ControlCharts.beyond(deviation - usual[c], tolerated[c]);
        return Math.signum(off) == Math.signum(innovation)
                ? Math.signum(off) * Math.min(Math.abs(off), Math.abs(innovation))
                : 0;
    }

    /** Learns how slow outputs are. */
    void lags(FollowedStep step) {
        for (int c = 0; c < n; c++) {
            double settles = WAKE_LAGS * step.lag(c) / settings.blockSteps();
            isSlow[c] = settles >= SLOW;
            lag[c] = Math.max(WAKE_BLOCKS, settles);
        }
    }

    /** What is seen at once, while the asset is driven. */
    void glance(FollowedStep step) {
        for (int c = 0; c < n; c++) {
            double deviation = step.deviation(c);
            if (!Double.isNaN(deviation)) {
                fast[c] = Double.isNaN(fast[c]) ? deviation : ControlCharts.ewma(fast[c], deviation, FAST);
            }
        }
    }

    /** Inputs have moved, or the asset stands: what is slow has to settle again. */
    void rest() {
        sinceJump = 0;
        Arrays.fill(tolerated, WAKE + ELSEWHERE_MEAN);
        Arrays.fill(wakeMost, 0);
    }

    /**
     * The twin was calibrated anew: what it deviated by until now goes on counting, as a constant. At other operating points the model
     * is another one, and their means are learned again.
     */
    void calibrated(int regime, boolean isFirst, boolean isLearning) {
        if (isFirst) {
            home = regime;
            return;
        }
        home = regime;
        if (isLearning) {
            sinceCalibration = 0; // what is usual may be a little else now
        }
        for (int c = 0; c < n; c++) {
            carried[c] += shownCount[c] > 0 ? shown[c] - carried[c] : 0;
            for (int r = 0; r < count.length; r++) {
                double kept = r == regime ? (isLearning ? RELEARNED : MEMORY_BLOCKS) : 0;
                count[r][c] = Math.min(kept, count[r][c]);
            }
            before[c] = Double.NaN;
            sum[c] = 0;
            samples[c] = 0;
        }
    }

    /** Ends a block at an operating point; {@code isLearning} unless something unusual stands. */
    void endBlock(int steps, int regime, boolean isLearning) {
        boolean isOther = regime != present;
        present = regime;
        if (isOther || (isLearning && !wasLearning)) {
            cross.restart();
        }
        wasLearning = isLearning;
        cross.begin();
        for (int c = 0; c < n; c++) {
            if (isOther) {
                before[c] = Double.NaN;
                shownCount[c] = 0;
            }
            if (samples[c] >= 0.3 * steps) {
                block(c, regime, sum[c] / samples[c] + carried[c], isLearning);
            } else {
                before[c] = Double.NaN;
            }
            if (innovationSamples[c] >= 0.3 * steps) {
                page(c, limited(innovations[c] / innovationSamples[c] / INNOVATION_SIGMA));
            }
            innovations[c] = 0;
            innovationSamples[c] = 0;
            sum[c] = 0;
            samples[c] = 0;
        }
        cross.judge(isLearning, crossed);
        wakeEnds(isLearning);
    }

    private void wakeEnds(boolean isLearning) {
        boolean isOver = sinceJump < WAKE_OVER && sinceJump + 1 >= WAKE_OVER;
        sinceJump++;
        sinceCalibration++;
        for (int c = 0; c < n && isOver && isLearning; c++) {
            wake[c] = !isSlow[c] ? Math.min(WAKE, Math.max(WAKE_SHRINKS * wake[c], 2 * wakeMost[c])) : SLOW_WAKE;
        }
    }

    private void block(int c, int regime, double value, boolean isLearning) {
        double known = scatterCount[regime][c];
        double square =
                (PRIOR_BLOCKS * PRIOR_SIGMA * PRIOR_SIGMA + known * variance[regime][c]) / (PRIOR_BLOCKS + known);
        double product =
                (PRIOR_BLOCKS * PRIOR_CORRELATION * square + known * lagged[regime][c]) / (PRIOR_BLOCKS + known);
        double correlation =
                Math.max(0, Math.min(isQuick(c, regime) ? MOST_CORRELATION : SLOW_CORRELATION, product / square));
        double deviation = Math.max(
                !isSlow[c] ? LEAST_DEVIATION : SLOW_DEVIATION,
                Math.sqrt(square) * ControlCharts.inflation(correlation));
        double prior = regime == home ? CALIBRATED_MEAN : ELSEWHERE_MEAN;
        double information = count[regime][c] / (square * Math.min(MOST_INFLATION, deviation * deviation / square));
        double sureness = 1 / (1 / (prior * prior) + information);
        double off = value - sureness * information * mean[regime][c];
        double late = StrictMath.exp(-sinceJump / lag[c]);
        double tolerance = settings.tolerance()
                + (!isSlow[c] ? 0 : SLOW_TOLERANCE)
                + SURE * Math.sqrt(sureness)
                + wake[c] * late
                + WAKE * StrictMath.exp(-sinceCalibration / lag[c]);
        if (late > 0.1) {
            wakeMost[c] = Math.max(wakeMost[c], Math.min(WAKE, Math.abs(off) / late));
        }
        usual[c] = value - off - carried[c];
        tolerated[c] = tolerance;
        scatter[c] = deviation;
        double y = limited(ControlCharts.beyond(off, tolerance) / deviation);
        double cap = CAP * settings.sumLimit();
        up[c] = Math.min(cap, ControlCharts.cusum(up[c], y, settings.slack()));
        down[c] = Math.min(cap, ControlCharts.cusum(down[c], -y, settings.slack()));
        cusum[c] = Math.max(up[c], down[c]) / settings.sumLimit();
        average[c] = ControlCharts.ewma(average[c], y, settings.averageShare());
        ewma[c] = Math.abs(average[c]) / ControlCharts.ewmaDeviation(settings.averageShare()) / settings.averageLimit();
        shownCount[c] = Math.min(1 / settings.averageShare(), shownCount[c] + 1);
        shown[c] += (value - shown[c]) / shownCount[c];
        cross.add(c, off, deviation, tolerance / deviation);
        if (isLearning) {
            learn(c, regime, value, off, square);
        }
        before[c] = off;
    }

    /** An output that follows at once, where the twin was calibrated: what it deviates by is soon known. */
    private boolean isQuick(int output, int regime) {
        return !isSlow[output] && regime == home;
    }

    /** What the mean may move by in a block: at first as it likes, then at a rate that a fault outruns, at last only slowly. */
    private double creep(double seen, boolean isQuick) {
        if (seen <= (isQuick ? 1 : SETTLED) * settings.learnBlocks()) {
            return Double.POSITIVE_INFINITY;
        }
        return (seen <= SETTLED * settings.learnBlocks() ? SETTLING_PER_DAY : settings.rebasePerDay()) * blockDays;
    }

    private static double limited(double value) {
        return Math.max(-MOST_DEVIATE, Math.min(MOST_DEVIATE, value));
    }

    /** On what the adapting twin did not expect: it needs no baseline and sees what comes suddenly, before the twin has adapted. */
    private void page(int c, double value) {
        double cap = CAP * settings.sumLimit();
        boolean isBegun = pageCount[c] >= 5;
        double slack = settings.slack() + PAGE_TOLERANCE / INNOVATION_SIGMA;
        pageUp[c] = isBegun ? Math.min(cap, ControlCharts.pageHinkley(pageUp[c], value, pageMean[c], slack)) : 0;
        pageDown[c] = isBegun ? Math.min(cap, ControlCharts.pageHinkley(pageDown[c], -value, -pageMean[c], slack)) : 0;
        page[c] = Math.max(pageUp[c], pageDown[c]) / settings.sumLimit();
        pageCount[c] = Math.min(MEMORY_BLOCKS, pageCount[c] + 1);
        pageMean[c] += (value - pageMean[c]) / pageCount[c];
    }

    private void learn(int c, int regime, double value, double off, double square) {
        double seen = Math.min(MEMORY_BLOCKS, count[regime][c] + 1);
        count[regime][c] = seen;
        double move = (value - mean[regime][c]) / seen;
        double most = creep(seen, isQuick(c, regime));
        mean[regime][c] += Math.max(-most, Math.min(most, move));
        double known = Math.min(MEMORY_BLOCKS, scatterCount[regime][c] + 1);
        double usualMost = known <= settings.learnBlocks() ? Double.POSITIVE_INFINITY : TEACHES * Math.sqrt(square);
        double around = Math.max(-usualMost, Math.min(usualMost, value - mean[regime][c]));
        double beside = Math.max(-usualMost, Math.min(usualMost, off));
        scatterCount[regime][c] = known;
        variance[regime][c] += (around * around - variance[regime][c]) / known;
        if (!Double.isNaN(before[c])) {
            lagged[regime][c] +=
                    (beside * Math.max(-usualMost, Math.min(usualMost, before[c])) - lagged[regime][c]) / known;
        }
    }

    /**
     * Mean deviation of an output from what is usual at this operating point, in standard deviations of its sensor, over the last blocks, or
     * over the last seconds; NaN before the first.
     */
    double shown(int output, boolean isFast) {
        double value = isFast ? fast[output] : shownCount[output] > 0 ? shown[output] - carried[output] : Double.NaN;
        return value - usual[output];
    }

    /** How sure that is: what it may be by chance and by not knowing better what is usual. */
    double sigma(int output) {
        return 0.5 * tolerated[output] + scatter[output];
    }

    /** Share of its answer that an output has shown this long after a sudden change: first order, with the time it settles in. */
    double answered(int output, double seconds) {
        double lagSeconds = lag[output] / WAKE_LAGS * blockDays * 86_400;
        return isSlow[output] ? 1 - StrictMath.exp(-Math.max(0, seconds) / lagSeconds) : 1;
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
    List<double[]> memory() {
        List<double[]> all = new ArrayList<>();
        for (double[][] each : new double[][][] {mean, variance, lagged, count, scatterCount}) {
            all.addAll(Arrays.asList(each));
        }
        all.addAll(Arrays.asList(
                usual, tolerated, scatter, wake, up, down, average, pageUp, pageDown, pageMean, pageCount));
        all.addAll(Arrays.asList(carried, shown, shownCount, cusum, ewma, page, crossed));
        all.add(cross.average());
        all.add(cross.products());
        return all;
    }
}
