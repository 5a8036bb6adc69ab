package org.uatwin.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.plcadapters.device.VirtualModbusServer;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;

/**
 * Must-show 3: one point is added to 5 000 on five links while node-opcua watches points of each of them. The checks are in
 * {@code src/test/node/reload.js}.
 */
@Tag("acceptance")
class ReloadAcceptanceIT {
    private static final int LINKS = 5;
    private static final int TWINS_A_LINK = 50;
    private static final int POINTS_A_TWIN = 20;
    private static final int PERIOD_MS = 200;
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TestFactory
    List<DynamicTest> aClientWeDidNotWriteNoticesNothingButTheNewPoint(@TempDir Path directory) throws Exception {
        NodeProgram program =
                NodeProgram.install(Program.root().resolve("server/src/test/node"), directory.resolve("node"));
        Path json = directory.resolve("reload.json");
        Path plant = directory.resolve("plant.yaml");
        List<VirtualModbusServer> devices = new ArrayList<>();
        List<DynamicTest> tests = new ArrayList<>();
        try {
            for (int i = 0; i < LINKS; i++) {
                VirtualModbusServer device = VirtualModbusServer.start(InetAddress.getLoopbackAddress(), 0);
                device.unit(1);
                devices.add(device);
            }
            Files.writeString(plant, plant(devices));
            try (UatwinServer server = UatwinServer.start(
                    PlantFile.read(plant).plant().orElseThrow(),
                    new ServerOptions(
                            directory.resolve("data"),
                            List.of(),
                            plant.toString(),
                            Optional.of(() -> PlantFile.read(plant))))) {
                Program.Outcome outcome = program.run(
                        "reload.js",
                        LIMIT,
                        "--endpoint",
                        server.endpointUrl(),
                        "--plant",
                        plant.toString(),
                        "--period",
                        "" + PERIOD_MS,
                        "--items",
                        items(),
                        "--work",
                        directory.resolve("pki").toString(),
                        "--json",
                        json.toString());
                Files.writeString(Path.of("target", "reload.txt"), outcome.out());
                JsonNode results = program.answer(json, outcome).path("results");
                assertThat(results.size()).as("checks run: %s", outcome).isGreaterThanOrEqualTo(6);
                for (JsonNode result : results) {
                    tests.add(DynamicTest.dynamicTest(result.path("name").asText(), () -> assertThat(
                                    result.path("passed").asBoolean())
                            .as(result.path("note").asText())
                            .isTrue()));
                }
                List<Long> accepted =
                        devices.stream().map(VirtualModbusServer::accepted).toList();
                tests.add(DynamicTest.dynamicTest(
                        "no link connected again", () -> assertThat(accepted).containsOnly(1L)));
            }
        } finally {
            devices.forEach(VirtualModbusServer::close);
        }
        return tests;
    }

    /** Two points of twins on every link. */
    private static String items() {
        return IntStream.rangeClosed(1, LINKS)
                .mapToObj(link -> "probe-%d-01/Value01,probe-%d-50/Value20".formatted(link, link))
                .collect(Collectors.joining(","));
    }

    private static String plant(List<VirtualModbusServer> devices) throws IOException {
        StringBuilder text = new StringBuilder(
                """
                uatwin: 1
                siteId: reload
                server: {host: localhost, port: 0, securityNone: true, anonymous: Engineer, historyInMemory: 1 min}
                connections:
                """);
        for (int i = 0; i < devices.size(); i++) {
            text.append(
                    "  link-%d: {protocol: modbus-tcp, host: 127.0.0.1, port: %d, pollGroups: {fast: {period: %d ms}}, devices: {plc: {unit: 1}}}%n"
                            .formatted(i + 1, devices.get(i).port(), PERIOD_MS));
        }
        text.append("types:\n  Single: {version: 1.0.0, points: {Value: {unit: bar, euRange: [0, 65535]}}}\n");
        text.append("  Probe:\n    version: 1.0.0\n    points:\n");
        for (int p = 1; p <= POINTS_A_TWIN; p++) {
            text.append("      Value%02d: {unit: bar, euRange: [0, 65535]}%n".formatted(p));
        }
        text.append("twins:\n");
        for (int i = 1; i <= devices.size(); i++) {
            text.append(
                    """
                      - ids: probe-%d-{01..%d}
                        type: Probe
                        device: link-%d/plc
                        base: {input: "{i * %d}"}
                        points:
                    """
                            .formatted(i, TWINS_A_LINK, i, POINTS_A_TWIN));
            for (int p = 1; p <= POINTS_A_TWIN; p++) {
                text.append("      Value%02d: input %d uint16%n".formatted(p, p - 1));
            }
        }
        return text.toString();
    }
}
