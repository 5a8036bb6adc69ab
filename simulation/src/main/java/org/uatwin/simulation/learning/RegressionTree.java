package org.uatwin.simulation.learning;

/**
 * A binary tree over numbers: at an inner node, what is not above the cut, or missing, goes left.
 *
 * <p>Node 0 is the root; a node whose column is -1 is a leaf.
 */
final class RegressionTree {
    private final int[] column;
    private final double[] cut;
    private final int[] left;
    private final int[] right;
    private final double[] value;

    RegressionTree(int[] column, double[] cut, int[] left, int[] right, double[] value) {
        this.column = column;
        this.cut = cut;
        this.left = left;
        this.right = right;
        this.value = value;
    }

    double predict(double[] row) {
        int node = 0;
        while (column[node] >= 0) {
            double x = row[column[node]];
            node = x > cut[node] ? right[node] : left[node];
        }
        return value[node];
    }

    int nodes() {
        return column.length;
    }

    /** Adds to each column what its cuts are worth: the number of inner nodes that ask it. */
    void countCuts(double[] counts) {
        for (int c : column) {
            if (c >= 0) {
                counts[c]++;
            }
        }
    }
}
