package org.uatwin.simulation.detection;

import java.util.Arrays;
import org.uatwin.informationmodel.value.UaTime;

/**
 * The past of one point, and how far its latest values lie from the most similar stretch of that past: the left matrix profile
 * (Yeh et al. 2016, without their normalisation: a level is part of a shape) for several widths at once, and for some among the
 * same time of other days only. Owned by one thread; 20 bytes a value and twice as many places as values remembered.
 */
final class StreamNeighbours {
    /** Values of a stretch. */
    static final int[] WIDTHS = {1, 2, 4, 8, 16, 32};

    /** Values of a stretch at the same time of day. */
    static final int[] DAY_WIDTHS = {1, 8};

    private static final int FEWEST = 5; // stretches to compare with
    private static final int FEWEST_DAYS = 3; // stretches of other days
    private static final int DAY_SECONDS = 86_400;
    private static final int SAME_TIME_SECONDS = 1_800;
    private static final long OTHER_DAY_TICKS = 12 * 3_600 * UaTime.TICKS_PER_SECOND;
    private static final int WIDEST = WIDTHS[WIDTHS.length - 1];

    private final int memory;
    private final double[] values;
    private final long[] ticks;
    private final int[] secondOfDay;
    private int size;
    private int lastLag = 1; // of the stretch most similar to the last one
    private final double[] nearest = new double[WIDTHS.length];
    private final double[] nearestOfDay = new double[DAY_WIDTHS.length];
    private final double[] best = new double[WIDTHS.length]; // squares under way

    /** @param memory values that are compared with. */
    StreamNeighbours(int memory) {
        this.memory = memory;
        int places = 2 * (memory + WIDEST);
        values = new double[places];
        ticks = new long[places];
        secondOfDay = new int[places];
    }

    /** Takes the next value and measures. */
    void add(long time, double value) {
        if (size == values.length) {
            int kept = memory + WIDEST;
            System.arraycopy(values, size - kept, values, 0, kept);
            System.arraycopy(ticks, size - kept, ticks, 0, kept);
            System.arraycopy(secondOfDay, size - kept, secondOfDay, 0, kept);
            size = kept;
        }
        values[size] = value;
        ticks[size] = time;
        secondOfDay[size] = (int) Math.floorMod(Math.floorDiv(time, UaTime.TICKS_PER_SECOND), (long) DAY_SECONDS);
        size++;
        measure();
        measureOtherDays();
    }

    /** Distance for {@link #WIDTHS}[i]; NaN while there is too little past. */
    double nearest(int i) {
        return nearest[i];
    }

    /** Distance for {@link #DAY_WIDTHS}[i]; NaN while there are too few other days. */
    double nearestOfDay(int i) {
        return nearestOfDay[i];
    }

    /** Mean of the last values; NaN while there are not so many. */
    double mean(int width) {
        if (size < width) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = size - width; i < size; i++) {
            sum += values[i];
        }
        return sum / width;
    }

    /** Standard deviation of the last values; NaN while there are not so many. */
    double deviation(int width) {
        double mean = mean(width);
        double squares = 0;
        for (int i = Math.max(0, size - width); i < size; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return Math.sqrt(squares / width);
    }

    private void measure() {
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        int lags = Math.min(memory, size - 1);
        int widest = 0; // whose distance can be told: wider ones cannot end the search
        while (widest + 1 < WIDTHS.length && stretches(WIDTHS[widest + 1], lags) > 0) {
            widest++;
        }
        int nearestLag = Math.max(1, Math.min(lags, lastLag));
        compare(nearestLag, widest); // most likely near again, so that the others are given up early
        for (int lag = 1; lag <= lags; lag++) {
            double before = best[widest];
            compare(lag, widest);
            if (best[widest] < before) {
                nearestLag = lag;
            }
        }
        lastLag = nearestLag;
        for (int k = 0; k < WIDTHS.length; k++) {
            nearest[k] = stretches(WIDTHS[k], lags) < FEWEST ? Double.NaN : Math.sqrt(best[k]);
        }
    }

    /** Earlier stretches of a width that do not overlap the latest. */
    private int stretches(int width, int lags) {
        return Math.min(lags, size - width) - width + 1;
    }

    private void compare(int lag, int widest) {
        int now = size - 1;
        int longest = Math.min(lag, now - lag + 1);
        double sum = 0;
        int q = 0;
        for (int k = 0; k <= widest && WIDTHS[k] <= longest; k++) {
            for (; q < WIDTHS[k]; q++) {
                double d = values[now - q] - values[now - lag - q];
                sum += d * d;
            }
            if (sum < best[k]) {
                best[k] = sum;
            }
            if (sum >= best[widest]) {
                return; // a wider stretch is no nearer
            }
        }
    }

    private void measureOtherDays() {
        Arrays.fill(nearestOfDay, Double.POSITIVE_INFINITY);
        int now = size - 1;
        int found = 0;
        for (int then = now - 1; then >= Math.max(0, now - memory); then--) {
            int apart = Math.abs(secondOfDay[now] - secondOfDay[then]);
            if (Math.min(apart, DAY_SECONDS - apart) > SAME_TIME_SECONDS
                    || ticks[now] - ticks[then] < OTHER_DAY_TICKS) {
                continue;
            }
            found++;
            double sum = 0;
            int q = 0;
            for (int k = 0; k < DAY_WIDTHS.length && DAY_WIDTHS[k] <= then + 1; k++) {
                for (; q < DAY_WIDTHS[k]; q++) {
                    double d = values[now - q] - values[then - q];
                    sum += d * d;
                }
                nearestOfDay[k] = Math.min(nearestOfDay[k], sum);
            }
        }
        for (int k = 0; k < nearestOfDay.length; k++) {
            boolean isKnown = found >= FEWEST_DAYS && Double.isFinite(nearestOfDay[k]);
            nearestOfDay[k] = isKnown ? Math.sqrt(nearestOfDay[k]) : Double.NaN;
        }
    }
}
