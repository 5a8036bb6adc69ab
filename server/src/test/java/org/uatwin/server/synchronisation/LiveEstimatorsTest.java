package org.uatwin.server.synchronisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.RowPool;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.method.TwinModels;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.estimation.Estimate;
import org.uatwin.simulation.estimation.FidelityLevel;
import org.uatwin.simulation.estimation.Synchronisation;
import org.uatwin.simulation.objective.Objectives;
import org.uatwin.simulation.objective.Optimisation;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.RunControl;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.scenario.WhatIfAnswer;
import org.uatwin.simulation.scenario.WhatIfEngine;
import org.uatwin.simulation.scenario.WhatIfRequest;
import org.uatwin.simulation.scenario.WhatIfResult;
import org.uatwin.simulation.virtual.VirtualPump;

/** Estimators beside a real table, over virtual time: a virtual pump's readings go through the lanes as a link's would. */
class LiveEstimatorsTest {
    private final AtomicLong now = new AtomicLong(UaTime.ofInstant(Instant.parse("2026-11-26T00:00:00Z")));
    private final VirtualPump machine = new VirtualPump(3);
    private LivePlant live = plant("2950");

    private static LivePlant plant(String ratedSpeed) {
        Plant plant = PlantFile.read(
                        """
                        uatwin: 1
                        siteId: test
                        server: {host: localhost, securityNone: true, anonymous: Observer}
                        connections:
                          line: {protocol: modbus-tcp, host: 127.0.0.1, port: 15020, devices: {plc: {unit: 1}}}
                        twins:
                          - id: pump-1
                            type: CentrifugalPump
                            ratings: {RatedFlow: 100, RatedPower: 22, RatedSpeed: %s}
                            points:
                              SpeedSetpoint: holding 0 float32
                              Speed: input 0 float32
                              Flow: input 2 float32
                              SuctionPressure: input 4 float32
                              DischargePressure: input 6 float32
                              MotorCurrent: input 8 float32
                              MotorPower: input 10 float32
                              BearingTemperature: input 12 float32
                              OilTemperature: input 14 float32
                              VibrationVelocityRms: input 16 float32
                              ValvePosition: input 18 float32
                              FluidTemperature: input 20 float32
                              Running: discrete 0
                              State: input 22 uint16
                          - {id: tank-1, type: Tank, points: {}}
                        """
                                .formatted(ratedSpeed),
                        "test.yaml")
                .plant()
                .orElseThrow();
        return LivePlant.first(plant, new RowPool(new PointTable(Runnable::run, e -> {})), 0);
    }

    private TwinInstance pump() {
        return Objects.requireNonNull(live.instance("pump-1"));
    }

    private TwinModels models() {
        return new TwinModels(ModelRegistry.builtIn(), live.table(), live::children);
    }

    private LiveEstimators estimators(Duration period) {
        return new LiveEstimators(live, models()::followable, period, () -> UaTime.toInstant(now.get()));
    }

    /** Lets machine, table and estimators run. */
    private void run(LiveEstimators estimators, int seconds) {
        PointTable table = live.table();
        TwinInstance pump = pump();
        for (int s = 0; s < seconds; s++) {
            machine.step(1);
            now.addAndGet(UaTime.TICKS_PER_SECOND);
            SampleBatch batch = new SampleBatch(16);
            for (int i = 0; i < pump.type().points().size(); i++) {
                Binding binding = pump.binding(i);
                String name = pump.type().points().get(i).name();
                if (binding != null && machine.points().contains(name)) {
                    ValueType type = pump.type().points().get(i).dataType();
                    batch.add(
                            pump.firstRow() + i,
                            type.fromDouble(machine.value(name)),
                            StatusCode.GOOD,
                            now.get(),
                            now.get());
                }
            }
            table.submit(table.shardOf(pump.row("Flow")), batch);
            estimators.step();
        }
    }

    @Test
    void followsATwinAndLeavesThoseAloneThatAreNotMeasured() {
        try (LiveEstimators estimators = estimators(Duration.ofSeconds(1))) {
            estimators.startStepped();
            run(estimators, 900);
            assertThat(estimators.size()).isEqualTo(1);
            assertThat(estimators.of(Objects.requireNonNull(live.instance("tank-1"))))
                    .isNull();
            Synchronisation s = Objects.requireNonNull(estimators.of(pump()));
            assertThat(s.level()).isEqualTo(FidelityLevel.CALIBRATED);
            assertThat(s.score()).isGreaterThan(85);
            assertThat(UaTime.secondsBetween(s.stateTime(), now.get())).isBetween(0.0, 1.5);
            assertThat(estimators.lostSamples()).isZero();
        }
    }

