package org.uatwin.plcadapters.modbus;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.Quality;

/**
 * The points of a link in columns, those of one read block side by side: 19 bytes a point. Layout is fixed by
 * the {@link LinkPlan}; {@code situation} and {@code isUsable} belong to the loop thread.
 */
@SuppressWarnings("EnumOrdinal") // a byte a point; never stored
final class PointColumns {
    private static final Quality[] QUALITIES = Quality.values();
    private static final byte USABLE = (byte) 0x80;

    private final int[] rows;
    private final char[] at;
    private final PointRule[] rules;
    private final byte[] flags; // bit 7: a usable value was read; bits 0..6: situation of the last decoding
    private int[] rowsSorted = new int[0];
    private int[] pointOfSorted = new int[0];
    private int size;

    PointColumns(int capacity) {
        rows = new int[capacity];
        at = new char[capacity];
        rules = new PointRule[capacity];
        flags = new byte[capacity];
    }

    /**
     * @param offsetInBlock first register or bit of the point, counted from the block's first.
     */
    void add(int row, int offsetInBlock, PointRule rule) {
        rows[size] = row;
        at[size] = (char) offsetInBlock;
        rules[size] = rule;
        size++;
    }

    /** To be called when all points are there. */
    void seal() {
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            keys[i] = (long) rows[i] << 32 | i;
        }
        Arrays.sort(keys);
        rowsSorted = new int[size];
        pointOfSorted = new int[size];
        for (int i = 0; i < size; i++) {
            rowsSorted[i] = (int) (keys[i] >>> 32);
            pointOfSorted[i] = (int) keys[i];
        }
    }

    int size() {
        return size;
    }

    /** The point of a row; -1 if this link does not have it. */
    int ofRow(int row) {
        int found = Arrays.binarySearch(rowsSorted, row);
        return found < 0 ? -1 : pointOfSorted[found];
    }

    int row(int point) {
        return rows[point];
    }

    int at(int point) {
        return at[point];
    }

    PointRule rule(int point) {
        return rules[point];
    }

    boolean isUsable(int point) {
        return (flags[point] & USABLE) != 0;
    }

    /** Situation of the last decoding; null before the first. */
    @Nullable
    Quality situation(int point) {
        int ordinal = flags[point] & 0x7F;
        return ordinal == 0 ? null : QUALITIES[ordinal - 1];
    }

    /** Goes on with what is known of a point's last value. */
    void takeOver(int point, PointColumns old, int oldPoint) {
        flags[point] = old.flags[oldPoint];
    }

    void decodedAs(int point, Quality quality) {
        boolean isUsable = quality == Quality.ANSWERED || quality == Quality.OUTSIDE_ENGINEERING_RANGE;
        flags[point] = (byte) ((isUsable ? USABLE : flags[point] & USABLE) | (quality.ordinal() + 1));
    }
}
