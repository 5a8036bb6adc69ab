package org.uatwin.server.synchronisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.plant.TypeLibrary;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.RowPool;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.method.TwinModels;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.estimation.Synchronisation;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.scenario.WhatIfEngine;
import org.uatwin.simulation.scenario.WhatIfRequest;

/** A plant with a twin of every library type that has a model, every numeric point bound, over virtual time. */
class EveryKindTest {
    /** What systems are made of. */
    private static final Map<String, List<String>> PARTS = new TreeMap<>(Map.of(
            "WindFarm", List.of("WindTurbine", "WindTurbine"),
            "Feeder", List.of("FeederNode", "FeederNode", "FeederNode"),
            "PumpStation", List.of("CentrifugalPump", "Tank"),
            "SensorNetwork", List.of("SensorNode", "SensorNode", "RadioGateway"),
            "ProductionLine", List.of("Station", "Station")));

    private final AtomicLong now = new AtomicLong(UaTime.ofInstant(Instant.parse("2026-11-26T00:00:00Z")));
    private final StringBuilder yaml = new StringBuilder();
    private int register;
    private final LivePlant live = LivePlant.first(plant(""), new RowPool(new PointTable(Runnable::run, e -> {})), 0);
    private final TwinModels models = new TwinModels(ModelRegistry.builtIn(), live.table(), live::children);

    private Plant plant(String more) {
        yaml.append(
                """
                uatwin: 1
                siteId: test
                server: {host: localhost, securityNone: true, anonymous: Observer}
                connections:
                  line: {protocol: modbus-tcp, host: 127.0.0.1, port: 15020, devices: {plc: {unit: 1}}}
                twins:
                """);
        for (TwinType type : TypeLibrary.builtIn().types()) {
            if (type.modelName().isPresent()) {
                String id = "the-" + type.name();
                twin(type, id, "", more);
                int number = 0;
                for (String part : PARTS.getOrDefault(type.name(), List.of())) {
                    twin(TypeLibrary.builtIn().type(part).orElseThrow(), id + "-" + ++number, id, "");
                }
            }
        }
        PlantReading reading = PlantFile.read(yaml.toString(), "every.yaml");
        return reading.plant()
                .orElseThrow(() -> new AssertionError(reading.findings().toString()));
    }

    private void twin(TwinType type, String id, String parent, String more) {
        yaml.append("  - id: ")
                .append(id)
                .append("\n    type: ")
                .append(type.name())
                .append('\n');
        yaml.append(parent.isEmpty() ? more : "    parent: " + parent + "\n");
        yaml.append("    points:\n");
        for (Member.Point point : type.declaredPoints()) {
            if (point.dataType() == ValueType.DOUBLE && !point.isArray()) {
                yaml.append("      %s: holding %d float32%n".formatted(point.name(), 2 * register++));
            }
        }
    }

    /** Every point shows the middle of the lower half of its range, a little otherwise each second. */
    private void run(LiveEstimators estimators, int seconds) {
        for (int s = 0; s < seconds; s++) {
            now.addAndGet(UaTime.TICKS_PER_SECOND);
            for (TwinInstance instance : live.instances()) {
                SampleBatch batch = new SampleBatch(64);
                for (int i = 0; i < instance.type().points().size(); i++) {
                    Member.Point point = instance.type().points().get(i);
                    if (instance.binding(i) != null && point.dataType() == ValueType.DOUBLE) {
                        double low = point.euRange().map(r -> r.low()).orElse(0.0);
                        double high = point.euRange().map(r -> r.high()).orElse(1.0);
                        double value = low + (0.3 + 0.001 * (s % 3)) * (high - low);
                        batch.add(
                                instance.firstRow() + i,
                                point.dataType().fromDouble(value),
                                StatusCode.GOOD,
                                now.get(),
                                now.get());
                    }
                }
                if (batch.size() > 0) {
                    live.table().submit(live.table().shardOf(instance.firstRow()), batch);
                }
            }
            estimators.step();
        }
    }

    private LiveEstimators estimators() {
        return new LiveEstimators(live, models::followable, Duration.ofSeconds(1), () -> UaTime.toInstant(now.get()));
    }

