package org.uatwin.simulation.estimation;

import java.util.ArrayList;
import java.util.List;

/**
 * Which parameters a set of data can tell apart: the columns of the sensitivity matrix, scaled by prior and sensor, are taken one
 * after the other, each time the one with the most information that those before it do not hold (orthogonal subset selection;
 * Golub and Van Loan, Matrix Computations, 5.5.7; Yao et al. 2003). A parameter is taken while the data say more about it than
 * its prior does and the condition number stays below {@value #LARGEST_CONDITION}. Pure.
 */
public final class Identifiability {
    /** Largest condition number of the sensitivities of what is estimated together. */
    public static final double LARGEST_CONDITION = 1e4;
    /** Standard deviations of a sensor by which a parameter has to move the outputs when it moves by its own. */
    public static final double LEAST_INFORMATION = 1;

    private Identifiability() {}

    /**
     * What was chosen.
     *
     * @param chosen columns, best first.
     * @param information by column: what it adds to those chosen before it, or would add to all of them, in standard deviations.
     * @param condition condition number of the chosen columns.
     */
    public record Choice(List<Integer> chosen, List<Double> information, double condition) {
        public Choice {
            chosen = List.copyOf(chosen);
            information = List.copyOf(information);
        }
    }

    /**
     * Chooses among columns.
     *
     * @param columns sensitivities by candidate: each output at each moment looked at, in standard deviations of its sensor, for
     *     a change by the candidate's prior standard deviation.
     * @param given columns that are estimated in any case, such as damage states: what they explain is no longer free.
     * @param most number of columns chosen at most.
     */
    public static Choice choose(double[][] columns, double[][] given, int most) {
        double[][] rest = new double[columns.length][];
        for (int i = 0; i < columns.length; i++) {
            rest[i] = columns[i].clone();
        }
        double[][] before = new double[given.length][];
        for (int i = 0; i < given.length; i++) {
            before[i] = given[i].clone();
        }
        for (double[] direction : before) {
            if (norm(direction) >= LEAST_INFORMATION) {
                double[] taken = direction.clone();
                project(rest, taken);
                project(before, taken);
            }
        }
        List<Integer> chosen = new ArrayList<>();
        double[] information = new double[columns.length];
        double largest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        while (chosen.size() < most) {
            int best = -1;
            for (int i = 0; i < rest.length; i++) {
                if (!chosen.contains(i) && (best < 0 || norm(rest[i]) > norm(rest[best]))) {
                    best = i;
                }
            }
            double size = best < 0 ? 0 : norm(rest[best]);
            if (size < LEAST_INFORMATION || Math.max(largest, size) / Math.min(smallest, size) > LARGEST_CONDITION) {
                break;
            }
            information[best] = size;
            largest = Math.max(largest, size);
            smallest = Math.min(smallest, size);
            chosen.add(best);
            project(rest, rest[best].clone());
        }
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < rest.length; i++) {
            all.add(chosen.contains(i) ? information[i] : norm(rest[i]));
        }
        return new Choice(chosen, all, chosen.isEmpty() ? 1 : largest / smallest);
    }

    /** Takes a direction out of every column. */
    private static void project(double[][] columns, double[] direction) {
        double square = dot(direction, direction);
        if (!(square > 0)) {
            return;
        }
        for (double[] column : columns) {
            double factor = dot(column, direction) / square;
            for (int i = 0; i < column.length; i++) {
                column[i] -= factor * direction[i];
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }
}
