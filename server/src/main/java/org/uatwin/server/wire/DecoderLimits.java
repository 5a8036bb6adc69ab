package org.uatwin.server.wire;

/**
 * The lengths a decoder accepts, as ServerCapabilities announces them (OPC UA Part 5, 6.3.2).
 *
 * @param arrayLength longest array, in elements; all arrays of one message together may have four times as many.
 * @param stringLength longest string, in bytes of UTF-8.
 * @param byteStringLength longest byte string, in bytes.
 * @param depth deepest nesting of variants.
 */
public record DecoderLimits(int arrayLength, int stringLength, int byteStringLength, int depth) {
    public DecoderLimits {
        if (arrayLength < 1 || stringLength < 1 || byteStringLength < 1 || depth < 1) {
            throw new IllegalArgumentException("limits must be at least 1: %d, %d, %d, %d"
                    .formatted(arrayLength, stringLength, byteStringLength, depth));
        }
    }

    long elementsPerMessage() {
        return 4L * arrayLength;
    }
}
