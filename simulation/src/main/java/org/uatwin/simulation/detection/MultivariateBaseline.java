package org.uatwin.simulation.detection;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/**
 * How several points move together when all is well: mean and covariance of their trailing means, and the squared distance
 * (Mahalanobis 1936; Hotelling's T2) that is usual. Immutable.
 */
public final class MultivariateBaseline {
    /**
     * How to watch.
     *
     * @param window samples of the trailing mean.
     * @param factor times the usual squared distance, at which it is an anomaly. Data drifts after the baseline was learned: a limit of
     *     1 alarms half the time.
     * @param quantile of the distances while learning that counts as the usual one, 0 to 1.
     * @param ridge added to each variance, as a share of it, so that points which never moved alone do not rule.
     */
    public record Settings(int window, double factor, double quantile, double ridge) {
        public static final Settings DEFAULT = new Settings(15, 7, 0.99, 1e-3);

        /**
         * @throws IllegalArgumentException if a number is out of its range.
         */
        public Settings {
            if (window < 1 || !(factor > 0) || !(quantile > 0 && quantile < 1) || !(ridge > 0)) {
                throw new IllegalArgumentException("no such settings: window %d, factor %s, quantile %s, ridge %s"
                        .formatted(window, factor, quantile, ridge));
            }
        }
    }

    private static final int MOST_POINTS = 1_000;

    private final List<String> points;
    private final Settings settings;
    private final double[] mean;
    private final double[] scale;
    private final double[][] inverse; // of the correlation matrix
    private final double usual;
    private final @Nullable PrincipalComponents components;

    private MultivariateBaseline(
            List<String> points,
            Settings settings,
            double[] mean,
            double[] scale,
            double[][] inverse,
            double usual,
            @Nullable PrincipalComponents components) {
        this.points = points;
        this.settings = settings;
        this.mean = mean;
        this.scale = scale;
        this.inverse = inverse;
        this.usual = usual;
        this.components = components;
    }

    /**
     * Learns from samples while all was well.
     *
     * @param rows in order of time, a number for each point; finite.
     * @throws IllegalArgumentException if there are fewer rows than three windows, or than points and two.
     */
    public static MultivariateBaseline learn(List<String> points, double[][] rows, Settings settings) {
        int fewest = Math.max(3 * settings.window(), points.size() + 2);
        if (rows.length < fewest) {
            throw new IllegalArgumentException(
                    "%d rows are too few to know what is usual: %d points in windows of %d need %d"
                            .formatted(rows.length, points.size(), settings.window(), fewest));
        }
        return ofMeans(points, trailingMeans(rows, settings.window()), settings);
    }

