package org.uatwin.server.assembly;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;

/**
 * Shows in the server's twin what waits in its queues and what they lost: looked up once a second, on a thread of its own.
 * Points without a source stay Bad_NotConnected.
 */
final class QueueTwin implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueueTwin.class);
    private static final long PERIOD_MS = 1_000;

    private final TwinInstance twin; // the same through all reloads
    private final PointTable table;
    private final InstantSource clock;
    private final List<Figure> figures = new ArrayList<>(); // guarded by this
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "uatwin-queues");
        made.setDaemon(true);
        return made;
    });

    private @Nullable ScheduledFuture<?> looking; // guarded by this

    /** A point and where its value comes from. */
    private interface Figure {
        void addTo(SampleBatch batch, long now);
    }

    QueueTwin(LivePlant live, InstantSource clock) {
        TwinInstance found = live.instance(Plant.SERVER_TWIN);
        if (found == null) {
            throw new IllegalStateException("the plant has no " + Plant.SERVER_TWIN);
        }
        this.twin = found;
        this.table = live.table();
        this.clock = clock;
    }

    /** Where a number comes from: asked once a second on this twin's thread, and must not wait for others. */
    synchronized QueueTwin number(String point, LongSupplier value) {
        int row = twin.row(point);
        figures.add((batch, now) -> batch.add(row, value.getAsLong(), StatusCode.GOOD, now, now));
        return this;
    }

    /** Where a text comes from. */
    synchronized QueueTwin text(String point, Supplier<String> value) {
        int row = twin.row(point);
        figures.add((batch, now) -> batch.addObject(row, value.get(), StatusCode.GOOD, now, now));
        return this;
    }

    synchronized void start() {
        looking = thread.scheduleAtFixedRate(this::step, 0, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    /** Looks all numbers up and shows them. */
    private synchronized void step() {
        try {
            long now = UaTime.ofInstant(clock.instant());
            SampleBatch batch = new SampleBatch(figures.size());
            figures.forEach(figure -> figure.addTo(batch, now));
            table.submit(LivePlant.OWN_SHARD, batch);
        } catch (RuntimeException e) {
            LOG.error("a queue cannot be looked at; please report this", e);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (looking != null) {
                looking.cancel(false);
            }
        }
        thread.shutdownNow();
    }
}
