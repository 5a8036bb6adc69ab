package org.uatwin.simulation.detection;

import java.util.Arrays;
import org.uatwin.simulation.estimation.FollowedStep;

/**
 * Tests on every sample of each measured output: far out, jumping, stuck, noisy, missing. What a sensor's scatter usually is, is learned
 * as it goes. Plain arrays by output, nothing is allocated. Owned with its detector.
 */
final class ChannelTests {
    private static final double SPIKE = 10; // usual changes from sample to sample
    private static final double SPIKE_SIGMA = 3; // of the sensor, at least
    private static final double SPIKES = 5; // a spike goes up and down: three of them
    private static final double SPIKE_MEMORY_BLOCKS = 10;
    private static final double COLLAPSED = 0.01; // of the usual variance
    private static final double SCATTER_MEMORY = 200; // blocks
    private static final double MISSING = 0.5; // of what usually comes
    private static final double EQUAL_RUNS = 12; // times the longest seen

    private final DetectorSettings settings;
    private final int n;
    // By output, over samples.
    private final double[] last;
    private final double[] lastExpected;
    private final double[] lastDeviation; // from the twin as it was calibrated, which does not move by itself
    private final double[] out1; // how far the samples before were out
    private final double[] out2;
    private final double[] equal; // samples in a row with the same value
    private final double[] longest; // such run so far
    private final double[] expectedAtFreeze;
    private final double[] hits; // of jumps, forgotten slowly
    // By output, over blocks.
    private final double[] squares;
    private final double[] changes;
    private final double[] present;
    private final double[] scatter; // usual variance of a change, over that of the sensor
    private final double[] scatterBlocks;
    private final double[] isQuiet; // blocks without scatter while learning
    private final double[] share; // of steps with a measurement, usually
    private final double[] noiseBefore; // ratio of the block before
    private final double[] missingBefore;
    // By output: value over limit.
    final double[] limit;
    final double[] rate;
    final double[] stuck;
    final double[] noise;
    final double[] missing;

    ChannelTests(int outputs, DetectorSettings settings) {
        this.settings = settings;
        n = outputs;
        last = new double[n];
        lastExpected = new double[n];
        lastDeviation = new double[n];
        out1 = new double[n];
        out2 = new double[n];
        equal = new double[n];
        longest = new double[n];
        expectedAtFreeze = new double[n];
        hits = new double[n];
        squares = new double[n];
        changes = new double[n];
        present = new double[n];
        scatter = new double[n];
        scatterBlocks = new double[n];
        isQuiet = new double[n];
        share = new double[n];
        noiseBefore = new double[n];
        missingBefore = new double[n];
        limit = new double[n];
        rate = new double[n];
        stuck = new double[n];
        noise = new double[n];
        missing = new double[n];
        Arrays.fill(last, Double.NaN);
        Arrays.fill(noiseBefore, 1);
    }

    /** The asset stands: what goes on from sample to sample begins anew. */
    void rest() {
        Arrays.fill(last, Double.NaN);
        Arrays.fill(out1, 0);
        Arrays.fill(out2, 0);
        Arrays.fill(equal, 0);
        Arrays.fill(limit, 0);
    }

    /** One step of a running asset; {@code isCalm} unless inputs have just moved. */
    void step(FollowedStep step, boolean isCalm, SlowTests slow) {
        double forget = 1 - 1 / (SPIKE_MEMORY_BLOCKS * settings.blockSteps());
        for (int c = 0; c < n; c++) {
            hits[c] *= forget;
            double value = step.measured(c);
            if (Double.isNaN(value)) {
                continue;
            }
            present[c]++;
            far(c, step, isCalm, slow);
            if (!Double.isNaN(last[c]) && step.sigma(c) > 0) {
                change(c, value, step, isCalm);
            } else {
                expectedAtFreeze[c] = step.expected(c);
            }
            last[c] = value;
            lastExpected[c] = step.expected(c);
            lastDeviation[c] = step.deviation(c);
        }
    }

