package org.uatwin.simulation.learning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How far the truth lay from predictions of what a model had not seen, by what was predicted: split conformal prediction
 * (Vovk et al. 2005) with neighbours in the prediction. Immutable.
 */
public final class ResidualBands {
    private static final int LEVELS = 50;
    private static final int FEWEST = 50;
    private static final double NEIGHBOURS = 0.06; // share of all

    /** A prediction of something left out while learning. */
    public record Trial(double predicted, double truth) {}

    /** Bounds around a prediction. */
    public record Bounds(double lower, double upper) {}

    private final double low;
    private final double step;
    private final double[] below = new double[LEVELS + 1];
    private final double[] above = new double[LEVELS + 1];

    /**
     * @param trials one at least; a hundred make sense.
     * @param level share of truths the bounds shall hold, 0 to 1.
     */
    public ResidualBands(List<Trial> trials, double level) {
        List<Trial> sorted = new ArrayList<>(trials);
        sorted.sort(Comparator.comparingDouble(Trial::predicted));
        low = sorted.get(0).predicted();
        step = (sorted.get(sorted.size() - 1).predicted() - low) / LEVELS;
        int some = Math.min(sorted.size(), Math.max(FEWEST, (int) (NEIGHBOURS * sorted.size())));
        for (int i = 0; i <= LEVELS; i++) {
            double[] residuals = nearest(sorted, low + step * i, some);
            below[i] = quantile(residuals, (1 - level) / 2);
            above[i] = quantile(residuals, (1 + level) / 2);
        }
    }

    private static double[] nearest(List<Trial> sorted, double predicted, int some) {
        int from = 0;
        while (from + some < sorted.size()
                && sorted.get(from + some).predicted() - predicted
                        < predicted - sorted.get(from).predicted()) {
            from++;
        }
        return sorted.subList(from, from + some).stream()
                .mapToDouble(trial -> trial.truth() - trial.predicted())
                .sorted()
                .toArray();
    }

    /** The conformal quantile: the next larger of n+1 ranks at the upper end, the next smaller at the lower one. */
    private static double quantile(double[] sorted, double share) {
        double rank = share * (sorted.length + 1);
        int at = (int) (share < 0.5 ? Math.floor(rank) : Math.ceil(rank)) - 1;
        return sorted[Math.max(0, Math.min(sorted.length - 1, at))];
    }

    /** Bounds of the truth; they hold the prediction itself. */
    public Bounds around(double predicted) {
        double at = step > 0 ? Math.max(0, Math.min(LEVELS, (predicted - low) / step)) : 0;
        int i = Math.min(LEVELS - 1, (int) at);
        double part = at - i;
        double lower = predicted + below[i] + part * (below[i + 1] - below[i]);
        double upper = predicted + above[i] + part * (above[i + 1] - above[i]);
        return new Bounds(Math.min(predicted, lower), Math.max(predicted, upper));
    }
}
