package org.uatwin.simulation.detection;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.uatwin.simulation.learning.FeatureTable;
import org.uatwin.simulation.learning.Ridge;

/**
 * A load as its usual course of the day plus what inputs add, piecewise linear and apart for busy and quiet hours: the form of
 * Mathieu et al. (2011, LBNL) with a course for working days and one for the others, so that a few weeks are enough.
 * Immutable.
 */
final class CalendarRegression {
    private static final int SLOTS = 48; // of a day
    private static final int KNOTS = 6;
    private static final double PENALTY = 30;

    private final boolean[] isBusy; // by slot of a working day
    private final double[][] knots; // of each input
    private final Ridge ridge;

    private CalendarRegression(boolean[] isBusy, double[][] knots, Ridge ridge) {
        this.isBusy = isBusy;
        this.knots = knots;
        this.ridge = ridge;
    }

    static CalendarRegression learn(FeatureTable inputs, List<LocalDateTime> times, double[] target) {
        boolean[] isBusy = busy(times, target);
        double[][] knots = new double[inputs.width()][];
        for (int c = 0; c < knots.length; c++) {
            double[] sorted = Arrays.stream(inputs.columns()[c])
                    .filter(x -> !Double.isNaN(x))
                    .sorted()
                    .toArray();
            knots[c] = new double[sorted.length == 0 ? 0 : KNOTS];
            for (int k = 0; k < knots[c].length; k++) {
                knots[c][k] = sorted[(int) ((k + 0.5) / KNOTS * sorted.length)];
            }
        }
        return new CalendarRegression(isBusy, knots, Ridge.learn(table(inputs, times, isBusy, knots), target, PENALTY));
    }

    /** Slots of working days with more than half of the way from the quietest to the busiest. */
    private static boolean[] busy(List<LocalDateTime> times, double[] target) {
        double[] sum = new double[SLOTS];
        int[] count = new int[SLOTS];
        for (int i = 0; i < target.length; i++) {
            if (isWorkingDay(times.get(i))) {
                sum[slot(times.get(i))] += target[i];
                count[slot(times.get(i))]++;
            }
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < SLOTS; s++) {
            if (count[s] > 0) {
                low = Math.min(low, sum[s] / count[s]);
                high = Math.max(high, sum[s] / count[s]);
            }
        }
        boolean[] busy = new boolean[SLOTS];
        for (int s = 0; s < SLOTS; s++) {
            busy[s] = count[s] > 0 && sum[s] / count[s] > (low + high) / 2;
        }
        return busy;
    }

    private static boolean isWorkingDay(LocalDateTime time) {
        return time.getDayOfWeek().getValue() <= 5;
    }

    private static int slot(LocalDateTime time) {
        return (time.getHour() * 60 + time.getMinute()) * SLOTS / 1440;
    }

    private static FeatureTable table(
            FeatureTable inputs, List<LocalDateTime> times, boolean[] isBusy, double[][] knots) {
        int days = 2 * SLOTS + 7;
        int width = days + inputs.width() * 2 * (KNOTS + 1);
        double[][] columns = new double[width][inputs.rows()];
        List<String> names = new ArrayList<>();
        for (int c = 0; c < width; c++) {
            names.add("c" + c);
        }
        for (int i = 0; i < inputs.rows(); i++) {
            LocalDateTime time = times.get(i);
            int mode = isWorkingDay(time) && isBusy[slot(time)] ? 1 : 0;
            columns[(isWorkingDay(time) ? 0 : SLOTS) + slot(time)][i] = 1;
            columns[2 * SLOTS + time.getDayOfWeek().getValue() - 1][i] = 1;
            for (int c = 0; c < inputs.width(); c++) {
                double x = inputs.columns()[c][i];
                int at = days + (2 * c + mode) * (KNOTS + 1);
                columns[at][i] = x;
                for (int k = 0; k < knots[c].length; k++) {
                    columns[at + 1 + k][i] = Math.max(0, x - knots[c][k]);
                }
            }
        }
        return new FeatureTable(names, columns);
    }

    double[] predict(FeatureTable inputs, List<LocalDateTime> times) {
        FeatureTable table = table(inputs, times, isBusy, knots);
        double[] all = new double[table.rows()];
        for (int i = 0; i < all.length; i++) {
            all[i] = ridge.predict(table.row(i));
        }
        return all;
    }
}
