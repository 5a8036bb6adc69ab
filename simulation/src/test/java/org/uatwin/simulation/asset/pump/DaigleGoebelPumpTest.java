package org.uatwin.simulation.asset.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.solver.FixedStepSolver;

/** Against the numbers published with NASA's prognostics models (test of the centrifugal pump). */
class DaigleGoebelPumpTest {
    private final DaigleGoebelPump pump = new DaigleGoebelPump();
    private final FixedStepSolver euler = new FixedStepSolver(FixedStepSolver.Method.EULER, 8);
    private final double[] x = {376.991118431, 0, 290, 290, 290, 12.7084, 1.8e-6, 1.4e-6};
    private final double[] u = {471.2389, 0.8 * 471.2389, 239_179, 928_654, 290};

    /** The published load: an hour's cycle of voltage. */
    private void load(double t) {
        double inCycle = t % 3600;
        double voltage = inCycle < 1800
                ? 471.2389
                : inCycle < 1900
                        ? 471.2389 + (inCycle - 1800)
                        : inCycle < 3500 ? 571.2389 : 471.2398 - (inCycle - 3600);
        u[0] = voltage;
        u[1] = 0.8 * voltage;
    }

    @Test
    void firstEulerStepMatchesThePublishedStateToSevenDecimals() {
        ModelDynamics dynamics = pump.bind(new double[] {0, 0, 0});
        euler.step(dynamics, OperatingMode.RUNNING, x, u, 1);
        assertThat(x[0]).isEqualTo(372.68973081274, within(1e-7));
        assertThat(x[1]).isEqualTo(0.017417462, within(1e-7));
        assertThat(x[2]).isEqualTo(290.027256332, within(1e-7));
        assertThat(x[3]).isEqualTo(290.1065917275, within(1e-7));
        assertThat(x[4]).isEqualTo(290, within(1e-7));
        assertThat(x[5]).isEqualTo(12.7084, within(1e-7));
    }

    @Test
    void impellerReachesItsLimitAtThePublishedSecond() {
        ModelDynamics dynamics = pump.bind(new double[] {1e-2, 0, 1e-10});
        int t = 0;
        while (dynamics.event(0, x, u) > 0 && t < 100_000) {
            load(t);
            euler.step(dynamics, OperatingMode.RUNNING, x, u, 1);
            t++;
        }
        assertThat(t).isEqualTo(23_892);
        // Recomputed independently in numpy: 363.0 / 343.1 / 330.1 K at that time.
        assertThat(x[2]).isEqualTo(363.0, within(0.1));
        assertThat(x[3]).isEqualTo(343.1, within(0.1));
        assertThat(x[4]).isEqualTo(330.1, within(0.1));
    }

    /** Column order of the file: t, V, w, Q, T_thrust, T_radial, T_oil, A, r_radial, r_thrust. */
    @Test
    @Tag("acceptance")
    @Tag("shared")
    void wholeTrajectoryMatchesTheIndependentRecomputation() throws IOException {
        String shared = System.getProperty("uatwin.shared");
        Path folder =
                shared == null ? Path.of(System.getProperty("uatwin.root", ".."), "..", "shared") : Path.of(shared);
        Path file = folder.resolve("reference/pump_centrifugal/trajectory_wearA_thrust.csv");
        List<String> lines = Files.readAllLines(file);
        ModelDynamics dynamics = pump.bind(new double[] {1e-2, 0, 1e-10});
        int t = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            int until = Integer.parseInt(cells[0]);
            for (; t < until; t++) {
                load(t);
                euler.step(dynamics, OperatingMode.RUNNING, x, u, 1);
            }
            for (int i = 0; i < 8; i++) {
                double expected = Double.parseDouble(cells[i + 2]);
                assertThat(x[i]).as("state %d at %d s", i, t).isEqualTo(expected, within(1e-6 * Math.abs(expected)));
            }
        }
    }
}
