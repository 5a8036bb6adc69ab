package org.uatwin.plcadapters.adapter;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of a link, from its start to its end. Any thread may call. */
public final class LinkThread {
    private static final Logger LOG = LoggerFactory.getLogger(LinkThread.class);

    private final String name;
    private final LinkEnvironment environment;
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private volatile @Nullable Thread thread;

    /** @param name of the thread: {@code <protocol>-<connection>}. */
    public LinkThread(String name, LinkEnvironment environment) {
        this.name = name;
        this.environment = environment;
    }

    /**
     * Runs the link's loop.
     *
     * @throws IllegalStateException if it was started before.
     */
    public void start(Runnable body) {
        if (!isStarted.compareAndSet(false, true)) {
            throw new IllegalStateException(name + ": started twice");
        }
        Thread t = environment.threads().newThread(body);
        t.setName(name);
        thread = t;
        t.start();
    }

    /** Ends a {@code LockSupport.park} of it. */
    public void unpark() {
        LockSupport.unpark(thread);
    }

    /**
     * Waits until it has ended, which the caller has asked for; not for itself.
     *
     * @return false if it never ran, so that its last act is the caller's.
     */
    public boolean awaitEnd(long atMostMs) {
        Thread t = thread;
        if (t == null) {
            return false;
        }
        LockSupport.unpark(t);
        if (t == Thread.currentThread()) {
            return true;
        }
        try {
            t.join(atMostMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (t.isAlive()) {
            LOG.warn("{}: the link thread has not ended within {} ms", name, atMostMs);
        }
        return true;
    }
}
