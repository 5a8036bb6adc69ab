package org.uatwin.server.service;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;

/**
 * The NotificationMessages of a subscription leave in the order of their sequence numbers (OPC UA Part 4, 5.14.1.1: a
 * client takes a gap for a lost message and asks for it again, and then gets it twice). Milo 1.1.2 completes the
 * responses in order but attaches what writes them afterwards, so on a busy machine a later one can overtake. Any
 * thread.
 */
final class PublishOrder {
    /** A message that does not come at all must not hold the rest for ever. */
    static final int MOST_HELD = 16;

    private static final long LARGEST = 0xFFFF_FFFFL; // sequence numbers go on with 1 (Part 4, 7.8)

    private final Map<Object, Line> lines = Collections.synchronizedMap(new WeakHashMap<>());

    /** What waits of one subscription. Keys are twice the sequence number, one less for a keep-alive. */
    private static final class Line {
        final TreeMap<Long, Runnable> held = new TreeMap<>(); // guarded by the line
        long next = 1; // sequence number of the next message; guarded by the line

        synchronized void send(long key, Runnable write) {
            held.merge(key, write, (first, second) -> () -> {
                first.run();
                second.run();
            });
            while (!held.isEmpty() && (held.firstKey() <= 2 * next || held.size() > MOST_HELD)) {
                Map.Entry<Long, Runnable> first = held.pollFirstEntry();
                first.getValue().run();
                if (first.getKey() % 2 == 0) {
                    next = first.getKey() == 2 * LARGEST ? 1 : Math.max(next, first.getKey() / 2 + 1);
                }
            }
        }
    }

    /**
     * Runs {@code write} when all messages before this one have been written: now, or on the thread that brings the last
     * of them.
     *
     * @param subscription known by identity; forgotten with it.
     */
    void send(Object subscription, NotificationMessage message, Runnable write) {
        boolean isKeepAlive = message.getNotificationData() == null || message.getNotificationData().length == 0;
        long number = message.getSequenceNumber().longValue();
        lines.computeIfAbsent(subscription, s -> new Line()).send(2 * number - (isKeepAlive ? 1 : 0), write);
    }
}
