package org.uatwin.simulation.objective.feeder;

import java.util.Arrays;
import java.util.function.Predicate;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.solver.NoiseStream;

/**
 * Search over radial configurations: branch exchange (S. Civanlar, J. Grainger, H. Yin, S. Lee, IEEE Trans. Power Delivery 3(3), 1988; M.
 * Baran, F. Wu, 4(2), 1989) with exact power flows, from the present configuration and from random ones, then all configurations if they
 * are few enough. Owned by one thread.
 */
final class Exchange {
    private static final int RANDOM_STARTS = 8;

    private final Graph graph;
    private final SwitchState state;
    private final boolean[] mayClose;
    private final boolean[] mustClose;
    private final Predicate<boolean[]> isAllowed;
    private final Effort effort;
    private boolean[] best;
    private SwitchState.Flow bestFlow;
    private boolean isProven;

    /** @param isAllowed whether a configuration may be chosen at all: how many switches it takes to reach it. */
    Exchange(
            Graph graph,
            SwitchState state,
            boolean[] mayClose,
            boolean[] mustClose,
            Predicate<boolean[]> isAllowed,
            Effort effort) {
        this.graph = graph;
        this.state = state;
        this.mayClose = mayClose.clone();
        this.mustClose = mustClose.clone();
        this.isAllowed = isAllowed;
        this.effort = effort;
        best = state.present(graph.branches);
        bestFlow = state.flow(best);
    }

    boolean[] best() {
        return best.clone();
    }

    SwitchState.Flow bestFlow() {
        return bestFlow;
    }

    /** Whether every configuration was looked at. */
    boolean isProven() {
        return isProven;
    }

    void search(NoiseStream stream) {
        improve(whole(best));
        Trees trees = new Trees(graph, mayClose, mustClose);
        if (trees.most() <= effort.left()) {
            isProven = trees.all(closed -> {
                if (isAllowed.test(closed)) {
                    if (!effort.next()) {
                        return false;
                    }
                    keep(closed, state.flow(closed));
                }
                return true;
            });
            return;
        }
        for (int k = 0; k < RANDOM_STARTS && effort.mayContinue(); k++) {
            improve(random(stream));
        }
    }

    private void keep(boolean[] closed, SwitchState.Flow flow) {
        if (isAllowed.test(closed) && flow.isBetterThan(bestFlow)) {
            best = closed.clone();
            bestFlow = flow;
        }
    }

    /** A configuration with what can be supplied and is not added to it. */
    private boolean[] whole(boolean[] closed) {
        boolean[] tree = closed.clone();
        for (int b = 0; b < graph.branches; b++) {
            boolean[] isReached = graph.reached(tree);
            if (mayClose[b] && !tree[b] && isReached[graph.from(b)] != isReached[graph.to(b)]) {
                tree[b] = true;
                b = -1; // what was out of reach may be reached now
            }
        }
        return tree;
    }

    /** A random radial configuration: branches in random order, those that close a loop left open. */
    private boolean[] random(NoiseStream stream) {
        boolean[] tree = mustClose.clone();
        int[] order = new int[graph.branches];
        for (int b = 0; b < order.length; b++) {
            int j = (int) (stream.uniform() * (b + 1));
            order[b] = order[j];
            order[j] = b;
        }
        for (int b : order) {
            if (mayClose[b] && !tree[b] && graph.way(tree, b).length == 0) {
                tree[b] = true;
            }
        }
        return tree;
    }

    /** Closes the tie and opens the branch of its loop that together help most, until none does. */
    private void improve(boolean[] start) {
        boolean[] tree = start.clone();
        SwitchState.Flow flow = state.flow(tree);
        keep(tree, flow);
        boolean isBetter = true;
        while (isBetter) {
            isBetter = false;
            boolean[] next = tree.clone();
            for (int tie = 0; tie < graph.branches; tie++) {
                if (!mayClose[tie] || tree[tie]) {
                    continue;
                }
                for (int out : graph.way(tree, tie)) {
                    boolean[] tried = tree.clone();
                    tried[tie] = true;
                    tried[out] = false;
                    if (mustClose[out] || !isAllowed.test(tried)) {
                        continue;
                    }
                    if (!effort.next()) {
                        return;
                    }
                    SwitchState.Flow changed = state.flow(tried);
                    keep(tried, changed);
                    if (changed.isBetterThan(flow)) {
                        flow = changed;
                        next = tried;
                        isBetter = true;
                    }
                }
            }
            tree = next;
        }
    }

    /** How many switches differ. */
    static int differences(boolean[] one, boolean[] other) {
        int count = 0;
        for (int b = 0; b < one.length; b++) {
            count += one[b] != other[b] ? 1 : 0;
        }
        return count;
    }

    @Override
    public String toString() {
        return "best " + Arrays.toString(best);
    }
}
