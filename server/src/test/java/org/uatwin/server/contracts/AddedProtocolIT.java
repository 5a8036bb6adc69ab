package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.informationmodel.plant.ModelCatalog;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.engine.TwinInstance;

/** The adapter interface: a protocol that only lies on the class path ({@code org.example.textfile}) is a full citizen. */
class AddedProtocolIT {
    private static final String PLANT =
            """
            uatwin: 1
            siteId: added
            server: {port: 0, securityNone: true, anonymous: Operator}
            connections:
              recipe:
                protocol: text-file
                path: %s
                pollGroups: {normal: 20 ms}
            types:
              Oven:
                version: 1.0.0
                points:
                  Temperature: {unit: Cel, euRange: [0, 300]}
                  Setpoint: {unit: Cel, euRange: [0, 300], writable: true}
            twins:
              - id: oven-01
                type: Oven
                device: recipe
                points: {Temperature: temperature, Setpoint: {address: setpoint}}
            """;

    private static PlantReading read(Path folder, String text) throws Exception {
        Path plant = Files.writeString(folder.resolve("plant.yaml"), text);
        return PlantFile.read(plant, ModelCatalog.UNKNOWN, Protocols.onClassPath());
    }

    @Test
    void itsValuesAreReadWrittenAndLoseTheirQualityWithTheSource(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("values.txt"), "temperature = 181.5\nsetpoint = 180\n");
        PlantReading reading = read(folder, PLANT.formatted(file));
        assertThat(reading.hasErrors()).isFalse();
        try (UatwinServer server = UatwinServer.start(
                        reading.plant().orElseThrow(), new ServerOptions(folder.resolve("data"), List.of()));
                PlantClient client = PlantClient.anonymous(server.endpointUrl())) {
            eventually(
                    () -> assertThat(client.read("oven-01/Temperature").value().value())
                            .isEqualTo(181.5));
            assertThat(client.read("_recipe/Endpoint").value().value()).isEqualTo(file.toString());
            assertThat(client.write("oven-01/Setpoint", 200.0).isGood()).isTrue();
            assertThat(Files.readString(file)).contains("setpoint = 200.0");
            assertThat(client.read("oven-01/Setpoint").value().value()).isEqualTo(200.0);

            Files.delete(file);
            TwinInstance oven = java.util.Objects.requireNonNull(server.live().instance("oven-01"));
            eventually(() -> assertThat(
                            server.live().table().read(oven.row("Temperature")).status())
                    .isEqualTo(StatusCode.BAD_NO_COMMUNICATION));
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("text-file-recipe");
    }

    /** Its keys and addresses are checked as Modbus ones are: place, cause, fix, nearest name. */
    @Test
    void mistakesInItsPartOfTheFileAreReported(@TempDir Path folder) throws Exception {
        assertThat(messages(folder, PLANT.formatted("x").replace("path:", "pathe:")))
                .anyMatch(m -> m.contains("plant.yaml:7:5") && m.contains("pathe") && m.contains("mean \"path\""));
        assertThat(messages(folder, PLANT.formatted("x").replace("Temperature: temperature", "Temperature: 1st")))
                .anyMatch(m -> m.contains("plant.yaml:19:") && m.contains("\"1st\" is no name of a line"));
        assertThat(messages(folder, PLANT.formatted("x").replace("text-file", "text-fiel")))
                .anyMatch(m -> m.contains("text-fiel") && m.contains("did you mean \"text-file\""));
    }

    private static List<String> messages(Path folder, String text) throws Exception {
        PlantReading reading = read(folder, text);
        assertThat(reading.exitCode()).isEqualTo(1);
        return reading.findings().stream().map(Finding::toString).toList();
    }

    private static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertion);
    }
}
