package org.uatwin.simulation.prognosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The operating conditions a unit changes between, found as clusters of its settings. Settings that vary without gaps are one
 * regime. Immutable.
 */
final class OperatingRegimes {
    private static final int MOST = 24;
    /** Half width of a cluster as a share of a setting's range: noise stays inside, conditions differ by more. */
    private static final double RADIUS = 0.05;

    private final double[] low;
    private final double[] range;
    private final double[][] centres;

    private OperatingRegimes(double[] low, double[] range, double[][] centres) {
        this.low = low;
        this.range = range;
        this.centres = centres;
    }

    /** @param settings rows, of all units. */
    static OperatingRegimes learn(List<double[]> settings) {
        int width = settings.get(0).length;
        double[] low = new double[width];
        double[] range = new double[width];
        for (int c = 0; c < width; c++) {
            int column = c;
            low[c] = settings.stream().mapToDouble(row -> row[column]).min().orElse(0);
            range[c] = settings.stream().mapToDouble(row -> row[column]).max().orElse(0) - low[c];
        }
        double[][] centres = clusters(settings, low, range);
        return new OperatingRegimes(low, range, centres.length > MOST ? new double[][] {new double[width]} : centres);
    }

    /**
     * Leader clustering, then means. Noise around one condition is spread over its whole range and gives many small
     * clusters: those are told from conditions by their neighbours, which touch.
     */
    private static double[][] clusters(List<double[]> settings, double[] low, double[] range) {
        List<double[]> leaders = new ArrayList<>();
        for (double[] row : settings) {
            double[] x = scaled(row, low, range);
            if (leaders.stream().noneMatch(leader -> distance(leader, x) <= RADIUS)) {
                leaders.add(x);
                if (leaders.size() > MOST) {
                    break;
                }
            }
        }
        for (double[] a : leaders) {
            for (double[] b : leaders) {
                if (a != b && distance(a, b) <= 3 * RADIUS) {
                    return new double[][] {new double[low.length]}; // no gap in between
                }
            }
        }
        return leaders.toArray(double[][]::new);
    }

    private static double[] scaled(double[] row, double[] low, double[] range) {
        double[] x = new double[row.length];
        for (int c = 0; c < x.length; c++) {
            x[c] = range[c] > 0 ? (row[c] - low[c]) / range[c] : 0;
        }
        return x;
    }

    /** The largest of the differences. */
    private static double distance(double[] a, double[] b) {
        double most = 0;
        for (int c = 0; c < a.length; c++) {
            most = Math.max(most, Math.abs(a[c] - b[c]));
        }
        return most;
    }

    int count() {
        return centres.length;
    }

    /** The regime that is nearest. */
    int of(double[] settings) {
        double[] x = scaled(settings, low, range);
        int best = 0;
        for (int i = 1; i < centres.length; i++) {
            if (distance(centres[i], x) < distance(centres[best], x)) {
                best = i;
            }
        }
        return best;
    }

    @Override
    public String toString() {
        return centres.length + " regimes " + Arrays.deepToString(centres);
    }
}
