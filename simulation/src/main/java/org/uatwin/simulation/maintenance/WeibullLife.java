package org.uatwin.simulation.maintenance;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.prognosis.LifeDistribution;

/** The remaining life of a part of Weibull life that has reached an age. */
public final class WeibullLife {
    private static final double[] EDGES = {1e-5, 1e-4, 1e-3, 0.003};
    private static final int KNOTS = 100;

    private WeibullLife() {}

    /**
     * When it may fail, from now.
     *
     * @param shape beta.
     * @param scale eta, hours.
     * @param age hours it has lived.
     */
    public static LifeDistribution of(double shape, double scale, double age) {
        List<Double> levels = new ArrayList<>();
        for (double edge : EDGES) {
            levels.add(edge);
        }
        for (int k = 1; k < KNOTS; k++) {
            levels.add((double) k / KNOTS);
        }
        for (int k = EDGES.length - 1; k >= 0; k--) {
            levels.add(1 - EDGES[k]);
        }
        double gone = StrictMath.pow(age / scale, shape);
        double[] hours = new double[levels.size()];
        double[] probability = new double[levels.size()];
        int n = 0;
        for (double p : levels) {
            double at = scale * StrictMath.pow(gone - StrictMath.log1p(-p), 1 / shape) - age;
            if (at > (n == 0 ? 0 : hours[n - 1])) {
                hours[n] = at;
                probability[n++] = p;
            } else if (n > 0) {
                probability[n - 1] = p;
            }
        }
        if (n == 0) { // so old that rounding leaves nothing: it may fail at any moment
            return LifeDistribution.of(new double[] {1e-6 * scale}, new double[] {1});
        }
        return LifeDistribution.of(java.util.Arrays.copyOf(hours, n), java.util.Arrays.copyOf(probability, n));
    }
}
