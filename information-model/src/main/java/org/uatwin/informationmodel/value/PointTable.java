package org.uatwin.informationmodel.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The live values of the plant, in columns: the single place where "now" lives (contracts section 3).
 *
 * <p>Rows are allocated in runs ({@link #allocate}); a row belongs to one shard (one link). All writes to a shard,
 * and every task given to {@link #execute}, run one at a time in submission order on a submitter's thread. Reading
 * ({@link #read}) is wait-free for the writer and safe from any thread: each row has a version (seqlock) that is odd
 * while the row is written, so a reader sees value, status and times of one sample or retries.
 *
 * <p>At rest a row costs 36 bytes: bits, two times, status, version, shard.
 */
public final class PointTable {
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int CHUNK_MASK = CHUNK - 1;
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle OBJECTS = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final int SNAPSHOT_TRIES = 100;

    /** One block of rows. The object column exists only where a String or array was ever written. */
    private static final class Chunk {
        final int[] version = new int[CHUNK];
        final int[] status = new int[CHUNK];
        final int[] shard = new int[CHUNK];
        final long[] bits = new long[CHUNK];
        final long[] sourceTime = new long[CHUNK];
        final long[] receiveTime = new long[CHUNK];
        volatile @Nullable Object @Nullable [] objects;
    }

    /** One writer at a time; begun and epoch count batches begun and applied, so they differ while one is written. */
    private static final class Shard {
        final SerialLane lane;
        final AtomicLong begun = new AtomicLong();
        final AtomicLong epoch = new AtomicLong();

        Shard(Executor overflow, Consumer<Throwable> onFailure) {
            lane = new SerialLane(overflow, onFailure);
        }
    }

    private final Executor overflow;
    private final Consumer<Throwable> onFailure;
    private final List<SampleListener> listeners = new CopyOnWriteArrayList<>();
    private final Object growth = new Object();
    private volatile Chunk[] chunks = new Chunk[0]; // grown under growth
    private volatile Shard[] shards = new Shard[0]; // grown under growth
    private volatile int size;

    /**
     * @param overflow runs what is left when a submitter has drained enough of others' work; a small pool.
     * @param onFailure gets a listener's or task's exception (a bug of ours); called on the writer's thread.
     */
    public PointTable(Executor overflow, Consumer<Throwable> onFailure) {
        this.overflow = overflow;
        this.onFailure = onFailure;
    }

    /** Adds a shard (one per link) and returns its index, 0 or more. */
    public int addShard() {
        synchronized (growth) {
            Shard[] grown = Arrays.copyOf(shards, shards.length + 1);
            grown[shards.length] = new Shard(overflow, onFailure);
            shards = grown;
            return grown.length - 1;
        }
    }

    public int shardCount() {
        return shards.length;
    }

    /**
     * Allocates {@code count} consecutive rows, all in state {@code initial} and in shard 0 until
     * {@link #assign} says otherwise; returns the first row.
     */
    public int allocate(int count, StatusCode initial) {
        synchronized (growth) {
            int first = size;
            int needed = (first + count + CHUNK_MASK) >> CHUNK_BITS;
            if (needed > chunks.length) {
                Chunk[] grown = Arrays.copyOf(chunks, needed);
                for (int i = chunks.length; i < needed; i++) {
                    grown[i] = new Chunk();
                }
                chunks = grown;
            }
            for (int row = first; row < first + count; row++) {
                INTS.setRelease(chunk(row).status, row & CHUNK_MASK, initial.bits());
            }
            size = first + count;
            return first;
        }
    }

    /** Puts a row into a shard and sets its initial status; before anything is submitted for it. */
    public void assign(int row, int shard, StatusCode initial) {
        Chunk c = chunk(row);
        c.shard[row & CHUNK_MASK] = shard;
        INTS.setRelease(c.status, row & CHUNK_MASK, initial.bits());
    }

    /**
     * Makes rows as new, in state {@code initial} and in shard 0: before they are given to another twin, when nobody reads
     * or writes them any more.
     */
    public void reset(int firstRow, int count, StatusCode initial) {
        for (int row = firstRow; row < firstRow + count; row++) {
            Chunk c = chunk(row);
            int k = row & CHUNK_MASK;
            c.shard[k] = 0;
            LONGS.setOpaque(c.bits, k, 0L);
            Object[] objects = c.objects;
            if (objects != null) {
                OBJECTS.setRelease(objects, k, null);
            }
            LONGS.setOpaque(c.sourceTime, k, 0L);
            LONGS.setOpaque(c.receiveTime, k, 0L);
            INTS.setRelease(c.status, k, initial.bits());
            INTS.setRelease(c.version, k, 0);
        }
    }

    /**
     * Moves a row to another shard. Runs on the lane of its present shard; from its return on, samples the old shard still
     * has for the row are dropped.
     */
    public void move(int row, int shard) {
        chunk(row).shard[row & CHUNK_MASK] = shard;
    }

    public int shardOf(int row) {
        return chunk(row).shard[row & CHUNK_MASK];
    }

    /** Number of rows allocated. */
    public int size() {
        return size;
    }

    /** Adds a listener for the batches of all shards. */
    public void addListener(SampleListener listener) {
        listeners.add(listener);
    }

    public void removeListener(SampleListener listener) {
        listeners.remove(listener);
    }

    /** Applies a batch on the shard's lane and fans it out; entries whose row is not in {@code shard} are dropped. */
    public void submit(int shard, SampleBatch batch) {
        execute(shard, () -> apply(shard, batch));
    }

    /** Runs a task on the shard's lane, in order with the shard's batches: for registrations and first values. */
    public void execute(int shard, Runnable task) {
        shards[shard].lane.execute(task);
    }

    /** Tasks and batches of the shard not yet run; one is running when it is above 0. */
    public int pending(int shard) {
        return shards[shard].lane.pending();
    }

    /** Applied batches of the shard so far. */
    public long epoch(int shard) {
        return shards[shard].epoch.get();
    }

    private void apply(int shard, SampleBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            if (shardOf(batch.row(i)) != shard) { // a link that does not know yet that its point went elsewhere
                batch.keepIf(row -> shardOf(row) == shard);
                break;
            }
        }
        shards[shard].begun.incrementAndGet();
        for (int i = 0; i < batch.size(); i++) {
            write(batch, i);
        }
        shards[shard].epoch.incrementAndGet();
        for (SampleListener listener : listeners) {
            try {
                listener.onSamples(shard, batch);
            } catch (RuntimeException e) {
                onFailure.accept(e);
            }
        }
    }

    private void write(SampleBatch batch, int i) {
        int row = batch.row(i);
        Chunk c = chunk(row);
        int k = row & CHUNK_MASK;
        Object[] objects = c.objects;
        long oldBits = c.bits[k];
        Object oldObject = objects == null ? null : objects[k];
        int version = c.version[k];
        Object value = batch.object(i);
        if (value == SampleBatch.KEEP_VALUE) {
            value = oldObject;
            batch.resolve(i, oldBits, oldObject);
        }
        batch.markRefresh(
                i,
                version > 0
                        && c.status[k] == batch.statusBits(i)
                        && Sample.sameValue(oldBits, oldObject, batch.bits(i), value));
        INTS.setOpaque(c.version, k, version + 1);
        VarHandle.storeStoreFence();
        LONGS.setOpaque(c.bits, k, batch.bits(i));
        if (value != null || oldObject != null) {
            if (objects == null) {
                objects = new Object[CHUNK];
                c.objects = objects;
            }
            OBJECTS.setRelease(objects, k, value);
        }
        INTS.setOpaque(c.status, k, batch.statusBits(i));
        LONGS.setOpaque(c.sourceTime, k, batch.sourceTime(i));
        LONGS.setOpaque(c.receiveTime, k, batch.receiveTime(i));
        int next = version + 2;
        INTS.setRelease(c.version, k, next > 0 ? next : 2);
    }

    /** Copies the row into {@code out}: one consistent sample. Any thread. */
    public void read(int row, PointValue out) {
        Chunk c = chunk(row);
        int k = row & CHUNK_MASK;
        while (true) {
            int before = (int) INTS.getAcquire(c.version, k);
            if ((before & 1) == 0) {
                out.bits = (long) LONGS.getOpaque(c.bits, k);
                Object[] objects = c.objects;
                out.object = objects == null ? null : OBJECTS.getAcquire(objects, k);
                out.statusBits = (int) INTS.getOpaque(c.status, k);
                out.sourceTime = (long) LONGS.getOpaque(c.sourceTime, k);
                out.receiveTime = (long) LONGS.getOpaque(c.receiveTime, k);
                VarHandle.loadLoadFence();
                if ((int) INTS.getOpaque(c.version, k) == before) {
                    out.version = before;
                    return;
                }
            }
            Thread.onSpinWait();
        }
    }

    /** The row as a {@link Sample}. */
    public Sample read(int row) {
        PointValue v = new PointValue();
        read(row, v);
        return new Sample(row, v.bits, v.object, v.status(), v.sourceTime, v.receiveTime);
    }

    /**
     * Rows read at one moment.
     *
     * @param samples one per requested row, in order.
     * @param epoch sum of the epochs of the shards involved: equal epochs mean the same state.
     * @param isConsistent false if writers kept changing the shards for all tries; each sample is still whole.
     */
    public record Snapshot(List<Sample> samples, long epoch, boolean isConsistent) {}

    /** Reads rows so that no batch was applied between the first and the last of them, retrying if one was. */
    public Snapshot snapshot(int[] rows) {
        Sample[] samples = new Sample[rows.length];
        long epoch = 0;
        for (int attempt = 0; attempt < SNAPSHOT_TRIES; attempt++) {
            epoch = sum(rows, shard -> shard.epoch.get());
            for (int i = 0; i < rows.length; i++) {
                samples[i] = read(rows[i]);
            }
            if (sum(rows, shard -> shard.begun.get()) == epoch) {
                return new Snapshot(List.of(samples), epoch, true);
            }
            Thread.onSpinWait();
        }
        return new Snapshot(List.of(samples), epoch, false);
    }

    /** Sum over the shards of {@code rows}, a run of equal shards counted once; all counters only grow. */
    private long sum(int[] rows, ToLongFunction<Shard> counter) {
        Shard[] now = shards;
        long sum = 0;
        int last = -1;
        for (int row : rows) {
            int shard = shardOf(row);
            if (shard != last && shard < now.length) {
                sum += counter.applyAsLong(now[shard]);
                last = shard;
            }
        }
        return sum;
    }

    private Chunk chunk(int row) {
        return chunks[row >> CHUNK_BITS];
    }
}
