package org.uatwin.simulation.vibration;

import java.util.Arrays;

/** Medians of neighbourhoods. */
final class RunningMedian {
    private RunningMedian() {}

    /** Of each value and so many on each side; at the ends the values are mirrored. */
    static double[] of(double[] values, int half) {
        int n = values.length;
        int width = 2 * half + 1;
        double[] sorted = new double[width];
        for (int i = -half; i <= half; i++) {
            sorted[i + half] = values[mirrored(i, n)];
        }
        Arrays.sort(sorted);
        double[] medians = new double[n];
        for (int k = 0; k < n; k++) {
            medians[k] = sorted[half];
            replace(sorted, values[mirrored(k - half, n)], values[mirrored(k + half + 1, n)]);
        }
        return medians;
    }

    private static int mirrored(int i, int n) {
        int period = 2 * n;
        int at = Math.floorMod(i, period);
        return at < n ? at : period - 1 - at;
    }

    private static void replace(double[] sorted, double old, double fresh) {
        int at = Arrays.binarySearch(sorted, old);
        while (at > 0 && sorted[at - 1] > fresh) {
            sorted[at] = sorted[at - 1];
            at--;
        }
        while (at < sorted.length - 1 && sorted[at + 1] < fresh) {
            sorted[at] = sorted[at + 1];
            at++;
        }
        sorted[at] = fresh;
    }
}
