package org.uatwin.server.push;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A hashed timer wheel: many cheap timers of coarse precision. Adding a timer is wait-free from any thread; tasks run
 * on the wheel's thread within one tick after they are due and must be short. A wheel without timers sleeps.
 */
public final class TimerWheel implements AutoCloseable {
    private static final int SLOTS = 512;
    private static final long TICK_NANOS = 5_000_000;

    private record Timer(long dueTick, Runnable task) {}

    private final ConcurrentLinkedQueue<Timer> added = new ConcurrentLinkedQueue<>();
    private final List<List<Timer>> slots = new ArrayList<>(SLOTS); // owned by whoever calls advance
    private final LongSupplier nanoTime;
    private final long origin;
    private final Consumer<Throwable> onFailure;
    private long tick; // owned by whoever calls advance
    private int waiting; // timers in the slots; owned by whoever calls advance
    private volatile boolean isAsleep;
    private volatile boolean isClosed;
    private volatile @Nullable Thread thread;

    /**
     * @param nanoTime monotonic ticker.
     * @param onFailure gets what a task throws.
     */
    public TimerWheel(LongSupplier nanoTime, Consumer<Throwable> onFailure) {
        this.nanoTime = nanoTime;
        this.onFailure = onFailure;
        origin = nanoTime.getAsLong();
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new ArrayList<>());
        }
    }

    /** Starts the thread; once. */
    public void start(ThreadFactory threads) {
        Thread started = threads.newThread(this::run);
        thread = started;
        started.start();
    }

    private void run() {
        while (!isClosed) {
            advance();
            if (waiting > 0) {
                LockSupport.parkNanos(this, TICK_NANOS);
            } else {
                sleep();
            }
        }
    }

    private void sleep() {
        isAsleep = true; // before the look at the queue: schedule looks the other way round
        while (added.isEmpty() && !isClosed) {
            LockSupport.park(this);
        }
        isAsleep = false;
    }

    /** Runs {@code task} once {@code delayNanos} from now, at the earliest with the next tick. */
    public void schedule(long delayNanos, Runnable task) {
        long due = (nanoTime.getAsLong() - origin + Math.max(0, delayNanos) + TICK_NANOS - 1) / TICK_NANOS;
        added.add(new Timer(due, task));
        if (isAsleep) {
            LockSupport.unpark(thread);
        }
    }

    /** Runs what is due now: the body of the wheel's thread, called directly by tests. */
    public void advance() {
        long now = (nanoTime.getAsLong() - origin) / TICK_NANOS;
        for (Timer timer = added.poll(); timer != null; timer = added.poll()) {
            slots.get(Math.floorMod(Math.max(timer.dueTick(), tick + 1), SLOTS)).add(timer);
            waiting++;
        }
        long last = Math.min(now, tick + SLOTS);
        while (tick < last) {
            tick++;
            runSlot(Math.floorMod(tick, SLOTS), now);
        }
        tick = Math.max(tick, now);
    }

    private void runSlot(int slot, long now) {
        List<Timer> timers = slots.get(slot);
        if (timers.isEmpty()) {
            return;
        }
        List<Timer> due = new ArrayList<>();
        timers.removeIf(timer -> timer.dueTick() <= now && due.add(timer));
        waiting -= due.size();
        for (Timer timer : due) {
            try {
                timer.task().run();
            } catch (RuntimeException e) {
                onFailure.accept(e);
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
        Thread running = thread;
        if (running != null) {
            LockSupport.unpark(running);
        }
    }
}
