package org.uatwin.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.asset.pump.CentrifugalPump;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.twin.BoundSystem;

/** Scenarios written as text: what they change, what they answer, what they say when they are wrong. */
class ScenarioTextTest {
    private static final Subject PUMP = Subject.of(ModelBinding.of("pump-01", new CentrifugalPump(), Map.of()));
    private static final LiveState LIVE =
            PlantReadings.of("SpeedSetpoint", 2950, "Speed", 2950, "Flow", 100, "Running", 1);
    private static final Viewer VIEWER = new Viewer("mia", false);

    private static RunManager manager() {
        return new RunManager(() -> Instant.parse("2026-01-01T00:00:00Z"), Runnable::run, RunLimits.defaults());
    }

    private static StartResult start(RunManager manager, Subject subject, LiveState live, String text) {
        return manager.start(subject, live, new SimulateRequest(text, 0, 0, List.of(), List.of()), "mia");
    }

    private static String run(RunManager manager, Subject subject, LiveState live, String text) {
        StartResult result = start(manager, subject, live, text);
        assertThat(result).isInstanceOf(StartResult.Started.class);
        String id = ((StartResult.Started) result).runId();
        RunStatus status = manager.status(id, VIEWER).orElseThrow();
        assertThat(status.state()).as(status.message()).isEqualTo(RunState.COMPLETED);
        return id;
    }

    private static double at(RunManager manager, String id, String output, double seconds) {
        Series series = ((SeriesResult.Found) manager.series(id, output, 10_000, VIEWER)).series();
        double[] t = series.timesSeconds();
        for (int i = 0; i < t.length; i++) {
            if (t[i] >= seconds - 1e-6) {
                return series.values()[i];
            }
        }
        throw new AssertionError("the series ends before " + seconds);
    }

    /** A change holds until its end and is then taken back; a profile is followed. */
    @Test
    void actionsHappenWhenTheTextSays() {
        try (RunManager manager = manager()) {
            String id = run(
                    manager,
                    PUMP,
                    LIVE,
                    """
                    uatwin: 1
                    horizon: 10 min
                    step: 1 s
                    actions:
                      - {set: SpeedSetpoint, to: 2400, at: 60, until: 5 min}
                      - {profile: ValvePosition, points: [[8 min, 70], [9 min, 30]]}
                    """);
            assertThat(at(manager, id, "Speed", 50)).isCloseTo(2950, within(5.0));
            assertThat(at(manager, id, "Speed", 290)).isCloseTo(2400, within(5.0));
            assertThat(at(manager, id, "Speed", 420)).isCloseTo(2950, within(5.0));
            assertThat(at(manager, id, "Flow", 590)).isLessThan(at(manager, id, "Flow", 420) * 0.95);
        }
    }

    /** Replicates give percentiles in order and key figures against the same run without the changes. */
    @Test
    void replicatesGivePercentilesAndDeltas() {
        try (RunManager manager = manager()) {
            String text =
                    """
                    uatwin: 1
                    horizon: 2 min
                    replicates: 12
                    seed: 5
                    actions:
                      - {scale: SpeedSetpoint, by: 0.9}
                    """;
            String id = run(manager, PUMP, LIVE, text);
            double low = at(manager, id, "MotorPower.P05", 100);
            double middle = at(manager, id, "MotorPower.P50", 100);
            double high = at(manager, id, "MotorPower.P95", 100);
            assertThat(low).isLessThan(middle);
            assertThat(middle).isLessThan(high);
            Kpi power = manager.kpis(id, VIEWER).orElseThrow().stream()
                    .filter(k -> k.name().equals("MotorPower.End"))
                    .findFirst()
                    .orElseThrow();
            assertThat(power.delta()).isNegative();
            assertThat(power.value()).isBetween(power.lower(), power.upper());
            assertThat(manager.kpis(run(manager, PUMP, LIVE, text), VIEWER))
                    .as("same seed, same bits")
                    .isEqualTo(manager.kpis(id, VIEWER));
        }
    }

    /** A replaced part is as new; readings of the text stand in for the live ones. */
    @Test
    void partsAreReplacedAndReadingsGiven() {
        BoundSystem turbine = BoundSystem.of(
                "wt", ModelRegistry.builtIn().system("WindTurbine").orElseThrow(), Map.of(), Map.of(), List.of());
        LiveState live = PlantReadings.of("WindSpeed", 8, "BladeDamage", 0.6);
        try (RunManager manager = manager()) {
            String id = run(
                    manager,
                    turbine,
                    live,
                    "uatwin: 1\nhorizon: 1 h\nstart: {WindSpeed: 10}\nactions: [{replace: BladeDamage}]\n");
            assertThat(at(manager, id, "BladeDamage", 0)).isZero();
            String worn = run(manager, turbine, live, "uatwin: 1\nhorizon: 1 h\nactions: []\n");
            assertThat(at(manager, worn, "BladeDamage", 0)).isCloseTo(0.6, within(1e-9));
            assertThat(at(manager, id, "Power", 600)).isGreaterThan(at(manager, worn, "Power", 600));
        }
    }

