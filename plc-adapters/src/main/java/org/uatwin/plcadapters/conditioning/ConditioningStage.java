package org.uatwin.plcadapters.conditioning;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Reduction;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.plcadapters.adapter.SampleSink;

/**
 * The stage between a link and its shard of the table. Batches are worked on in the lane of the shard, so that samples
 * and the passing of time never meet; what a flush handed over is in the table, or in line for it, when
 * {@link #submit} returns.
 */
public final class ConditioningStage implements SampleSink {
    /** No row. */
    public static final int NONE = -1;

    private record Key(Member.Point point, Treatment treatment) {}

    private final PointTable table;
    private final int shard;
    private final int[] rows; // rising
    private final Conditioner[] conditioners; // by place in rows
    private final Conditioner[] timed;
    private final Map<Integer, Integer> channels = new HashMap<>(); // channel by row it fills; not changed later
    private final AtomicBoolean isTicking = new AtomicBoolean();

    /** @param points bound points of the link with a treatment at the link. */
    public ConditioningStage(List<TreatedPoint> points, PointTable table, int shard) {
        this(points, table, shard, null, row -> NONE);
    }

    /**
     * The stage of a link after a reload: chains of points that did not change go on with what they remember.
     *
     * @param before the stage of the same shard until now; it may still be used until the link uses this one.
     * @param formerRow the row a point had until now, if it and its chain mean what they meant; else {@link #NONE}.
     */
    public ConditioningStage(
            List<TreatedPoint> points,
            PointTable table,
            int shard,
            @Nullable ConditioningStage before,
            IntUnaryOperator formerRow) {
        this.table = table;
        this.shard = shard;
        List<TreatedPoint> sorted = points.stream()
                .sorted(Comparator.comparingInt(TreatedPoint::row))
                .toList();
        rows = sorted.stream().mapToInt(TreatedPoint::row).toArray();
        Map<Key, Rule> rules = new HashMap<>();
        conditioners = sorted.stream()
                .map(p -> {
                    int former = formerRow.applyAsInt(p.row());
                    Conditioner known = before == null || former == NONE ? null : before.conditioner(former);
                    return known != null && former == p.row()
                            ? known
                            : new Conditioner(
                                    p.row(),
                                    rules.computeIfAbsent(
                                            new Key(p.point(), p.treatment()), k -> new Rule(k.point(), k.treatment())),
                                    reducer(p),
                                    known);
                })
                .toArray(Conditioner[]::new);
        points.forEach(p -> {
            ReducedRows filled = p.rows();
            if (filled != null) {
                filled.forEach(row -> channels.put(row, p.row()));
            }
        });
        timed = Arrays.stream(conditioners).filter(Conditioner::isTimed).toArray(Conditioner[]::new);
    }

    private static @Nullable Reducer reducer(TreatedPoint p) {
        Reduction reduction = p.treatment().reduction().orElse(null);
        ReducedRows filled = p.rows();
        return reduction == null || filled == null
                ? null
                : new Reducer(p.row(), p.point().dataType(), reduction, filled);
    }

    @Override
    public void submit(SampleBatch batch) {
        table.execute(shard, () -> run(batch));
    }

    private void run(SampleBatch batch) {
        int first = 0;
        while (first < batch.size() && place(batch.row(first)) < 0) {
            first++;
        }
        if (first == batch.size()) {
            table.submit(shard, batch);
            return;
        }
        SampleBatch out = new SampleBatch(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            int place = i < first ? -1 : place(batch.row(i));
            if (place < 0) {
                out.addFrom(batch, i);
            } else {
                conditioners[place].take(batch, i, out);
            }
        }
        hand(out);
    }

    private void hand(SampleBatch out) {
        if (!out.isEmpty()) {
            table.submit(shard, out);
        }
    }

    private @Nullable Conditioner conditioner(int row) {
        int place = place(row);
        return place < 0 ? null : conditioners[place];
    }

    private int place(int row) {
        return Arrays.binarySearch(rows, row);
    }

    /** Whether {@link #tick} has anything to do. */
    public boolean isTimed() {
        return timed.length > 0;
    }

    /**
     * Lets what waits for time go on: to be called about ten times a second, from any thread. A tick that finds the one
     * before still waiting for the lane does nothing.
     *
     * @param now UaTime ticks.
     */
    public void tick(long now) {
        if (timed.length == 0 || !isTicking.compareAndSet(false, true)) {
            return;
        }
        table.execute(shard, () -> {
            isTicking.set(false);
            SampleBatch out = new SampleBatch(1);
            for (Conditioner conditioner : timed) {
                conditioner.tick(now, out);
            }
            hand(out);
        });
    }

    /**
     * What the chains remember, by row.
     *
     * @param sources what the value of a row comes from, as its address says.
     */
    public CompletionStage<Map<Integer, byte[]>> save(IntFunction<String> sources) {
        CompletableFuture<Map<Integer, byte[]>> answer = new CompletableFuture<>();
        table.execute(shard, () -> {
            Map<Integer, byte[]> states = new HashMap<>();
            for (int i = 0; i < rows.length; i++) {
                byte[] state = conditioners[i].save(sources.apply(rows[i]));
                if (state != null) {
                    states.put(rows[i], state);
                }
            }
            answer.complete(states);
        });
        return answer;
    }

    /** Goes on from what another process saved of the point of a row; before the link starts. */
    public void restore(int row, String source, byte[] saved) {
        Conditioner conditioner = conditioner(row);
        if (conditioner != null) {
            conditioner.restore(source, saved);
        }
    }

    /** Rows of the points that have a chain. */
    public int[] rows() {
        return rows.clone();
    }

    /** How often each step did something to the point of a row; empty if it has none. */
    public String report(int row) {
        int place = place(row);
        return place < 0 ? "" : conditioners[place].counts.report();
    }

    /** What is wrong with the value of a row as it stands; empty if nothing is. */
    public String problem(int row) {
        int place = place(row);
        return place < 0 ? "" : conditioners[place].problem();
    }

    /** The row of the channel that fills a row; the row itself if none does. */
    int channelOf(int row) {
        return channels.getOrDefault(row, row);
    }

    /** The chain of a row; null if it has none. */
    @Nullable
    Rule rule(int row) {
        int place = place(row);
        return place < 0 ? null : conditioners[place].rule();
    }
}
