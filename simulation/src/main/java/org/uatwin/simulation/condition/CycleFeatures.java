package org.uatwin.simulation.condition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.uatwin.simulation.learning.FeatureTable;

/**
 * Describes each cycle by numbers: of every channel how high, how wide, how skewed, how rough, where in the cycle, how it changed
 * since the cycle before, and how far it is from cycles before and after, which tells a machine that still settles. Columns are called
 * {@code channel.feature}.
 */
final class CycleFeatures {
    private static final int PARTS = 30; // of a cycle
    private static final List<String> SHAPE = List.of(
            "mean",
            "deviation",
            "lowest",
            "highest",
            "slope",
            "roughness",
            "largestStep",
            "similarToNext",
            "similarToThird",
            "skewness",
            "kurtosis",
            "median",
            "decile1",
            "decile9",
            "first",
            "last");
    private static final int[] AWAY = {-4, -2, -1, 1, 2, 4}; // cycles, whose mean is compared
    private static final int CHANGING = 2; // of these, the change since the cycle before is a feature as well

    private CycleFeatures() {}

    static FeatureTable of(CycleRecords records) {
        List<String> names = new ArrayList<>();
        List<double[]> columns = new ArrayList<>();
        int n = records.cycles().size();
        for (CycleRecords.Channel channel : records.channels()) {
            double[][] features = new double[n][];
            for (int i = 0; i < n; i++) {
                features[i] = shape(channel.samples()[i]);
            }
            for (int f = 0; n > 0 && f < features[0].length; f++) {
                double[] column = new double[n];
                for (int i = 0; i < n; i++) {
                    column[i] = features[i][f];
                }
                names.add(channel.name() + "." + (f < SHAPE.size() ? SHAPE.get(f) : "part" + (f - SHAPE.size() + 1)));
                columns.add(column);
                if (f < CHANGING) {
                    names.add(channel.name() + ".changeOf" + (f == 0 ? "Mean" : "Deviation"));
                    columns.add(change(records.cycles(), column));
                }
                if (f == 0) {
                    for (int cycles : AWAY) {
                        names.add(
                                channel.name() + (cycles < 0 ? ".farFromBefore" : ".farFromAfter") + Math.abs(cycles));
                        columns.add(distance(records.cycles(), column, cycles));
                    }
                }
            }
        }
        return new FeatureTable(names, columns.toArray(double[][]::new));
    }

    /** Less that of the cycle before; NaN where it is not there. */
    private static double[] change(List<Integer> cycles, double[] column) {
        double[] change = new double[column.length];
        for (int i = 0; i < change.length; i++) {
            change[i] = column[i] - valueAt(cycles, column, i, -1);
        }
        return change;
    }

    /** From that some cycles later; NaN where it is not there. */
    private static double[] distance(List<Integer> cycles, double[] column, int later) {
        double[] distance = new double[column.length];
        for (int i = 0; i < distance.length; i++) {
            distance[i] = Math.abs(column[i] - valueAt(cycles, column, i, later));
        }
        return distance;
    }

    private static double valueAt(List<Integer> cycles, double[] column, int i, int later) {
        int other = i + later;
        boolean isThere = other >= 0 && other < column.length && cycles.get(other) == cycles.get(i) + later;
        return isThere ? column[other] : Double.NaN;
    }

    private static double[] shape(double[] x) {
        int n = x.length;
        double mean = Arrays.stream(x).average().orElse(0);
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        double[] steps = new double[n - 1];
        double largest = 0;
        for (int i = 0; i < steps.length; i++) {
            steps[i] = x[i + 1] - x[i];
            largest = Math.max(largest, Math.abs(steps[i]));
        }
        double deviation = Math.sqrt(moment(x, mean, 2));
        double meanStep = (x[n - 1] - x[0]) / (n - 1);
        double[] shape = {
            mean,
            deviation,
            sorted[0],
            sorted[n - 1],
            slope(x, mean),
            Math.sqrt(moment(steps, meanStep, 2)),
            largest,
            autocorrelation(x, mean, deviation, 1),
            autocorrelation(x, mean, deviation, 3),
            standardised(moment(x, mean, 3), deviation, 3),
            standardised(moment(x, mean, 4), deviation, 4),
            sorted[n / 2],
            sorted[n / 10],
            sorted[n * 9 / 10],
            x[0],
            x[n - 1]
        };
        int parts = Math.min(PARTS, n);
        double[] all = Arrays.copyOf(shape, shape.length + parts);
        for (int p = 0; p < parts; p++) {
            all[shape.length + p] = Arrays.stream(x, p * n / parts, (p + 1) * n / parts)
                    .average()
                    .orElse(mean);
        }
        return all;
    }

    private static double moment(double[] x, double mean, int order) {
        double sum = 0;
        for (double v : x) {
            double d = v - mean;
            double power = d * d;
            for (int i = 2; i < order; i++) {
                power *= d;
            }
            sum += power;
        }
        return sum / x.length;
    }

    /** 0 for a channel that does not move. */
    private static double standardised(double moment, double deviation, int order) {
        return deviation > 0 ? moment / StrictMath.pow(deviation, order) : 0;
    }

    /** Of a straight line, from one end of the cycle to the other. */
    private static double slope(double[] x, double mean) {
        double products = 0;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            double t = (double) i / (x.length - 1) - 0.5;
            products += t * (x[i] - mean);
            squares += t * t;
        }
        return products / squares;
    }

    private static double autocorrelation(double[] x, double mean, double deviation, int lag) {
        double sum = 0;
        for (int i = lag; i < x.length; i++) {
            sum += (x[i] - mean) * (x[i - lag] - mean);
        }
        return standardised(sum / x.length, deviation, 2);
    }
}
