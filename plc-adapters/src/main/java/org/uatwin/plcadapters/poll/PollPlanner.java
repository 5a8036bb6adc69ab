package org.uatwin.plcadapters.poll;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.DeviceLimits;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.OffsetRange;

/**
 * Coalesces reads: the fewest requests, then the fewest registers, so that no request is longer than the device takes,
 * reads through more unasked elements in a row than it tolerates, or touches a forbidden range.
 *
 * <p>Items sorted by offset are cut into runs by dynamic programming over all cuts, so the plan is optimal among those
 * whose blocks are runs of that order; with items that do not overlap partly that is the optimum itself. Time is
 * items x items per request.
 */
public final class PollPlanner {
    private final PollItems items;
    private final DeviceLimits limits;
    private final List<ReadBlock> blocks = new ArrayList<>();
    private final List<PollPlan.Unreadable> unreadable = new ArrayList<>();
    private final int[] order;
    private int[] firstOf = new int[16];
    private int placed;
    private int spare;

    private PollPlanner(PollItems items, DeviceLimits limits) {
        this.items = items;
        this.limits = limits;
        order = new int[items.size()];
    }

    public static PollPlan plan(List<Binding.Modbus> bindings, DeviceLimits limits) {
        return plan(PollItems.of(bindings), limits);
    }

    /** Deterministic: the same items and limits give the same plan. */
    public static PollPlan plan(PollItems items, DeviceLimits limits) {
        return new PollPlanner(items, limits).plan();
    }

    private PollPlan plan() {
        int n = items.size();
        int[] sorted = sorted();
        int from = 0;
        while (from < n) {
            ModbusTable table = items.table(sorted[from]);
            int to = from;
            while (to < n && items.table(sorted[to]) == table) {
                to++;
            }
            planTable(table, Arrays.copyOfRange(sorted, from, to));
            from = to;
        }
        closeBlock(blocks.size());
        return new PollPlan(
                blocks,
                Arrays.copyOf(firstOf, blocks.size() + 1),
                Arrays.copyOf(order, placed),
                spare,
                unreadable,
                "gaps of at most %d registers or %d bits are read through"
                        .formatted(limits.registerGap(), limits.bitGap()));
    }

    private int[] sorted() {
        int n = items.size();
        // Below the end of an item a key has 20 bits free for its index.
        if (n <= 1 << 20) {
            long[] keys = new long[n];
            for (int i = 0; i < n; i++) {
                keys[i] = items.key(i) | i;
            }
            Arrays.sort(keys);
            int[] sorted = new int[n];
            for (int i = 0; i < n; i++) {
                sorted[i] = (int) (keys[i] & (1 << 20) - 1);
            }
            return sorted;
        }
        Integer[] boxed = new Integer[n];
        for (int i = 0; i < n; i++) {
            boxed[i] = i;
        }
        Arrays.sort(boxed, (a, b) -> Long.compare(items.key(a), items.key(b)));
        return Arrays.stream(boxed).mapToInt(Integer::intValue).toArray();
    }

    private void planTable(ModbusTable table, int[] sorted) {
        boolean[] isForbidden = forbidden(table);
        int limit = limits.perRead(table);
        int[] usable = new int[sorted.length];
        int count = 0;
        for (int item : sorted) {
            String refusal = refusal(table, item, isForbidden, limit);
            if (refusal != null) {
                unreadable.add(new PollPlan.Unreadable(item, refusal));
            } else if (items.quantity(item) > limit) {
                int step = limit / items.elementQuantity(item) * items.elementQuantity(item);
                openBlock(new ReadBlock(table, items.offset(item), items.quantity(item), step));
                order[placed++] = item;
            } else {
                usable[count++] = item;
            }
        }
        if (count > 0) {
            cut(table, Arrays.copyOf(usable, count), isForbidden, limit);
        }
    }

    private boolean[] forbidden(ModbusTable table) {
        boolean[] marks = new boolean[65_536];
        for (OffsetRange range : limits.forbidden()) {
            if (range.table() == table) {
                Arrays.fill(marks, range.first(), range.last() + 1, true);
            }
        }
        return marks;
    }

    private @Nullable String refusal(ModbusTable table, int item, boolean[] isForbidden, int limit) {
        for (int offset = items.offset(item); offset < items.end(item); offset++) {
            if (isForbidden[offset]) {
                return "offset %d lies in a forbidden range of the device. Fix: correct the address or the range."
                        .formatted(offset);
            }
        }
        if (items.elementQuantity(item) > limit) {
            return "one value takes %d elements of %s, the device reads at most %d in a request and a value is never torn. Fix: raise the limit if the device allows it."
                    .formatted(items.elementQuantity(item), table, limit);
        }
        return null;
    }

    /** Dynamic programming: cost[i] is the cheapest way to read the first i items, as requests << 32 | elements. */
    private void cut(ModbusTable table, int[] run, boolean[] isForbidden, int limit) {
        int n = run.length;
        int gap = limits.gap(table);
        int[] nextForbidden = nextForbidden(isForbidden);
        long[] cost = new long[n + 1];
        int[] cutFrom = new int[n + 1];
        Arrays.fill(cost, Long.MAX_VALUE);
        cost[0] = 0;
        for (int j = 0; j < n; j++) {
            if (j > 0 && items.key(run[j]) == items.key(run[j - 1])) {
                continue; // a cut between items at the same place never helps
            }
            int start = items.offset(run[j]);
            int end = items.end(run[j]);
            for (int i = j; i < n; i++) {
                int offset = items.offset(run[i]);
                if (offset > end && (offset - end > gap || nextForbidden[end] < offset)) {
                    break;
                }
                end = Math.max(end, items.end(run[i]));
                if (end - start > limit) {
                    break;
                }
                long total = cost[j] + (1L << 32) + (end - start);
                if (total < cost[i + 1]) {
                    cost[i + 1] = total;
                    cutFrom[i + 1] = j;
                }
            }
        }
        int[] cuts = new int[n + 1];
        int count = 0;
        for (int i = n; i > 0; i = cutFrom[i]) {
            cuts[count++] = i;
        }
        int j = 0;
        while (count > 0) {
            int i = cuts[--count];
            addRun(table, run, j, i, limit);
            j = i;
        }
    }

    private static int[] nextForbidden(boolean[] isForbidden) {
        int[] next = new int[isForbidden.length + 1];
        next[isForbidden.length] = Integer.MAX_VALUE;
        for (int offset = isForbidden.length - 1; offset >= 0; offset--) {
            next[offset] = isForbidden[offset] ? offset : next[offset + 1];
        }
        return next;
    }

    private void addRun(ModbusTable table, int[] run, int from, int to, int limit) {
        int start = items.offset(run[from]);
        int end = start;
        int block = blocks.size();
        int unasked = 0;
        for (int i = from; i < to; i++) {
            unasked += Math.max(0, items.offset(run[i]) - end);
            end = Math.max(end, items.end(run[i]));
        }
        openBlock(new ReadBlock(table, start, end - start, limit));
        for (int i = from; i < to; i++) {
            order[placed++] = run[i];
        }
        spare += unasked;
        assert blocks.size() == block + 1;
    }

    private void openBlock(ReadBlock block) {
        closeBlock(blocks.size());
        blocks.add(block);
    }

    private void closeBlock(int block) {
        if (block >= firstOf.length) {
            firstOf = Arrays.copyOf(firstOf, firstOf.length * 2);
        }
        firstOf[block] = placed;
    }
}
