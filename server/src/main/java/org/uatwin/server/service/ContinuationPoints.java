package org.uatwin.server.service;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Continuation points of one service, bound to their session and bounded in number (OPC UA Part 4, 7.9). When there is
 * no room the oldest point of an earlier request is given up, never one of the request being answered. Unguessable ids;
 * all points of a session go with it.
 */
public final class ContinuationPoints<T> {
    private record Entry<T>(Object request, T value) {}

    private static final class Points<T> {
        // guarded by this
        private final LinkedHashMap<ByteString, Entry<T>> byId = new LinkedHashMap<>();
    }

    private final Map<Session, Points<T>> sessions = new ConcurrentHashMap<>();
    private final int limit;

    /** @param limit points of one session at a time. */
    public ContinuationPoints(int limit) {
        this.limit = limit;
    }

    /**
     * Keeps a point.
     *
     * @param request identifies the request being answered.
     * @return its id, or null when all points there may be belong to this request (Bad_NoContinuationPoints).
     */
    public @Nullable ByteString add(Session session, Object request, T value) {
        Points<T> points = sessions.computeIfAbsent(session, s -> {
            s.addLifecycleListener((closed, deleted) -> sessions.remove(closed));
            return new Points<>();
        });
        synchronized (points) {
            if (points.byId.size() >= limit && !removeOldest(points, entry -> entry.request() != request)) {
                return null;
            }
            ByteString id = newId();
            points.byId.put(id, new Entry<>(request, value));
            return id;
        }
    }

    /** Takes a point out, or null when this session has no such point. */
    public @Nullable T remove(Session session, @Nullable ByteString id) {
        Points<T> points = sessions.get(session);
        if (points == null || id == null) {
            return null;
        }
        synchronized (points) {
            Entry<T> entry = points.byId.remove(id);
            return entry == null ? null : entry.value();
        }
    }

    private static <T> boolean removeOldest(Points<T> points, Predicate<Entry<T>> removable) {
        Iterator<Entry<T>> entries = points.byId.values().iterator();
        while (entries.hasNext()) {
            if (removable.test(entries.next())) {
                entries.remove();
                return true;
            }
        }
        return false;
    }

    private static ByteString newId() {
        UUID id = UUID.randomUUID();
        return ByteString.of(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }
}
