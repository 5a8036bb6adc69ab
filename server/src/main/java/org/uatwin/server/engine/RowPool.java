package org.uatwin.server.engine;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.StatusCode;

/**
 * Rows of the table for instances. Rows of a retired instance are used again once the instance has been collected as
 * garbage: only then it is certain that no request, monitored item, link or run still reads or writes them. Whoever
 * keeps a row by its number must therefore keep the instance too.
 *
 * <p>Used by the thread that builds a plant or reloads it, and by links that have given rows up.
 */
public final class RowPool {
    private static final StatusCode UNBOUND = Quality.NOT_BOUND.status(false, false);

    private static final int RUNS_LOOKED_AT = 100; // so that many small holes do not make each allocation slow

    private final PointTable table;
    private final ReferenceQueue<TwinInstance> collected = new ReferenceQueue<>();
    private final Set<Retired> retired = new HashSet<>(); // guarded by this
    private final TreeMap<Integer, Integer> free =
            new TreeMap<>(); // first row to number of rows, never adjacent; guarded by this

    private static final class Retired extends PhantomReference<TwinInstance> {
        final int firstRow;
        final int count;

        Retired(TwinInstance instance, ReferenceQueue<TwinInstance> queue) {
            super(instance, queue);
            firstRow = instance.firstRow();
            count = instance.type().points().size();
        }
    }

    public RowPool(PointTable table) {
        this.table = table;
    }

    PointTable table() {
        return table;
    }

    /** Consecutive rows in the state of unbound points, in shard 0; returns the first. */
    synchronized int allocate(int count) {
        int first = count == 0 ? -1 : runOf(count);
        if (first < 0) {
            return table.allocate(count, UNBOUND);
        }
        int left = Objects.requireNonNull(free.remove(first)) - count;
        if (left > 0) {
            free.put(first + count, left);
        }
        table.reset(first, count, UNBOUND);
        return first;
    }

    /** First row of a free run of at least so many; -1 if there is none among the first few. */
    private int runOf(int count) {
        int looked = 0;
        for (Map.Entry<Integer, Integer> run : free.entrySet()) {
            if (run.getValue() >= count) {
                return run.getKey();
            }
            if (++looked == RUNS_LOOKED_AT) {
                break;
            }
        }
        return -1;
    }

    /** Gives rows back that nobody has seen yet. */
    synchronized void release(int firstRow, int count) {
        if (count == 0) {
            return;
        }
        int first = firstRow;
        int size = count;
        Map.Entry<Integer, Integer> below = free.floorEntry(first);
        if (below != null && below.getKey() + below.getValue() == first) {
            first = below.getKey();
            size += below.getValue();
        }
        Integer above = free.remove(firstRow + count);
        free.put(first, size + (above == null ? 0 : above));
    }

    /** Takes the rows of an instance back as soon as nobody can know it any more. */
    synchronized void retire(TwinInstance instance) {
        retired.add(new Retired(instance, collected));
    }

    /** Frees the rows of retired instances that have been collected. */
    synchronized void reclaim() {
        Reference<? extends TwinInstance> next = collected.poll();
        while (next != null) {
            Retired gone = (Retired) next;
            retired.remove(gone);
            release(gone.firstRow, gone.count);
            next = collected.poll();
        }
    }

    /** Rows that can be given out without growing the table. */
    public synchronized int free() {
        reclaim();
        return free.values().stream().mapToInt(Integer::intValue).sum();
    }
}