    @Test
    void aPeriodOfZeroFollowsNothing() {
        LiveEstimators none = estimators(Duration.ZERO);
        none.start();
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.of(pump())).isNull();
        none.close();
    }

    /** What was learnt is taken up after a restart if the twin is still the same; another pump learns anew. */
    @Test
    void whatWasLearntIsTakenUpAfterARestart() {
        Map<String, byte[]> saved;
        try (LiveEstimators first = estimators(Duration.ofSeconds(1))) {
            first.startStepped();
            run(first, 900);
            saved = first.save();
        }
        assertThat(saved).containsOnlyKeys("pump-1/estimator", "pump-1/detector");
        assertThat(levelAfter("2950", saved)).isEqualTo(FidelityLevel.CALIBRATED);
        assertThat(levelAfter("2900", saved)).as("another pump").isEqualTo(FidelityLevel.INITIAL);
        byte[] cut = Arrays.copyOf(Objects.requireNonNull(saved.get("pump-1/estimator")), 600);
        assertThat(levelAfter("2950", Map.of("pump-1/estimator", cut)))
                .as("cut short")
                .isEqualTo(FidelityLevel.INITIAL);
    }

    private FidelityLevel levelAfter(String ratedSpeed, Map<String, byte[]> saved) {
        live = plant(ratedSpeed);
        try (LiveEstimators again = estimators(Duration.ofSeconds(1))) {
            again.restore(saved);
            again.startStepped();
            run(again, 20);
            return Objects.requireNonNull(again.of(pump())).level();
        }
    }

    /** Issue 4, must show 6: live values and estimates have the same hash before and after many what-ifs at once. */
    @Test
    void whatIfsLeaveTheLiveStateAlone() throws Exception {
        try (LiveEstimators estimators = estimators(Duration.ofSeconds(1))) {
            estimators.startStepped();
            run(estimators, 900);
            TwinModels models = models();
            Subject subject = models.subject(pump()).orElseThrow();
            int before = hash(estimators);
            ExecutorService pool = Executors.newFixedThreadPool(4);
            try {
                List<Callable<WhatIfAnswer>> questions = new ArrayList<>();
                for (int i = 0; i < 80; i++) {
                    double speed = 2000 + 10 * i;
                    questions.add(() -> {
                        Estimate estimate = estimators.estimate(pump()).orElseThrow();
                        LiveState readings = models.snapshot(pump(), subject, now.get());
                        WhatIfRequest request = new WhatIfRequest("SpeedSetpoint", speed, "DischargePressure", 60);
                        return ((WhatIfResult.Answered)
                                        WhatIfEngine.whatIf(Subject.followed(subject, estimate), readings, request, 1))
                                .answer();
                    });
                }
                for (Future<WhatIfAnswer> answer : pool.invokeAll(questions)) {
                    assertThat(answer.get().success()).isTrue();
                    assertThat(answer.get().block().fitScore()).isGreaterThan(0.85);
                    assertThat(answer.get().block().reason()).contains("follows the asset");
                }
            } finally {
                pool.shutdownNow();
            }
            assertThat(optimised(models, subject, estimators).evaluations()).isGreaterThan(20);
            assertThat(hash(estimators)).isEqualTo(before);
            run(estimators, 1);
            assertThat(hash(estimators)).as("the hash sees a step").isNotEqualTo(before);
        }
    }

    /** An optimisation from the estimate: it changes no live state either. */
    private Optimum optimised(TwinModels models, Subject subject, LiveEstimators estimators) {
        Subject followed = Subject.followed(subject, estimators.estimate(pump()).orElseThrow());
        Optimisation.Asked asked = new Optimisation.Asked(
                followed,
                models.snapshot(pump(), subject, now.get()),
                Objectives.builtIn().of("CentrifugalPump"),
                objective -> Settings.defaults(objective.spec()),
                12);
        return Optimisation.check(asked, new Optimisation.Request("energy", 0, 60), () -> 0)
                .task()
                .orElseThrow()
                .perform(RunControl.NONE)
                .optimum()
                .orElseThrow();
    }

    /** Everything live: rows of the twin, and all the estimator knows. */
    private int hash(LiveEstimators estimators) {
        int hash = 0;
        for (int i = 0; i < pump().type().points().size(); i++) {
            Sample sample = live.table().read(pump().firstRow() + i);
            hash = 31 * hash + sample.hashCode();
        }
        hash = 31 * hash + Arrays.hashCode(estimators.save().get("pump-1/estimator"));
        return 31 * hash + Objects.hashCode(estimators.of(pump()));
    }

    /** An answer far from where the twin was calibrated says so. */
    @Test
    void anAnswerBeyondTheCalibrationIsExtrapolated() {
        try (LiveEstimators estimators = estimators(Duration.ofSeconds(1))) {
            estimators.startStepped();
            run(estimators, 900);
            Subject subject = models().subject(pump()).orElseThrow();
            LiveState readings = models().snapshot(pump(), subject, now.get());
            for (double speed : new double[] {2900, 1800}) {
                WhatIfResult result = WhatIfEngine.whatIf(
                        Subject.followed(subject, estimators.estimate(pump()).orElseThrow()),
                        readings,
                        new WhatIfRequest("SpeedSetpoint", speed, "Flow", 60),
                        1);
                WhatIfAnswer answer = ((WhatIfResult.Answered) result).answer();
                assertThat(answer.block().extrapolated()).isEqualTo(speed < 2000);
                assertThat(answer.block().upper()).isGreaterThan(answer.block().lower());
            }
        }
    }
}
