package org.uatwin.server.assembly;

import org.uatwin.server.address.PointFacts;
import org.uatwin.server.derived.DerivedPoints;

/** What links and the computed points know about a point. */
record Facts(Links links, DerivedPoints derived) implements PointFacts {
    @Override
    public String lastError(int row) {
        String ofLink = links.lastError(row);
        return ofLink.isEmpty() ? derived.problem(row) : ofLink;
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
