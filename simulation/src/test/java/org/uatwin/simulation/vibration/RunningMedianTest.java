package org.uatwin.simulation.vibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunningMedianTest {
    /** Against sorting every neighbourhood anew, mirrored at the ends; with ties. */
    @Test
    void medianOfEachNeighbourhood() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            int n = 1 + random.nextInt(60);
            int half = random.nextInt(40);
            double[] values = random.ints(n, 0, 30).asDoubleStream().toArray();
            double[] medians = RunningMedian.of(values, half);
            for (int k = 0; k < n; k++) {
                double[] near = new double[2 * half + 1];
                for (int i = -half; i <= half; i++) {
                    int at = Math.floorMod(k + i, 2 * n);
                    near[i + half] = values[at < n ? at : 2 * n - 1 - at];
                }
                Arrays.sort(near);
                assertThat(medians[k]).as("seed %d, at %d", seed, k).isEqualTo(near[half]);
            }
        }
    }
}
