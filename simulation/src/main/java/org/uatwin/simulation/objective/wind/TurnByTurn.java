package org.uatwin.simulation.objective.wind;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.uatwin.simulation.objective.Effort;

/**
 * Makes one number after the other best, from the first turbine the wind meets to the last, first on a coarse grid, then around what was
 * found (serial refine: P. Fleming, A. Stanley, C. Bay, J. King, E. Simley, B. Doekemeijer, R. Mudafort, J. Phys. Conf. Ser. 2265, 2022),
 * then by steps that are halved until they are small. Where no number can move alone, two whose wakes may share a turbine are moved
 * together. Finds the best of a neighbourhood. Owned by one thread.
 */
final class TurnByTurn {
    private static final int GRID = 9;
    private static final int PAIR_GRID = 11;
    private static final int PARTNERS = 3; // of each, the next ones down the wind
    private static final double LEAST_GAIN = 1e-9; // of the value: less is noise of rounding

    private final double[] lower;
    private final double[] upper;
    private final int[] order;
    private final double smallestStep;
    private final ToDoubleFunction<double[]> value;
    private final Effort effort;

    /** @param value to be made large. */
    TurnByTurn(
            double[] lower,
            double[] upper,
            int[] order,
            double smallestStep,
            ToDoubleFunction<double[]> value,
            Effort effort) {
        this.lower = lower.clone();
        this.upper = upper.clone();
        this.order = order.clone();
        this.smallestStep = smallestStep;
        this.value = value;
        this.effort = effort;
    }

    /** What it found and what that is worth. */
    static final class Best {
        final double[] x;
        double value;

        private Best(double[] x, double value) {
            this.x = x;
            this.value = value;
        }
    }

    /** The best it finds from here; never worse than the start. */
    Best from(double[] start) {
        Best best = new Best(start.clone(), value.applyAsDouble(start.clone()));
        double step = 0;
        for (int i : order) {
            double width = (upper[i] - lower[i]) / (GRID - 1);
            step = Math.max(step, width);
            for (int k = 0; k < GRID; k++) {
                tryOne(best, i, lower[i] + k * width);
            }
        }
        refine(best, step);
        return best;
    }

    /** Makes better what is the best of a neighbourhood, by moving two at once. */
    void inPairs(Best best) {
        while (tryPairs(best)) {
            refine(
                    best,
                    Arrays.stream(order)
                            .mapToDouble(i -> onGrid(i, 1) - lower[i])
                            .max()
                            .orElse(0));
        }
    }

    private void refine(Best best, double first) {
        double step = first;
        while (step > smallestStep && effort.mayContinue()) {
            boolean isBetter = false;
            for (int i : order) {
                double at = best.x[i];
                isBetter |= tryOne(best, i, Math.min(upper[i], at + step))
                        || tryOne(best, i, Math.max(lower[i], at - step));
            }
            step = isBetter ? step : step / 2;
        }
    }

    /** @return whether two together were better somewhere. */
    private boolean tryPairs(Best best) {
        boolean isBetter = false;
        for (int p = 0; p < order.length; p++) {
            for (int q = p + 1; q <= Math.min(order.length - 1, p + PARTNERS); q++) {
                for (int k = 0; k < PAIR_GRID * PAIR_GRID; k++) {
                    double first = onGrid(order[p], k / PAIR_GRID);
                    isBetter |= tryTwo(best, order[p], first, order[q], onGrid(order[q], k % PAIR_GRID));
                }
            }
        }
        return isBetter && effort.mayContinue();
    }

    private double onGrid(int i, int k) {
        return lower[i] + (upper[i] - lower[i]) * k / (PAIR_GRID - 1);
    }

    private boolean tryTwo(Best best, int i, double first, int j, double second) {
        double kept = best.x[i];
        best.x[i] = first;
        if (tryOne(best, j, second)) {
            return true;
        }
        best.x[i] = kept;
        return false;
    }

    private boolean tryOne(Best best, int i, double candidate) {
        double kept = best.x[i];
        if (candidate == kept || !effort.next()) {
            return false;
        }
        best.x[i] = candidate;
        double tried = value.applyAsDouble(best.x);
        if (tried > best.value + LEAST_GAIN * Math.abs(best.value)) {
            best.value = tried;
            return true;
        }
        best.x[i] = kept;
        return false;
    }
}
