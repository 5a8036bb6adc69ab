package org.uatwin.simulation.asset.tank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.solver.Trajectory;

class TankTest {
    private static final ModelBinding TANK = ModelBinding.of("tank-01", new Tank(), Map.of());

    /** Torricelli: with outflow k sqrt(V) the level falls as (sqrt(V0) - k t / 2)^2. */
    @Test
    void drainsAsTorricelliSays() {
        ModelStart start = TANK.model()
                .initialise(
                        TANK.parameters(), PlantReadings.of("Level", 80, "InletFlow", 0, "OutletValvePosition", 50));
        Trajectory run = new Trajectory(TANK.model(), start, List.of(), 2);
        while (run.timeSeconds() < 900) {
            run.step();
        }
        double[] y = new double[6];
        run.outputs(y);
        double k = 60 * 0.5 * Math.sqrt(998.2 * 9.80665 * 4 / 1e5 * 1000 / 998.2) / Math.sqrt(20) / 3600;
        double root = Math.sqrt(16) - k * 900 / 2;
        assertThat(y[1]).isEqualTo(root * root, within(1e-6));
    }

    @Test
    void fillsToTheBrimAndOverflows() {
        ModelStart start = TANK.model()
                .initialise(
                        TANK.parameters(), PlantReadings.of("Level", 99, "InletFlow", 100, "OutletValvePosition", 20));
        Trajectory run = new Trajectory(TANK.model(), start, List.of(), 2);
        while (run.timeSeconds() < 60) {
            run.step();
        }
        double[] y = new double[6];
        run.outputs(y);
        assertThat(y[0]).isEqualTo(100, within(1e-6));
        assertThat(y[5]).isPositive();
        assertThat(run.occurrences()).extracting(Trajectory.Occurrence::name).containsExactly("Full");
        // 0.2 m3 at 100 - 7.5 m3/h net.
        assertThat(run.occurrences().get(0).atSeconds()).isEqualTo(0.2 / (100 - 7.49) * 3600, within(0.05));
    }

    @Test
    void outletCoefficientIsInferredFromItsFlow() {
        ModelStart start = TANK.model()
                .initialise(
                        TANK.parameters(),
                        PlantReadings.of("Level", 50, "InletFlow", 10, "OutletValvePosition", 50, "OutletFlow", 15));
        double[] y = new double[6];
        TANK.model().bind(start.parameters()).outputs(start.mode(), start.state(), start.inputs(), y);
        assertThat(y[2]).isEqualTo(15, within(1e-9));
    }
}
