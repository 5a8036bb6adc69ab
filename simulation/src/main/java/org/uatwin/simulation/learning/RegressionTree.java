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

    /** Adds to each column the share of rows that its cuts are asked for, as if every cut halved them. */
    void weighCuts(double[] shares) {
        double[] asked = new double[column.length];
        asked[0] = 1;
        for (int node = 0; node < column.length; node++) {
            if (column[node] >= 0) {
                shares[column[node]] += asked[node];
                asked[left[node]] = asked[node] / 2; // children come after their parent
                asked[right[node]] = asked[node] / 2;
            }
        }
    }
}
