package org.uatwin.simulation.objective.line;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.uatwin.simulation.objective.Effort;

/**
 * Ways to divide a number of places among buffers, the best by an estimate: all of them where they are few, else by moving places from one
 * buffer to another, many at a time at first. Owned by one thread.
 */
final class Allocations {
    private final int buffers;
    private final int total;
    private final ToDoubleFunction<int[]> estimate;
    private final Effort effort;
    private final Map<List<Integer>, Double> known = new HashMap<>();
    private final long reserve;
    private boolean isComplete;
    private boolean isCutShort;

    /** @param reserve evaluations to leave for what comes after. */
    Allocations(int buffers, int total, ToDoubleFunction<int[]> estimate, Effort effort, long reserve) {
        this.reserve = reserve;
        this.buffers = buffers;
        this.total = total;
        this.estimate = estimate;
        this.effort = effort;
    }

    /** Whether every allocation was estimated. */
    boolean isComplete() {
        return isComplete;
    }

    /** Whether it ended for want of evaluations. */
    boolean isCutShort() {
        return isCutShort;
    }

    private boolean mayContinue() {
        isCutShort |= effort.left() <= reserve;
        return !isCutShort && effort.mayContinue();
    }

    /** The best by the estimate, the best first: of all, where they are no more than a number, else of moves from these. */
    List<int[]> best(List<int[]> starts, int mostListed, int most) {
        if (count() <= Math.min(mostListed, effort.left() - reserve)) {
            isComplete = list(new int[buffers], 0, total);
        }
        for (int[] start : starts) {
            if (!isComplete && Arrays.stream(start).sum() == total) {
                exchange(start.clone());
            }
        }
        List<Map.Entry<List<Integer>, Double>> all = new ArrayList<>(known.entrySet());
        // Equal ones in a fixed order: answers must not depend on that of a map.
        all.sort(Map.Entry.<List<Integer>, Double>comparingByValue()
                .reversed()
                .thenComparing(e -> e.getKey().toString(), Comparator.naturalOrder()));
        return all.stream()
                .limit(most)
                .map(e -> e.getKey().stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    /** The same number of places everywhere, as nearly as they go. */
    static int[] even(int buffers, int total) {
        int[] even = new int[buffers];
        for (int i = 0; i < buffers; i++) {
            even[i] = total / buffers + (i < total % buffers ? 1 : 0);
        }
        return even;
    }

    /** Ways to divide the places; infinite where that is very many. */
    double count() {
        double ways = 1;
        for (int k = 1; k < buffers; k++) {
            ways *= (total + k) / (double) k;
        }
        return ways;
    }

    /** The estimate, or a value below all when there is no effort left for it. */
    private double value(int[] places) {
        List<Integer> key = Arrays.stream(places).boxed().toList();
        Double found = known.get(key);
        if (found != null) {
            return found;
        }
        if (!mayContinue() || !effort.next()) {
            return Double.NEGATIVE_INFINITY;
        }
        double value = estimate.applyAsDouble(places);
        known.put(key, value);
        return value;
    }

    private boolean list(int[] places, int buffer, int left) {
        if (buffer == buffers - 1) {
            places[buffer] = left;
            value(places);
            return mayContinue();
        }
        for (int k = 0; k <= left; k++) {
            places[buffer] = k;
            if (!list(places, buffer + 1, left - k)) {
                return false;
            }
        }
        return true;
    }

    private void exchange(int[] places) {
        double best = value(places);
        int step = Math.max(1, total / 4);
        while (step >= 1 && mayContinue()) {
            int from = -1;
            int to = -1;
            for (int i = 0; i < buffers; i++) {
                for (int j = 0; j < buffers; j++) {
                    if (i == j || places[i] < step) {
                        continue;
                    }
                    move(places, i, j, step);
                    double tried = value(places);
                    move(places, j, i, step);
                    if (tried > best + 1e-9 * Math.abs(best)) {
                        best = tried;
                        from = i;
                        to = j;
                    }
                }
            }
            if (from >= 0) {
                move(places, from, to, step);
            } else {
                step /= 2;
            }
        }
    }

    private static void move(int[] places, int from, int to, int step) {
        places[from] -= step;
        places[to] += step;
    }
}
