package org.uatwin.simulation.scenario;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values of one output over simulated time. Immutable; arrays are copied out. */
public final class Series {
    private final double[] times;
    private final double[] values;

    Series(double[] times, double[] values) {
        if (times.length != values.length) {
            throw new IllegalArgumentException(times.length + " times, " + values.length + " values");
        }
        this.times = times;
        this.values = values;
    }

    /** Number of points. */
    public int size() {
        return times.length;
    }

    /** Seconds since the start of the run, ascending. */
    public double[] timesSeconds() {
        return times.clone();
    }

    /** Values at these times. */
    public double[] values() {
        return values.clone();
    }

    /**
     * At most {@code maxPoints} of these points, among them the first, the last, the smallest and the largest: each of equal
     * groups keeps its smallest and largest in order of time.
     *
     * @param maxPoints at least 4.
     */
    Series decimated(int maxPoints) {
        int n = times.length;
        if (n <= maxPoints) {
            return this;
        }
        int groups = (maxPoints - 2) / 2;
        double[] t = new double[2 * groups + 2];
        double[] v = new double[2 * groups + 2];
        int size = 0;
        t[size] = times[0];
        v[size++] = values[0];
        int inner = n - 2;
        for (int g = 0; g < groups; g++) {
            int from = 1 + (int) ((long) inner * g / groups);
            int to = 1 + (int) ((long) inner * (g + 1) / groups);
            int low = from;
            int high = from;
            for (int i = from; i < to; i++) {
                low = values[i] < values[low] ? i : low;
                high = values[i] > values[high] ? i : high;
            }
            int first = Math.min(low, high);
            int second = Math.max(low, high);
            t[size] = times[first];
            v[size++] = values[first];
            if (second != first) {
                t[size] = times[second];
                v[size++] = values[second];
            }
        }
        t[size] = times[n - 1];
        v[size++] = values[n - 1];
        return new Series(Arrays.copyOf(t, size), Arrays.copyOf(v, size));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Series that && Arrays.equals(times, that.times) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(times) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Series of " + times.length + " points";
    }
}
