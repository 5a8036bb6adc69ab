package org.uatwin.server.virtual;

import java.util.List;
import java.util.Optional;
import org.uatwin.server.virtual.fault.FaultOrder;
import org.uatwin.server.virtual.fault.NetworkEffects;

/**
 * A fault at work.
 *
 * @param begin simulated seconds since the start.
 * @param end simulated seconds; infinite: until it is cleared.
 * @param effects what it does to packets, if it is a network.
 * @param points whose values it changes; empty for faults of the wire or of the machine.
 */
record ActiveFault(
        FaultOrder order, double begin, double end, Optional<NetworkEffects> effects, List<VirtualPoint> points) {
    @Override
    public boolean equals(Object other) {
        return this == other; // two faults of the same words are two faults
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
