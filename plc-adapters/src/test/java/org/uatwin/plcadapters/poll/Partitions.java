package org.uatwin.plcadapters.poll;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.informationmodel.plant.DeviceLimits;

/** Searches every way to share out a few items of one table among requests. */
final class Partitions {
    private Partitions() {}

    static int fewest(PollItems items, DeviceLimits limits) {
        return search(items, limits, 0, new ArrayList<>());
    }

    private static int search(PollItems items, DeviceLimits limits, int next, List<List<Integer>> groups) {
        if (next == items.size()) {
            for (List<Integer> group : groups) {
                if (!Optimum.isOneRequest(items, group, items.table(group.get(0)), limits)) {
                    return Integer.MAX_VALUE;
                }
            }
            return groups.size();
        }
        int best = Integer.MAX_VALUE;
        for (int g = 0; g < groups.size(); g++) {
            groups.get(g).add(next);
            best = Math.min(best, search(items, limits, next + 1, groups));
            groups.get(g).remove(groups.get(g).size() - 1);
        }
        List<Integer> fresh = new ArrayList<>(List.of(next));
        groups.add(fresh);
        best = Math.min(best, search(items, limits, next + 1, groups));
        groups.remove(groups.size() - 1);
        return best;
    }
}