    /** The same from trailing means. */
    static MultivariateBaseline ofMeans(List<String> points, double[][] smooth, Settings settings) {
        int width = points.size();
        double[] mean = new double[width];
        double[] scale = new double[width];
        for (int c = 0; c < width; c++) {
            int column = c;
            mean[c] = Arrays.stream(smooth)
                    .mapToDouble(row -> row[column])
                    .average()
                    .orElse(0);
            double squares = 0;
            for (double[] row : smooth) {
                squares += (row[c] - mean[c]) * (row[c] - mean[c]);
            }
            double deviation = Math.sqrt(squares / smooth.length);
            scale[c] = deviation > 0 ? deviation : Math.max(1e-9, 1e-3 * Math.abs(mean[c]));
        }
        MultivariateBaseline unlimited = new MultivariateBaseline(
                List.copyOf(points), settings, mean, scale, inverse(smooth, mean, scale, settings.ridge()), 1, null);
        double[] distances = new double[smooth.length];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = unlimited.squaredDistance(smooth[i]);
        }
        Arrays.sort(distances);
        double usual = distances[(int) (settings.quantile() * (distances.length - 1))];
        return new MultivariateBaseline(
                unlimited.points, settings, mean, scale, unlimited.inverse, Math.max(1e-9, usual), null);
    }

    static double[][] trailingMeans(double[][] rows, int window) {
        double[][] means = new double[rows.length - window + 1][rows[0].length];
        for (int c = 0; c < rows[0].length; c++) {
            for (int i = 0; i < means.length; i++) {
                double sum = 0;
                for (int j = i; j < i + window; j++) {
                    sum += rows[j][c];
                }
                means[i][c] = sum / window;
            }
        }
        return means;
    }

    private static double[][] inverse(double[][] rows, double[] mean, double[] scale, double ridge) {
        int width = mean.length;
        RealMatrix correlation = new Array2DRowRealMatrix(width, width);
        for (int a = 0; a < width; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (double[] row : rows) {
                    sum += (row[a] - mean[a]) / scale[a] * ((row[b] - mean[b]) / scale[b]);
                }
                correlation.setEntry(a, b, sum / rows.length);
                correlation.setEntry(b, a, sum / rows.length);
            }
            correlation.addToEntry(a, a, ridge);
        }
        return new CholeskyDecomposition(correlation)
                .getSolver()
                .solve(MatrixUtils.createRealIdentityMatrix(width))
                .getData();
    }

    private double squaredDistance(double[] row) {
        double sum = 0;
        for (double share : shares(row)) {
            sum += share;
        }
        return Math.max(0, sum);
    }

    /** What each point adds to the squared distance (Mason, Tracy and Young 1997, without their correction); may be below 0. */
    private double[] shares(double[] row) {
        double[] z = standardised(row);
        double[] shares = new double[z.length];
        for (int a = 0; a < z.length; a++) {
            double sum = 0;
            for (int b = 0; b < z.length; b++) {
                sum += inverse[a][b] * z[b];
            }
            shares[a] = z[a] * sum;
        }
        return shares;
    }

    /**
     * One moment of a stream.
     *
     * @param score 1 at the limit; above it is an anomaly.
     * @param contributions share of each point in the distance, in the order of {@link #points}; they sum to 1.
     */
    @SuppressWarnings("ArrayRecordComponent") // one is made a sample
    public record Reading(double score, double[] contributions) {
        public boolean isAnomaly() {
            return score > 1;
        }
    }

    public List<String> points() {
        return points;
    }

    /** How it is watched. */
    public Settings settings() {
        return settings;
    }

    /** The same with another factor on the usual distance. */
    MultivariateBaseline withFactor(double factor) {
        Settings other = new Settings(settings.window(), factor, settings.quantile(), settings.ridge());
        return new MultivariateBaseline(points, other, mean, scale, inverse, usual, components);
    }

    /** The same with principal components as further measures. */
    MultivariateBaseline with(@Nullable PrincipalComponents others) {
        return new MultivariateBaseline(points, settings, mean, scale, inverse, usual, others);
    }

    /** Principal components, if it has any. */
    @Nullable
    PrincipalComponents components() {
        return components;
    }

    /** In standard deviations from the mean. */
    double[] standardised(double[] row) {
        double[] z = new double[mean.length];
        for (int c = 0; c < z.length; c++) {
            z[c] = (row[c] - mean[c]) / scale[c];
        }
        return z;
    }

    /** Mean of a point while all was well. */
    double mean(int point) {
        return mean[point];
    }

    /** Its standard deviation. */
    double scale(int point) {
        return scale[point];
    }

    /**
     * Score of a trailing mean: 1 at the limit.
     *
     * @param shift by how much the usual has moved since, in standard deviations.
     * @param shares gets the share of each point in the distance.
     */
    double score(double[] now, double[] shift, double[] shares) {
        double squared = 0;
        for (int a = 0; a < mean.length; a++) {
            double sum = 0;
            for (int b = 0; b < mean.length; b++) {
                sum += inverse[a][b] * ((now[b] - mean[b]) / scale[b] - shift[b]);
            }
            shares[a] = ((now[a] - mean[a]) / scale[a] - shift[a]) * sum;
            squared += shares[a];
        }
        squared = Math.max(0, squared);
        for (int a = 0; a < mean.length && squared > 0; a++) {
            shares[a] /= squared;
        }
        return squared / (settings.factor() * usual);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(points.size());
        for (String point : points) {
            out.writeUTF(point);
        }
        out.writeInt(settings.window());
        for (double value : new double[] {settings.factor(), settings.quantile(), settings.ridge(), usual}) {
            out.writeDouble(value);
        }
        numbers(out, mean);
        numbers(out, scale);
        for (double[] row : inverse) {
            numbers(out, row);
        }
        out.writeBoolean(components != null);
        if (components != null) {
            components.write(out);
        }
    }

    private static void numbers(DataOutputStream out, double[] values) throws IOException {
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param hasComponents whether it was written by a program that knew of components.
     * @throws IOException if it is something else.
     */
    static MultivariateBaseline read(DataInputStream in, boolean hasComponents) throws IOException {
        int width = in.readInt();
        if (width < 1 || width > MOST_POINTS) {
            throw new IOException("%d points".formatted(width));
        }
        List<String> points = new ArrayList<>();
        for (int c = 0; c < width; c++) {
            points.add(in.readUTF());
        }
        int window = in.readInt();
        try {
            Settings settings = new Settings(window, in.readDouble(), in.readDouble(), in.readDouble());
            double usual = in.readDouble();
            double[] mean = numbers(in, width);
            double[] scale = numbers(in, width);
            double[][] inverse = new double[width][];
            for (int c = 0; c < width; c++) {
                inverse[c] = numbers(in, width);
            }
            PrincipalComponents components =
                    hasComponents && in.readBoolean() ? PrincipalComponents.read(in, width) : null;
            return new MultivariateBaseline(List.copyOf(points), settings, mean, scale, inverse, usual, components);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static double[] numbers(DataInputStream in, int count) throws IOException {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    /** Watches a stream from its beginning; owned by one thread. */
    public Watch watch() {
        return new Watch();
    }

    /** The trailing mean of a stream against the baseline. */
    public final class Watch {
        private final double[][] ring = new double[settings.window()][mean.length];
        private final double[] sum = new double[mean.length];
        private int seen;

        private Watch() {}

        /** Takes the next sample: a finite number for each point. */
        public Reading next(double[] row) {
            double[] slot = ring[seen % ring.length];
            seen++;
            System.arraycopy(row, 0, slot, 0, slot.length);
            int n = Math.min(seen, ring.length);
            Arrays.fill(sum, 0); // anew each time: no rounding adds up
            for (int i = 0; i < n; i++) {
                for (int c = 0; c < sum.length; c++) {
                    sum[c] += ring[i][c];
                }
            }
            double[] now = new double[sum.length];
            for (int c = 0; c < now.length; c++) {
                now[c] = sum[c] / n;
            }
            double[] shares = shares(now);
            double squared = Math.max(0, Arrays.stream(shares).sum());
            for (int c = 0; c < shares.length && squared > 0; c++) {
                shares[c] /= squared;
            }
            return new Reading(squared / (settings.factor() * usual), shares);
        }
    }
}
