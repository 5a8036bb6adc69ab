package org.uatwin.simulation.search;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NoFeasibleSolutionException;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.linear.UnboundedSolutionException;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;

/**
 * The smallest value of a linear function of non-negative variables under linear constraints, by the simplex of Commons Math. The tableau
 * is dense: some hundred variables take tens of milliseconds, a thousand take seconds. What the solver returns is checked against every
 * constraint, since degenerate rows may leave it slightly outside. Built and solved by one thread.
 */
public final class LinearProgramme {
    private static final int MOST_ITERATIONS = 100_000;
    private static final double TOLERANCE = 1e-6; // of a row's size

    private final double[] costs;
    private final List<Row> rows = new ArrayList<>();

    private static final class Row {
        private final String name;
        private final double[] factors;
        private final Relationship relation;
        private final double bound;

        Row(String name, double[] factors, Relationship relation, double bound) {
            this.name = name;
            this.factors = factors;
            this.relation = relation;
            this.bound = bound;
        }

        double excess(double[] x) {
            double sum = 0;
            double size = Math.max(1, Math.abs(bound));
            for (int i = 0; i < factors.length; i++) {
                sum += factors[i] * x[i];
                size = Math.max(size, Math.abs(factors[i] * x[i]));
            }
            double over = sum - bound;
            return (relation == Relationship.EQ ? Math.abs(over) : over) / size;
        }
    }

    /** What solving comes to. */
    public sealed interface Result {
        /** An optimum that keeps every constraint; one of several perhaps. */
        final class Optimal implements Result {
            private final double[] x;
            private final double value;

            private Optimal(double[] x, double value) {
                this.x = x;
                this.value = value;
            }

            /** A copy of the variables. */
            public double[] x() {
                return x.clone();
            }

            /** Value of the function. */
            public double value() {
                return value;
            }
        }

        /** There is none. {@code because} names the constraint, or says what the solver ran into. */
        record None(String because) implements Result {}
    }

    /** @param costs factor of each variable in the function. */
    public LinearProgramme(double[] costs) {
        this.costs = costs.clone();
    }

    /** Number of variables. */
    public int variables() {
        return costs.length;
    }

    /** The sum must not exceed the bound. */
    public void atMost(String name, double[] factors, double bound) {
        rows.add(new Row(name, factors.clone(), Relationship.LEQ, bound));
    }

    /** The sum must be the bound. */
    public void equal(String name, double[] factors, double bound) {
        rows.add(new Row(name, factors.clone(), Relationship.EQ, bound));
    }

    /** Solves it. */
    public Result minimise() {
        try {
            double[] x = solve(costs, rows);
            double value = 0;
            for (int i = 0; i < costs.length; i++) {
                value += costs[i] * x[i];
            }
            for (Row row : rows) {
                if (row.excess(x) > TOLERANCE) {
                    return new Result.None(row.name + " does not hold in what the simplex returned");
                }
            }
            return new Result.Optimal(x, value);
        } catch (NoFeasibleSolutionException e) {
            return new Result.None(culprit());
        } catch (UnboundedSolutionException e) {
            return new Result.None("nothing bounds the solution");
        } catch (MathIllegalStateException e) {
            return new Result.None("the simplex did not end: " + e.getMessage());
        }
    }

    private static double[] solve(double[] costs, List<Row> rows) {
        List<LinearConstraint> constraints = new ArrayList<>();
        for (Row row : rows) {
            constraints.add(new LinearConstraint(row.factors, row.relation, row.bound));
        }
        return new SimplexSolver()
                .optimize(
                        new MaxIter(MOST_ITERATIONS),
                        new LinearObjectiveFunction(costs, 0),
                        new LinearConstraintSet(constraints),
                        GoalType.MINIMIZE,
                        new NonNegativeConstraint(true))
                .getPoint();
    }

    /** The constraints that give way when each may at a price: what stands against the others. */
    private String culprit() {
        int n = costs.length;
        int all = n + 2 * rows.size();
        double[] prices = new double[all];
        List<Row> elastic = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            Row row = rows.get(r);
            double[] factors = new double[all];
            System.arraycopy(row.factors, 0, factors, 0, n);
            factors[n + 2 * r] = -1;
            factors[n + 2 * r + 1] = row.relation == Relationship.EQ ? 1 : 0;
            prices[n + 2 * r] = 1;
            prices[n + 2 * r + 1] = 1;
            elastic.add(new Row(row.name, factors, row.relation, row.bound));
        }
        List<String> names = new ArrayList<>();
        try {
            double[] x = solve(prices, elastic);
            for (int r = 0; r < rows.size(); r++) {
                double gives = x[n + 2 * r] + x[n + 2 * r + 1];
                if (gives > TOLERANCE && !names.contains(rows.get(r).name)) {
                    names.add(rows.get(r).name);
                }
            }
        } catch (MathIllegalStateException e) {
            return "no point keeps all constraints"; // which of them, the simplex cannot say
        }
        return names.isEmpty() ? "no point keeps all constraints" : String.join(", ", names) + " cannot hold";
    }
}
