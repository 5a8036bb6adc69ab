package org.uatwin.simulation.detection;

import java.util.Arrays;
import java.util.List;

/**
 * What several points were in the past, on a grid of time: rows of the last good value of each point, if it is not too old. Immutable
 * once built.
 */
public final class HistoryTable {
    private final List<String> points;
    private final long from;
    private final long period;
    private final double[][] columns; // by point; NaN where nothing good is known

    private HistoryTable(List<String> points, long from, long period, double[][] columns) {
        this.points = points;
        this.from = from;
        this.period = period;
        this.columns = columns;
    }

    /**
     * Begins a table without values.
     *
     * @param from ticks of the first row.
     * @param until ticks after the last row.
     * @param period ticks from row to row.
     * @param hold ticks for which a value stands when none follows.
     * @throws IllegalArgumentException if there are no rows, or more than {@value Builder#MOST}.
     */
    public static Builder between(List<String> points, long from, long until, long period, long hold) {
        return new Builder(points, from, until, period, hold);
    }

    /** Collects values; one thread. */
    public static final class Builder {
        static final int MOST = 5_000_000;

        private final List<String> points;
        private final long from;
        private final long period;
        private final long hold;
        private final double[][] columns;
        private final long[][] times;

        private Builder(List<String> points, long from, long until, long period, long hold) {
            long rows = period <= 0 ? 0 : (until - from + period - 1) / period;
            if (rows < 1 || rows * points.size() > MOST) {
                throw new IllegalArgumentException(
                        "%d rows of %d points: between 1 and %d values are possible. A longer period makes fewer."
                                .formatted(rows, points.size(), MOST));
            }
            this.points = List.copyOf(points);
            this.from = from;
            this.period = period;
            this.hold = hold;
            columns = new double[points.size()][(int) rows];
            times = new long[points.size()][(int) rows];
            for (int c = 0; c < columns.length; c++) {
                Arrays.fill(columns[c], Double.NaN);
                Arrays.fill(times[c], Long.MIN_VALUE);
            }
        }

        /** A value at its source time; bad ones end what was before. In any order. */
        public void add(int point, long time, double value, boolean isGood) {
            long row = Math.max(0, Math.floorDiv(time - from + period - 1, period));
            boolean isTooOld = time < from - hold;
            if (isTooOld || row >= columns[point].length || time < times[point][(int) row]) {
                return;
            }
            times[point][(int) row] = time;
            columns[point][(int) row] = isGood && Double.isFinite(value) ? value : Double.NaN;
        }

        /** The table; values stand until the next one or for the hold time. */
        public HistoryTable build() {
            double[][] filled = new double[columns.length][];
            for (int c = 0; c < columns.length; c++) {
                filled[c] = columns[c].clone();
                long last = Long.MIN_VALUE;
                double value = Double.NaN;
                for (int r = 0; r < filled[c].length; r++) {
                    if (times[c][r] != Long.MIN_VALUE) {
                        last = times[c][r];
                        value = filled[c][r];
                    }
                    boolean isHeld = last != Long.MIN_VALUE && from + r * period - last <= hold;
                    filled[c][r] = isHeld ? value : Double.NaN;
                }
            }
            return new HistoryTable(points, from, period, filled);
        }
    }

    public List<String> points() {
        return points;
    }

    /** Number of rows. */
    public int rows() {
        return columns.length == 0 ? 0 : columns[0].length;
    }

    /** Ticks of a row. */
    public long time(int row) {
        return from + row * period;
    }

    /** Ticks from row to row. */
    public long period() {
        return period;
    }

    /** A value; NaN if nothing good is known. */
    public double value(int row, int point) {
        return columns[point][row];
    }
}
