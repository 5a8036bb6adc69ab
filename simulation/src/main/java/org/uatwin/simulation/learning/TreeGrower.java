package org.uatwin.simulation.learning;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Grows one tree best leaf first from histograms of gradients (Friedman 2001; Ke et al. 2017, LightGBM): the sibling's
 * histogram is the parent's less the child's. Owned by one thread; its arrays serve tree after tree.
 */
final class TreeGrower {
    private final Binning binning;
    private final byte[][] codes;
    private final BoostedTrees.Settings settings;
    private final int[] offsets; // of each column in a histogram
    private final int[] rows; // leaf by leaf
    private final int[] scratch;
    private final double[][] pool; // histograms: gradient and weight by turns
    private int pooled;

    /** A leaf under way: its rows are {@code rows[from..to)}. */
    private static final class Leaf {
        int node;
        int from;
        int to;
        double gradient;
        double weight;
        double @Nullable [] histogram;
        int column = -1; // of the best cut
        int bin;
        double gain;
    }

    TreeGrower(Binning binning, byte[][] codes, int rowCount, BoostedTrees.Settings settings) {
        this.binning = binning;
        this.codes = codes;
        this.settings = settings;
        offsets = new int[codes.length + 1];
        for (int c = 0; c < codes.length; c++) {
            offsets[c + 1] = offsets[c] + binning.bins(c);
        }
        rows = new int[rowCount];
        scratch = new int[rowCount];
        pool = new double[settings.leaves() + 2][];
    }

    /**
     * @param gradient and weight: of the loss, for each row of the table.
     * @param value of a leaf from its rows, instead of the Newton step; null for that.
     * @param random draws rows and columns.
     * @param sum the tree's values are added to it, of all rows.
     */
    RegressionTree grow(
            double[] gradient,
            double[] weight,
            @Nullable ToDoubleFunction<int[]> value,
            SplittableRandom random,
            double[] sum) {
        int[] columns = drawColumns(random);
        int n = drawRows(gradient.length, random);
        int most = 2 * settings.leaves() - 1;
        int[] column = new int[most];
        double[] cut = new double[most];
        int[] left = new int[most];
        int[] right = new int[most];
        double[] values = new double[most];
        Arrays.fill(column, -1);
        Leaf[] leaves = new Leaf[settings.leaves()];
        Leaf root = new Leaf();
        root.to = n;
        for (int i = 0; i < n; i++) {
            root.gradient += gradient[rows[i]];
            root.weight += weight[rows[i]];
        }
        root.histogram = histogram(root, gradient, weight, columns);
        search(root, columns);
        leaves[0] = root;
        int count = 1;
        int nodes = 1;
        while (count < settings.leaves()) {
            Leaf best = best(leaves, count);
            if (best == null) {
                break;
            }
            column[best.node] = best.column;
            cut[best.node] = binning.cut(best.column, best.bin);
            Leaf high = split(best, gradient, weight, columns);
            left[best.node] = nodes;
            right[best.node] = nodes + 1;
            best.node = nodes;
            high.node = nodes + 1;
            nodes += 2;
            leaves[count++] = high;
        }
        for (int i = 0; i < count; i++) {
            Leaf leaf = leaves[i];
            double step = value == null
                    ? -leaf.gradient / (leaf.weight + settings.penalty())
                    : value.applyAsDouble(Arrays.copyOfRange(rows, leaf.from, leaf.to));
            values[leaf.node] = settings.rate() * step;
            giveBack(leaf.histogram);
        }
        RegressionTree tree = new RegressionTree(
                Arrays.copyOf(column, nodes),
                Arrays.copyOf(cut, nodes),
                Arrays.copyOf(left, nodes),
                Arrays.copyOf(right, nodes),
                Arrays.copyOf(values, nodes));
        addTo(sum, leaves, count, values, n, column, cut, left, right);
        return tree;
    }

    /** Drawn rows know their leaf; the others, moved behind them, walk down the tree. */
    private void addTo(
            double[] sum,
            Leaf[] leaves,
            int count,
            double[] values,
            int n,
            int[] column,
            double[] cut,
            int[] left,
            int[] right) {
        for (int i = 0; i < count; i++) {
            for (int r = leaves[i].from; r < leaves[i].to; r++) {
                sum[rows[r]] += values[leaves[i].node];
            }
        }
        int[] bins = new int[column.length];
        for (int node = 0; node < column.length; node++) {
            if (column[node] >= 0) {
                bins[node] = bin(column[node], cut[node]);
            }
        }
        for (int r = n; r < rows.length; r++) {
            int node = 0;
            while (column[node] >= 0) {
                node = (codes[column[node]][rows[r]] & 0xFF) > bins[node] ? right[node] : left[node];
            }
            sum[rows[r]] += values[node];
        }
    }

