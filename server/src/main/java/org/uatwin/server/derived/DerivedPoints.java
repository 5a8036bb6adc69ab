package org.uatwin.server.derived;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.PointValue;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.SampleListener;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.LivePlant;

/**
 * The computed points of a live plant at work. Built from one {@link LivePlant}; when the plant changes the old one is
 * closed and a new one takes over what its functions remember ({@link #replacing}).
 */
public final class DerivedPoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DerivedPoints.class);
    private static final int OWN_SHARD = 0;
    private static final int CAPACITY = 65_536;
    private static final int TAKEN = 4_096;
    private static final long TICK_MS = 100;
    private static final long QUIET_TICKS = 10 * UaTime.TICKS_PER_SECOND;
    private static final long WRITE_NANOS = 10_000_000_000L;
    private static final long CLOSE_WAIT_MS = 2_000;

    private final PointTable table;
    private final InstantSource clock;
    private final DerivedGraph graph; // owned by start, then by the thread
    private final Map<Integer, Node> byRow = new HashMap<>();
    private final boolean[] hasInputs; // by shard
    private final SampleQueue queue = new SampleQueue(CAPACITY);
    private final InferenceModels models = new InferenceModels();
    private final SampleListener listener = this::onSamples;
    private final SampleQueue.Taken stepped = new SampleQueue.Taken(TAKEN); // owned by the caller of step
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final AtomicReference<@Nullable CompletableFuture<Map<String, byte[]>>> saving = new AtomicReference<>();
    private long losingSince = UaTime.NONE; // these two: owned by the thread
    private long lastLoss;
    private volatile @Nullable Thread thread; // set by start

    /** @param setpoints gets the values of setpoints that follow others. */
    public DerivedPoints(LivePlant live, SetpointPort setpoints, InstantSource clock) {
        this.table = live.table();
        this.clock = clock;
        graph = new GraphBuilder(
                        live,
                        (row, bits, done) -> setpoints
                                .write(row, bits, System.nanoTime() + WRITE_NANOS)
                                .whenComplete((status, failure) ->
                                        done.accept(failure == null ? status : StatusCode.BAD_INTERNAL_ERROR)),
                        models)
                .build();
        hasInputs = new boolean[table.shardCount()];
        Slots slots = graph.slots();
        for (int row : slots.rows) {
            hasInputs[table.shardOf(row)] = true;
        }
        for (Node node : graph.nodes()) {
            if (node.output() >= 0) {
                byRow.put(slots.rows[node.output()], node);
            } else if (node instanceof FollowNode follow) {
                byRow.put(follow.row(), node);
            }
        }
    }

    /** Takes over what the functions of an earlier plant remember, by name and declaration; the other must be closed. */
    public DerivedPoints replacing(DerivedPoints before) {
        Map<String, Node> old = new HashMap<>();
        before.graph.nodes().forEach(node -> old.put(node.name(), node));
        for (Node node : graph.nodes()) {
            Node same = old.get(node.name());
            if (same != null) {
                node.adopt(same);
            }
        }
        return this;
    }

    /** Goes on from what another process saved, by name; before {@link #start}. */
    public void restore(Map<String, byte[]> saved) {
        for (Node node : graph.nodes()) {
            byte[] state = saved.get(node.name());
            if (state != null) {
                node.restore(state);
            }
        }
    }

    /** What the functions remember, by name; asked of the thread, which answers within a tenth of a second. */
    public CompletionStage<Map<String, byte[]>> save() {
        CompletableFuture<Map<String, byte[]>> answer = new CompletableFuture<>();
        CompletableFuture<Map<String, byte[]>> before = saving.getAndSet(answer);
        if (before != null) {
            before.cancel(false);
        }
        if (thread == null) { // nothing is computed here
            answer.complete(Map.of());
        }
        return answer;
    }

    private void saveIfAsked() {
        CompletableFuture<Map<String, byte[]>> answer = saving.getAndSet(null);
        if (answer == null) {
            return;
        }
        Map<String, byte[]> states = new HashMap<>();
        for (Node node : graph.nodes()) {
            byte[] state = node.save();
            if (state != null) {
                states.put(node.name(), state);
            }
        }
        answer.complete(states);
    }

    /** Whether there is nothing to compute. */
    public boolean isEmpty() {
        return graph.nodes().isEmpty();
    }

    /** Begins to listen and to compute; once. */
    public void start() {
        if (isEmpty()) {
            return;
        }
        table.addListener(listener); // what arrives from here on waits in the queue
        readAll();
        Thread worker = new Thread(this::run, "uatwin-derived");
        worker.setDaemon(true);
        thread = worker;
        worker.start();
    }

    /** Instead of {@link #start}, without a thread: whoever owns time calls {@link #step} after each change. */
    public void startStepped() {
        models.answerAtOnce();
        table.addListener(listener);
        readAll();
    }

    /** Computes what the samples since the last time change; after {@link #startStepped}, on one thread. */
    public void step() {
        if (isEmpty()) {
            return;
        }
        SampleQueue.Taken taken = stepped;
        try {
            do {
                queue.take(taken, 0);
                step(taken);
            } while (taken.isOpen && taken.size == TAKEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void onSamples(int shard, SampleBatch batch) {
        if (shard < hasInputs.length && hasInputs[shard] && !isOwn(shard, batch)) {
            queue.put(graph.slots(), batch);
        }
    }

    /** Whether these are our own results, which the graph knows already; on that shard are others' as well. */
    private boolean isOwn(int shard, SampleBatch batch) {
        return shard == OWN_SHARD && !batch.isEmpty() && byRow.containsKey(batch.row(0));
    }

    private void run() {
        SampleQueue.Taken taken = new SampleQueue.Taken(TAKEN);
        try {
            while (taken.isOpen) {
                queue.take(taken, SampleQueue.millis(TICK_MS));
                step(taken);
                saveIfAsked();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("computed points stopped by an error of ours; please report it", e);
        }
    }

    private void step(SampleQueue.Taken taken) {
        SampleBatch out = new SampleBatch(16);
        Slots slots = graph.slots();
        for (int i = 0; i < taken.size; i++) {
            int slot = taken.slots[i];
            if (graph.isFresh(slot)) {
                graph.evaluate(out);
            }
            graph.set(
                    slot,
                    slots.types[slot].toDouble(taken.bits[i]),
                    taken.status[i],
                    taken.source[i],
                    taken.receive[i]);
            if (taken.isLast[i]) {
                graph.evaluate(out);
            }
        }
        long now = UaTime.ofInstant(clock.instant());
        reportLoss(taken.hasLost, now);
        if (taken.hasLost) {
            submit(out);
            readAll();
            return;
        }
        graph.tick(now, out);
        submit(out);
    }

    /** Once when samples begin to be lost, once when none were for a while. */
    private void reportLoss(boolean isLosing, long now) {
        if (isLosing) {
            if (losingSince == UaTime.NONE) {
                losingSince = now;
                LOG.warn("computed points cannot keep up; samples are lost, and every input is read anew");
            }
            lastLoss = now;
        } else if (losingSince != UaTime.NONE && now - lastLoss > QUIET_TICKS) {
            LOG.info(
                    "computed points keep up again after {} s; {} samples lost since the start",
                    Math.round(UaTime.secondsBetween(losingSince, lastLoss)),
                    queue.lost());
            losingSince = UaTime.NONE;
        }
    }

    private void submit(SampleBatch out) {
        if (!out.isEmpty()) {
            table.submit(OWN_SHARD, out);
        }
    }

    /** Reads every input from the table and computes everything: at the start, and after samples were lost. */
    private void readAll() {
        Slots slots = graph.slots();
        PointValue value = new PointValue();
        for (int slot = 0; slot < slots.size(); slot++) {
            Node node = byRow.get(slots.rows[slot]);
            if (node == null || node.output() != slot) {
                table.read(slots.rows[slot], value);
                slots.set(slot, value);
            }
        }
        SampleBatch out = new SampleBatch(graph.nodes().size());
        graph.markAll(UaTime.ofInstant(clock.instant()));
        graph.evaluate(out);
        submit(out);
    }

    /** Samples that wait to be computed with. */
    public int waitingSamples() {
        return queue.waiting();
    }

    /** The most samples that may wait. */
    public int capacity() {
        return CAPACITY;
    }

    /** Samples that were lost because more came than can be computed. */
    public long lostSamples() {
        return queue.lost();
    }

    /** What is wrong with a computed or following point; empty if nothing is, or if the row is neither. */
    public String problem(int row) {
        Node node = byRow.get(row);
        return node == null ? "" : node.problem();
    }

    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        table.removeListener(listener);
        queue.close();
        models.close();
        Thread worker = thread;
        if (worker != null && worker != Thread.currentThread()) {
            try {
                worker.join(CLOSE_WAIT_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
