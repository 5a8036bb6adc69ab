package org.uatwin.server.virtual;

import org.jspecify.annotations.Nullable;

/** The true values of one twin: what would be measured if every sensor were right. Owned by the stepping thread. */
interface TwinSource {
    /** Advances by this much simulated time. */
    void step(double dt);

    /** Scalar number of the point with that ordinal; two-state points are 0 or 1. */
    double number(int ordinal);

    /** String or array of the point, null for a scalar. */
    @Nullable
    Object object(int ordinal);

    /** Whether a machine with physics of its own moves it. */
    default boolean isMachine() {
        return false;
    }

    /** A master has written a scalar. */
    void write(int ordinal, double value);

    /** A master has written a String or an array. */
    void writeObject(int ordinal, Object value);
}
