package org.uatwin.server.history;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.jspecify.annotations.Nullable;
import org.uatwin.historian.store.RawCursor;

/**
 * The open continuation points by session. Opaque to the client (16 random bytes), good for one use, bounded per
 * session: one more makes the oldest invalid (OPC UA Part 11, 6.3). Any thread; the monitor guards the map.
 */
final class HistoryContinuations {
    /** What is left of an answer, with the arguments of the request that began it. */
    record Rest(
            NodeId nodeId,
            HistoricalVariable variable,
            RawCursor cursor,
            TimestampsToReturn timestamps,
            @Nullable IndexRange range) {
        /** The same answer, further on. */
        Rest at(RawCursor further) {
            return new Rest(nodeId, variable, further, timestamps, range);
        }
    }

    private final int perSession;
    private final Map<NodeId, LinkedHashMap<ByteString, Rest>> bySession = new HashMap<>(); // guarded by this
    private long dropped; // guarded by this

    HistoryContinuations(int perSession) {
        this.perSession = perSession;
    }

    /** Begins to keep points of a session; returns whether it is new. */
    synchronized boolean open(NodeId sessionId) {
        return bySession.putIfAbsent(sessionId, new LinkedHashMap<>()) == null;
    }

    /** Releases every point of a session. */
    synchronized void close(NodeId sessionId) {
        bySession.remove(sessionId);
    }

    /** Keeps the rest of an answer; a null ByteString if the session has ended meanwhile. */
    synchronized ByteString add(NodeId sessionId, Rest rest) {
        LinkedHashMap<ByteString, Rest> points = bySession.get(sessionId);
        if (points == null) {
            return ByteString.NULL_VALUE;
        }
        if (points.size() >= perSession) {
            points.remove(points.keySet().iterator().next());
            dropped++;
        }
        UUID random = UUID.randomUUID();
        ByteString id = ByteString.of(ByteBuffer.allocate(16)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits())
                .array());
        points.put(id, rest);
        return id;
    }

    /** Takes a point out; empty if the session has none of that id for that node. */
    synchronized Optional<Rest> take(NodeId sessionId, NodeId nodeId, ByteString id) {
        LinkedHashMap<ByteString, Rest> points = bySession.get(sessionId);
        Rest rest = points == null ? null : points.get(id);
        if (points == null || rest == null || !rest.nodeId().equals(nodeId)) {
            return Optional.empty();
        }
        points.remove(id);
        return Optional.of(rest);
    }

    /** Open points of all sessions. */
    synchronized int size() {
        return bySession.values().stream().mapToInt(Map::size).sum();
    }

    /** Points that became invalid because their session opened too many. */
    synchronized long dropped() {
        return dropped;
    }
}
