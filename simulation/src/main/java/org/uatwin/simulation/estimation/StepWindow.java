package org.uatwin.simulation.estimation;

import java.util.Arrays;
import org.uatwin.simulation.contract.OperatingMode;

/**
 * Samples by the step they belong to. A step collects what was measured after the step before it; the newest sample of a channel
 * counts, or the mean of all good ones where steps are long. Steps stay until they are final, so that a late sample can still join
 * its step. Owned with its estimator.
 */
final class StepWindow {
    private static final int ROWS = 64;

    /** One step. */
    static final class Row {
        long step = Long.MIN_VALUE;
        boolean isComplete; // has results
        final double[] value; // by channel; NaN if nothing came
        final long[] time;
        final SampleQuality[] quality;
        final int[] count; // good samples of a channel in this step
        final double[] expected; // by output: prediction with the sensors as calibrated
        final double[] innovation; // NaN if the output was not used
        final double[] variance; // of the innovation
        final double[] own; // part of it that is not the sensor's noise
        final double[] reference; // innovation of the reference observer
        boolean isRunning;
        final boolean[] isSettled; // by output: what it shows is at rest
        final boolean[]
                isJumping; // by output: inputs have just moved it so far that when they did decides what is seen
        boolean isInside;
        double[] inputs = new double[0]; // of the model
        OperatingMode mode = OperatingMode.RUNNING;

        Row(int channels, int outputs) {
            value = new double[channels];
            time = new long[channels];
            quality = new SampleQuality[channels];
            Arrays.fill(quality, SampleQuality.BAD);
            count = new int[channels];
            expected = new double[outputs];
            innovation = new double[outputs];
            variance = new double[outputs];
            own = new double[outputs];
            reference = new double[outputs];
            isSettled = new boolean[outputs];
            isJumping = new boolean[outputs];
        }

        private void begin(long of) {
            step = of;
            isComplete = false;
            Arrays.fill(value, Double.NaN);
            Arrays.fill(time, Long.MIN_VALUE);
            Arrays.fill(count, 0);
        }

        /** Keeps what the step was run with. */
        void ranWith(double[] u, OperatingMode in) {
            if (inputs.length != u.length) {
                inputs = new double[u.length];
            }
            System.arraycopy(u, 0, inputs, 0, u.length);
            mode = in;
        }

        SampleQuality quality(int channel) {
            return quality[channel];
        }
    }

    private final Row[] rows = new Row[ROWS];
    private final int channels;
    private final int outputs;
    private final int late; // steps a sample may be late
    private final boolean[] isMean; // by channel

    StepWindow(int channels, int outputs, int late, boolean[] isMean) {
        this.isMean = isMean;
        this.channels = channels;
        this.outputs = outputs;
        this.late = late;
    }

    /** The row of a step, begun if it is new. */
    Row row(long step) {
        int at = Math.floorMod(step, ROWS);
        Row row = rows[at];
        if (row == null) {
            row = new Row(channels, outputs);
            rows[at] = row;
        }
        if (row.step != step) {
            row.begin(step);
        }
        return row;
    }

    /** Largest number of steps a sample may lie ahead of the step that is due. */
    int ahead() {
        return ROWS - late - 2;
    }

    /**
     * Puts a sample into its step.
     *
     * @return whether it changed anything: an older sample of the same step does not.
     */
    boolean put(long step, int channel, double value, SampleQuality quality, long time) {
        Row row = row(step);
        boolean isOlder = time < row.time[channel];
        if (isMean[channel] && quality == SampleQuality.GOOD && row.count[channel] > 0) {
            row.count[channel]++;
            row.value[channel] += (value - row.value[channel]) / row.count[channel];
            row.time[channel] = Math.max(time, row.time[channel]);
            return true;
        }
        boolean isBetter = isMean[channel] && quality == SampleQuality.GOOD;
        boolean isWorse = isMean[channel] && row.count[channel] > 0;
        if ((isOlder && !isBetter) || isWorse) {
            return false;
        }
        row.value[channel] = value;
        row.time[channel] = Math.max(time, row.time[channel]);
        row.quality[channel] = quality;
        row.count[channel] = quality == SampleQuality.GOOD ? 1 : 0;
        return true;
    }
}
