package org.uatwin.server.virtual.fault;

import java.time.Duration;
import java.util.Optional;

/**
 * A fault with its time.
 *
 * @param at simulated time since the start.
 * @param lasting empty: until it is cleared.
 */
public record ScheduledFault(FaultOrder order, Duration at, Optional<Duration> lasting) {}