    /** Issue 4, point 3: every kind that can be followed is. */
    @Test
    void everyKindThatCanBeFollowedIs() {
        try (LiveEstimators estimators = estimators()) {
            List<String> followed = live.instances().stream()
                    .filter(i -> !i.isSystem() && estimators.of(i) != null)
                    .map(i -> i.type().name())
                    .distinct()
                    .sorted()
                    .collect(Collectors.toList());
            assertThat(followed)
                    .containsExactly(
                            "Building",
                            "CentrifugalPump",
                            "Conveyor",
                            "Feeder",
                            "FeederNode",
                            "LinearSystem",
                            "Motor",
                            "ProcessLoop",
                            "RollingBearing",
                            "Room",
                            "Tank",
                            "WindBlade",
                            "WindTurbine");
        }
    }

    /** A feeder learns from its nodes, in their units: per cent of the nominal voltage here, a share of it in the model. */
    @Test
    void aFeederReadsItsNodes() {
        try (LiveEstimators estimators = estimators()) {
            estimators.startStepped();
            run(estimators, 60);
            TwinInstance node = Objects.requireNonNull(live.instance("the-Feeder-2"));
            Synchronisation s = Objects.requireNonNull(estimators.of(node));
            Synchronisation.Output voltage = s.outputs().stream()
                    .filter(o -> o.point().equals("Voltage"))
                    .findFirst()
                    .orElseThrow();
            assertThat(voltage.isMeasured()).isTrue();
            assertThat(voltage.expected()).isBetween(50.0, 150.0);
        }
    }

    /** Issue 4, must show 6: rows, estimates and reports have the same hash before and after many questions at once, of every kind. */
    @Test
    void questionsLeaveTheLiveStateAlone() throws Exception {
        try (LiveEstimators estimators = estimators()) {
            estimators.startStepped();
            run(estimators, 90);
            int before = hash(estimators);
            List<Callable<Boolean>> questions = new ArrayList<>();
            List<String> asked = new ArrayList<>();
            for (TwinInstance instance : live.instances()) {
                Subject subject =
                        instance.isSystem() ? null : models.subject(instance).orElse(null);
                if (subject != null) {
                    asked.add(instance.type().name());
                    for (int i = 0; i < 4; i++) {
                        questions.add(() -> ask(estimators, instance, subject));
                    }
                }
            }
            assertThat(asked).contains("WindFarm", "Feeder", "Building", "ProductionLine", "SensorNetwork", "RobotArm");
            ExecutorService pool = Executors.newFixedThreadPool(4);
            try {
                for (Future<Boolean> answer : pool.invokeAll(questions)) {
                    assertThat(answer.get()).isTrue();
                }
            } finally {
                pool.shutdownNow();
            }
            assertThat(hash(estimators)).isEqualTo(before);
            run(estimators, 1);
            assertThat(hash(estimators)).as("the hash sees a step").isNotEqualTo(before);
        }
    }

    private boolean ask(LiveEstimators estimators, TwinInstance instance, Subject subject) {
        Subject known = subject.knowing(name -> name.isEmpty()
                ? estimators.estimate(instance)
                : models.parts(instance).stream()
                        .filter(part -> part.id().equals(name))
                        .findFirst()
                        .flatMap(estimators::estimate));
        String input = known.description().inputs().get(0).name();
        String output = known.description().outputs().get(0).name();
        double value = known.description().inputs().get(0).defaultValue();
        WhatIfEngine.whatIf(
                known, models.snapshot(instance, subject, now.get()), new WhatIfRequest(input, value, output, 0), 1);
        return true;
    }

    private int hash(LiveEstimators estimators) {
        int hash = 0;
        for (TwinInstance instance : live.instances()) {
            for (int i = 0; i < instance.type().points().size(); i++) {
                hash = 31 * hash + live.table().read(instance.firstRow() + i).hashCode();
            }
            hash = 31 * hash + Objects.hashCode(estimators.of(instance));
        }
        for (Map.Entry<String, byte[]> saved : new TreeMap<>(estimators.save()).entrySet()) {
            hash = 31 * hash + Arrays.hashCode(saved.getValue());
        }
        return hash;
    }

    /** The plant file says of a twin that it is not followed. */
    @Test
    void aTwinThatIsNotToBeFollowedIsNot() {
        yaml.setLength(0);
        register = 0;
        LivePlant quiet =
                LivePlant.first(plant("    follow: false\n"), new RowPool(new PointTable(Runnable::run, e -> {})), 0);
        TwinModels ofQuiet = new TwinModels(ModelRegistry.builtIn(), quiet.table(), quiet::children);
        assertThat(ofQuiet.followable(Objects.requireNonNull(quiet.instance("the-Building"))))
                .isEmpty();
        assertThat(models.followable(Objects.requireNonNull(live.instance("the-Building"))))
                .isPresent();
    }
}
