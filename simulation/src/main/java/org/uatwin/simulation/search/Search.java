package org.uatwin.simulation.search;

import java.util.Arrays;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.BOBYQAOptimizer;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.apache.commons.math3.random.Well19937c;
import org.jspecify.annotations.Nullable;

/**
 * The smallest value of a function of a few variables within bounds, under constraints whose violation the function tells. One variable:
 * a scan, then Brent's method in the best interval. More: BOBYQA (Powell 2009) where the function is smooth, CMA-ES (Hansen 2006) where it
 * is noisy, has many valleys or more than {@value #MOST_SMOOTH} variables, and where BOBYQA gives up.
 *
 * <p>A violated constraint counts as a penalty, so that the search finds its way back; what is returned is the best point without
 * violation, whatever the method ended with, and the least violated one if there is none. Owned by one thread.
 */
public final class Search {
    private static final int MOST_SMOOTH = 20;
    private static final int SCAN = 16; // intervals of the scan in one variable
    private static final double TINY = 1e-9; // of the violation: rounding
    private static final double SETTLED = 1e-7; // of the unit box, and of the value

    private final double[] lower;
    private final double[] upper;
    private final Function function;
    private final Effort effort;
    private final long seed;
    private double scale = 1; // of the values: what a violation of 1 costs is a multiple of it
    private boolean hasViolation; // a kink in what the methods see
    private @Nullable Point best;

    /** How much work there is: asked before every evaluation. */
    @FunctionalInterface
    public interface Effort {
        /** Takes one evaluation; false ends the search. */
        boolean next();
    }

    /** Shapes of functions. */
    public enum Shape {
        /** One valley, little noise: BOBYQA. */
        SMOOTH,
        /** Noise, kinks or many valleys: CMA-ES. */
        ROUGH
    }

    /** What is made small. */
    @FunctionalInterface
    public interface Function {
        /** The value at a point within the bounds; a point where there is none has an infinite violation. */
        Value at(double[] x);
    }

    /**
     * Value and violation.
     *
     * @param violation sum over the constraints of how far each is violated, as a share of its size; 0 = all hold.
     */
    public record Value(double value, double violation) {}

    /** A point that was evaluated. */
    public static final class Point {
        private final double[] x;
        private final Value value;

        private Point(double[] x, Value value) {
            this.x = x;
            this.value = value;
        }

        /** A copy of the variables. */
        public double[] x() {
            return x.clone();
        }

        /** Value of the function. */
        public double value() {
            return value.value();
        }

        /** How far constraints are violated. */
        public double violation() {
            return value.violation();
        }

        /** Whether every constraint holds. */
        public boolean isFeasible() {
            return value.violation() <= TINY;
        }

        private boolean isBetterThan(@Nullable Point other) {
            if (other == null) {
                return true;
            }
            if (isFeasible() != other.isFeasible()) {
                return isFeasible();
            }
            return isFeasible() ? value() < other.value() : violation() < other.violation();
        }
    }

