package org.uatwin.simulation.prognosis;

import java.util.ArrayList;
import java.util.List;

/** What the last cycles of a signal say: level, trend, scatter and drift since the beginning. Causal. */
final class WindowFeatures {
    private static final int[] WINDOWS = {10, 30, 60, 120};
    private static final int BEGINNING = 10; // cycles
    /** Features a signal has. */
    static final int COUNT = 3 * WINDOWS.length + 1;

    private WindowFeatures() {}

    static List<String> names(String signal) {
        List<String> names = new ArrayList<>();
        for (int w : WINDOWS) {
            names.add("%s mean of %d".formatted(signal, w));
            names.add("%s slope of %d".formatted(signal, w));
            names.add("%s deviation of %d".formatted(signal, w));
        }
        names.add("%s drift since the beginning".formatted(signal));
        return names;
    }

    /** Writes the features of every cycle into columns, from a row on. */
    static void write(double[] signal, double[][] columns, int first, int row) {
        int n = signal.length;
        double[] sum = new double[n + 1];
        double[] squares = new double[n + 1];
        double[] moment = new double[n + 1]; // of time
        for (int t = 0; t < n; t++) {
            sum[t + 1] = sum[t] + signal[t];
            squares[t + 1] = squares[t] + signal[t] * signal[t];
            moment[t + 1] = moment[t] + t * signal[t];
        }
        for (int t = 0; t < n; t++) {
            int c = first;
            for (int w : WINDOWS) {
                int from = Math.max(0, t + 1 - w);
                int m = t + 1 - from;
                double s = sum[t + 1] - sum[from];
                double mean = s / m;
                double variance = m > 1 ? Math.max(0, (squares[t + 1] - squares[from] - s * mean) / (m - 1)) : 0;
                double centre = (from + t) / 2.0;
                double spread = m * ((double) m * m - 1) / 12;
                double slope = m > 1 ? (moment[t + 1] - moment[from] - centre * s) / spread : 0;
                columns[c++][row + t] = mean;
                columns[c++][row + t] = slope;
                columns[c++][row + t] = Math.sqrt(variance);
            }
            int begin = Math.min(BEGINNING, t + 1);
            int from = Math.max(0, t + 1 - WINDOWS[1]);
            columns[c][row + t] = (sum[t + 1] - sum[from]) / (t + 1 - from) - sum[begin] / begin;
        }
    }
}
