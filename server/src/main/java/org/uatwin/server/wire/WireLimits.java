package org.uatwin.server.wire;

import java.time.Duration;

/**
 * What connections may take. None of these numbers is announced to clients except the message size.
 *
 * @param connections open connections; one more closes the oldest without a session, or is refused.
 * @param messageSize largest request of a connection with a session, in bytes.
 * @param messageSizeBeforeLogon largest request of a connection without one, in bytes.
 * @param waitingBytes bytes of unfinished messages of all connections together.
 * @param handshake longest time from connecting to the first OpenSecureChannel.
 * @param message longest time from the first to the last byte of a message.
 * @param withoutSession longest time a connection lives without an activated session.
 * @param unread longest time a client may leave an answer unread.
 * @param requestsAtWork requests of one connection handled at the same time; more wait their turn.
 * @param requestsAtWorkBeforeLogon the same without a session.
 * @param requestsWaiting requests that may wait; one more is answered Bad_TooManyOperations.
 */
public record WireLimits(
        int connections,
        int messageSize,
        int messageSizeBeforeLogon,
        long waitingBytes,
        Duration handshake,
        Duration message,
        Duration withoutSession,
        Duration unread,
        int requestsAtWork,
        int requestsAtWorkBeforeLogon,
        int requestsWaiting) {
    private static final long SMALLEST_WAITING_BYTES = 32L * 1024 * 1024;

    public WireLimits {
        requirePositive("connections", connections);
        requirePositive("messageSize", messageSize);
        requirePositive("messageSizeBeforeLogon", messageSizeBeforeLogon);
        requirePositive("requestsAtWork", requestsAtWork);
        requirePositive("requestsAtWorkBeforeLogon", requestsAtWorkBeforeLogon);
        requirePositive("requestsWaiting", requestsWaiting);
        if (waitingBytes < messageSize) {
            throw new IllegalArgumentException(
                    "waitingBytes must hold one message of %d bytes: %d".formatted(messageSize, waitingBytes));
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
    }

    /**
     * 250 connections, 256 KiB before logon, unfinished messages up to an eighth of the heap (at least 32 MiB), 15 s for
     * the handshake, 60 s for a message, 2 min without a session, 60 s for an unread answer, 64 requests at work (4 before
     * logon), 1 000 waiting.
     */
    public static WireLimits defaults(int messageSize) {
        return new WireLimits(
                250,
                messageSize,
                256 * 1024,
                Math.max(SMALLEST_WAITING_BYTES, Runtime.getRuntime().maxMemory() / 8),
                Duration.ofSeconds(15),
                Duration.ofSeconds(60),
                Duration.ofMinutes(2),
                Duration.ofSeconds(60),
                64,
                4,
                1_000);
    }

    /** The same with room for this many connections. */
    public WireLimits withConnections(int count) {
        return new WireLimits(
                count,
                messageSize,
                messageSizeBeforeLogon,
                waitingBytes,
                handshake,
                message,
                withoutSession,
                unread,
                requestsAtWork,
                requestsAtWorkBeforeLogon,
                requestsWaiting);
    }
}
