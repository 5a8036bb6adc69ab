package org.uatwin.server.wire;

import io.netty.channel.Channel;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections of the server. At the limit the oldest without a session is closed (OPC UA Part 4, 5.6.2: a server
 * protects itself against channels that are opened and not used); when all have one, the new one is refused. Unlike
 * Milo's limit it holds for loopback too. Thread-safe.
 */
public final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final WireLimits limits;
    private final Set<Channel> open = new LinkedHashSet<>(); // oldest first; guarded by this
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();

    public Connections(WireLimits limits) {
        this.limits = limits;
    }

    WireLimits limits() {
        return limits;
    }

    /** Open connections now. */
    public synchronized int count() {
        return open.size();
    }

    /** Connections refused or closed by the limits since the start. */
    public long refusals() {
        return refusals.get();
    }

    /** Bytes of unfinished messages now. */
    public long waitingBytes() {
        return waitingBytes.get();
    }

    /** Whether this new connection may stay; leaves by itself when it closes. */
    boolean admit(Channel channel) {
        @Nullable Channel givesWay = null;
        synchronized (this) {
            if (open.size() >= limits.connections()) {
                givesWay = oldestWithoutSession();
                if (givesWay == null) {
                    refused(channel, "all %d connections are in use".formatted(limits.connections()));
                    return false;
                }
                open.remove(givesWay);
            }
            open.add(channel);
        }
        channel.closeFuture().addListener(closed -> remove(channel));
        if (givesWay != null) {
            refused(givesWay, "it has no session and all %d connections are in use".formatted(limits.connections()));
            var unused = givesWay.close();
        }
        return true;
    }

    private @Nullable Channel oldestWithoutSession() {
        for (Channel channel : open) {
            if (!Connection.of(channel).hasSession()) {
                return channel;
            }
        }
        return null;
    }

    private synchronized void remove(Channel channel) {
        open.remove(channel);
    }

    /** Takes room for bytes of an unfinished message, or says that there is none. */
    boolean reserve(long bytes) {
        if (waitingBytes.addAndGet(bytes) <= limits.waitingBytes()) {
            return true;
        }
        waitingBytes.addAndGet(-bytes);
        return false;
    }

    void release(long bytes) {
        waitingBytes.addAndGet(-bytes);
    }

    /** Counts a closed connection; the 1st, 10th, 100th... is a warning, so that a flood does not fill the log. */
    void refused(Channel channel, String reason) {
        long count = refusals.incrementAndGet();
        if (isPowerOfTen(count)) {
            LOG.warn("connection from {} closed: {} ({} closed so far)", channel.remoteAddress(), reason, count);
        } else {
            LOG.debug("connection from {} closed: {}", channel.remoteAddress(), reason);
        }
    }

    private static boolean isPowerOfTen(long count) {
        long rest = count;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }
}
