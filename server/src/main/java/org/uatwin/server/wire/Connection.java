package org.uatwin.server.wire;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What is known about one connection beside its bytes: whether somebody is logged on, and the requests at work. */
public final class Connection {
    private static final AttributeKey<Connection> KEY = AttributeKey.valueOf(Connection.class, "connection");

    private final List<BooleanSupplier> sessions = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by this
    private int atWork; // guarded by this

    private Connection() {}

    /** The one of this channel; made on first use. */
    public static Connection of(Channel channel) {
        Connection known = channel.attr(KEY).get();
        if (known == null) {
            Connection fresh = new Connection();
            known = channel.attr(KEY).setIfAbsent(fresh);
            known = known == null ? fresh : known;
        }
        return known;
    }

    /** A session was activated over this connection; {@code isOpen} says from now on whether it still is. */
    public void activated(BooleanSupplier isOpen) {
        sessions.removeIf(session -> !session.getAsBoolean());
        sessions.add(isOpen);
    }

    /** Whether an activated session uses this connection. */
    public boolean hasSession() {
        for (BooleanSupplier session : sessions) {
            if (session.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Runs a request now or when an earlier one has {@link #finished}; {@code false} when too many wait already.
     *
     * @param most requests at work at the same time.
     */
    boolean submit(Runnable request, int most, int mostWaiting) {
        synchronized (this) {
            if (atWork >= most) {
                return waiting.size() < mostWaiting && waiting.add(request);
            }
            atWork++;
        }
        request.run();
        return true;
    }

    /** One request has been answered; starts the next. */
    void finished() {
        @Nullable Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                atWork--;
            }
        }
        if (next != null) {
            next.run();
        }
    }
}
