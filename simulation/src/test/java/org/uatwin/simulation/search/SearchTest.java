package org.uatwin.simulation.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Known minima, with and without constraints, and what happens at the edges. */
class SearchTest {
    private static double[] all(int n, double value) {
        double[] x = new double[n];
        java.util.Arrays.fill(x, value);
        return x;
    }

    private static double rosenbrock(double[] x) {
        double sum = 0;
        for (int i = 0; i + 1 < x.length; i++) {
            double a = x[i + 1] - x[i] * x[i];
            sum += 100 * a * a + (1 - x[i]) * (1 - x[i]);
        }
        return sum;
    }

    /** Rosenbrock 1960: one bent valley, minimum 0 at (1, ..., 1). */
    @ParameterizedTest
    @EnumSource(Search.Shape.class)
    void findsTheEndOfABentValley(Search.Shape shape) {
        Search.Point best = Search.minimise(
                all(6, -2), all(6, 2), all(6, -1), shape, x -> new Search.Value(rosenbrock(x), 0), () -> true, 7);
        assertThat(best.value()).isLessThan(1e-6);
        assertThat(best.x()[3]).isCloseTo(1, within(1e-2));
    }

    /** The best feasible point is returned, never one that violates: minimum of x + y on the disc is -sqrt 2. */
    @ParameterizedTest
    @EnumSource(Search.Shape.class)
    void keepsAConstraintThatIsActive(Search.Shape shape) {
        Search.Point best = Search.minimise(
                all(2, -2),
                all(2, 2),
                all(2, 0),
                shape,
                x -> new Search.Value(x[0] + x[1], Math.max(0, x[0] * x[0] + x[1] * x[1] - 1)),
                () -> true,
                1);
        assertThat(best.isFeasible()).isTrue();
        assertThat(best.value()).isBetween(-Math.sqrt(2), -Math.sqrt(2) + 0.02);
    }

    /** In one variable the scan finds the deeper of two valleys, and Brent its bottom. */
    @Test
    void oneVariableFindsTheDeeperValley() {
        Search.Point best = Search.minimise(
                all(1, -3),
                all(1, 3),
                all(1, -2),
                Search.Shape.SMOOTH,
                x -> new Search.Value(Math.pow(x[0] * x[0] - 4, 2) + x[0], 0),
                () -> true,
                1);
        assertThat(best.x()[0]).isCloseTo(-2.0306, within(1e-3)); // 4 x (x^2 - 4) + 1 = 0
    }

    /** Nothing feasible: the least violated point, marked as such. */
    @Test
    void sayWhenNothingIsFeasible() {
        Search.Point best = Search.minimise(
                all(1, 0),
                all(1, 1),
                all(1, 0),
                Search.Shape.SMOOTH,
                x -> new Search.Value(x[0], 2 - x[0]),
                () -> true,
                1);
        assertThat(best.isFeasible()).isFalse();
        assertThat(best.violation()).isCloseTo(1, within(1e-3));
    }

    /** The effort is a hard limit, and variables without width stay where they are. */
    @Test
    void stopsWhenTheEffortIsUsedUp() {
        int[] count = {0};
        Search.Point best = Search.minimise(
                new double[] {-2, 1, -2},
                new double[] {2, 1, 2},
                all(3, 0),
                Search.Shape.ROUGH,
                x -> new Search.Value(rosenbrock(x), 0),
                () -> count[0]++ < 25,
                3);
        assertThat(count[0]).isEqualTo(26);
        assertThat(best.x()[1]).isEqualTo(1);
        assertThat(best.value()).isFinite();
    }

    /** A small programme by hand: maximise 3x + 2y with x + y at most 4, x + 3y at most 6, x at most 3: x = 3, y = 1. */
    @Test
    void linearProgrammeFindsTheCorner() {
        LinearProgramme lp = new LinearProgramme(new double[] {-3, -2});
        lp.atMost("sum", new double[] {1, 1}, 4);
        lp.atMost("weighted", new double[] {1, 3}, 6);
        lp.atMost("x", new double[] {1, 0}, 3);
        LinearProgramme.Result.Optimal best = (LinearProgramme.Result.Optimal) lp.minimise();
        assertThat(best.value()).isCloseTo(-11, within(1e-9));
        assertThat(best.x()).containsExactly(new double[] {3, 1}, within(1e-9));
    }

    /** Contradicting rows: the answer names the one that gives way. */
    @Test
    void linearProgrammeNamesTheConstraintThatCannotHold() {
        LinearProgramme lp = new LinearProgramme(new double[] {1, 1});
        lp.atMost("capacity", new double[] {1, 1}, 4);
        lp.equal("demand", new double[] {1, 0}, 3);
        lp.equal("other demand", new double[] {0, 1}, 2);
        assertThat(((LinearProgramme.Result.None) lp.minimise()).because()).contains("cannot hold");
    }

    /** Without a bound there is no optimum, and the answer says so. */
    @Test
    void linearProgrammeSaysWhenItIsUnbounded() {
        assertThat(((LinearProgramme.Result.None) new LinearProgramme(new double[] {-1}).minimise()).because())
                .contains("bound");
    }
}
