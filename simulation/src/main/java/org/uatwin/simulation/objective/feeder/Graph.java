package org.uatwin.simulation.objective.feeder;

import java.util.Arrays;

/** Buses and branches by number, seen from a source. A set of closed branches is an array of flags. Immutable. */
final class Graph {
    final int buses;
    final int branches;
    final int source;
    private final int[] from;
    private final int[] to;
    private final int[][] at; // branches of each bus

    Graph(int buses, int source, int[] from, int[] to) {
        this.buses = buses;
        this.source = source;
        this.branches = from.length;
        this.from = from.clone();
        this.to = to.clone();
        int[] degree = new int[buses];
        for (int b = 0; b < branches; b++) {
            degree[from[b]]++;
            degree[to[b]]++;
        }
        at = new int[buses][];
        for (int i = 0; i < buses; i++) {
            at[i] = new int[degree[i]];
        }
        for (int b = 0; b < branches; b++) {
            at[from[b]][--degree[from[b]]] = b;
            at[to[b]][--degree[to[b]]] = b;
        }
    }

    int from(int branch) {
        return from[branch];
    }

    int to(int branch) {
        return to[branch];
    }

    private int other(int branch, int bus) {
        return from[branch] == bus ? to[branch] : from[branch];
    }

    /** Which buses closed branches join to the source. */
    boolean[] reached(boolean[] closed) {
        boolean[] isReached = new boolean[buses];
        int[] queue = new int[buses];
        int size = 1;
        queue[0] = source;
        isReached[source] = true;
        for (int k = 0; k < size; k++) {
            for (int b : at[queue[k]]) {
                int next = other(b, queue[k]);
                if (closed[b] && !isReached[next]) {
                    isReached[next] = true;
                    queue[size++] = next;
                }
            }
        }
        return isReached;
    }

    int reachedCount(boolean[] closed) {
        int count = 0;
        for (boolean isReached : reached(closed)) {
            count += isReached ? 1 : 0;
        }
        return count;
    }

    /** Closed branches of a tree on the way between the ends of a branch; empty when nothing joins them. */
    int[] way(boolean[] tree, int branch) {
        int[] via = new int[buses];
        Arrays.fill(via, -2);
        int[] queue = new int[buses];
        int size = 1;
        queue[0] = from[branch];
        via[from[branch]] = -1;
        for (int k = 0; k < size && via[to[branch]] == -2; k++) {
            for (int b : at[queue[k]]) {
                int next = other(b, queue[k]);
                if (tree[b] && via[next] == -2) {
                    via[next] = b;
                    queue[size++] = next;
                }
            }
        }
        if (via[to[branch]] == -2) {
            return new int[0];
        }
        int[] way = new int[buses];
        int length = 0;
        for (int bus = to[branch]; bus != from[branch]; bus = other(via[bus], bus)) {
            way[length++] = via[bus];
        }
        return Arrays.copyOf(way, length);
    }
}
