package org.uatwin.simulation.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.asset.wind.WindTwins;
import org.uatwin.simulation.network.NetworkTwins;
import org.uatwin.simulation.objective.feeder.Reconfiguration;
import org.uatwin.simulation.objective.wind.YawSteering;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.twin.BoundSystem;

/** Published optima, found by the objectives of twins from the tables of the reference folder. */
@Tag("acceptance")
@Tag("shared")
class ReferenceOptimaTest {
    private static final Path REFERENCE = (System.getProperty("uatwin.shared") == null
                    ? Path.of(System.getProperty("uatwin.root", ".."), "..", "shared")
                    : Path.of(System.getProperty("uatwin.shared")))
            .resolve("reference");

    private static List<Map<String, Object>> rows(String file, String... textColumns) throws IOException {
        List<String> lines = Files.readAllLines(REFERENCE.resolve(file));
        List<String> head = List.of(lines.get(0).split(",", -1));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            Map<String, Object> row = new HashMap<>();
            for (int i = 0; i < cells.length; i++) {
                boolean isText = List.of(textColumns).contains(head.get(i));
                row.put(head.get(i), isText ? cells[i] : Double.valueOf(cells[i]));
            }
            rows.add(row);
        }
        return rows;
    }

    /**
     * NREL FLORIS, tests/reg_tests/yaw_optimization_regression_test.py: baseline 3.206038 MW, serial refine 3.262218 MW, SLSQP 3.264975 MW,
     * angles of 12 to 16, 25 and 0 degrees.
     */
    @Test
    void aRowOfThreeTurbinesIsSteeredAtLeastAsWellAsByFloris() throws IOException {
        List<Map<String, Object>> turbines = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            turbines.add(Map.of("turbine", "t" + i, "x_m", 630.0 * i, "y_m", 0.0));
        }
        BoundSystem farm = Questions.twin(
                WindTwins.farm(),
                Map.of("RotorDiameter", 125.88, "WakeModel", 1.0),
                Map.of("curve", rows("wind_turbine/nrel5mw_126.csv"), "turbines", turbines));
        var live =
                PlantReadings.of("WindSpeed", 8, "WindDirection", 270, "AirDensity", 1.225, "TurbulenceIntensity", 0.1);
        Optimum optimum = Questions.ask(new YawSteering(), farm, live, Map.of()).optimum();
        assertThat(optimum.baseline()).isCloseTo(3206.038, within(1e-5 * 3206));
        assertThat(optimum.value()).isBetween(3264.975, 3264.975 * 1.002);
        assertThat(Math.abs(optimum.decisions().get(0).value())).isBetween(10.0, 16.0);
        assertThat(Math.abs(optimum.decisions().get(1).value())).isCloseTo(25, within(0.1));
        assertThat(optimum.decisions().get(2).value()).isZero();
    }

    /** M. E. Baran, F. F. Wu 1989; the optimum is the one the literature agrees on: 7, 9, 14, 32 and 37 open, 139.551 kW. */
    @Test
    void theFeederOf33BusesReachesItsPublishedOptimum() throws IOException {
        BoundSystem feeder = Questions.twin(
                NetworkTwins.feeder(),
                Map.of("BaseVoltage", 12.66),
                Map.of(
                        "buses",
                        rows("grid_33bus/bus.csv", "bus"),
                        "branches",
                        rows("grid_33bus/branch.csv", "branch", "from", "to")));
        var live = PlantReadings.of("SourcePower", 3715 + 202.677);
        Solution exact = Questions.ask(new Reconfiguration(), feeder, live, Map.of());
        Solution exchanged = Questions.ask(new Reconfiguration(), feeder, live, Map.of(), Effort.ofEvaluations(20_000));
        for (Solution solution : List.of(exact, exchanged)) {
            assertThat(solution.optimum().baseline()).isCloseTo(202.677, within(0.01));
            assertThat(solution.optimum().value()).isCloseTo(139.551, within(0.01));
            assertThat(solution.optimum().decisions().stream()
                            .filter(d -> d.value() == 0)
                            .map(Optimum.Decision::name))
                    .containsExactlyInAnyOrder("Switch.7", "Switch.9", "Switch.14", "Switch.32", "Switch.37");
        }
        assertThat(exact.optimum().caveat()).startsWith("Exact");
        assertThat(exchanged.optimum().caveat()).doesNotStartWith("Exact");
    }
}
