package org.uatwin.simulation.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.OperatingMode;

class FixedStepSolverTest {
    /** x' = -x, the test equation of Dahlquist. */
    private static final ModelDynamics DAHLQUIST = new ModelDynamics() {
        @Override
        public void derivatives(OperatingMode mode, double[] x, double[] u, double[] dx) {
            dx[0] = -x[0];
        }

        @Override
        public void outputs(OperatingMode mode, double[] x, double[] u, double[] y) {
            y[0] = x[0];
        }

        @Override
        public OperatingMode nextMode(OperatingMode mode, double[] x, double[] u) {
            return mode;
        }

        @Override
        public double event(int index, double[] x, double[] u) {
            return 1;
        }

        @Override
        public void project(double[] x) {}

        @Override
        public boolean insideEnvelope(double[] x, double[] u) {
            return true;
        }
    };

    private static double solve(FixedStepSolver.Method method, int steps) {
        FixedStepSolver solver = new FixedStepSolver(method, 1);
        double[] x = {1};
        for (int i = 0; i < steps; i++) {
            solver.step(DAHLQUIST, OperatingMode.RUNNING, x, new double[0], 1.0 / steps);
        }
        return x[0];
    }

    /** The published trajectory of Dahlquist's equation (Reference-FMUs) is explicit Euler's 0.9^n at h = 0.1. */
    @Test
    void eulerIsTheReferenceFmusTrajectory() {
        assertThat(solve(FixedStepSolver.Method.EULER, 10)).isEqualTo(Math.pow(0.9, 10), within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"EULER,1", "HEUN,2", "RK4,4"})
    void halvingTheStepDividesTheErrorByTwoToTheOrder(FixedStepSolver.Method method, int order) {
        double coarse = Math.abs(solve(method, 20) - Math.exp(-1));
        double fine = Math.abs(solve(method, 40) - Math.exp(-1));
        assertThat(Math.log(coarse / fine) / Math.log(2)).isEqualTo(order, within(0.1));
    }

    @Test
    void noiseIsStandardNormalAndSplitsDiffer() {
        NoiseStream noise = NoiseStream.ofSeed(3);
        double sum = 0;
        double squares = 0;
        int n = 200_000;
        for (int i = 0; i < n; i++) {
            double g = noise.gaussian();
            sum += g;
            squares += g * g;
        }
        assertThat(sum / n).isEqualTo(0, within(0.01));
        assertThat(squares / n).isEqualTo(1, within(0.01));
        assertThat(noise.split().uniform()).isNotEqualTo(noise.split().uniform());
    }
}
