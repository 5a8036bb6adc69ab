package org.uatwin.server.service;

import java.time.Duration;

/**
 * The moment by which a service must have answered, on the clock of {@link System#nanoTime()}.
 *
 * @param nanoTime compare only by difference.
 */
public record Deadline(long nanoTime) {

    /**
     * min(TimeoutHint, limit) from the receipt of the request on.
     *
     * @param timeoutHintMs the client's TimeoutHint in ms; 0 is none.
     */
    static Deadline of(long receivedAtNanos, long timeoutHintMs, Duration limit) {
        long limitNanos = limit.toNanos();
        long hintNanos = timeoutHintMs <= 0 ? limitNanos : Math.min(timeoutHintMs, 3_600_000L) * 1_000_000L;
        return new Deadline(receivedAtNanos + Math.min(limitNanos, hintNanos));
    }

    /** Time left; negative when it is over. */
    public Duration remaining() {
        return Duration.ofNanos(nanoTime - System.nanoTime());
    }
}
