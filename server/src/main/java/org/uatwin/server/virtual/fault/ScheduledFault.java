package org.uatwin.server.virtual.fault;

import java.time.Duration;
import java.util.Optional;

/**
 * A fault with its time.
 *
 * @param at simulated time since the start.
 * @param lasting empty: until it is cleared.
 * @param every from one beginning to the next; empty: it happens once.
 */
public record ScheduledFault(FaultOrder order, Duration at, Optional<Duration> lasting, Optional<Duration> every) {
    /** The same the next time. */
    public Optional<ScheduledFault> again() {
        return every.map(period -> new ScheduledFault(order, at.plus(period), lasting, every));
    }
}