    /** Thrown through the library when the effort is used up. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("the effort is used up", null, false, false);
        }
    }

    private Search(double[] lower, double[] upper, Function function, Effort effort, long seed) {
        this.lower = lower;
        this.upper = upper;
        this.function = function;
        this.effort = effort;
        this.seed = seed;
    }

    /**
     * The best point found; the start is always among those evaluated.
     *
     * @param lower smallest values.
     * @param upper largest values, not below the smallest; a variable without width is held.
     * @param start where to begin; brought within the bounds.
     * @param seed of CMA-ES.
     * @throws IllegalArgumentException if lengths differ or bounds are not finite.
     */
    public static Point minimise(
            double[] lower, double[] upper, double[] start, Shape shape, Function function, Effort effort, long seed) {
        int n = lower.length;
        if (n == 0 || upper.length != n || start.length != n) {
            throw new IllegalArgumentException("%d, %d, %d variables".formatted(n, upper.length, start.length));
        }
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(lower[i]) || !Double.isFinite(upper[i]) || lower[i] > upper[i]) {
                throw new IllegalArgumentException("variable %d: %s..%s".formatted(i, lower[i], upper[i]));
            }
        }
        return new Search(lower.clone(), upper.clone(), function, effort, seed).run(start, shape);
    }

    private Point run(double[] start, Shape shape) {
        int[] free = java.util.stream.IntStream.range(0, lower.length)
                .filter(i -> upper[i] > lower[i])
                .toArray();
        double[] held = new double[lower.length];
        for (int i = 0; i < held.length; i++) {
            held[i] = Math.max(lower[i], Math.min(upper[i], start[i]));
        }
        try {
            measure(held, free);
            if (free.length == 1) {
                line(held, free[0]);
            } else if (free.length > 1 && shape == Shape.SMOOTH && free.length <= MOST_SMOOTH) {
                smooth(held, free);
            } else if (free.length > 1) {
                rough(held, free, 0.3);
            }
        } catch (Stopped e) {
            // the effort says why; the best so far stands
        }
        return best == null ? new Point(held, new Value(Double.NaN, Double.POSITIVE_INFINITY)) : best;
    }

    /** Evaluates the start and two points beside it: what a violation costs must not depend on where the search begins. */
    private void measure(double[] held, int[] free) {
        double size = 0;
        double first = Double.NaN;
        for (double share : new double[] {0, 0.25, -0.25}) {
            double[] x = held.clone();
            for (int i : free) {
                double moved = x[i] + share * (upper[i] - lower[i]);
                x[i] = Math.max(lower[i], Math.min(upper[i], moved));
            }
            Point point = evaluate(x);
            if (Double.isFinite(point.value())) {
                first = Double.isNaN(first) ? point.value() : first;
                size = Math.max(size, Math.max(Math.abs(point.value()), Math.abs(point.value() - first)));
            }
        }
        scale = Math.max(1e-9, size);
    }

    private Point evaluate(double[] x) {
        if (!effort.next()) {
            throw new Stopped();
        }
        Point point = new Point(x.clone(), function.at(x.clone()));
        boolean isThere = Double.isFinite(point.value()) && Double.isFinite(point.violation());
        if (isThere && point.isBetterThan(best)) {
            best = point;
        }
        hasViolation |= !point.isFeasible();
        return point;
    }

    /** Evaluates; what the methods see is the value with a penalty for violation, finite everywhere. */
    private double merit(double[] x) {
        Point point = evaluate(x);
        if (!Double.isFinite(point.value()) || !Double.isFinite(point.violation())) {
            return 1e6 * scale;
        }
        double violation = point.isFeasible() ? 0 : point.violation();
        return point.value() + scale * Math.min(1e5, 10 * violation + 100 * violation * violation);
    }

    private void line(double[] held, int variable) {
        double[] x = held.clone();
        double width = upper[variable] - lower[variable];
        double least = Double.POSITIVE_INFINITY;
        int at = 0;
        for (int i = 0; i <= SCAN; i++) {
            x[variable] = lower[variable] + width * i / SCAN;
            double value = merit(x);
            if (value < least) {
                least = value;
                at = i;
            }
        }
        double from = lower[variable] + width * Math.max(0, at - 1) / SCAN;
        double to = lower[variable] + width * Math.min(SCAN, at + 1) / SCAN;
        new BrentOptimizer(1e-9, SETTLED * width)
                .optimize(
                        new MaxEval(Integer.MAX_VALUE),
                        new UnivariateObjectiveFunction(v -> {
                            x[variable] = v;
                            return merit(x);
                        }),
                        GoalType.MINIMIZE,
                        new SearchInterval(from, to));
    }

    private void smooth(double[] held, int[] free) {
        try {
            new BOBYQAOptimizer(2 * free.length + 1, 0.2, SETTLED)
                    .optimize(
                            new MaxEval(Integer.MAX_VALUE),
                            new ObjectiveFunction(unit(held, free)),
                            GoalType.MINIMIZE,
                            new InitialGuess(inUnits(held, free)),
                            bounds(free.length));
        } catch (Stopped e) {
            throw e;
        } catch (RuntimeException e) {
            // BOBYQA of Commons Math 3.6.1 throws from branches its authors had not tested: go on from the best with
            // CMA-ES.
            rough(best == null ? held : best.x(), free, 0.3);
            return;
        }
        if (hasViolation && best != null) {
            rough(best.x(), free, 0.1); // a limit is a kink, which a quadratic model rounds off
        }
    }

    private void rough(double[] from, int[] free, double spread) {
        int n = free.length;
        double[] sigma = new double[n];
        Arrays.fill(sigma, spread);
        int population = 4 + (int) (3 * StrictMath.log(n)); // Hansen 2006
        new CMAESOptimizer(
                        Integer.MAX_VALUE,
                        Double.NEGATIVE_INFINITY,
                        true,
                        0,
                        0,
                        new Well19937c(seed),
                        false,
                        new SimpleValueChecker(1e-9, 1e-12))
                .optimize(
                        new MaxEval(Integer.MAX_VALUE),
                        new ObjectiveFunction(unit(from, free)),
                        GoalType.MINIMIZE,
                        new InitialGuess(inUnits(from, free)),
                        bounds(n),
                        new CMAESOptimizer.Sigma(sigma),
                        new CMAESOptimizer.PopulationSize(population));
    }

    private static SimpleBounds bounds(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return new SimpleBounds(new double[n], ones);
    }

    private double[] inUnits(double[] x, int[] free) {
        double[] z = new double[free.length];
        for (int k = 0; k < z.length; k++) {
            int i = free[k];
            z[k] = Math.max(0, Math.min(1, (x[i] - lower[i]) / (upper[i] - lower[i])));
        }
        return z;
    }

    /** The function of the free variables on the unit box. */
    private MultivariateFunction unit(double[] held, int[] free) {
        double[] x = held.clone();
        return z -> {
            for (int k = 0; k < free.length; k++) {
                int i = free[k];
                x[i] = lower[i] + Math.max(0, Math.min(1, z[k])) * (upper[i] - lower[i]);
            }
            return merit(x);
        };
    }
}
