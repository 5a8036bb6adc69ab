package org.uatwin.plcadapters.adapter;

import org.jspecify.annotations.Nullable;

/**
 * A value to be written to the device.
 *
 * @param row row of the point in the PointTable.
 * @param bits a scalar in the form of the point's {@code ValueType}; unused if {@code object} is there.
 * @param object a String or array in the form of the point's {@code ValueType}, or null for a scalar.
 * @param firstElement -1 for the whole value; else the first element of an array point to be written, 0 or more, and
 *     {@code object} holds the elements from there on (or {@code bits} a single one).
 * @param deadline value of the environment's nanosecond ticker after which the command is no longer sent.
 */
public record WriteCommand(int row, long bits, @Nullable Object object, int firstElement, long deadline) {
    public WriteCommand {
        if (firstElement < -1) {
            throw new IllegalArgumentException("firstElement must be -1 or more: " + firstElement);
        }
    }

    public static WriteCommand scalar(int row, long bits, long deadline) {
        return new WriteCommand(row, bits, null, -1, deadline);
    }

    public static WriteCommand object(int row, Object value, long deadline) {
        return new WriteCommand(row, 0, value, -1, deadline);
    }

    public static WriteCommand elements(int row, Object values, int firstElement, long deadline) {
        return new WriteCommand(row, 0, values, firstElement, deadline);
    }
}
