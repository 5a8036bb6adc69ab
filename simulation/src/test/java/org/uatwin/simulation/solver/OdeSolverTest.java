package org.uatwin.simulation.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OdeSolverTest {
    private static final double[] NONE = {};

    /** H. H. Robertson's kinetics: rates from 0.04 to 3e7. */
    private static final Ode ROBERTSON = (t, x, u, dx) -> {
        dx[0] = -0.04 * x[0] + 1e4 * x[1] * x[2];
        dx[2] = 3e7 * x[1] * x[1];
        dx[1] = -dx[0] - dx[2];
    };

    /** Hairer and Wanner, Solving ODEs II, IV.10: y1(40) = 0.7158271 (tight solver). */
    @Test
    void implicitSolverMeetsStiffKinetics() {
        RosenbrockSolver solver = new RosenbrockSolver(3, 1e-7, 40);
        double[] x = {1, 0, 0};
        solver.step(ROBERTSON, 0, x, NONE, 40);
        assertThat(x[0]).isEqualTo(0.7158271, within(2e-6));
        assertThat(x[0] + x[1] + x[2]).isEqualTo(1, within(1e-9));
    }

    /** L-stability: a mode a million times faster than the step is gone after one step, not oscillating. */
    @Test
    void implicitSolverDampsWhatIsTooFast() {
        RosenbrockSolver solver = new RosenbrockSolver(1, 0, 1);
        double[] x = {1};
        solver.step((t, y, u, dy) -> dy[0] = -1e6 * y[0], 0, x, NONE, 1);
        assertThat(Math.abs(x[0])).isLessThan(1e-4);
    }

    @Test
    void implicitSolverIsOfSecondOrderAlsoWithExplicitTime() {
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            int steps = 50 << k;
            RosenbrockSolver solver = new RosenbrockSolver(1, 0, 1);
            double[] x = {0};
            for (int i = 0; i < steps; i++) {
                solver.step((t, y, u, dy) -> dy[0] = StrictMath.cos(t), (double) i / steps, x, NONE, 1.0 / steps);
            }
            errors[k] = Math.abs(x[0] - StrictMath.sin(1));
        }
        assertThat(errors[0] / errors[1]).isBetween(3.0, 5.0);
    }

    @Test
    void adaptiveSolverMeetsItsTolerance() {
        double[] x = {1, 0};
        AdaptiveSolver solver = new AdaptiveSolver(2, 1e-10, 10);
        solver.step(
                (t, y, u, dy) -> {
                    dy[0] = y[1];
                    dy[1] = -y[0];
                },
                0,
                x,
                NONE,
                20);
        assertThat(x[0]).isEqualTo(StrictMath.cos(20), within(1e-8));
    }

    @Test
    void equationsThatExplodeAreReported() {
        RosenbrockSolver solver = new RosenbrockSolver(1, 1e-8, 10);
        assertThatThrownBy(() -> solver.step((t, y, u, dy) -> dy[0] = y[0] * y[0], 0, new double[] {1}, NONE, 2))
                .isInstanceOf(SolverException.class);
    }

    @Test
    void implicitStepAllocatesNothing() {
        RosenbrockSolver solver = new RosenbrockSolver(3, 1e-4, 1);
        double[] x = {1, 0, 0};
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                solver.step(ROBERTSON, 0, x, NONE, 0.1);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isLessThan(2_000);
    }

    @Test
    void luSolvesWhatMultiplicationMade() {
        SplittableRandom random = new SplittableRandom(11);
        for (int n = 1; n <= 20; n++) {
            Lu lu = new Lu(n);
            double[][] copy = new double[n][n];
            double[] solution = new double[n];
            for (int i = 0; i < n; i++) {
                solution[i] = random.nextDouble() - 0.5;
                for (int j = 0; j < n; j++) {
                    copy[i][j] = random.nextDouble() - 0.5;
                    lu.matrix()[i][j] = copy[i][j];
                }
            }
            double[] b = new double[n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    b[i] += copy[i][j] * solution[j];
                }
            }
            assertThat(lu.factorise()).isTrue();
            lu.solve(b);
            assertThat(b).containsExactly(solution, within(1e-8));
        }
        assertThat(new Lu(2).factorise()).isFalse();
    }
}
