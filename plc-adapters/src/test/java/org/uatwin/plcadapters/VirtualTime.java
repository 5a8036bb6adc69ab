package org.uatwin.plcadapters;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only by command. */
public final class VirtualTime {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private long nowNs;

    public long now() {
        return nowNs;
    }

    public void advance(long ns) {
        nowNs += ns;
    }

    public InstantSource clock() {
        return () -> START.plusNanos(nowNs);
    }
}
