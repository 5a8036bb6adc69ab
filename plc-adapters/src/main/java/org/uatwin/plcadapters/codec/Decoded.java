package org.uatwin.plcadapters.codec;

import org.jspecify.annotations.Nullable;

/** Result of one decoding, reused by its owner thread. */
public final class Decoded {
    /** Whether the registers hold a value of the declared kind. */
    public enum Outcome {
        VALUE,
        /** Bits that are no value of the type, for example a BCD digit above 9. */
        INVALID,
        /** A value that the point's data type can not hold. */
        TOO_LARGE
    }

    public Outcome outcome = Outcome.VALUE;
    /** The scalar as {@code ValueType} defines. */
    public long bits;
    /** A String or array; null for a scalar. */
    public @Nullable Object object;
}
