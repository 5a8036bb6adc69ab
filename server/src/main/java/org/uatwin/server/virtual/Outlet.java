package org.uatwin.server.virtual;

import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Range;

/** Where the value of a point goes out to whoever reads the virtual device. Owned by the stepping thread. */
interface Outlet {
    /** What happens to a value on its way into the registers. */
    enum Twist {
        NONE,
        /** The words of the value in reverse order. */
        WORDS,
        /** The two bytes of each word exchanged. */
        BYTES
    }

    /** What a number can be there at all. */
    Range representable();

    /** Whether {@link Twist}s change anything. */
    boolean isTwistable();

    /** Whether a time of the device goes with the value, beside the receipt. */
    default boolean hasTime() {
        return false;
    }

    /** The device's time, UaTime ticks, that goes with what is put out next. */
    default void time(long ticks) {
        // registers have none
    }

    /** Whether values travel in messages, which can be late as such. */
    default boolean isMessage() {
        return false;
    }

    /** Puts a value out, as {@code ValueType} defines bits and objects. */
    void serve(long bits, @Nullable Object object, Twist twist);

    /** Puts out what such a device shows when it has no value. */
    void serveMissing();

    /** The number a right reader would see now; NaN if it would see none. */
    double served();
}
