package org.uatwin.server.history;

import org.jspecify.annotations.Nullable;
import org.uatwin.historian.store.HistorySamples;
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

    /** Most texts are shorter; a page that turns out too large is read again with fewer values. */
    private static final int STRING_BYTES = 250;

    boolean isArray() {
        return arrayLength > 0;
    }

    /** What the values of a page take in a response, at most. */
    long encodedBytes(HistorySamples samples) {
        if (type.isPrimitive()) {
            return (long) samples.size() * encodedBytes();
        }
        long bytes = 0;
        for (int i = 0; i < samples.size(); i++) {
            bytes += DATA_VALUE_BYTES + textBytes(samples.object(i));
        }
        return bytes;
    }

    private static long textBytes(@Nullable Object value) {
        if (value instanceof Object[] texts) {
            long bytes = 4;
            for (Object text : texts) {
                bytes += textBytes(text);
            }
            return bytes;
        }
        return value instanceof String text ? 4 + 3L * text.length() : 4; // UTF-8 takes 3 bytes a char at most
    }

    /** What one encoded DataValue takes in a response; of texts what is usual. */
    int encodedBytes() {
        int element = type.isPrimitive() ? Math.max(1, type.width() / Byte.SIZE) : STRING_BYTES;
        return DATA_VALUE_BYTES + (isArray() ? 4 + arrayLength * element : element);
    }
}
