package org.uatwin.server.virtual;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.virtual.fault.FaultKind;

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

    /** Whether a point is the waveform of a virtual bearing. */
    default boolean isAccelerometer(int ordinal) {
        return false;
    }

    /**
     * Damages what an accelerometer hears.
     *
     * @param severity by kind, those at work.
     */
    default void damage(int ordinal, Map<FaultKind, Double> severity) {
        throw new IllegalArgumentException("no bearing is heard by point " + ordinal);
    }

    /** A master has written a scalar. */
    void write(int ordinal, double value);

    /** A master has written a String or an array. */
    void writeObject(int ordinal, Object value);
}
