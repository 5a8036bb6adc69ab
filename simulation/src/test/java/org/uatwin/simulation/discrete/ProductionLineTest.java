package org.uatwin.simulation.discrete;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SolverSettings;

class ProductionLineTest {
    private static Map<String, Double> run(
            Map<String, Double> parameters, Map<String, double[]> numbers, Map<String, List<String>> texts, long seed) {
        ProductionLine line = new ProductionLine();
        int rows = Objects.requireNonNull(texts.get("station")).size();
        DataTable stations = DataTable.of(line.card().table("stations").orElseThrow(), rows, numbers, texts);
        Setup setup = new Setup(
                line.card(), parameters, Map.of("stations", stations), Map.of(), SolverSettings.DEFAULT, seed);
        Simulation run = line.prepare(setup);
        double[] u = run.inputs().stream().mapToDouble(Port::defaultValue).toArray();
        run.begin(u);
        run.advance(u, 0, 50_000);
        Map<String, Double> figures = new HashMap<>();
        run.figures().forEach(f -> figures.put(f.name(), f.value()));
        return figures;
    }

    private static double of(Map<String, Double> figures, String name) {
        return Objects.requireNonNull(figures.get(name), name);
    }

    private static Map<String, List<String>> names(String... names) {
        return Map.of("station", List.of(names));
    }

    /** L = lambda W holds for any queue (Little 1961): a miscounted part or time breaks it. */
    @Test
    void littlesLawHolds() {
        for (long seed = 1; seed <= 5; seed++) {
            Map<String, Double> f = run(
                    Map.of("ArrivalRate", 2400.0, "WarmUp", 1000.0),
                    Map.of(
                            "time_s", new double[] {1, 1.2},
                            "machines", new double[] {1, 1},
                            "scrap", new double[] {0, 0},
                            "buffer", new double[] {Double.NaN, Double.NaN}),
                    names("a", "b"),
                    seed);
            double expected = of(f, "Throughput") / 3600 * of(f, "CycleTime");
            assertThat(of(f, "WorkInProcess")).isEqualTo(expected, within(0.02 * expected));
        }
    }

    /** Every machine is at every moment in exactly one state. */
    @Test
    void sharesOfTimeAddUpToOne() {
        Map<String, Double> f = run(
                Map.of(),
                Map.of(
                        "time_s", new double[] {1, 1, 0.9},
                        "buffer", new double[] {Double.NaN, 3, 2},
                        "mtbf_s", new double[] {100, 150, 80},
                        "mttr_s", new double[] {10, 5, 12},
                        "machines", new double[] {1, 2, 1}),
                Map.of(
                        "station", List.of("a", "b", "c"),
                        "failures", List.of("operation", "time", "operation")),
                3);
        for (String s : List.of("a", "b", "c")) {
            double sum = of(f, "Busy " + s) + of(f, "Blocked " + s) + of(f, "Starved " + s) + of(f, "Down " + s);
            assertThat(sum).isEqualTo(1, within(1e-9));
        }
    }

    /** Operation-dependent failures: availability while nothing blocks or starves is mtbf / (mtbf + mttr). */
    @Test
    void loneMachineHasItsAvailability() {
        double sum = 0;
        for (long seed = 1; seed <= 10; seed++) {
            Map<String, Double> f = run(
                    Map.of(),
                    Map.of("time_s", new double[] {1}, "mtbf_s", new double[] {90}, "mttr_s", new double[] {10}),
                    Map.of("station", List.of("a"), "distribution", List.of("deterministic")),
                    seed);
            sum += of(f, "Throughput") / 3600 / 10;
        }
        assertThat(sum).isEqualTo(0.9, within(0.005));
    }

    /** Rework must not lock a full line. */
    @Test
    void reworkThroughFullBuffersKeepsFlowing() {
        Map<String, Double> f = run(
                Map.of(),
                Map.of(
                        "time_s", new double[] {1, 1},
                        "buffer", new double[] {0, 0},
                        "scrap", new double[] {0, 0.5}),
                Map.of("station", List.of("a", "b"), "rework_to", List.of("", "a")),
                1);
        assertThat(of(f, "Throughput")).isGreaterThan(500);
    }
}
