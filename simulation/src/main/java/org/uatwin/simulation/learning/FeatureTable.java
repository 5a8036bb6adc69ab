package org.uatwin.simulation.learning;

import java.util.List;

/**
 * Rows of numbers by named columns; NaN is a number that is missing. Immutable by agreement: the arrays are not copied.
 *
 * @param names one a column.
 * @param columns of equal length, column by column.
 */
@SuppressWarnings("ArrayRecordComponent") // as large as memory: copies would not fit
public record FeatureTable(List<String> names, double[][] columns) {
    /**
     * @throws IllegalArgumentException if names and columns do not match, or columns differ in length.
     */
    public FeatureTable {
        names = List.copyOf(names);
        if (names.size() != columns.length) {
            throw new IllegalArgumentException("%d names of %d columns".formatted(names.size(), columns.length));
        }
        for (double[] column : columns) {
            if (column.length != columns[0].length) {
                throw new IllegalArgumentException(
                        "columns of %d and of %d rows".formatted(columns[0].length, column.length));
            }
        }
    }

    public int rows() {
        return columns.length == 0 ? 0 : columns[0].length;
    }

    public int width() {
        return columns.length;
    }

    /** One row, copied. */
    public double[] row(int row) {
        double[] values = new double[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns[i][row];
        }
        return values;
    }

    /** The table of some rows, in that order. */
    public FeatureTable rows(int[] some) {
        double[][] picked = new double[columns.length][some.length];
        for (int c = 0; c < columns.length; c++) {
            for (int i = 0; i < some.length; i++) {
                picked[c][i] = columns[c][some[i]];
            }
        }
        return new FeatureTable(names, picked);
    }
}
