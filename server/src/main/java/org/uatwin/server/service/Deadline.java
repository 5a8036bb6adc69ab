package org.uatwin.server.service;

import java.time.Duration;

/**
 * The moment by which a service must have answered, on the clock of {@link System#nanoTime()}.
 *
 * @param nanoTime compare only by difference.
 */
public record Deadline(long nanoTime) {

    /** What of a TimeoutHint is kept back, so that the answer is there before the client gives up. */
    private static final long ANSWER_MARGIN_NANOS = 100_000_000L;

    /**
     * min(TimeoutHint, limit) from the receipt of the request on, less a margin of a quarter of the hint, at most
     * 100 ms, for the way of the answer.
     *
     * @param timeoutHintMs the client's TimeoutHint in ms; 0 is none.
     */
    static Deadline of(long receivedAtNanos, long timeoutHintMs, Duration limit) {
        long limitNanos = limit.toNanos();
        if (timeoutHintMs <= 0) {
            return new Deadline(receivedAtNanos + limitNanos);
        }
        long wholeHint = Math.min(timeoutHintMs, 3_600_000L) * 1_000_000L;
        long hintNanos = wholeHint - Math.min(ANSWER_MARGIN_NANOS, wholeHint / 4);
        return new Deadline(receivedAtNanos + Math.min(limitNanos, hintNanos));
    }

    /** Time left; negative when it is over. */
    public Duration remaining() {
        return Duration.ofNanos(nanoTime - System.nanoTime());
    }
}
