package org.uatwin.server.virtual;

import java.util.List;
import org.uatwin.server.virtual.fault.FaultOrder;

/**
 * A fault at work.
 *
 * @param begin simulated seconds since the start.
 * @param end simulated seconds; infinite: until it is cleared.
 * @param points whose values it changes; empty for faults of the wire or of the machine.
 */
record ActiveFault(FaultOrder order, double begin, double end, List<VirtualPoint> points) {
    @Override
    public boolean equals(Object other) {
        return this == other; // two faults of the same words are two faults
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
