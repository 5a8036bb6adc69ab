package org.uatwin.plcadapters;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only by command. */
public final class VirtualTime {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final long originNs;
    private long nowNs;

    public VirtualTime() {
        this(0);
    }

    /** @param originNs monotonic time at the start; System.nanoTime may be negative. */
    public VirtualTime(long originNs) {
        this.originNs = originNs;
        nowNs = originNs;
    }

    public long now() {
        return nowNs;
    }

    public void advance(long ns) {
        nowNs += ns;
    }

    public InstantSource clock() {
        return () -> START.plusNanos(nowNs - originNs);
    }
}
