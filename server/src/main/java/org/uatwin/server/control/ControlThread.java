package org.uatwin.server.control;

import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.value.UaTime;

/** Real time: tasks run on the thread {@code uatwin-setpoints}. */
public final class ControlThread implements ControlTime, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlThread.class);

    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "uatwin-setpoints");
        made.setDaemon(true);
        return made;
    });

    public ControlThread(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long ticks() {
        return UaTime.ofInstant(clock.instant());
    }

    @Override
    public void after(long nanos, Runnable task) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("a setpoint cannot be looked after; please report this", e);
            }
        };
        try {
            var unused = thread.schedule(guarded, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("not scheduled any more: the server stops");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
