package org.uatwin.simulation.objective.robot;

import java.util.Arrays;

/** The shortest round tour of a few points by dynamic programming over sets of visited ones (R. Bellman; M. Held, R. Karp, 1962). */
final class ExactTour {
    /** Points at most: memory and time double with each. */
    static final int MOST_POINTS = 14;

    private ExactTour() {}

    /** The order, beginning with point 0. */
    static int[] of(double[][] distance) {
        int n = distance.length;
        if (n > MOST_POINTS) {
            throw new IllegalArgumentException(n + " points");
        }
        if (n < 2) {
            return new int[n];
        }
        int m = n - 1; // all but point 0, point k+1 being bit k
        int sets = 1 << m;
        double[][] least = new double[sets][m];
        int[][] from = new int[sets][m];
        for (double[] row : least) {
            Arrays.fill(row, Double.POSITIVE_INFINITY);
        }
        for (int k = 0; k < m; k++) {
            least[1 << k][k] = distance[0][k + 1];
        }
        for (int set = 1; set < sets; set++) {
            for (int last = 0; last < m; last++) {
                for (int next = 0; next < m && (set >> last & 1) == 1; next++) {
                    int wider = set | 1 << next;
                    double length = least[set][last] + distance[last + 1][next + 1];
                    if (wider != set && length < least[wider][next]) {
                        least[wider][next] = length;
                        from[wider][next] = last;
                    }
                }
            }
        }
        int last = 0;
        int set = sets - 1;
        for (int k = 1; k < m; k++) {
            boolean isShorter = least[set][k] + distance[k + 1][0] < least[set][last] + distance[last + 1][0];
            last = isShorter ? k : last;
        }
        int[] order = new int[n];
        for (int place = m; place >= 1; place--) {
            order[place] = last + 1;
            int before = from[set][last];
            set &= ~(1 << last);
            last = before;
        }
        return order;
    }
}
