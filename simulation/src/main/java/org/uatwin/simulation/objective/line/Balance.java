package org.uatwin.simulation.objective.line;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.objective.Effort;

/**
 * Assigns tasks to stations in a row so that the slowest is as fast as can be (the assembly line balancing problem of type 2: A. Scholl,
 * Balancing and Sequencing of Assembly Lines, 1999). Whether a cycle time can be kept is decided station by station over maximal loads,
 * sets of done tasks that failed being remembered; halving the cycle time between a lower bound and the best known leads to the optimum.
 * Owned by one thread.
 */
final class Balance {
    /** Tasks at most: one bit each. */
    static final int MOST_TASKS = 62;

    private static final double ROUNDING = 1e-9;
    private static final int MOST_REMEMBERED = 2_000_000;

    private final int n;
    private final double[] time;
    private final long[] before;
    private final long[] mayBeAt;
    private final double[] capacity;
    private final Effort effort;
    private final int[] order; // so that each task comes after those before it
    private final Set<Long> failed = new HashSet<>();
    private final int[] at;
    private int @Nullable [] best;
    private double bestCycle = Double.POSITIVE_INFINITY;
    private double lowerBound;
    private double cycle;

    /**
     * @param time of each task, s.
     * @param before bits of the tasks that must be done earlier or at the same station.
     * @param mayBeAt bits of the stations that can do it.
     * @param capacity of each station: machines in parallel times their speed.
     */
    Balance(double[] time, long[] before, long[] mayBeAt, double[] capacity, Effort effort) {
        n = time.length;
        if (n > MOST_TASKS || capacity.length > 62) {
            throw new IllegalArgumentException("%d tasks, %d stations".formatted(n, capacity.length));
        }
        this.time = time.clone();
        this.before = before.clone();
        this.mayBeAt = mayBeAt.clone();
        this.capacity = capacity.clone();
        this.effort = effort;
        this.order = order(before);
        this.at = new int[n];
        lowerBound = bound();
    }

    /** Tasks so that each comes after those before it; shorter than the tasks when some wait for each other. */
    static int[] order(long[] before) {
        int[] order = new int[before.length];
        int size = 0;
        long done = 0;
        for (int i = 0; i < before.length; i++) {
            if ((done >> i & 1) == 0 && (before[i] & ~done) == 0) {
                order[size++] = i;
                done |= 1L << i;
                i = -1; // others may have become ready
            }
        }
        return Arrays.copyOf(order, size);
    }

    private double bound() {
        double sum = 0;
        double bound = 0;
        for (int i = 0; i < n; i++) {
            sum += time[i];
            double fastest = 0;
            for (int k = 0; k < capacity.length; k++) {
                fastest = (mayBeAt[i] >> k & 1) == 1 ? Math.max(fastest, capacity[k]) : fastest;
            }
            bound = Math.max(bound, fastest > 0 ? time[i] / fastest : Double.POSITIVE_INFINITY);
        }
        return Math.max(bound, sum / Arrays.stream(capacity).sum());
    }

    /** Whether tasks come after those before them, at stations that can do them. */
    static boolean isAllowed(int[] assignment, long[] before, long[] mayBeAt) {
        for (int i = 0; i < assignment.length; i++) {
            for (int j = 0; j < assignment.length; j++) {
                if ((before[i] >> j & 1) == 1 && assignment[j] > assignment[i]) {
                    return false;
                }
            }
            if ((mayBeAt[i] >> assignment[i] & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Takes an assignment as known, if it is allowed. */
    void know(int[] assignment) {
        if (!isAllowed(assignment, before, mayBeAt)) {
            return;
        }
        double slowest = slowest(assignment);
        if (slowest < bestCycle) {
            bestCycle = slowest;
            best = assignment.clone();
        }
    }

    /** Time of the slowest station. */
    double slowest(int[] assignment) {
        double slowest = 0;
        for (double t : loads(assignment)) {
            slowest = Math.max(slowest, t);
        }
        return slowest;
    }

    /** Time of each station. */
    double[] loads(int[] assignment) {
        double[] loads = new double[capacity.length];
        for (int i = 0; i < n; i++) {
            loads[assignment[i]] += time[i] / capacity[assignment[i]];
        }
        return loads;
    }

    /** The best assignment known; null when there is none. */
    int @Nullable [] best() {
        return best == null ? null : best.clone();
    }

    /** No assignment is faster than this. */
    double lowerBound() {
        return lowerBound;
    }

    /** Whether the best known is the optimum. */
    boolean isProven() {
        return best != null && bestCycle <= lowerBound * (1 + ROUNDING);
    }

    /** Looks for the best until it is proven or the effort is used up; false when no assignment is possible at all. */
    boolean search() {
        if (best == null) {
            if (!Double.isFinite(lowerBound) || !tryCycle(Arrays.stream(time).sum() * 1e6 + 1)) {
                return !effort.mayContinue();
            }
        }
        while (!isProven() && effort.mayContinue()) {
            boolean isClose = bestCycle - lowerBound < 2e-3 * bestCycle;
            double tried = isClose ? bestCycle * (1 - ROUNDING) : (lowerBound + bestCycle) / 2;
            if (!tryCycle(tried) && effort.mayContinue()) {
                lowerBound = isClose ? bestCycle : tried;
            }
        }
        return true;
    }

    /** Looks for an assignment within a cycle time. */
    private boolean tryCycle(double within) {
        cycle = within * (1 + 1e-12);
        failed.clear();
        if (!stations(0, 0)) {
            return false;
        }
        know(at);
        return true;
    }

    private boolean stations(int station, long done) {
        if (done == (1L << n) - 1) {
            return true;
        }
        if (station == capacity.length || !canDoTheRest(station, done)) {
            return false;
        }
        long key = done * 64 + station;
        boolean mayRemember = n <= 57;
        if ((mayRemember && failed.contains(key)) || !effort.next()) {
            return false;
        }
        if (load(station, done, 0, 0, cycle * capacity[station])) {
            return true;
        }
        if (mayRemember && failed.size() < MOST_REMEMBERED && effort.mayContinue()) {
            failed.add(key);
        }
        return false;
    }

    private boolean canDoTheRest(int station, long done) {
        double left = 0;
        for (int i = 0; i < n; i++) {
            if ((done >> i & 1) == 0) {
                left += time[i];
                if (mayBeAt[i] >> station == 0) {
                    return false;
                }
            }
        }
        double room = 0;
        for (int k = station; k < capacity.length; k++) {
            room += cycle * capacity[k];
        }
        return left <= room * (1 + ROUNDING);
    }

    private boolean fits(int task, int station, long done, double room) {
        return (done >> task & 1) == 0
                && (before[task] & ~done) == 0
                && (mayBeAt[task] >> station & 1) == 1
                && time[task] <= room * (1 + 1e-12);
    }

    /** Adds tasks from this place of the order on; a load that could take one more is left to the one that does. */
    private boolean load(int station, long done, int from, long passed, double room) {
        long skipped = passed;
        for (int k = from; k < n; k++) {
            int task = order[k];
            if (!fits(task, station, done, room)) {
                continue;
            }
            at[task] = station;
            if (load(station, done | 1L << task, k + 1, skipped, room - time[task])) {
                return true;
            }
            if (!effort.mayContinue()) {
                return false;
            }
            skipped |= 1L << task;
        }
        for (int k = 0; k < n; k++) {
            if ((skipped >> order[k] & 1) == 1 && fits(order[k], station, done, room)) {
                return false;
            }
        }
        return stations(station + 1, done);
    }
}
