package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.method.SimulationModels;
import org.uatwin.server.virtual.Physics;
import org.uatwin.server.virtual.VirtualDevices;
import org.uatwin.server.virtual.VirtualPlantOptions;
import org.uatwin.server.virtual.fault.FaultSchedule;

/** Every plant of {@code uatwin demo} starts behind virtual devices, and every twin with a model answers its methods. */
class ExamplePlantsIT {
    private static final Path FOLDER = Path.of("..", "examples");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int NAMES = 2; // of DescribeModel, after Success and Message
    private static final int LOWER = 4;
    private static final int UPPER = 5;
    private static final int OUTPUTS = 6;
    private static final int COMPLETED = 2;

    static Stream<Path> plants() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            List<Path> all = folders.filter(f -> !f.endsWith("mixed")) // has a broker of its own, and its own test
                    .map(f -> f.resolve("plant.yaml"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            assertThat(all).isNotEmpty();
            return all.stream();
        }
    }

    private static VirtualPlantOptions options(Physics physics) {
        return new VirtualPlantOptions(
                InetAddress.getLoopbackAddress(),
                Map.of(),
                Map.of(),
                physics,
                5,
                1,
                Duration.ofMillis(100),
                Optional.empty(),
                FaultSchedule.parse("", "none.yaml"),
                Optional.empty(),
                InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
    }

    @ParameterizedTest
    @MethodSource("plants")
    void everyTwinWithMethodsAnswers(Path file, @TempDir Path data) throws Exception {
        PlantReading reading = PlantFile.read(file, SimulationModels.builtIn(), Protocols.onClassPath());
        assertThat(reading.findings()).as("findings of %s", file).isEmpty();
        Plant plant = reading.plant().orElseThrow();
        Physics physics = Physics.read(file.resolveSibling("physics.yaml"), plant);
        try (VirtualDevices devices = VirtualDevices.start(plant, options(physics));
                UatwinServer server = UatwinServer.start(
                        plant.withServer(s -> s.withPort(0)).withConnections(c -> devices.endpoints().stream()
                                .filter(e -> e.connection().equals(c.name()))
                                .findFirst()
                                .orElseThrow()
                                .instead(c)),
                        new ServerOptions(data, GoldenPlant.USERS));
                PlantClient client = PlantClient.operator(server.endpointUrl())) {
            List<Twin> asked = new ArrayList<>();
            for (Twin twin : plant.twins()) {
                if (!twin.type().methods().isEmpty()) {
                    if (twin.type().modelName().isPresent()) {
                        answers(client, twin);
                    } else { // watched without a model
                        assertThat(client.call(twin.id(), "AssessHealth")
                                        .getStatusCode()
                                        .isGood())
                                .as("%s AssessHealth", twin)
                                .isTrue();
                    }
                    asked.add(twin);
                }
            }
            assertThat(asked).isNotEmpty();
        }
    }

    private static void answers(PlantClient client, Twin twin) throws Exception {
        CallMethodResult model = client.call(twin.id(), "DescribeModel");
        assertThat(model.getStatusCode().isGood())
                .as("%s DescribeModel %s", twin, model.getStatusCode())
                .isTrue();
        String[] names = (String[]) output(model, NAMES);
        Double[] lower = (Double[]) output(model, LOWER);
        Double[] upper = (Double[]) output(model, UPPER);
        String[] outputs = (String[]) output(model, OUTPUTS);
        double value = Math.max(lower[0], Math.min(upper[0], 1));

        // Values arrive with the first polls: until then the model has not enough data, and says so.
        await().atMost(LIMIT).untilAsserted(() -> {
            CallMethodResult answer = client.call(twin.id(), "WhatIf", names[0], value, outputs[0], 0.0);
            assertThat(answer.getStatusCode().isGood())
                    .as("%s %s", twin, answer.getStatusCode())
                    .isTrue();
            assertThat(output(answer, 0)).as("%s: %s", twin, output(answer, 1)).isEqualTo(true);
        });

        CallMethodResult started =
                client.call(twin.id(), "Simulate", "", 0.0, 0.0, new String[] {names[0]}, new Double[] {value});
        assertThat(output(started, 0)).as("%s: %s", twin, output(started, 1)).isEqualTo(true);
        String id = output(started, 2).toString();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(output(client.call(twin.id(), "GetRunStatus", id), 2))
                .isEqualTo(COMPLETED));
        CallMethodResult result = client.call(twin.id(), "GetRunResult", id);
        assertThat((String[]) output(result, 2)).contains(outputs[0] + ".Mean");
        assertThat((Double[]) output(result, 4)).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
        if (twin.type().methods().stream().anyMatch(m -> m.name().equals("Optimize"))) {
            optimises(client, twin);
        }
    }

    /** The default objective, with a small budget: what it finds stands in the run's result. */
    private static void optimises(PlantClient client, Twin twin) throws Exception {
        CallMethodResult objectives = client.call(twin.id(), "DescribeObjectives");
        assertThat(output(objectives, 0))
                .as("%s: %s", twin, output(objectives, 1))
                .isEqualTo(true);
        if (((String[]) output(objectives, 2)).length == 0) {
            return;
        }
        CallMethodResult started = client.call(twin.id(), "Optimize", "", 0.0, UInteger.valueOf(60));
        assertThat(output(started, 0)).as("%s: %s", twin, output(started, 1)).isEqualTo(true);
        String id = output(started, 2).toString();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(output(client.call(twin.id(), "GetRunStatus", id), 2))
                .isEqualTo(COMPLETED));
        CallMethodResult result = client.call(twin.id(), "GetRunResult", id);
        assertThat((String[]) output(result, 2)).as("%s", twin).startsWith("Objective", "Gain", "GainPercent");
        assertThat((Double[]) output(result, 4)).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
    }

    private static Object output(CallMethodResult result, int index) {
        return Objects.requireNonNull(Objects.requireNonNull(result.getOutputArguments())[index].value());
    }
}
