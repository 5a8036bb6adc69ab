package org.uatwin.historian.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.PointValue;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.SampleListener;

/**
 * Carries changes from the point table to a store. Refreshes (equal value and status) are not history (contracts
 * section 2).
 *
 * <p>The queue is bounded in samples, those not yet acknowledged by the store included. When it is full, incoming
 * samples are refused and counted, never the shard's writer blocked; the points they belonged to are remembered, and as
 * soon as there is room again their value at that moment is stored, so that history has a hole but never ends on a value
 * that is no longer true. The same happens when the store could not keep samples and works again, and makes a point that
 * is tracked late begin with its present value.
 *
 * <p>Threads: {@link #onSamples} on the writers of the shards; {@link #step} on the feed's own thread after
 * {@link #start}, or called by a test instead.
 */
public final class HistoryFeed implements SampleListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryFeed.class);
    private static final int UNTRACKED = -1;
    private static final long CLOSE_WAIT_MS = 2_000;

    private final PointTable table;
    private final HistoryStore store;
    private final int capacity;

    private volatile int[] tagOfRow = new int[0]; // grown and published under lock

    private final Object lock = new Object();
    private final ArrayDeque<HistoryBatch> queue = new ArrayDeque<>(); // guarded by lock
    private final BitSet missed = new BitSet(); // guarded by lock: rows whose present value is to be stored
    private final BitSet recovering = new BitSet(); // guarded by lock: missed rows given to their shard's lane
    private int unacknowledged; // guarded by lock: samples queued or with the store
    private boolean isCatchingUp; // guarded by lock: lost samples, not all points stored again
    private boolean isFailing; // guarded by lock
    private final BitSet failedTags = new BitSet(); // guarded by lock: tags whose last sample the store could not keep
    private long settledAt; // guarded by lock: samples taken in when the store began to work again
    private boolean isClosed; // guarded by lock
    private long accepted; // guarded by lock
    private long refused; // guarded by lock
    private long recovered; // guarded by lock
    private long failed; // guarded by lock
    private @Nullable Thread thread; // guarded by lock

    /**
     * Counters at one moment.
     *
     * @param unacknowledged samples queued or with the store now.
     * @param capacity the most there may be of them.
     * @param accepted samples taken in.
     * @param refused samples lost because the queue was full.
     * @param recovered present values stored for points whose samples were lost, or that were tracked late.
     * @param failed samples the store could not keep.
     */
    public record Statistics(
            int unacknowledged, int capacity, long accepted, long refused, long recovered, long failed) {}

    /** @param capacity the most samples not yet acknowledged, 1 or more. */
    public HistoryFeed(PointTable table, HistoryStore store, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be 1 or more: " + capacity);
        }
        this.table = table;
        this.store = store;
        this.capacity = capacity;
    }

    /** From now on changes of the row are stored under the tag, beginning with its present value if it has one. */
    public void track(int row, HistoryTag tag) {
        synchronized (lock) {
            int[] tags = tagOfRow;
            if (row >= tags.length) {
                int old = tags.length;
                tags = Arrays.copyOf(tags, Math.max(row + 1, Math.max(64, old * 2)));
                Arrays.fill(tags, old, tags.length, UNTRACKED);
            }
            tags[row] = tag.id();
            tagOfRow = tags;
            missed.set(row);
            lock.notifyAll();
        }
    }

    /** Changes of the row are no longer stored; what is stored stays. */
    public void untrack(int row) {
        synchronized (lock) {
            int[] tags = tagOfRow;
            if (row < tags.length) {
                tags[row] = UNTRACKED;
                tagOfRow = tags;
                missed.clear(row);
            }
        }
    }

    /** The tag a row's changes are stored under. */
    public Optional<HistoryTag> tag(int row) {
        int tag = tagId(tagOfRow, row);
        return tag == UNTRACKED ? Optional.empty() : Optional.of(new HistoryTag(tag));
    }

    private static int tagId(int[] tags, int row) {
        return row < tags.length ? tags[row] : UNTRACKED;
    }

    @Override
    public void onSamples(int shard, SampleBatch samples) {
        int[] tags = tagOfRow;
        int changes = 0;
        for (int i = 0; i < samples.size(); i++) {
            if (!samples.isRefresh(i) && tagId(tags, samples.row(i)) != UNTRACKED) {
                changes++;
            }
        }
        if (changes == 0) {
            return;
        }
        HistoryBatch batch = new HistoryBatch(changes);
        for (int i = 0; i < samples.size() && !batch.isFull(); i++) {
            int tag = tagId(tags, samples.row(i));
            if (!samples.isRefresh(i) && tag != UNTRACKED) {
                batch.add(
                        tag,
                        samples.bits(i),
                        samples.object(i),
                        samples.statusBits(i),
                        samples.sourceTime(i),
                        samples.receiveTime(i));
            }
        }
        offer(samples, tags, batch);
    }

    private void offer(SampleBatch samples, int[] tags, HistoryBatch batch) {
        boolean isFirstLoss = false;
        synchronized (lock) {
            boolean isRoom = !isClosed && batch.size() <= capacity - unacknowledged;
            for (int i = 0; i < samples.size(); i++) {
                if (!samples.isRefresh(i) && tagId(tags, samples.row(i)) != UNTRACKED) {
                    if (isRoom) { // an accepted change is newer than a missed one
                        missed.clear(samples.row(i));
                        recovering.clear(samples.row(i));
                        failedTags.clear(tagId(tags, samples.row(i)));
                    } else if (!isClosed) {
                        missed.set(samples.row(i));
                    }
                }
            }
            if (isRoom) {
                enqueue(batch);
                accepted += batch.size();
            } else if (!isClosed) {
                isFirstLoss = !isCatchingUp;
                isCatchingUp = true;
                refused += batch.size();
            }
        }
        if (isFirstLoss) {
            LOG.warn(
                    "history cannot keep up: {} samples wait for the store, newer ones are lost until there is room."
                            + " Historize fewer points or poll them less often; the counters say how many were lost.",
                    capacity);
        }
    }

    private void enqueue(HistoryBatch batch) { // lock is held
        queue.add(batch);
        unacknowledged += batch.size();
        lock.notifyAll();
    }

    /** Hands everything queued to the store, then stores missed points if there is room; returns samples handed over. */
    public int step() {
        List<HistoryBatch> batches;
        synchronized (lock) {
            batches = new ArrayList<>(queue);
            queue.clear();
        }
        int samples = 0;
        for (HistoryBatch batch : batches) {
            samples += batch.size();
            append(batch);
        }
        catchUp();
        return samples;
    }

    private void append(HistoryBatch batch) {
        CompletionStage<Void> stored;
        try {
            stored = store.append(batch);
        } catch (RuntimeException e) {
            acknowledge(batch, e);
            return;
        }
        // the stage only reports; nothing follows it
        stored.whenComplete((done, failure) -> acknowledge(batch, failure));
    }

    private void acknowledge(HistoryBatch batch, @Nullable Throwable failure) {
        boolean isTurning;
        synchronized (lock) {
            unacknowledged -= batch.size();
            isTurning = isFailing != (failure != null);
            isFailing = failure != null;
            if (failure != null) {
                failed += batch.size();
            } else if (isTurning) {
                settledAt = accepted + recovered;
            }
            for (int i = 0; i < batch.size() && (isFailing || !failedTags.isEmpty()); i++) {
                failedTags.set(batch.tagId(i), failure != null);
            }
            if (!isFailing && !failedTags.isEmpty() && accepted + recovered - unacknowledged >= settledAt) {
                storeFailedAgain();
            }
            lock.notifyAll();
        }
        if (isTurning && failure != null) {
            LOG.error("history is not being stored; samples are lost until this ends", failure);
        } else if (isTurning) {
            LOG.info("history is being stored again");
        }
    }

    /**
     * The store works again, and nothing taken in before is under way any more: the present value of each point whose
     * last sample it lost follows.
     */
    private void storeFailedAgain() { // lock is held
        int[] tags = tagOfRow;
        for (int row = 0; row < tags.length; row++) {
            if (tags[row] != UNTRACKED && failedTags.get(tags[row])) {
                missed.set(row);
            }
        }
        failedTags.clear();
    }

    /** Missed points are stored again while less than half of the queue is used, so that new changes find room. */
    private int half() {
        return Math.max(1, capacity / 2);
    }

    /** Stores the present value of missed rows, on the lane of their shard: in order with its batches. */
    private void catchUp() {
        Map<Integer, List<Integer>> rowsOfShard = new HashMap<>();
        synchronized (lock) {
            int room = half() - unacknowledged;
            for (int row = missed.nextSetBit(0); row >= 0 && room > 0; row = missed.nextSetBit(row + 1), room--) {
                missed.clear(row);
                recovering.set(row);
                rowsOfShard
                        .computeIfAbsent(table.shardOf(row), shard -> new ArrayList<>())
                        .add(row);
            }
            if (isCatchingUp && missed.isEmpty() && recovering.isEmpty()) {
                isCatchingUp = false;
                LOG.info("history keeps up again; {} samples were lost so far", refused);
            }
        }
        rowsOfShard.forEach((shard, rows) -> table.execute(shard, () -> recover(rows)));
    }

    private void recover(List<Integer> rows) {
        PointValue value = new PointValue();
        for (int row : rows) {
            table.read(row, value);
            synchronized (lock) {
                int tag = tagId(tagOfRow, row);
                boolean isDue = recovering.get(row) && tag != UNTRACKED && !isClosed;
                boolean isRoom = unacknowledged < capacity;
                recovering.clear(row);
                missed.set(row, isDue && !isRoom);
                if (!isDue || !isRoom) {
                    continue;
                }
                if (value.hasValue()) {
                    enqueue(new HistoryBatch(1)
                            .add(tag, value.bits, value.object, value.statusBits, value.sourceTime, value.receiveTime));
                    recovered++;
                }
            }
        }
    }

    /** Starts the feed's thread; once. The caller adds the feed to the table's listeners before. */
    public void start() {
        synchronized (lock) {
            if (thread != null || isClosed) {
                throw new IllegalStateException("the history feed is started once");
            }
            Thread started = new Thread(this::run, "history-feed");
            started.setDaemon(true);
            thread = started;
            started.start();
        }
    }

    private void run() {
        try {
            while (awaitWork()) {
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitWork() throws InterruptedException {
        synchronized (lock) {
            while (!isClosed && queue.isEmpty() && (missed.isEmpty() || unacknowledged >= half())) {
                lock.wait();
            }
            return !isClosed;
        }
    }

    public Statistics statistics() {
        synchronized (lock) {
            return new Statistics(unacknowledged, capacity, accepted, refused, recovered, failed);
        }
    }

    /** Takes no more samples, hands over what is queued and ends the thread; idempotent. Does not close the store. */
    @Override
    public void close() {
        Thread running;
        synchronized (lock) {
            isClosed = true;
            missed.clear();
            running = thread;
            thread = null;
            lock.notifyAll();
        }
        if (running != null) {
            try {
                running.join(CLOSE_WAIT_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        step();
    }
}
