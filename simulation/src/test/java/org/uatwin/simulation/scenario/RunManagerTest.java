package org.uatwin.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.asset.conveyor.Conveyor;
import org.uatwin.simulation.asset.pump.CentrifugalPump;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;

class RunManagerTest {
    private static final ModelBinding PUMP = ModelBinding.of("pump-01", new CentrifugalPump(), Map.of());
    private static final ModelBinding BELT = ModelBinding.of("conv-01", new Conveyor(), Map.of());
    private static final LiveState LIVE = PlantReadings.of("SpeedSetpoint", 2950, "Speed", 2950, "Flow", 100);
    private static final LiveState BELT_LIVE = PlantReadings.of("SpeedSetpoint", 1.5, "LoadMassFlow", 60);
    private static final Viewer OWNER = new Viewer("mia", false);
    private static final Viewer OTHER = new Viewer("tom", false);
    private static final Viewer ENGINEER = new Viewer("eve", true);

    /** Runs tasks when told to, on the test's thread. */
    private static final class ManualExecutor implements Executor {
        final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            waiting.add(task);
        }

        void runAll() {
            while (!waiting.isEmpty()) {
                waiting.remove().run();
            }
        }
    }

    private final ManualExecutor executor = new ManualExecutor();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;

    private RunManager manager(RunLimits limits) {
        return new RunManager(clock, executor, limits);
    }

    private static SimulateRequest request(String scenario, double horizon) {
        return new SimulateRequest(scenario, horizon, 0, List.of(), List.of());
    }

    private static String started(StartResult result) {
        assertThat(result).isInstanceOf(StartResult.Started.class);
        return ((StartResult.Started) result).runId();
    }

    private static Series series(RunManager manager, String id, String output, int points) {
        SeriesResult result = manager.series(id, output, points, OWNER);
        assertThat(result).isInstanceOf(SeriesResult.Found.class);
        return ((SeriesResult.Found) result).series();
    }

    @Test
    void runGoesFromReadyToCompletedAndHandsOutItsSeries() {
        try (RunManager manager = manager(RunLimits.defaults())) {
            String id = started(manager.start(PUMP, LIVE, request("valve-closes", 600), "mia"));
            assertThat(manager.status(id, OWNER).orElseThrow().state()).isEqualTo(RunState.READY);
            assertThat(manager.series(id, "Flow", 0, OWNER)).isInstanceOf(SeriesResult.NotReady.class);
            executor.runAll();
            RunStatus done = manager.status(id, OWNER).orElseThrow();
            assertThat(done.state()).isEqualTo(RunState.COMPLETED);
            assertThat(done.progressPercent()).isEqualTo(100);
            assertThat(done.resultId()).isEqualTo(id);
            Series flow = series(manager, id, "Flow", 0);
            assertThat(flow.timesSeconds()[0]).isZero();
            assertThat(flow.timesSeconds()[flow.size() - 1]).isEqualTo(600);
            assertThat(flow.values()[0]).isEqualTo(100);
            assertThat(flow.values()[flow.size() - 1]).isLessThan(20);
        }
    }

    /** A jam has to trip the drive within the protection's time and say so. */
    @Test
    void jamScenarioTripsTheConveyor() {
        try (RunManager manager = manager(RunLimits.defaults())) {
            String id = started(manager.start(BELT, BELT_LIVE, request("jam", 120), "mia"));
            executor.runAll();
            RunStatus done = manager.status(id, OWNER).orElseThrow();
            assertThat(done.occurrences()).extracting(o -> o.name()).contains("Jam", "OverloadTrip", "Mode Tripped");
            assertThat(series(manager, id, "BeltSpeed", 50).values()).contains(0.0);
        }
    }

    @Test
    void thinnedSeriesKeepsEndsAndExtremes() {
        try (RunManager manager = manager(RunLimits.defaults())) {
            String id = started(manager.start(BELT, BELT_LIVE, request("jam", 3_600), "mia"));
            executor.runAll();
            double[] all =
                    series(manager, id, "MotorCurrent", RunManager.MOST_POINTS).values();
            Series few = series(manager, id, "MotorCurrent", 10);
            assertThat(few.size()).isLessThanOrEqualTo(10);
            assertThat(few.timesSeconds()).isSorted().startsWith(0.0).endsWith(3_600.0);
            assertThat(java.util.Arrays.stream(few.values()).max())
                    .isEqualTo(java.util.Arrays.stream(all).max());
            assertThat(java.util.Arrays.stream(few.values()).min())
                    .isEqualTo(java.util.Arrays.stream(all).min());
        }
    }

    @Test
    void strangersNeitherSeeNorCancelARunEngineersDo() {
        try (RunManager manager = manager(RunLimits.defaults())) {
            String id = started(manager.start(PUMP, LIVE, request("", 60), "mia"));
            assertThat(manager.status(id, OTHER)).isEmpty();
            assertThat(manager.cancel(id, OTHER)).isEqualTo(RunManager.CancelResult.UNKNOWN_RUN);
            assertThat(manager.series(id, "Flow", 0, OTHER)).isInstanceOf(SeriesResult.UnknownRun.class);
            assertThat(manager.list(OTHER)).isEmpty();
            assertThat(manager.list(ENGINEER)).hasSize(1);
            assertThat(manager.cancel(id, ENGINEER)).isEqualTo(RunManager.CancelResult.CANCELLED);
            executor.runAll();
            assertThat(manager.status(id, OWNER).orElseThrow().state()).isEqualTo(RunState.CANCELLED);
            assertThat(manager.cancel(id, OWNER)).isEqualTo(RunManager.CancelResult.ALREADY_FINISHED);
        }
    }

    @Test
    void quotasOfUserTwinAndAllRefuseWithTheLimit() {
        RunLimits limits = new RunLimits(2, 3, 4, 10, Duration.ofHours(1), 1 << 20, 1000);
        try (RunManager manager = manager(limits)) {
            started(manager.start(PUMP, LIVE, request("", 60), "mia"));
            started(manager.start(PUMP, LIVE, request("", 60), "mia"));
            assertThat(((StartResult.TooMany) manager.start(PUMP, LIVE, request("", 60), "mia")).text())
                    .contains("mia")
                    .contains("2");
            started(manager.start(PUMP, LIVE, request("", 60), "tom"));
            assertThat(((StartResult.TooMany) manager.start(PUMP, LIVE, request("", 60), "tom")).text())
                    .contains("pump-01");
            started(manager.start(BELT, BELT_LIVE, request("", 60), "tom"));
            assertThat(manager.start(BELT, BELT_LIVE, request("", 60), "eve")).isInstanceOf(StartResult.TooMany.class);
            executor.runAll();
            started(manager.start(PUMP, LIVE, request("", 60), "mia"));
        }
    }

    @Test
    void finishedRunsAreForgottenByAgeAndByCount() {
        RunLimits limits = new RunLimits(9, 9, 9, 2, Duration.ofMinutes(10), 1 << 20, 1000);
        try (RunManager manager = manager(limits)) {
            String first = started(manager.start(PUMP, LIVE, request("", 10), "mia"));
            started(manager.start(PUMP, LIVE, request("", 10), "mia"));
            started(manager.start(PUMP, LIVE, request("", 10), "mia"));
            executor.runAll();
            assertThat(manager.status(first, OWNER)).isEmpty();
            assertThat(manager.list(OWNER)).hasSize(2);
            now = now.plus(Duration.ofMinutes(11));
            assertThat(manager.list(OWNER)).isEmpty();
        }
    }

    @Test
    void sameRequestGivesTheSameBitsOnAnyThread() {
        try (RunManager manager = manager(RunLimits.defaults());
                RunManager pooled = RunManager.withOwnPool(clock, RunLimits.defaults(), 2)) {
            SimulateRequest request =
                    new SimulateRequest("suction-drop", 300, 0.1, List.of("ValvePosition"), List.of(55.0));
            String here = started(manager.start(PUMP, LIVE, request, "mia"));
            String there = started(pooled.start(PUMP, LIVE, request, "mia"));
            executor.runAll();
            Awaitility.await()
                    .until(() ->
                            pooled.status(there, OWNER).orElseThrow().state().isFinal());
            assertThat(series(manager, here, "VibrationVelocityRms", 0))
                    .isEqualTo(series(pooled, there, "VibrationVelocityRms", 0));
        }
    }

    @Test
    void runningRunIsCancelledPromptlyAndCloseIsIdempotent() {
        RunManager manager = RunManager.withOwnPool(clock, RunLimits.defaults(), 1);
        String id = started(manager.start(PUMP, LIVE, request("", 2_000_000), "mia"));
        Awaitility.await().until(() -> manager.status(id, OWNER).orElseThrow().state() == RunState.RUNNING);
        assertThat(manager.cancel(id, OWNER)).isEqualTo(RunManager.CancelResult.CANCELLED);
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> manager.status(id, OWNER).orElseThrow().state() == RunState.CANCELLED);
        manager.close();
        manager.close();
        assertThat(manager.start(PUMP, LIVE, request("", 10), "mia")).isInstanceOf(StartResult.TooMany.class);
    }

    @Test
    void everyBadArgumentOfSimulateIsNamed() {
        try (RunManager manager = manager(RunLimits.defaults())) {
            StartResult result = manager.start(
                    PUMP,
                    LIVE,
                    new SimulateRequest(
                            "valve-close", -1, 99, List.of("RatedFlow", "ValvePosition"), List.of(1.0, 900.0)),
                    "mia");
            assertThat(((StartResult.Invalid) result).problems())
                    .extracting(InvalidParameter::argumentIndex)
                    .containsExactlyInAnyOrder(0, 1, 2, 3, 4);
            assertThat(((StartResult.Invalid) result).problems().get(0).text()).contains("valve-closes");
        }
    }
}
