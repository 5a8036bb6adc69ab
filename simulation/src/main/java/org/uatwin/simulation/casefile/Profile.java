package org.uatwin.simulation.casefile;

import org.uatwin.simulation.expression.Expression;

/** An input over time. */
interface Profile {
    /** The value at an instant. */
    double at(double timeSeconds);

    /** A formula of the time {@code t} in seconds. */
    static Profile formula(Expression expression) {
        double[] t = new double[1];
        return time -> {
            t[0] = time;
            return expression.value(t);
        };
    }

    /** The same value always. */
    static Profile constant(double value) {
        return time -> value;
    }

    /**
     * Values at rising instants; before the first and after the last the nearest holds.
     *
     * @param isLinear between instants: a straight line, or the earlier value.
     * @param isRepeated whether it begins again after the last instant.
     */
    static Profile table(double[] times, double[] values, boolean isLinear, boolean isRepeated) {
        double[] at = times.clone();
        double[] value = values.clone();
        int n = at.length;
        double period = isRepeated && n > 1 ? at[n - 1] - at[0] + (at[n - 1] - at[n - 2]) : 0;
        return time -> {
            double t = period > 0 ? at[0] + (time - at[0]) - period * Math.floor((time - at[0]) / period) : time;
            if (t < at[0]) {
                return value[0];
            }
            int low = 0;
            int high = n;
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                // Instants of a grid are computed and may miss the table's by an ulp.
                if (at[middle] <= t + 1e-9 * Math.max(1, Math.abs(t))) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            if (!isLinear || (low == n - 1 && period == 0)) {
                return value[low];
            }
            double nextTime = low == n - 1 ? at[0] + period : at[low + 1];
            double nextValue = low == n - 1 ? value[0] : value[low + 1];
            return value[low] + (nextValue - value[low]) * Math.max(0, t - at[low]) / (nextTime - at[low]);
        };
    }
}
