package org.uatwin.informationmodel.value;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Runs tasks one after the other without a thread or a lock of its own: the submitter that finds the lane idle runs
 * its task and everything queued meanwhile; others only enqueue. So a lane has exactly one writer at any moment, a
 * task submitted to an idle lane runs with no hand-over, and a test that uses one thread is deterministic.
 *
 * <p>A submitter drains at most {@value #DRAIN_LIMIT} tasks of others before it passes the rest on to
 * {@code overflow}, so that no caller is captured for long.
 */
final class SerialLane {
    private static final int DRAIN_LIMIT = 256;

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicLong failures = new AtomicLong();
    private final Consumer<Throwable> onFailure;
    private final java.util.concurrent.Executor overflow;

    SerialLane(java.util.concurrent.Executor overflow, Consumer<Throwable> onFailure) {
        this.overflow = overflow;
        this.onFailure = onFailure;
    }

    void execute(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() == 0) {
            drain();
        }
    }

    private void drain() {
        int done = 0;
        do {
            if (done++ >= DRAIN_LIMIT) {
                overflow.execute(this::drain);
                return;
            }
            Runnable task = tasks.poll();
            if (task == null) {
                throw new AssertionError("lane counted a task it does not hold");
            }
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                failures.incrementAndGet();
                onFailure.accept(e);
            }
        } while (pending.decrementAndGet() > 0);
    }

    int pending() {
        return pending.get();
    }

    long failures() {
        return failures.get();
    }
}
