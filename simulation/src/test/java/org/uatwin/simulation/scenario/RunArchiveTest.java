package org.uatwin.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.asset.pump.CentrifugalPump;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.solver.Trajectory;

/** Runs outlive the process: nothing an operator waits for vanishes silently with a restart. */
class RunArchiveTest {
    private static final Viewer OWNER = new Viewer("mia", false);
    private static final Viewer OTHER = new Viewer("tom", false);
    private static final String SCENARIO =
            """
            uatwin: 1
            horizon: 2 min
            replicates: 4
            seed: 7
            actions: [{set: ValvePosition, to: 40, at: 30 s, over: 10 s}]
            """;

    /** What a disk would hold. */
    private static final class Memory implements RunArchive {
        final Map<String, byte[]> heads = new HashMap<>();
        final Map<String, byte[]> results = new HashMap<>();

        @Override
        public Map<String, byte[]> heads() {
            return Map.copyOf(heads);
        }

        @Override
        public Optional<byte[]> result(String runId) {
            return Optional.ofNullable(results.get(runId));
        }

        @Override
        public boolean storeHead(String runId, byte[] head) {
            heads.put(runId, head);
            return true;
        }

        @Override
        public boolean storeEnd(String runId, byte[] head, byte[] result) {
            heads.put(runId, head);
            results.put(runId, result);
            return true;
        }

        @Override
        public void forget(String runId) {
            heads.remove(runId);
            results.remove(runId);
        }
    }

    private static final class Heard implements RunListener {
        final List<RunState> states = new ArrayList<>();
        int forgotten;

        @Override
        public void changed(RunStatus now) {
            states.add(now.state());
        }

        @Override
        public void forgotten(RunStatus last) {
            forgotten++;
        }
    }

    private final Memory memory = new Memory();
    private final Heard heard = new Heard();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;

    private RunManager manager(RunLimits limits) {
        return new RunManager(clock, waiting::add, limits, memory, heard);
    }

    private static String start(RunManager manager, String scenario) {
        ModelBinding pump = ModelBinding.of("pump-01", new CentrifugalPump(), Map.of());
        LiveState live = PlantReadings.of("SpeedSetpoint", 2950, "Speed", 2950, "Flow", 100);
        StartResult result =
                manager.start(pump, live, new SimulateRequest(scenario, 0, 0, List.of(), List.of()), "mia");
        return ((StartResult.Started) result).runId();
    }

    private void runAll() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    private static List<Object> answers(RunManager manager, String id) {
        return List.of(
                manager.status(id, OWNER),
                manager.kpis(id, OWNER),
                manager.series(id, "Flow", 0, OWNER),
                manager.series(id, "Flow.P95", 50, OWNER),
                manager.series(id, "Flow.P99", 50, OWNER),
                manager.series(id, "Flaw", 50, OWNER),
                manager.series(id, "Flow", 3, OWNER),
                manager.series(id, "Flow", 0, OTHER));
    }

    @Test
    void answersOfAFinishedRunAreTheSameAfterARestart() {
        RunManager before = manager(RunLimits.defaults());
        String id = start(before, SCENARIO);
        runAll();
        List<Object> expected = answers(before, id);
        assertThat(before.series(id, "Flow.P95", 50, OWNER)).isInstanceOf(SeriesResult.Found.class);
        before.close();

        try (RunManager after = manager(RunLimits.defaults())) {
            assertThat(answers(after, id)).isEqualTo(expected);
            RunFacts facts = after.status(id, OWNER).orElseThrow().facts();
            assertThat(facts.seed()).isEqualTo(7);
            assertThat(facts.inputs()).contains(new RunFacts.Input("ScenarioName", SCENARIO));
        }
    }

    @Test
    void runUnderWayWhenTheProcessIsKilledIsReportedAsHalted() {
        String id = start(manager(RunLimits.defaults()), ""); // killed: never closed

        try (RunManager after = manager(RunLimits.defaults())) {
            RunStatus status = after.status(id, OWNER).orElseThrow();
            assertThat(status.state()).isEqualTo(RunState.FAILED);
            assertThat(status.message()).contains("the server ended");
            assertThat(status.finishedAt()).contains(now);
        }
        try (RunManager later = manager(RunLimits.defaults())) { // and says the same from then on
            assertThat(later.status(id, OWNER).orElseThrow().state()).isEqualTo(RunState.FAILED);
        }
    }

    @Test
    void runUnderWayWhenTheServerStopsSaysSo() {
        RunManager before = manager(RunLimits.defaults());
        String id = start(before, "");
        before.close();

        try (RunManager after = manager(RunLimits.defaults())) {
            RunStatus status = after.status(id, OWNER).orElseThrow();
            assertThat(status.state()).isEqualTo(RunState.CANCELLED);
            assertThat(status.message()).contains("The server was stopped");
        }
    }

