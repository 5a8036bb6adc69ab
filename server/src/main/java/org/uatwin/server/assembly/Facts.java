package org.uatwin.server.assembly;

import org.uatwin.server.address.PointFacts;
import org.uatwin.server.control.SetpointGate;

/** What links and the computed points know about a point. */
record Facts(Links links, ComputedPoints computed, SetpointGate gate) implements PointFacts {
    @Override
    public String lastError(int row) {
        String ofLink = links.lastError(row);
        String ofGate = ofLink.isEmpty() ? gate.problem(row) : ofLink;
        return ofGate.isEmpty() ? computed.problem(row) : ofGate;
    }

    @Override
    public long lastPollTime(int row) {
        return links.lastPollTime(row);
    }

    @Override
    public String conditioning(int row) {
        return links.conditioning(row);
    }
}