    private int bin(int column, double cut) {
        int low = 0;
        int high = binning.bins(column) - 2;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (binning.cut(column, middle) < cut) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int[] drawColumns(SplittableRandom random) {
        int[] all = new int[codes.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        int some = Math.max(1, (int) Math.round(settings.columnShare() * all.length));
        for (int i = 0; i < some && some < all.length; i++) {
            swap(all, i, i + random.nextInt(all.length - i));
        }
        int[] drawn = Arrays.copyOf(all, some);
        Arrays.sort(drawn);
        return drawn;
    }

    /** Drawn rows come first, each part in the table's order. */
    private int drawRows(int count, SplittableRandom random) {
        if (settings.rowShare() >= 1) {
            for (int i = 0; i < count; i++) {
                rows[i] = i;
            }
            return count;
        }
        int n = 0;
        int rest = 0;
        for (int i = 0; i < count; i++) {
            if (random.nextDouble() < settings.rowShare()) {
                rows[n++] = i;
            } else {
                scratch[rest++] = i;
            }
        }
        System.arraycopy(scratch, 0, rows, n, rest);
        return n;
    }

    private static void swap(int[] a, int i, int j) {
        int t = a[i];
        a[i] = a[j];
        a[j] = t;
    }

    private static @Nullable Leaf best(Leaf[] leaves, int count) {
        Leaf best = null;
        for (int i = 0; i < count; i++) {
            if (leaves[i].column >= 0 && (best == null || leaves[i].gain > best.gain)) {
                best = leaves[i];
            }
        }
        return best;
    }

    /** Cuts a leaf in two: it keeps its lower part, the upper one is returned. */
    private Leaf split(Leaf leaf, double[] gradient, double[] weight, int[] columns) {
        byte[] code = codes[leaf.column];
        int low = leaf.from;
        int high = 0;
        double g = 0;
        double w = 0;
        for (int r = leaf.from; r < leaf.to; r++) {
            int row = rows[r];
            if ((code[row] & 0xFF) <= leaf.bin) {
                rows[low++] = row;
                g += gradient[row];
                w += weight[row];
            } else {
                scratch[high++] = row;
            }
        }
        System.arraycopy(scratch, 0, rows, low, high);
        Leaf upper = new Leaf();
        upper.from = low;
        upper.to = leaf.to;
        upper.gradient = leaf.gradient - g;
        upper.weight = leaf.weight - w;
        leaf.to = low;
        leaf.gradient = g;
        leaf.weight = w;
        double[] parent = leaf.histogram;
        boolean isLowerSmaller = low - leaf.from < upper.to - low;
        Leaf smaller = isLowerSmaller ? leaf : upper;
        Leaf larger = isLowerSmaller ? upper : leaf;
        smaller.histogram = histogram(smaller, gradient, weight, columns);
        if (parent != null) {
            subtract(parent, smaller.histogram, columns);
        }
        larger.histogram = parent;
        search(leaf, columns);
        search(upper, columns);
        return upper;
    }

    private void subtract(double[] from, double[] what, int[] columns) {
        for (int c : columns) {
            for (int i = 2 * offsets[c]; i < 2 * offsets[c + 1]; i++) {
                from[i] -= what[i];
            }
        }
    }

    private double[] histogram(Leaf leaf, double[] gradient, double[] weight, int[] columns) {
        double[] sums = pooled > 0 ? pool[--pooled] : new double[2 * offsets[codes.length]];
        for (int c : columns) {
            Arrays.fill(sums, 2 * offsets[c], 2 * offsets[c + 1], 0);
            byte[] code = codes[c];
            int base = 2 * offsets[c];
            for (int r = leaf.from; r < leaf.to; r++) {
                int row = rows[r];
                int at = base + 2 * (code[row] & 0xFF);
                sums[at] += gradient[row];
                sums[at + 1] += weight[row];
            }
        }
        return sums;
    }

    private void giveBack(double @Nullable [] histogram) {
        if (histogram != null && pooled < pool.length) {
            pool[pooled++] = histogram;
        }
    }

    /** Finds the cut that gains most; the leaf keeps column -1 if none gains. */
    private void search(Leaf leaf, int[] columns) {
        leaf.column = -1;
        leaf.gain = settings.leastGain();
        double[] h = leaf.histogram;
        if (h == null || leaf.weight < 2 * settings.leastWeight()) {
            return;
        }
        double whole = score(leaf.gradient, leaf.weight);
        for (int c : columns) {
            double g = 0;
            double w = 0;
            for (int bin = 0; bin < offsets[c + 1] - offsets[c] - 1; bin++) {
                g += h[2 * (offsets[c] + bin)];
                w += h[2 * (offsets[c] + bin) + 1];
                if (w < settings.leastWeight()) {
                    continue;
                }
                if (leaf.weight - w < settings.leastWeight()) {
                    break;
                }
                double gain = score(g, w) + score(leaf.gradient - g, leaf.weight - w) - whole;
                if (gain > leaf.gain) {
                    leaf.gain = gain;
                    leaf.column = c;
                    leaf.bin = bin;
                }
            }
        }
    }

    private double score(double g, double w) {
        return g * g / (w + settings.penalty());
    }
}
