package org.uatwin.simulation.detection;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/**
 * The directions in which several points usually move together, as many as explain 90 % of their variance (Jackson 1991): how far along them
 * (T²), and how far off them (Q, the squared prediction error). Q sees a relation between points that is broken, however well each stays within
 * its range, and does not weigh it by how exactly that relation used to hold. Limits are taken from data, not from the normal
 * distribution, which trailing means of real points do not follow. Immutable.
 */
final class PrincipalComponents {
    private static final double EXPLAINED = 0.9;
    private static final double LEAST_OFF = 1e-4; // squared standard deviations: what is finer is rounding

    private final double[][] directions; // orthonormal, by component and point
    private final double[] variances;
    private final double alongLimit;
    private final double offLimit;

    private PrincipalComponents(double[][] directions, double[] variances, double alongLimit, double offLimit) {
        this.directions = directions;
        this.variances = variances;
        this.alongLimit = alongLimit;
        this.offLimit = offLimit;
    }

    /**
     * Learns; null if there is only one point, which has no relation.
     *
     * @param rows standardised, outliers left out.
     * @param quantile of what they reach, that counts as usual.
     */
    static @Nullable PrincipalComponents learn(List<double[]> rows, double quantile) {
        int width = rows.get(0).length;
        if (width < 2) {
            return null;
        }
        RealMatrix correlation = new Array2DRowRealMatrix(width, width);
        for (double[] row : rows) {
            for (int a = 0; a < width; a++) {
                for (int b = 0; b < width; b++) {
                    correlation.addToEntry(a, b, row[a] * row[b] / rows.size());
                }
            }
        }
        EigenDecomposition eigen = new EigenDecomposition(correlation); // the largest first
        double[] values = eigen.getRealEigenvalues();
        double whole = Arrays.stream(values).map(v -> Math.max(0, v)).sum();
        int count = 0;
        double explained = 0;
        while (count < width - 1 && explained < EXPLAINED * whole) {
            explained += Math.max(0, values[count++]);
        }
        count = Math.max(1, count);
        double[][] directions = new double[count][];
        for (int k = 0; k < count; k++) {
            directions[k] = eigen.getEigenvector(k).toArray();
        }
        PrincipalComponents unlimited = new PrincipalComponents(directions, Arrays.copyOf(values, count), 1, 1);
        double[] along = new double[rows.size()];
        double[] off = new double[rows.size()];
        double[] scratch = new double[width];
        for (int i = 0; i < along.length; i++) {
            along[i] = unlimited.along(rows.get(i), scratch);
            off[i] = unlimited.off(rows.get(i), scratch);
        }
        Arrays.sort(along);
        Arrays.sort(off);
        int usual = (int) (quantile * (along.length - 1));
        return new PrincipalComponents(
                directions,
                unlimited.variances,
                Math.max(1e-9, along[usual]),
                Math.max(LEAST_OFF * (width - count), off[usual]));
    }

    /** The same with limits this many times as far. */
    PrincipalComponents withFactors(double ofAlong, double ofOff) {
        return new PrincipalComponents(directions, variances, alongLimit * ofAlong, offLimit * ofOff);
    }

    int count() {
        return directions.length;
    }

    /** T² over its limit. */
    double alongScore(double[] z, double[] shares) {
        return along(z, shares) / alongLimit;
    }

    /** Q over its limit. */
    double offScore(double[] z, double[] shares) {
        return off(z, shares) / offLimit;
    }

    /** T²; shares get what each point adds (complete decomposition). */
    private double along(double[] z, double[] shares) {
        Arrays.fill(shares, 0);
        double sum = 0;
        for (int k = 0; k < directions.length; k++) {
            double score = dot(directions[k], z);
            double weight = score / Math.max(1e-9, variances[k]);
            sum += score * weight;
            for (int c = 0; c < z.length; c++) {
                shares[c] += weight * directions[k][c] * z[c];
            }
        }
        return sum;
    }

    /** Q; shares get what each point adds. */
    private double off(double[] z, double[] shares) {
        System.arraycopy(z, 0, shares, 0, z.length);
        for (double[] direction : directions) {
            double score = dot(direction, z);
            for (int c = 0; c < z.length; c++) {
                shares[c] -= score * direction[c];
            }
        }
        double sum = 0;
        for (int c = 0; c < z.length; c++) {
            shares[c] *= shares[c];
            sum += shares[c];
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(directions.length);
        out.writeDouble(alongLimit);
        out.writeDouble(offLimit);
        for (int k = 0; k < directions.length; k++) {
            out.writeDouble(variances[k]);
            for (double each : directions[k]) {
                out.writeDouble(each);
            }
        }
    }

    static PrincipalComponents read(DataInputStream in, int width) throws IOException {
        int count = in.readInt();
        if (count < 1 || count > width) {
            throw new IOException("%d components of %d points".formatted(count, width));
        }
        double alongLimit = in.readDouble();
        double offLimit = in.readDouble();
        double[] variances = new double[count];
        double[][] directions = new double[count][width];
        for (int k = 0; k < count; k++) {
            variances[k] = in.readDouble();
            for (int c = 0; c < width; c++) {
                directions[k][c] = in.readDouble();
            }
        }
        return new PrincipalComponents(directions, variances, alongLimit, offLimit);
    }
}
