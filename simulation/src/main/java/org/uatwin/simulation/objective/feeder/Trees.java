package org.uatwin.simulation.objective.feeder;

import java.util.function.Predicate;

/**
 * Every way to close branches so that each bus that can be supplied is supplied once: the spanning trees of the part of a graph that the
 * source can reach. Branches without a switch stay as they are.
 */
final class Trees {
    private final Graph graph;
    private final boolean[] mayClose;
    private final boolean[] mustClose;
    private final int reachable;

    /**
     * @param mayClose branches that can be closed.
     * @param mustClose those among them that cannot be opened.
     */
    Trees(Graph graph, boolean[] mayClose, boolean[] mustClose) {
        this.graph = graph;
        this.mayClose = mayClose.clone();
        this.mustClose = mustClose.clone();
        this.reachable = graph.reachedCount(mayClose);
    }

    /** How many there are if every branch had a switch (Kirchhoff's theorem): never fewer than there are. */
    double most() {
        boolean[] isReached = graph.reached(mayClose);
        int[] row = new int[graph.buses];
        int n = 0;
        for (int i = 0; i < graph.buses; i++) {
            row[i] = isReached[i] && i != graph.source ? n++ : -1;
        }
        double[][] laplacian = new double[n][n];
        for (int b = 0; b < graph.branches; b++) {
            int i = row[graph.from(b)];
            int j = row[graph.to(b)];
            if (!mayClose[b] || !isReached[graph.from(b)]) {
                continue;
            }
            if (i >= 0) {
                laplacian[i][i]++;
            }
            if (j >= 0) {
                laplacian[j][j]++;
            }
            if (i >= 0 && j >= 0) {
                laplacian[i][j]--;
                laplacian[j][i]--;
            }
        }
        double product = 1;
        for (int k = 0; k < n; k++) { // a Laplacian without one row is positive definite: no pivoting
            product *= laplacian[k][k];
            for (int i = k + 1; i < n; i++) {
                double factor = laplacian[i][k] / laplacian[k][k];
                for (int j = k; j < n && factor != 0; j++) {
                    laplacian[i][j] -= factor * laplacian[k][j];
                }
            }
        }
        return product;
    }

    /** Shows each of them, the array being used again; ends early, with false, when the visitor says so. */
    boolean all(Predicate<boolean[]> visitor) {
        boolean[] open = mayClose.clone();
        int spare = -reachable + 1;
        boolean[] isReached = graph.reached(mayClose);
        for (int b = 0; b < graph.branches; b++) {
            spare += mayClose[b] && isReached[graph.from(b)] ? 1 : 0;
            open[b] &= isReached[graph.from(b)];
        }
        return choose(open, 0, spare, visitor);
    }

    /** Opens {@code spare} more branches from this one on, keeping all buses supplied. */
    private boolean choose(boolean[] closed, int branch, int spare, Predicate<boolean[]> visitor) {
        if (spare == 0) {
            return visitor.test(closed);
        }
        for (int b = branch; b < graph.branches; b++) {
            if (!closed[b] || mustClose[b]) {
                continue;
            }
            closed[b] = false;
            boolean isWhole = graph.reachedCount(closed) == reachable;
            boolean mayGoOn = !isWhole || choose(closed, b + 1, spare - 1, visitor);
            closed[b] = true;
            if (!mayGoOn) {
                return false;
            }
        }
        return true;
    }
}
