package org.uatwin.plcadapters.modbus;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only by command. */
final class VirtualTime {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private long nowNs;

    long now() {
        return nowNs;
    }

    void advance(long ns) {
        nowNs += ns;
    }

    InstantSource clock() {
        return () -> START.plusNanos(nowNs);
    }
}
