package org.uatwin.server.run;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.simulation.scenario.RunListener;
import org.uatwin.simulation.scenario.RunState;
import org.uatwin.simulation.scenario.RunStatus;

/**
 * Hears what becomes of runs and tells clients: values to monitored items, events to subscribers. The run's thread only leaves a
 * note; all else happens on {@code uatwin-runs}, in the order of the notes. Their number is bounded by the runs there may be.
 */
public final class RunWatch implements RunListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunWatch.class);
    private static final long TICK_MS = 100;
    private static final long TIDY_S = 60;

    private final ScheduledExecutorService thread;
    private final RunEvents events;
    private final RunVersions versions;
    private volatile @Nullable RunNodes nodes;
    private volatile @Nullable RunItems items;
    private final Set<String> unfinished = new HashSet<>(); // owned by the thread
    private @Nullable ScheduledFuture<?> ticking; // owned by the thread; null: nothing is due
    private volatile @Nullable ScheduledFuture<?> tidying;

    /** @param versions NodeVersions of the folders. */
    public RunWatch(RunEvents events, RunVersions versions) {
        this.events = events;
        this.versions = versions;
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "uatwin-runs");
            made.setDaemon(true);
            return made;
        });
        executor.setRemoveOnCancelPolicy(true);
        this.thread = executor;
    }

    void use(RunNodes found, RunItems fed) {
        nodes = found;
        items = fed;
        tidying =
                thread.scheduleWithFixedDelay(() -> guarded(found.runs()::forgetOld), TIDY_S, TIDY_S, TimeUnit.SECONDS);
    }

    @Override
    public void changed(RunStatus now) {
        note(() -> tell(now));
    }

    @Override
    public void forgotten(RunStatus last) {
        note(() -> {
            RunNodes known = nodes;
            RunItems fed = items;
            unfinished.remove(last.runId());
            if (known != null && fed != null) {
                fed.forgotten(last);
                known.twin(last).ifPresent(twin -> {
                    versions.changed(twin);
                    events.gone(known, twin, last);
                });
            }
        });
    }

    private void note(Runnable task) {
        try {
            thread.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("the server is stopping", e);
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("clients may have missed what became of a run; please report this", e);
        }
    }

    private void tell(RunStatus now) {
        RunNodes known = nodes;
        RunItems fed = items;
        if (known == null || fed == null) {
            return;
        }
        if (now.state().isFinal()) {
            unfinished.remove(now.runId());
        } else {
            unfinished.add(now.runId());
        }
        fed.changed(now);
        known.twin(now).ifPresent(twin -> {
            if (now.state() == RunState.READY) {
                versions.changed(twin);
                events.come(known, twin, now);
            }
            events.transition(known, twin, now);
        });
        startTicking();
    }

    /** Looks after progress for as long as something runs. */
    private void startTicking() {
        if (ticking == null) {
            ticking = thread.schedule(() -> guarded(this::tick), TICK_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        ticking = null;
        RunItems fed = items;
        boolean isBusy = fed != null && fed.tick();
        if (isBusy || !unfinished.isEmpty()) {
            startTicking();
        }
    }

    @Override
    public void close() {
        ScheduledFuture<?> regular = tidying;
        if (regular != null) {
            regular.cancel(false);
        }
        thread.shutdownNow();
    }
}
