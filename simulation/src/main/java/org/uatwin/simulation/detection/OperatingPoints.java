package org.uatwin.simulation.detection;

import java.util.Arrays;
import org.uatwin.simulation.estimation.FollowedStep;

/**
 * The operating points an asset runs at, found as it goes by its inputs: a block whose inputs differ from all known points by more than
 * a share begins another. When there are no more places, the nearest is taken. Owned with its detector.
 */
final class OperatingPoints {
    /** Points at most. */
    static final int MOST = 8;

    private static final double NEAR = 0.05; // of an input
    private static final double JUMP = 0.05; // of an input, from its mean over the last seconds
    private static final double FLUTTER_STEPS = 600;
    private static final int UNREST = 60; // steps after a jump
    private static final double ROAM =
            6; // usual changes from block to block: inputs that roam are no other operating point
    private static final double ROAM_BLOCKS = 50;
    private static final double CENTRE_BLOCKS = 500;
    private static final double STAYS = 1.5; // times as far as another operating point begins
    private static final double LEAST = 1e-3; // of the largest value of that input so far

    private final int width;
    private final double[] sum;
    private final double[] largest;
    private final double[] centres; // MOST x width
    private final double[] roam; // usual change from block to block
    private final double[] last; // block; NaN after a jump
    private final double[] follow; // moving average over some steps
    private final double[] flutter; // usual distance from it
    private int unrest = UNREST;
    private boolean isBegun;
    private final double[] count = new double[1];
    private int samples;
    private int present;

    OperatingPoints(int inputs) {
        width = inputs;
        sum = new double[inputs];
        largest = new double[inputs];
        centres = new double[MOST * inputs];
        roam = new double[inputs];
        last = new double[inputs];
        Arrays.fill(last, Double.NaN);
        follow = new double[inputs];
        flutter = new double[inputs];
    }

    /** Takes a step; answers whether inputs have been at rest for a while. Where they drive the asset all the time they never are. */
    boolean step(FollowedStep step) {
        for (int i = 0; i < width; i++) {
            double input = step.input(i);
            sum[i] += input;
            double jump =
                    JUMP * Math.max(Math.abs(input), Math.abs(follow[i])) + ROAM * flutter[i] + LEAST * largest[i];
            double away = isBegun ? Math.abs(input - follow[i]) : 0;
            flutter[i] += (Math.min(away, 3 * flutter[i] + 0.01 * Math.abs(input)) - flutter[i]) / FLUTTER_STEPS;
            if (isBegun && away > jump) {
                unrest = UNREST;
                follow[i] = input;
            }
            follow[i] = isBegun ? ControlCharts.ewma(follow[i], input, 1 / 15.0) : input;
        }
        isBegun = true;
        samples++;
        unrest = Math.max(0, unrest - 1);
        boolean isCalm = step.isDriven() || unrest == 0;
        if (!isCalm) {
            Arrays.fill(sum, 0); // the mean over a change is no operating point
            Arrays.fill(last, Double.NaN);
            samples = 0;
        }
        return isCalm;
    }

    /** The operating point of the block that ends; of the block before if it had no step. */
    int endBlock() {
        if (samples == 0) {
            return present;
        }
        for (int i = 0; i < width; i++) {
            sum[i] /= samples;
            largest[i] = Math.max(largest[i], Math.abs(sum[i]));
            if (!Double.isNaN(last[i])) {
                double most = 3 * roam[i] + 0.01 * Math.abs(sum[i]);
                roam[i] += (Math.min(most, Math.abs(sum[i] - last[i])) - roam[i]) / ROAM_BLOCKS;
            }
            last[i] = sum[i];
        }
        samples = 0;
        int known = (int) count[0];
        int best = 0;
        double nearest = Double.POSITIVE_INFINITY;
        for (int r = 0; r < known; r++) {
            double distance = distance(r);
            if (distance < nearest) {
                nearest = distance;
                best = r;
            }
        }
        if (known > 0 && distance(present) <= STAYS) {
            best = present;
        } else if (nearest > 1 && known < MOST) {
            best = known;
            System.arraycopy(sum, 0, centres, best * width, width);
            count[0]++;
        }
        for (int i = 0; i < width; i++) {
            centres[best * width + i] += (sum[i] - centres[best * width + i]) / CENTRE_BLOCKS;
        }
        Arrays.fill(sum, 0);
        present = best;
        return best;
    }

    private double distance(int regime) {
        double most = 0;
        for (int i = 0; i < width; i++) {
            double centre = centres[regime * width + i];
            double near = NEAR * Math.max(Math.abs(centre), Math.abs(sum[i])) + ROAM * roam[i] + LEAST * largest[i];
            most = Math.max(most, near > 0 ? Math.abs(sum[i] - centre) / near : 0);
        }
        return most;
    }

    void forget() {
        count[0] = 0;
        present = 0;
    }

    double[][] memory() {
        return new double[][] {largest, roam, flutter, centres, count};
    }
}
