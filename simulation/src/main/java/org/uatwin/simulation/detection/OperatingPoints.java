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

    private static final double NEAR = 0.15; // of an input
    private static final double LEAST = 1e-3; // of the largest value of that input so far

    private final int width;
    private final double[] sum;
    private final double[] largest;
    private final double[] centres; // MOST x width
    private final double[] count = new double[1];
    private int samples;
    private int present;

    OperatingPoints(int inputs) {
        width = inputs;
        sum = new double[inputs];
        largest = new double[inputs];
        centres = new double[MOST * inputs];
    }

    void step(FollowedStep step) {
        for (int i = 0; i < width; i++) {
            sum[i] += step.input(i);
        }
        samples++;
    }

    /** The operating point of the block that ends; of the block before if it had no step. */
    int endBlock() {
        if (samples == 0) {
            return present;
        }
        for (int i = 0; i < width; i++) {
            sum[i] /= samples;
            largest[i] = Math.max(largest[i], Math.abs(sum[i]));
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
        if (nearest > 1 && known < MOST) {
            best = known;
            System.arraycopy(sum, 0, centres, best * width, width);
            count[0]++;
        }
        Arrays.fill(sum, 0);
        present = best;
        return best;
    }

    private double distance(int regime) {
        double most = 0;
        for (int i = 0; i < width; i++) {
            double centre = centres[regime * width + i];
            double near = NEAR * Math.max(Math.abs(centre), Math.abs(sum[i])) + LEAST * largest[i];
            most = Math.max(most, near > 0 ? Math.abs(sum[i] - centre) / near : 0);
        }
        return most;
    }

    void forget() {
        count[0] = 0;
        present = 0;
    }

    double[][] memory() {
        return new double[][] {largest, centres, count};
    }
}