    @Test
    void everyTransitionIsHeardOnceAndInOrder() {
        try (RunManager manager = manager(new RunLimits(9, 9, 9, 0, Duration.ofDays(1), 1 << 20, 5_000_000))) {
            start(manager, "");
            runAll();
            assertThat(heard.states).containsExactly(RunState.READY, RunState.RUNNING, RunState.COMPLETED);
            assertThat(heard.forgotten).isEqualTo(1);
            assertThat(memory.heads).isEmpty();
            assertThat(memory.results).isEmpty();
        }
    }

    @Test
    void resultsBeyondTheirBytesGoOldestFirst() {
        try (RunManager manager = manager(new RunLimits(9, 9, 9, 99, Duration.ofDays(1), 200_000, 5_000_000))) {
            for (int i = 0; i < 9; i++) {
                start(manager, "");
                now = now.plusSeconds(1);
                runAll();
            }
            assertThat(manager.list(OWNER)).hasSizeBetween(1, 8);
            assertThat(memory.results).hasSameSizeAs(manager.list(OWNER));
            assertThat(manager.list(OWNER).get(manager.list(OWNER).size() - 1).createdAt())
                    .isEqualTo(now.minusSeconds(1));
        }
    }

    @Test
    void damagedRunsAreLeftOutAndOthersStay() {
        RunManager before = manager(RunLimits.defaults());
        String whole = start(before, "");
        String damagedResult = start(before, "");
        String damagedHead = start(before, "");
        runAll();
        before.close();
        memory.results.put(damagedResult, new byte[] {1, 2, 3});
        memory.heads.put(damagedHead, new byte[] {1, 0, 0});

        try (RunManager after = manager(RunLimits.defaults())) {
            assertThat(after.series(whole, "Flow", 0, OWNER)).isInstanceOf(SeriesResult.Found.class);
            assertThat(((SeriesResult.NotReady) after.series(damagedResult, "Flow", 0, OWNER)).text())
                    .contains("can no longer be read");
            assertThat(after.kpis(damagedResult, OWNER)).isEmpty();
            assertThat(after.status(damagedHead, OWNER)).isEmpty();
        }
    }

    @Property
    void outcomeComesBackBitByBit(@ForAll("outcomes") RunOutcome outcome) {
        assertThat(RunCodec.outcome(RunCodec.encode(outcome))).contains(outcome);
    }

    @Property
    void damagedBytesAreRefusedAndNeverThrow(@ForAll byte[] bytes) {
        assertThat(RunCodec.head(bytes)).isEmpty();
        assertThat(RunCodec.outcome(bytes)).isEmpty();
    }

    @Property
    void statusComesBack(@ForAll("finite") double progress, @ForAll String text, @ForAll RunState state) {
        RunFacts facts = new RunFacts(
                text,
                "pump-01",
                "mia",
                "Simulate",
                text,
                "CentrifugalPump",
                "1",
                42,
                now.plusNanos(17),
                List.of(new RunFacts.Input("ScenarioName", text)),
                List.of(new RunFacts.Output("Flow", "m³/h")),
                false);
        RunStatus status = new RunStatus(
                facts,
                state,
                progress,
                text,
                Optional.of(now),
                Optional.empty(),
                List.of(new Trajectory.Occurrence(progress, text)));
        assertThat(RunCodec.head(RunCodec.encode(status, 5))).contains(new RunCodec.Head(status, 5));
    }

    @Provide
    Arbitrary<Double> finite() {
        return Arbitraries.doubles();
    }

    @Provide
    Arbitrary<RunOutcome> outcomes() {
        Arbitrary<double[]> points = Arbitraries.doubles().array(double[].class).ofMaxSize(40);
        Arbitrary<NamedSeries> series = Combinators.combine(Arbitraries.strings(), points)
                .as((name, values) -> NamedSeries.of(name, "bar", values, values));
        Arbitrary<Kpi> kpis = Combinators.combine(Arbitraries.strings(), finite(), finite())
                .as((name, value, other) -> new Kpi(name, "h", value, other, other, value));
        Arbitrary<Optional<Optimum>> optimum = Combinators.combine(Arbitraries.strings(), finite(), finite())
                .as((text, value, other) -> optimum(text, value, other))
                .optional();
        return Combinators.combine(series.list().ofMaxSize(5), kpis.list().ofMaxSize(5), optimum)
                .as(RunOutcome::new);
    }

    private static Optimum optimum(String text, double value, double other) {
        return new Optimum(
                text,
                "Energy",
                "kWh",
                true,
                value,
                other,
                List.of(new Optimum.Decision(text, "m", value, other, value, other)),
                List.of(new Optimum.Limit(text, "K", value, other, value, true, false)),
                List.of(new Optimum.Robustness(text, "s", value, other, value)),
                List.of(new Setpoint("pump-01", text, "r/min", value, other)),
                StopReason.CONVERGED,
                17,
                text,
                text);
    }
}
