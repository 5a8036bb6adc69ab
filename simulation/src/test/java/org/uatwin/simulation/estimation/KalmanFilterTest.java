package org.uatwin.simulation.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.uatwin.simulation.solver.NoiseStream;

/** The filters against steady states known from the discrete algebraic Riccati equation, and against each other. */
class KalmanFilterTest {
    /** y = x + noise, x stands still. */
    private record Walk() implements FilterModel {
        @Override
        public int states() {
            return 1;
        }

        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public void transition(double[] z, double[] next) {
            next[0] = z[0];
        }

        @Override
        public void output(double[] z, double[] y) {
            y[0] = z[0];
        }
    }

    /** Position and speed; a white acceleration that holds for a step. */
    private record Cart() implements FilterModel {
        @Override
        public int states() {
            return 3;
        }

        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public void transition(double[] z, double[] next) {
            next[0] = z[0] + z[1] + 0.5 * z[2];
            next[1] = z[1] + z[2];
            next[2] = 0;
        }

        @Override
        public void output(double[] z, double[] y) {
            y[0] = z[0];
        }
    }

    /** A strongly bent output, where an extended filter is biased and an unscented one is not. */
    private record Bent() implements FilterModel {
        @Override
        public int states() {
            return 1;
        }

        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public void transition(double[] z, double[] next) {
            next[0] = z[0];
        }

        @Override
        public void output(double[] z, double[] y) {
            y[0] = z[0] * z[0];
        }
    }

    /** q = 1e-4, r = 1e-2: P- = (q + sqrt(q^2 + 4 q r)) / 2 = 1.05125e-3, K = 0.0951249. */
    @Test
    void randomWalkSettlesAtTheKnownGain() {
        ExtendedKalmanFilter ekf = new ExtendedKalmanFilter(1, 1);
        UnscentedKalmanFilter ukf = new UnscentedKalmanFilter(1, 1);
        ekf.start(new double[1], new double[] {1});
        ukf.start(new double[1], new double[] {1});
        double gain = 0;
        for (int k = 0; k < 500; k++) {
            ekf.linearise(new Walk());
            ekf.predict(new Walk(), new double[] {1e-4});
            ukf.predict(new Walk(), new double[] {1e-4});
            double before = ekf.covariance(0, 0);
            gain = before / ekf.update(0, 0, 1e-2, new boolean[0]);
            assertThat(ukf.covariance(0, 0)).isEqualTo(before, within(1e-9));
            ukf.update(new Walk(), new double[] {0}, new double[] {1e-2});
        }
        ekf.predict(new Walk(), new double[] {1e-4});
        assertThat(ekf.covariance(0, 0)).isEqualTo(1.05125e-3, within(1e-8));
        assertThat(gain).isEqualTo(0.0951249, within(1e-7));
    }

    /** dt = 1, q = 0.01, r = 0.25: P- = [[.22055, .06860], [.06860, .03715]], K = (.46871, .14578). */
    @Test
    void constantVelocitySettlesAtTheKnownCovariance() {
        ExtendedKalmanFilter ekf = new ExtendedKalmanFilter(3, 1);
        UnscentedKalmanFilter ukf = new UnscentedKalmanFilter(3, 1);
        double[] start = {1, 1, 0.01};
        ekf.start(new double[3], start);
        ukf.start(new double[3], start);
        double[] noise = {0.01 / 12, 0, 0.01
        }; // with the acceleration's part: q (1/3, 1/2; 1/2, 1), white noise over the step
        for (int k = 0; k < 300; k++) {
            ekf.linearise(new Cart());
            ekf.predict(new Cart(), noise);
            ukf.predict(new Cart(), noise);
            for (int i = 0; i < 2; i++) {
                assertThat(ukf.covariance(i, 0)).isEqualTo(ekf.covariance(i, 0), within(1e-6));
            }
            if (k < 299) {
                ekf.update(0, 0, 0.25, new boolean[0]);
                ukf.update(new Cart(), new double[] {0}, new double[] {0.25});
            }
        }
        double s = ekf.covariance(0, 0) + 0.25;
        assertThat(ekf.covariance(0, 0)).isEqualTo(0.22055, within(1e-5));
        assertThat(ekf.covariance(0, 1)).isEqualTo(0.06860, within(1e-5));
        assertThat(ekf.covariance(1, 1)).isEqualTo(0.03715, within(1e-5));
        assertThat(ekf.covariance(0, 0) / s).isEqualTo(0.46871, within(1e-5));
        assertThat(ekf.covariance(0, 1) / s).isEqualTo(0.14578, within(1e-5));
    }

    /** A held state does not move, but what is not known about it still counts (Schmidt). */
    @Test
    void heldStatesStayAndStayUncertain() {
        ExtendedKalmanFilter free = new ExtendedKalmanFilter(3, 1);
        ExtendedKalmanFilter held = new ExtendedKalmanFilter(3, 1);
        for (ExtendedKalmanFilter filter : new ExtendedKalmanFilter[] {free, held}) {
            filter.start(new double[3], new double[] {1, 1, 0});
            filter.linearise(new Cart());
            filter.predict(new Cart(), new double[3]);
        }
        free.update(0, 5, 0.25, new boolean[0]);
        held.update(0, 5, 0.25, new boolean[] {false, true, false});

        assertThat(held.state()[1]).isZero();
        assertThat(held.state()[0]).isEqualTo(free.state()[0], within(1e-12));
        assertThat(held.covariance(1, 1)).isEqualTo(1).isGreaterThan(free.covariance(1, 1));
    }

    /** Mean of x^2 for x ~ N(0, 1) is 1: the unscented filter knows, the extended one believes 0. */
    @Test
    void unscentedFilterSeesABentOutput() {
        UnscentedKalmanFilter ukf = new UnscentedKalmanFilter(1, 1);
        ukf.start(new double[] {2}, new double[] {0.5});
        NoiseStream noise = NoiseStream.ofSeed(4);
        for (int k = 0; k < 400; k++) {
            ukf.predict(new Bent(), new double[] {1e-6});
            ukf.update(new Bent(), new double[] {9 + 0.3 * noise.gaussian()}, new double[] {0.09});
        }
        assertThat(ukf.state()[0]).isEqualTo(3, within(0.02));
    }

    @Test
    void missingOutputsAreLeftOut() {
        UnscentedKalmanFilter ukf = new UnscentedKalmanFilter(1, 1);
        ukf.start(new double[] {2}, new double[] {0.5});
        ukf.update(new Walk(), new double[] {Double.NaN}, new double[] {0.1});
        assertThat(ukf.state()[0]).isEqualTo(2);
        assertThat(ukf.covariance(0, 0)).isEqualTo(0.5, within(1e-12));
    }
}
