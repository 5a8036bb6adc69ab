package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.ModelCatalog;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.demo.DemoServer;

/** {@code uatwin probe opcua} against the demo: what it lists, and that its draft is a plant file. */
class ProbeOpcUaIT {
    private static Path folder;
    private static DemoServer demo;
    private static String endpoint;

    @BeforeAll
    static void start(@TempDir Path temporary) {
        folder = temporary;
        demo = DemoServer.start(folder.resolve("data"), 0, Optional.empty());
        endpoint = demo.server().endpointUrl();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> probe("--under", "pump-01", "--json").out().contains("\"status\": \"Good\""));
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    private static Cli.Result probe(String... more) {
        List<String> line = new ArrayList<>(List.of(
                "probe",
                "opcua",
                endpoint,
                "--policy",
                "None",
                "--pki",
                folder.resolve("pki").toString()));
        line.addAll(List.of(more));
        return Cli.run(line.toArray(String[]::new));
    }

    @Test
    void endpointsLimitsAndVariablesAreListed() {
        Cli.Result result = probe("--under", "pump-01");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("Aes256_Sha256_RsaPss", "SignAndEncrypt", "Anonymous", "UserName", "maxNodesPerRead: 10000\n")
                .containsPattern(
                        "nsu=urn:uatwin:site:\\S+;s=pump-01/Flow +pump-01 +Double +m³/h +[-0-9.]+\\.\\.[0-9.]+ ");
    }

    /** A mirror begins with what the server already says: type, unit, range. */
    @Test
    void theDraftIsAPlantFileThatMirrorsThem() throws IOException {
        Path draft = folder.resolve("mirror.yaml");

        Cli.Result result = probe("--max", "2000", "--draft", draft.toString());

        assertThat(result.err()).contains("uatwin check");
        PlantReading reading = PlantFile.read(draft, ModelCatalog.UNKNOWN, Protocols.onClassPath());
        assertThat(reading.hasErrors())
                .as(reading.findings() + Files.readString(draft))
                .isFalse();
        Twin twin = reading.plant().orElseThrow().twins().stream()
                .filter(t -> t.type().pointOrdinal("Flow") >= 0)
                .findFirst()
                .orElseThrow();
        Member.Point flow = twin.type().points().get(twin.type().pointOrdinal("Flow"));
        assertThat(flow.unit().orElseThrow().symbol()).isEqualTo("m³/h");
        assertThat(flow.euRange().map(Range::span).orElse(0.0)).isPositive();
        assertThat(reading.plant().orElseThrow().connections())
                .singleElement()
                .satisfies(connection -> assertThat(connection.protocol()).isEqualTo("opcua"));
    }

    @Test
    void theNumberOfVariablesIsBounded() {
        Cli.Result result = probe("--max", "5", "--json");

        assertThat(result.out()).contains("\"truncated\": true");
        assertThat(result.out().split("\"pointType\"", -1)).hasSize(6);
    }
}
