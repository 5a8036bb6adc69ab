package org.uatwin.simulation.learning;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What boosted trees make small. */
public sealed interface Loss {
    /** Mean squared error: predicts the mean. */
    record Squared() implements Loss {}

    /**
     * Pinball loss (Koenker and Bassett 1978): predicts a quantile.
     *
     * @param level 0 to 1, both excluded.
     */
    record Quantile(double level) implements Loss {
        /**
         * @throws IllegalArgumentException if the level is no share.
         */
        public Quantile {
            if (!(level > 0 && level < 1)) {
                throw new IllegalArgumentException("level %s is not between 0 and 1".formatted(level));
            }
        }
    }

    /** Log loss of two classes, targets 0 and 1: predicts the log of the odds of 1. */
    record Logistic() implements Loss {}

    /** What is predicted before there is a tree. */
    default double start(double[] target) {
        double mean = Arrays.stream(target).average().orElse(0);
        if (this instanceof Quantile q) {
            return quantile(target.clone(), q.level());
        }
        if (this instanceof Logistic) {
            double share = Math.min(1 - 1e-6, Math.max(1e-6, mean));
            return StrictMath.log(share / (1 - share));
        }
        return mean;
    }

    /** Writes gradient and weight (second derivative) of each row. */
    default void gradients(double[] target, double[] now, double[] gradient, double[] weight) {
        for (int i = 0; i < target.length; i++) {
            if (this instanceof Quantile q) {
                gradient[i] = now[i] < target[i] ? -q.level() : 1 - q.level();
                weight[i] = 1;
            } else if (this instanceof Logistic) {
                double p = 1 / (1 + StrictMath.exp(-now[i]));
                gradient[i] = p - target[i];
                weight[i] = Math.max(1e-9, p * (1 - p));
            } else {
                gradient[i] = now[i] - target[i];
                weight[i] = 1;
            }
        }
    }

    /** How a leaf's value comes of its rows; null for a Newton step. */
    default @Nullable ToDoubleFunction<int[]> leaf(double[] target, double[] now) {
        if (this instanceof Quantile q) {
            return rows -> {
                double[] residuals = new double[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    residuals[i] = target[rows[i]] - now[rows[i]];
                }
                return quantile(residuals, q.level());
            };
        }
        return null;
    }

    private static double quantile(double[] values, double level) {
        Arrays.sort(values);
        return values.length == 0 ? 0 : values[Math.min(values.length - 1, (int) (level * values.length))];
    }
}
