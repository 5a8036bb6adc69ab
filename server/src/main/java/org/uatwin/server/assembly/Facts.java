package org.uatwin.server.assembly;

import org.uatwin.server.address.PointFacts;

/** What links and the computed points know about a point. */
record Facts(Links links, ComputedPoints computed) implements PointFacts {
    @Override
    public String lastError(int row) {
        String ofLink = links.lastError(row);
        return ofLink.isEmpty() ? computed.problem(row) : ofLink;
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
