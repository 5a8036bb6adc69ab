package org.uatwin.plcadapters.poll;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.uatwin.informationmodel.plant.DeviceLimits;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.OffsetRange;

/**
 * The exact least number of requests, as an oracle: dynamic programming backwards over runs of items ordered by offset,
 * written without the planner's shortcuts (every run is judged by a bitmap of its registers).
 */
final class Optimum {
    private Optimum() {}

    /** Requests for the items the plan calls readable. */
    static int requests(PollItems items, DeviceLimits limits, PollPlan plan) {
        Set<Integer> unreadable = new HashSet<>();
        plan.unreadable().forEach(u -> unreadable.add(u.item()));
        int total = 0;
        for (ModbusTable table : ModbusTable.values()) {
            List<Integer> run = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                if (items.table(i) != table || unreadable.contains(i)) {
                    continue;
                }
                int limit = limits.perRead(table);
                if (items.quantity(i) > limit) {
                    int step = limit / items.elementQuantity(i) * items.elementQuantity(i);
                    total += (items.quantity(i) + step - 1) / step;
                } else {
                    run.add(i);
                }
            }
            run.sort(Comparator.comparingInt(items::offset).thenComparingInt(items::end));
            total += fewest(items, run, table, limits);
        }
        return total;
    }

    private static int fewest(PollItems items, List<Integer> run, ModbusTable table, DeviceLimits limits) {
        int n = run.size();
        int[] best = new int[n + 1]; // requests for the items from i on
        for (int i = n - 1; i >= 0; i--) {
            best[i] = Integer.MAX_VALUE;
            for (int j = i; j < n && items.offset(run.get(j)) < items.offset(run.get(i)) + limits.perRead(table); j++) {
                if (isOneRequest(items, run.subList(i, j + 1), table, limits)) {
                    best[i] = Math.min(best[i], 1 + best[j + 1]);
                }
            }
        }
        return best[0];
    }

    static boolean isOneRequest(PollItems items, List<Integer> members, ModbusTable table, DeviceLimits limits) {
        int start = members.stream().mapToInt(items::offset).min().orElseThrow();
        int end = members.stream().mapToInt(items::end).max().orElseThrow();
        if (end - start > limits.perRead(table)) {
            return false;
        }
        boolean[] asked = new boolean[end - start];
        for (int member : members) {
            for (int o = items.offset(member); o < items.end(member); o++) {
                asked[o - start] = true;
            }
        }
        int gap = 0;
        for (int o = start; o < end; o++) {
            gap = asked[o - start] ? 0 : gap + 1;
            if (gap > limits.gap(table) || isForbidden(limits, table, o)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isForbidden(DeviceLimits limits, ModbusTable table, int offset) {
        for (OffsetRange range : limits.forbidden()) {
            if (range.table() == table && offset >= range.first() && offset <= range.last()) {
                return true;
            }
        }
        return false;
    }
}
