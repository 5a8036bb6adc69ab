package org.uatwin.simulation.learning;

import java.util.Arrays;

/**
 * Cuts each column into at most 255 bins of about equal many rows, so that a tree compares small numbers. Missing numbers have
 * bin 0, below every other.
 */
final class Binning {
    static final int MOST_BINS = 255;
    private static final int SAMPLE = 100_000; // rows looked at to find the cuts

    /** Of each column: bin b > 0 holds what is above cut b-2 and not above cut b-1. */
    private final double[][] cuts;

    private Binning(double[][] cuts) {
        this.cuts = cuts;
    }

    static Binning of(FeatureTable table) {
        return of(table, MOST_BINS);
    }

    /** @param most bins of a column, 3 to 255. */
    static Binning of(FeatureTable table, int most) {
        double[][] cuts = new double[table.width()][];
        for (int c = 0; c < cuts.length; c++) {
            cuts[c] = cuts(table.columns()[c], most);
        }
        return new Binning(cuts);
    }

    private static double[] cuts(double[] column, int most) {
        int step = Math.max(1, column.length / SAMPLE);
        double[] sorted = new double[(column.length + step - 1) / step];
        int n = 0;
        for (int i = 0; i < column.length; i += step) {
            if (!Double.isNaN(column[i])) {
                sorted[n++] = column[i];
            }
        }
        Arrays.sort(sorted, 0, n);
        double[] distinct = Arrays.stream(sorted, 0, n).distinct().toArray();
        if (distinct.length <= most - 1) {
            double[] between = new double[Math.max(0, distinct.length - 1)];
            for (int i = 0; i < between.length; i++) {
                between[i] = middle(distinct[i], distinct[i + 1]);
            }
            return between;
        }
        double[] quantiles = new double[most - 2];
        for (int i = 0; i < quantiles.length; i++) {
            int at = (int) ((long) (i + 1) * n / (quantiles.length + 1));
            quantiles[i] = at > 0 ? middle(sorted[at - 1], sorted[at]) : sorted[at];
        }
        return Arrays.stream(quantiles).distinct().toArray();
    }

    /** Between two numbers, and below the higher one even if they are neighbours. */
    private static double middle(double low, double high) {
        double middle = low / 2 + high / 2;
        return middle < high ? middle : low;
    }

    /** Bins of a column, missing included. */
    int bins(int column) {
        return cuts[column].length + 2;
    }

    /** The number that separates a bin from the next: what is not above it goes left. */
    double cut(int column, int bin) {
        return bin == 0 ? Double.NEGATIVE_INFINITY : cuts[column][bin - 1];
    }

    byte[][] codes(FeatureTable table) {
        byte[][] codes = new byte[table.width()][table.rows()];
        for (int c = 0; c < codes.length; c++) {
            double[] column = table.columns()[c];
            for (int i = 0; i < column.length; i++) {
                codes[c][i] = (byte) code(c, column[i]);
            }
        }
        return codes;
    }

    private int code(int column, double value) {
        if (Double.isNaN(value)) {
            return 0;
        }
        int at = Arrays.binarySearch(cuts[column], value);
        return 1 + (at >= 0 ? at : -at - 1);
    }
}
