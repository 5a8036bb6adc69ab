package org.uatwin.server.engine;

import java.util.Arrays;

/**
 * Rows kept as runs: the points of a twin lie side by side, so a link of many thousand points needs a
 * few bytes each twin. Grown while {@link LivePlant} is built, unchanged afterwards.
 */
public final class RowRuns {
    private int[] first = new int[4]; // first row of a run
    private int[] before = new int[4]; // rows of all earlier runs
    private int runs;
    private int size;

    RowRuns() {}

    /** Adds a row that is not among them. */
    void add(int row) {
        if (runs > 0 && row == first[runs - 1] + size - before[runs - 1]) {
            size++;
            return;
        }
        if (runs == first.length) {
            first = Arrays.copyOf(first, runs * 2);
            before = Arrays.copyOf(before, runs * 2);
        }
        first[runs] = row;
        before[runs] = size;
        runs++;
        size++;
    }

    public int size() {
        return size;
    }

    /** The row at that place, {@code 0 <= index < size()}. */
    public int get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("index %d of %d rows".formatted(index, size));
        }
        int found = Arrays.binarySearch(before, 0, runs, index);
        int run = found >= 0 ? found : -found - 2;
        return first[run] + index - before[run];
    }
}
