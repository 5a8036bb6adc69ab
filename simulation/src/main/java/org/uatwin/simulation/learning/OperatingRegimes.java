package org.uatwin.simulation.learning;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The operating conditions a unit changes between, found as clusters of its settings. Settings that vary without gaps are one
 * regime. Immutable.
 */
public final class OperatingRegimes {
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
    public static OperatingRegimes learn(List<double[]> settings) {
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

    /** Number of conditions, 1 at least. */
    public int count() {
        return centres.length;
    }

    /** The regime that is nearest. */
    public int of(double[] settings) {
        double[] x = scaled(settings, low, range);
        int best = 0;
        for (int i = 1; i < centres.length; i++) {
            if (distance(centres[i], x) < distance(centres[best], x)) {
                best = i;
            }
        }
        return best;
    }

    /** Writes it where {@link #read} finds it. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(low.length);
        out.writeInt(centres.length);
        for (double[] each : centres) {
            numbers(out, each);
        }
        numbers(out, low);
        numbers(out, range);
    }

    private static void numbers(DataOutputStream out, double[] values) throws IOException {
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if it is something else.
     */
    public static OperatingRegimes read(DataInputStream in) throws IOException {
        int width = in.readInt();
        int count = in.readInt();
        if (width < 0 || width > 10_000 || count < 1 || count > MOST) {
            throw new IOException("%d regimes of %d settings".formatted(count, width));
        }
        double[][] all = new double[count + 2][width];
        for (double[] each : all) {
            for (int c = 0; c < width; c++) {
                each[c] = in.readDouble();
            }
        }
        return new OperatingRegimes(all[count], all[count + 1], Arrays.copyOf(all, count));
    }

    @Override
    public String toString() {
        return centres.length + " regimes " + Arrays.deepToString(centres);
    }
}
