package org.uatwin.server.engine;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.PointValue;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;

/**
 * The step from one live plant to the next. Made by {@link LivePlant#next}; then either {@link #commit} and, when the links
 * work by the new plant, {@link #retire}; or {@link #abort}. Used by the reloading thread.
 */
public final class PlantSwap {
    private static final int NO_ROW = -1;
    private static final long LANE_SECONDS = 10; // tasks on a lane take microseconds

    /** A twin that changed: its instance before and after. */
    public record Replaced(TwinInstance before, TwinInstance after) {
        /** Whether its values lie in other rows now. */
        public boolean hasMoved() {
            return before.firstRow() != after.firstRow();
        }
    }

    private final RowPool rows;
    private final @Nullable LivePlant before;
    private final LivePlant after;
    private final SwapParts parts;
    private final Set<String> touched;
    private final Set<String> freshNodes;
    private final IdentityHashMap<TwinInstance, TwinInstance> former = new IdentityHashMap<>(); // by what replaces it

    PlantSwap(
            RowPool rows,
            @Nullable LivePlant before,
            LivePlant after,
            SwapParts parts,
            Set<String> touched,
            Set<String> freshNodes) {
        this.rows = rows;
        this.before = before;
        this.after = after;
        this.parts = parts;
        this.touched = Set.copyOf(touched);
        this.freshNodes = Set.copyOf(freshNodes);
        parts.replaced.forEach(replaced -> former.put(replaced.after(), replaced.before()));
    }

    public LivePlant before() {
        if (before == null) {
            throw new IllegalStateException("the first plant has none before it");
        }
        return before;
    }

    public LivePlant after() {
        return after;
    }

    /** Instances of twins that are new. */
    public List<TwinInstance> added() {
        return parts.added;
    }

    /** Instances of twins that are gone. */
    public List<TwinInstance> removed() {
        return parts.removed;
    }

    public List<Replaced> replaced() {
        return parts.replaced;
    }

    /**
     * The row a point had until now, if its values came from the same source and were treated in the same way; -1 if not, or
     * if there was no such point.
     */
    public int formerRow(int row) {
        TwinInstance now = after.ownerOf(row);
        TwinInstance was = former.getOrDefault(now, now);
        if (was == now) {
            return before().instance(now.id()) == now ? row : NO_ROW;
        }
        int ordinal = row - now.firstRow();
        Member.Point point = now.type().points().get(ordinal);
        int old = was.type().pointOrdinal(point.name());
        return old >= 0
                        && isTreatedAlike(was.type().points().get(old), point)
                        && Objects.equals(was.binding(old), now.binding(ordinal))
                        && was.twin().treatment(old).equals(now.twin().treatment(ordinal))
                ? was.firstRow() + old
                : NO_ROW;
    }

    /** What a chain depends on; range, limits and texts are for clients. */
    private static boolean isTreatedAlike(Member.Point was, Member.Point is) {
        return was.dataType() == is.dataType()
                && was.arrayLength() == is.arrayLength()
                && was.kind() == is.kind()
                && was.unit().equals(is.unit())
                && was.validity().equals(is.validity());
    }

    /** Names of the connections that are new, gone or changed, or whose points did. */
    public Set<String> touchedLinks() {
        return touched;
    }

    /** Ids of twins whose members or parts are others now, new ones included. */
    public Set<String> changedNodes() {
        return freshNodes;
    }

    /**
     * Makes the rows ready: rows that go to another link change their shard, unbound ones say so, constants are set and
     * values of points that moved are copied. From here on there is no way back.
     *
     * @param now UaTime ticks stamped on constants and changes of status.
     */
    public void commit(long now) {
        moveShards();
        PointTable table = rows.table();
        SampleBatch own = new SampleBatch(1);
        for (SwapParts.Rebound rebound : parts.rebound) {
            if (rebound.binding() instanceof Binding.Constant constant) {
                add(own, rebound.row(), constant, now);
            } else if (rebound.newShard() == LivePlant.OWN_SHARD) {
                own.addStatus(rebound.row(), Quality.NOT_BOUND.status(false, false), now, now);
            }
        }
        parts.constants.forEach(constant -> add(own, constant.row(), constant.value(), now));
        if (!own.isEmpty()) {
            table.submit(LivePlant.OWN_SHARD, own);
        }
        waitForNewLinks(now);
        copy();
    }

    /** A row that came to another link waits for its first value from there. */
    private void waitForNewLinks(long now) {
        Map<Integer, SampleBatch> waiting = new HashMap<>();
        for (SwapParts.Rebound rebound : parts.rebound) {
            if (rebound.newShard() != LivePlant.OWN_SHARD && rebound.oldShard() != rebound.newShard()) {
                waiting.computeIfAbsent(rebound.newShard(), shard -> new SampleBatch(16))
                        .addStatus(rebound.row(), Quality.NOT_YET_READ.status(false, false), now, now);
            }
        }
        waiting.forEach(rows.table()::submit);
    }

    private void copy() {
        PointTable table = rows.table();
        Map<Integer, SampleBatch> copies = new HashMap<>();
        PointValue value = new PointValue();
        for (SwapParts.Copy copy : parts.copies) {
            table.read(copy.from(), value);
            SampleBatch batch = copies.computeIfAbsent(copy.shard(), shard -> new SampleBatch(16));
            if (value.hasValue() && value.object != null) {
                batch.addObject(copy.to(), value.object, value.status(), value.sourceTime, value.receiveTime);
            } else if (value.hasValue()) {
                batch.add(copy.to(), value.bits, value.status(), value.sourceTime, value.receiveTime);
            }
        }
        copies.forEach(table::submit);
    }

    private static void add(SampleBatch batch, int row, Binding.Constant constant, long now) {
        if (constant.object() == null) {
            batch.add(row, constant.bits(), StatusCode.GOOD, now, now);
        } else {
            batch.addObject(row, constant.object(), StatusCode.GOOD, now, now);
        }
    }

    /** Each row on the lane of the shard that writes it until now, so that two links never write one row. */
    private void moveShards() {
        Map<Integer, Map<Integer, Integer>> byOldShard = new HashMap<>();
        for (SwapParts.Rebound rebound : parts.rebound) {
            if (rebound.oldShard() != rebound.newShard()) {
                byOldShard
                        .computeIfAbsent(rebound.oldShard(), shard -> new HashMap<>())
                        .put(rebound.row(), rebound.newShard());
            }
        }
        CountDownLatch moved = new CountDownLatch(byOldShard.size());
        byOldShard.forEach((shard, moves) -> rows.table().execute(shard, () -> {
            moves.forEach(rows.table()::move);
            moved.countDown();
        }));
        try {
            if (!moved.await(LANE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "a link's lane did not move its rows within %d s".formatted(LANE_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rows change their link", e);
        }
    }

    /** Frees the rows that are not used any more, each when nobody can know it; once the touched links know the new plan. */
    public void retire() {
        parts.removed.forEach(rows::retire);
        for (Replaced replaced : parts.replaced) {
            if (replaced.hasMoved()) {
                rows.retire(replaced.before());
            }
        }
    }

    /** Forgets the step; nothing has happened. */
    public void abort() {
        parts.allocated.forEach(instance ->
                rows.release(instance.firstRow(), instance.type().points().size()));
    }
}