    /** Every mistake is named with its line and what to write. */
    @Test
    void mistakesAreNamedWithTheirLines() {
        try (RunManager manager = manager()) {
            StartResult result = start(
                    manager,
                    PUMP,
                    LIVE,
                    """
                    uatwin: 1
                    horizn: 10 min
                    actions:
                      - {set: SpedSetpoint, to: 2400}
                      - {set: ValvePosition, to: 400}
                      - {fault: Icing}
                    """);
            assertThat(result).isInstanceOf(StartResult.Refused.class);
            assertThat(((StartResult.Refused) result).text())
                    .contains("line 2", "horizon", "line 4", "SpeedSetpoint", "line 5", "0..100", "line 6", "Icing");
        }
    }

    /** A system's parameter changes while it runs, at its time and not before; what is to keep its value says why. */
    @Test
    void systemsTakeParametersWhileTheyRun() {
        BoundSystem grid = BoundSystem.of(
                "grid",
                ModelRegistry.builtIn().system("FrequencyResponse").orElseThrow(),
                Map.of(),
                Map.of(),
                List.of());
        try (RunManager manager = manager()) {
            String id = run(
                    manager,
                    grid,
                    PlantReadings.of("Frequency", 50),
                    "uatwin: 1\nhorizon: 60\nactions: [{set: PowerStep, to: -0.05}, {set: Droop, to: 0.02, at: 30}]\n");
            double settled = at(manager, id, "FrequencyDeviation", 29.9);
            assertThat(at(manager, id, "FrequencyDeviation", 59.9)).isGreaterThan(0.6 * settled);
        }
        BoundSystem houses = BoundSystem.of(
                "district", ModelRegistry.builtIn().system("Households").orElseThrow(), Map.of(), Map.of(), List.of());
        try (RunManager manager = manager()) {
            StartResult result = start(
                    manager,
                    houses,
                    LIVE,
                    "uatwin: 1\nactions: [{replace: Nothing}, {scale: MeanLoad, by: 2, at: x}]\n");
            assertThat(((StartResult.Refused) result).text()).contains("Nothing", "no time");
        }
    }

    /** The analysis is a run: its indices stand among the key figures, with their intervals; it can be cancelled. */
    @Test
    void sensitivityIsARun() {
        BoundSystem grid = BoundSystem.of(
                "grid",
                ModelRegistry.builtIn().system("FrequencyResponse").orElseThrow(),
                Map.of(),
                Map.of(),
                List.of());
        String text =
                """
                uatwin: 1
                horizon: 30
                actions: [{set: PowerStep, to: -0.05}]
                sensitivity: {method: sobol, samples: 64, factors: [Inertia, Droop, ReheatTime], figures: [Nadir]}
                """;
        try (RunManager manager = manager()) {
            String id = run(manager, grid, PlantReadings.of("Frequency", 50), text);
            List<Kpi> indices = manager.kpis(id, VIEWER).orElseThrow().stream()
                    .filter(k -> k.name().startsWith("TotalOrder(Nadir"))
                    .toList();
            assertThat(indices)
                    .extracting(Kpi::name)
                    .containsExactly(
                            "TotalOrder(Nadir, Inertia)", "TotalOrder(Nadir, Droop)", "TotalOrder(Nadir, ReheatTime)");
            assertThat(indices).allSatisfy(k -> assertThat(k.value()).isBetween(k.lower(), k.upper()));
            assertThat(indices.stream().mapToDouble(Kpi::value).sum()).isGreaterThan(0.8);
            assertThat(manager.status(id, VIEWER).orElseThrow().message()).contains("320 times", "3 factors");
            StartResult tooMuch = start(
                    manager, grid, PlantReadings.of("Frequency", 50), text.replace("samples: 64", "samples: 1000000"));
            assertThat(tooMuch).isInstanceOf(StartResult.Invalid.class);
        }
        List<Runnable> queued = new java.util.ArrayList<>();
        try (RunManager manager =
                new RunManager(() -> Instant.parse("2026-01-01T00:00:00Z"), queued::add, RunLimits.defaults())) {
            StartResult started = start(manager, grid, PlantReadings.of("Frequency", 50), text);
            String id = ((StartResult.Started) started).runId();
            Thread.currentThread().interrupt(); // as the pool does when it is closed
            queued.get(0).run();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(manager.status(id, VIEWER).orElseThrow().state()).isEqualTo(RunState.CANCELLED);
        }
    }
}
