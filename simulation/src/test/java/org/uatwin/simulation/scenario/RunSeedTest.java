package org.uatwin.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.asset.pump.CentrifugalPump;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;

/** Same input, seed and model version: the same bits, one after the other or beside each other (simulation.md, section 11). */
class RunSeedTest {
    private static final Viewer OWNER = new Viewer("mia", false);
    private static final RunLimits LIMITS = new RunLimits(9, 9, 9, 100, Duration.ofDays(1), Long.MAX_VALUE, 5_000_000);
    private static final LiveState LIVE = PlantReadings.of("SpeedSetpoint", 2950, "Speed", 2950, "Flow", 100);

    private static String start(RunManager manager, long seed) {
        ModelBinding pump = ModelBinding.of("pump-01", new CentrifugalPump(), Map.of());
        SimulateRequest request =
                new SimulateRequest("suction-drop", 120, 0, List.of("ValvePosition"), List.of(55.0), 6, seed);
        return ((StartResult.Started) manager.start(pump, LIVE, request, "mia")).runId();
    }

    private static List<Object> everything(RunManager manager, String id) {
        List<Object> all = new ArrayList<>(manager.kpis(id, OWNER).orElseThrow());
        for (String name : manager.seriesNames(id, OWNER)) {
            SeriesResult.Found found = (SeriesResult.Found) manager.series(id, name, RunManager.MOST_POINTS, OWNER);
            all.add(found.series());
        }
        assertThat(all).hasSizeGreaterThan(50);
        return all;
    }

    @Test
    void runsOfOneSeedAreBitIdenticalSerialAndParallelAndOthersDiffer() {
        try (RunManager serial = new RunManager(InstantSource.system(), Runnable::run, LIMITS);
                RunManager parallel = RunManager.withOwnPool(InstantSource.system(), LIMITS, 4)) {
            List<Object> expected = everything(serial, start(serial, 11));
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                ids.add(start(parallel, 11));
            }
            Awaitility.await().until(() -> ids.stream()
                    .allMatch(id -> parallel.status(id, OWNER).orElseThrow().state() == RunState.COMPLETED));
            assertThat(ids)
                    .allSatisfy(id -> assertThat(everything(parallel, id)).isEqualTo(expected));
            assertThat(everything(serial, start(serial, 12))).isNotEqualTo(expected);
        }
    }
}
