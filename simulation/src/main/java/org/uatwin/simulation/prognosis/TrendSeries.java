package org.uatwin.simulation.prognosis;

import java.util.Arrays;

/** A series as a trend is fitted to: means of blocks of equal time, turned so that it grows towards its limit. Immutable. */
final class TrendSeries {
    static final int MOST = 120;

    final double[] hours; // middle of each block, after the first sample
    final double[] values;
    final double limit;
    final double span;

    private TrendSeries(double[] hours, double[] values, double limit, double span) {
        this.hours = hours;
        this.values = values;
        this.limit = limit;
        this.span = span;
    }

    /**
     * Samples that are not finite are left out.
     *
     * @param hours of the samples, not falling.
     */
    static TrendSeries of(double[] hours, double[] values, double limit) {
        int n = 0;
        double[] t = new double[hours.length];
        double[] v = new double[hours.length];
        for (int i = 0; i < hours.length; i++) {
            if (Double.isFinite(values[i]) && Double.isFinite(hours[i])) {
                t[n] = hours[i];
                v[n++] = values[i];
            }
        }
        if (n == 0) {
            return new TrendSeries(new double[0], new double[0], limit, 0);
        }
        double[] begin = Arrays.copyOf(v, Math.max(1, n / 10));
        Arrays.sort(begin);
        double sign = limit >= begin[begin.length / 2] ? 1 : -1;
        double span = t[n - 1] - t[0];
        int blocks = Math.min(MOST, n);
        double[] sum = new double[blocks];
        double[] time = new double[blocks];
        int[] count = new int[blocks];
        for (int i = 0; i < n; i++) {
            int b = span > 0 ? (int) Math.min(blocks - 1.0, (t[i] - t[0]) / span * blocks) : 0;
            sum[b] += sign * v[i];
            time[b] += t[i] - t[0];
            count[b]++;
        }
        int used = 0;
        for (int b = 0; b < blocks; b++) {
            if (count[b] > 0) {
                time[used] = time[b] / count[b];
                sum[used++] = sum[b] / count[b];
            }
        }
        return new TrendSeries(Arrays.copyOf(time, used), Arrays.copyOf(sum, used), sign * limit, span);
    }

    int size() {
        return values.length;
    }

    double last() {
        return values[values.length - 1];
    }

    /** Hours from the last block to the last sample. */
    double since() {
        return span - hours[hours.length - 1];
    }
}
