package org.uatwin.simulation.search;

import java.util.function.BooleanSupplier;
import org.uatwin.simulation.solver.NoiseStream;

/**
 * Looks for a short round tour under symmetric distances: nearest neighbour from many starts, then 2-opt and Or-opt until nothing improves,
 * with restarts by a random double bridge (iterated local search, Lourenco, Martin, Stutzle 2003). A heuristic. Owned by one thread.
 */
public final class TourSearch {
    private static final int LONGEST_MOVED = 3; // points an Or-opt moves together

    private final double[][] d;
    private final int n;
    private final NoiseStream stream;

    /** @param d distances, symmetric. */
    public TourSearch(double[][] d, NoiseStream stream) {
        this.d = new double[d.length][];
        for (int i = 0; i < d.length; i++) {
            this.d[i] = d[i].clone();
        }
        this.n = d.length;
        this.stream = stream;
    }

    /** Length of a round tour. */
    public double length(int[] tour) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += d[tour[i]][tour[(i + 1) % n]];
        }
        return sum;
    }

    /**
     * The shortest it finds.
     *
     * @param restarts perturbations after the first local optimum.
     * @param mayContinue asked before each of them.
     */
    public int[] best(int restarts, BooleanSupplier mayContinue) {
        int[] best = new int[n];
        double shortest = Double.POSITIVE_INFINITY;
        for (int start = 0; start < Math.min(n, 20); start++) {
            int[] tour = nearest(start);
            improve(tour);
            if (length(tour) < shortest) {
                shortest = length(tour);
                best = tour;
            }
        }
        for (int k = 0; k < restarts && n > 7 && mayContinue.getAsBoolean(); k++) {
            int[] tour = bridged(best);
            improve(tour);
            double length = length(tour);
            if (length < shortest - 1e-9) {
                shortest = length;
                best = tour;
            }
        }
        return best;
    }

    private int[] nearest(int start) {
        int[] tour = new int[n];
        boolean[] isUsed = new boolean[n];
        tour[0] = start;
        isUsed[start] = true;
        for (int i = 1; i < n; i++) {
            int next = -1;
            for (int j = 0; j < n; j++) {
                if (!isUsed[j] && (next < 0 || d[tour[i - 1]][j] < d[tour[i - 1]][next])) {
                    next = j;
                }
            }
            tour[i] = next;
            isUsed[next] = true;
        }
        return tour;
    }

    private void improve(int[] tour) {
        boolean isBetter = true;
        while (isBetter) {
            isBetter = twoOpt(tour);
            isBetter |= orOpt(tour);
        }
    }

    private boolean twoOpt(int[] t) {
        boolean isBetter = false;
        for (int i = 0; i < n - 2; i++) {
            for (int j = i + 2; j < n - (i == 0 ? 1 : 0); j++) {
                double before = d[t[i]][t[i + 1]] + d[t[j]][t[(j + 1) % n]];
                double after = d[t[i]][t[j]] + d[t[i + 1]][t[(j + 1) % n]];
                if (after < before - 1e-9) {
                    for (int a = i + 1, b = j; a < b; a++, b--) {
                        int kept = t[a];
                        t[a] = t[b];
                        t[b] = kept;
                    }
                    isBetter = true;
                }
            }
        }
        return isBetter;
    }

    /** Moves one to three neighbours elsewhere. */
    private boolean orOpt(int[] t) {
        boolean isBetter = false;
        for (int size = 1; size <= LONGEST_MOVED && size < n - 2; size++) {
            for (int i = 0; i + size < n; i++) {
                isBetter |= moveBest(t, i, size);
            }
        }
        return isBetter;
    }

    private boolean moveBest(int[] t, int i, int size) {
        int before = t[Math.floorMod(i - 1, n)];
        int first = t[i];
        int last = t[i + size - 1];
        int after = t[(i + size) % n];
        double saved = d[before][first] + d[last][after] - d[before][after];
        for (int j = 0; j < n; j++) {
            if (j >= i - 1 && j < i + size) {
                continue;
            }
            int p = t[j];
            int q = t[(j + 1) % n];
            if (p == before || (q == first)) {
                continue;
            }
            double added = d[p][first] + d[last][q] - d[p][q];
            if (added < saved - 1e-9) {
                move(t, i, size, j);
                return true;
            }
        }
        return false;
    }

    private static void move(int[] t, int i, int size, int j) {
        int[] part = java.util.Arrays.copyOfRange(t, i, i + size);
        if (j < i) {
            System.arraycopy(t, j + 1, t, j + 1 + size, i - j - 1);
            System.arraycopy(part, 0, t, j + 1, size);
        } else {
            System.arraycopy(t, i + size, t, i, j - i - size + 1);
            System.arraycopy(part, 0, t, j - size + 1, size);
        }
    }

    /** Cuts the tour at three random places and swaps the two parts between. */
    private int[] bridged(int[] t) {
        int a = 1 + (int) (stream.uniform() * (n - 3));
        int b = 1 + (int) (stream.uniform() * (n - 3));
        int c = 1 + (int) (stream.uniform() * (n - 3));
        int low = Math.min(a, Math.min(b, c));
        int high = Math.max(a, Math.max(b, c));
        int middle = a + b + c - low - high;
        int[] out = new int[n];
        int at = 0;
        for (int[] range : new int[][] {{0, low}, {middle, high}, {low, middle}, {high, n}}) {
            System.arraycopy(t, range[0], out, at, range[1] - range[0]);
            at += range[1] - range[0];
        }
        return out;
    }
}
