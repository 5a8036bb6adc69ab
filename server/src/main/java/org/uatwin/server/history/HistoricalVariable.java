package org.uatwin.server.history;

import org.uatwin.historian.store.HistoryTag;
import org.uatwin.informationmodel.value.ValueType;

/**
 * A variable with history.
 *
 * @param arrayLength 0 for a scalar, else the fixed number of elements.
 */
public record HistoricalVariable(HistoryTag tag, ValueType type, int arrayLength) {
    /** Mask, StatusCode and two timestamps of a DataValue, and the type byte of its Variant (OPC UA Part 6). */
    private static final int DATA_VALUE_BYTES = 22;

    /** A String point has at most 246 characters. */
    private static final int STRING_BYTES = 250;

    boolean isArray() {
        return arrayLength > 0;
    }

    /** What one encoded DataValue takes in a response, at most for Strings of ASCII text. */
    int encodedBytes() {
        int element = type.isPrimitive() ? Math.max(1, type.width() / Byte.SIZE) : STRING_BYTES;
        return DATA_VALUE_BYTES + (isArray() ? 4 + arrayLength * element : element);
    }
}