    /** Far out of what the twin expects, adapted and as calibrated: neither what it has just learned nor what it never knew counts. */
    private void far(int c, FollowedStep step, boolean isCalm, SlowTests slow) {
        double innovation = step.innovation(c);
        double out = Double.isNaN(innovation) || step.isExcluded(c) || !isCalm ? 0 : Math.abs(innovation);
        double deviation = step.deviation(c);
        if (!Double.isNaN(deviation)) {
            out = Math.min(out, Math.max(0, Math.abs(deviation - slow.usual[c]) - slow.tolerated[c]));
        }
        limit[c] = Math.min(out, Math.min(out1[c], out2[c])) / settings.limitSigma();
        out2[c] = out1[c];
        out1[c] = out;
    }

    private void change(int c, double value, FollowedStep step, boolean isCalm) {
        double sigma = step.sigma(c);
        double change = step.deviation(c) - lastDeviation[c];
        if (Double.isNaN(change)) {
            change = (value - last[c] - (step.expected(c) - lastExpected[c])) / sigma;
        }
        change /= proportion(value, step, c);
        if (isCalm) {
            squares[c] += change * change;
            changes[c]++;
        }
        boolean isKnown = scatterBlocks[c] >= 3;
        if (isKnown && isCalm && Math.abs(change) > Math.max(SPIKE * Math.sqrt(scatter[c]), SPIKE_SIGMA)) {
            hits[c]++;
        }
        rate[c] = hits[c] / SPIKES;
        if (value == last[c]) {
            equal[c]++;
        } else {
            if (stuck[c] < 0.5 || scatterBlocks[c] < settings.learnBlocks()) {
                longest[c] = Math.max(longest[c], equal[c]);
            }
            equal[c] = 0;
            expectedAtFreeze[c] = step.expected(c);
        }
        boolean shouldMove = Math.abs(step.expected(c) - expectedAtFreeze[c]) > 3 * sigma;
        double most = shouldMove
                ? Math.max(0.5 * settings.stuckSteps(), 3 * longest[c])
                : Math.max(settings.stuckSteps(), EQUAL_RUNS * longest[c]);
        stuck[c] = isKnown ? equal[c] / most : 0;
    }

    /** A sensor scatters in proportion to what it shows, if its class says so: here that may be several times what was expected. */
    private static double proportion(double value, FollowedStep step, int c) {
        double about = Math.max(1e-9, Math.abs(step.measured(c) - step.deviation(c) * step.sigma(c)));
        return Double.isNaN(step.deviation(c)) ? 1 : Math.max(1, Math.min(100, Math.abs(value) / about));
    }

    /** Ends a block; what is usual is learned from it unless something unusual stands. */
    void endBlock(int steps, boolean isLearning) {
        for (int c = 0; c < n; c++) {
            double here = present[c] / steps;
            boolean isFirst = share[c] == 0;
            double gap = isFirst ? 0 : (share[c] - here) / (MISSING * share[c]);
            missing[c] = Math.min(gap, missingBefore[c]);
            missingBefore[c] = gap;
            if (isLearning && gap < 0.5) {
                share[c] += (here - share[c]) / (isFirst ? 1 : settings.learnBlocks());
            }
            if (changes[c] >= 0.25 * steps) {
                scatter(c, squares[c] / changes[c], isLearning);
            }
            squares[c] = 0;
            changes[c] = 0;
            present[c] = 0;
        }
    }

    private void scatter(int c, double square, boolean isLearning) {
        double usual = scatter[c];
        double ratio = usual > 0 ? square / usual : 1;
        boolean isKnown = scatterBlocks[c] >= 3;
        noise[c] = isKnown ? Math.min(ratio, noiseBefore[c]) / settings.noiseRatio() : 0;
        boolean isCollapsed = isKnown && isQuiet[c] == 0 && Math.max(ratio, noiseBefore[c]) < COLLAPSED;
        stuck[c] = isCollapsed ? Math.max(stuck[c], 1) : stuck[c];
        noiseBefore[c] = ratio;
        boolean isUsual =
                ratio < 0.5 * settings.noiseRatio() && (ratio > 0.1 || scatterBlocks[c] < settings.learnBlocks());
        if (isLearning && (isUsual || !isKnown)) {
            scatterBlocks[c]++;
            isQuiet[c] += ratio < 0.1 ? 1 : 0;
            scatter[c] += (square - usual) / Math.min(scatterBlocks[c], SCATTER_MEMORY);
        }
    }

    /** Everything that is remembered, in an order. */
    double[][] memory() {
        return new double[][] {
            longest, hits, scatter, scatterBlocks, isQuiet, share, noiseBefore, missingBefore, rate, noise, missing
        };
    }
}
