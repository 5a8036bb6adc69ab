package org.uatwin.historian.sqlite;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.historian.codec.BlockCodec;
import org.uatwin.historian.codec.SampleRun;
import org.uatwin.historian.store.HistoryBatch;
import org.uatwin.historian.store.TagDefinition;

/**
 * The thread {@code history-store}: takes batches from a bounded queue, commits them in groups, acknowledges them, and does
 * everything else that writes.
 */
final class StoreWriter {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);
    private static final long MAINTENANCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int RETENTION_EVERY = 10; // maintenances
    private static final int GROUP = 10_000; // samples that do not wait for the commit window
    private static final int MOST_WAITING = 2_000_000;
    private static final int MOST_OPEN = 4; // times the open samples allowed, while blocks cannot be made

    /** A batch and whom to tell. */
    private record Pending(HistoryBatch batch, CompletableFuture<Void> done) {}

    private final StoreSettings settings;
    private final TagFile tags;
    private final Days days;
    private final InstantSource clock;
    private final Thread thread = new Thread(this::run, "history-store");

    private final Object lock = new Object();
    private final ArrayDeque<Pending> queue = new ArrayDeque<>(); // guarded by lock
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(); // guarded by lock
    private int waiting; // guarded by lock: samples queued
    private boolean isClosing; // guarded by lock

    private @Nullable TagDefinition[] definitions = new TagDefinition[0]; // owned by the thread: of names, for speed
    private long[] newest = new long[0]; // owned by the thread: of each tag since the start
    private long maintainedAt; // owned by the thread
    private int maintenances; // owned by the thread
    private @Nullable RuntimeException failing; // owned by the thread: why upkeep does not work now

    final LongAdder appended = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder rejected = new LongAdder();

    StoreWriter(StoreSettings settings, TagFile tags, Days days, InstantSource clock) {
        this.settings = settings;
        this.tags = tags;
        this.days = days;
        this.clock = clock;
        thread.setDaemon(true);
    }

    void start() {
        maintainedAt = System.nanoTime();
        thread.start();
    }

    CompletionStage<Void> append(HistoryBatch batch) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (lock) {
            if (isClosing) {
                return CompletableFuture.failedFuture(HistoryException.closed(settings.directory()));
            }
            if (waiting > 0 && waiting + batch.size() > MOST_WAITING) {
                return CompletableFuture.failedFuture(HistoryException.full(waiting));
            }
            queue.add(new Pending(batch, done));
            waiting += batch.size();
            lock.notifyAll();
        }
        return done;
    }

    /** Runs on the thread, behind what was appended before. */
    CompletionStage<Void> execute(Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (lock) {
            if (isClosing) {
                done.completeExceptionally(HistoryException.closed(settings.directory()));
                return done;
            }
            tasks.add(() -> {
                try {
                    task.run();
                    done.complete(null);
                } catch (RuntimeException e) {
                    done.completeExceptionally(e);
                }
            });
            lock.notifyAll();
        }
        return done;
    }

    /** Does at once what is otherwise done when its time has come. */
    CompletionStage<Void> maintainNow() {
        return execute(() -> {
            days.packIfFull();
            days.seal(clock.instant());
            days.retain(clock.instant());
        });
    }

    private void run() {
        while (true) {
            List<Pending> group;
            List<Runnable> due;
            boolean isLast;
            synchronized (lock) {
                awaitWork();
                group = new ArrayList<>(queue);
                queue.clear();
                waiting = 0;
                due = new ArrayList<>(tasks);
                tasks.clear();
                isLast = isClosing;
            }
            if (!group.isEmpty()) {
                commit(group);
            }
            due.forEach(Runnable::run);
            maintain();
            if (isLast) {
                return;
            }
        }
    }

    /** Waits for the first batch, then for others to be synced with it. */
    private void awaitWork() { // lock is held
        try {
            long end = System.nanoTime() + MAINTENANCE_NANOS;
            while (queue.isEmpty() && tasks.isEmpty() && !isClosing && end - System.nanoTime() > 0) {
                lock.wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
            end = System.nanoTime() + settings.commitWindow().toNanos();
            while (waiting < GROUP && tasks.isEmpty() && !isClosing && end - System.nanoTime() > 0) {
                lock.wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            isClosing = true; // nobody interrupts this thread but who wants it to end
        }
    }

    private void commit(List<Pending> group) {
        RuntimeException failure = null;
        try {
            store(group);
        } catch (RuntimeException e) {
            failure = e;
        }
        for (Pending each : group) {
            if (failure == null) {
                appended.add(each.batch.size());
                each.done.complete(null);
            } else {
                each.done.completeExceptionally(failure);
            }
        }
    }

    /** Readers see the whole group when this returns; after an exception, at most the part of some of its days. */
    private void store(List<Pending> group) {
        if (failing != null && days.openSamples() > (long) MOST_OPEN * settings.openSamples()) {
            throw failing; // what keeps blocks from being made
        }
        tags.save();
        long firstKept = days.firstKept(clock.instant());
        Map<Long, DayGroup> groups = new TreeMap<>();
        Map<Integer, SampleRun> tooOld = new HashMap<>();
        int old = 0;
        long day = Long.MIN_VALUE;
        DayGroup ofDay = null;
        for (Pending each : group) {
            HistoryBatch batch = each.batch;
            for (int i = 0; i < batch.size(); i++) {
                TagDefinition definition = definition(batch.tagId(i));
                if (definition == null || !fits(definition, batch, i)) {
                    rejected.increment();
                    continue;
                }
                noteOrder(batch.tagId(i), batch.sourceTime(i));
                long dayOfSample = DayFile.dayOf(batch.sourceTime(i));
                if (dayOfSample < firstKept) {
                    keepLast(tooOld, batch, i);
                    old++;
                    continue;
                }
                if (ofDay == null || dayOfSample != day) {
                    day = dayOfSample;
                    ofDay = groups.computeIfAbsent(day, d -> new DayGroup(batch.size()));
                }
                ofDay.add(batch, i, definition);
            }
        }
        if (old > 0) {
            days.leave(tooOld, old, clock.instant());
        }
        groups.forEach(this::store);
    }

    private void store(long day, DayGroup group) {
        DayFile file = days.forWriting(day);
        try {
            file.append(group, tags.names(), System.nanoTime());
        } catch (HistoryException e) {
            if (!e.isDamage()) {
                throw e;
            }
            days.setAside(file, e);
            days.forWriting(day).append(group, tags.names(), System.nanoTime());
        }
    }

    private static boolean fits(TagDefinition definition, HistoryBatch batch, int i) {
        Object object = batch.object(i);
        return batch.sourceTime(i) >= 0 && (object == null || (!definition.isScalar() && BlockCodec.takes(object)));
    }

    private static void keepLast(Map<Integer, SampleRun> tooOld, HistoryBatch batch, int i) {
        SampleRun known = tooOld.get(batch.tagId(i));
        if (known == null || known.time(0) <= batch.sourceTime(i)) {
            SampleRun one = new SampleRun(1);
            one.add(batch.sourceTime(i), batch.receiveTime(i), batch.bits(i), batch.object(i), batch.statusBits(i));
            tooOld.put(batch.tagId(i), one);
        }
    }

    private @Nullable TagDefinition definition(int tag) {
        TagDefinition known = tag >= 0 && tag < definitions.length ? definitions[tag] : null;
        if (known == null) {
            known = tags.names().definition(tag).orElse(null);
            if (known != null) {
                if (tag >= definitions.length) {
                    int length = Math.max(tag + 1, definitions.length * 2);
                    int before = newest.length;
                    definitions = Arrays.copyOf(definitions, length);
                    newest = Arrays.copyOf(newest, length);
                    Arrays.fill(newest, before, length, Long.MIN_VALUE);
                }
                definitions[tag] = known; // a new name changes nothing of what is read here: the type stays
            }
        }
        return known;
    }

    private void noteOrder(int tag, long time) {
        if (time < newest[tag]) {
            late.increment();
        } else {
            newest[tag] = time;
        }
    }

    /** Makes blocks, ends days, keeps to retention. What fails is told once and tried again every second. */
    private void maintain() {
        long now = System.nanoTime();
        boolean isDue = now - maintainedAt >= MAINTENANCE_NANOS;
        if (failing != null && !isDue) {
            return;
        }
        try {
            days.packIfFull();
            if (isDue) {
                maintainedAt = now;
                days.rest(clock.instant(), now);
                if (maintenances++ % RETENTION_EVERY == 0) {
                    days.retain(clock.instant());
                }
            }
            failing = null;
        } catch (RuntimeException e) {
            maintainedAt = now;
            if (failing == null) {
                LOG.error("the history on disk is not being kept in order; it is tried again", e);
            }
            failing = e;
        }
    }

    /** Commits what was appended and ends the thread. */
    void close() {
        synchronized (lock) {
            isClosing = true;
            lock.notifyAll();
        }
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
