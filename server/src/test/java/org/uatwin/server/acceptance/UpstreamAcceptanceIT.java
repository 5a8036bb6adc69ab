package org.uatwin.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.certs.admin.CertificateAdmin;
import org.uatwin.certs.store.PkiDirectory;
import org.uatwin.informationmodel.plant.ModelCatalog;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;

/** A server we did not write is mirrored over a secured channel, with quality and times, through its restart. */
@Tag("acceptance")
class UpstreamAcceptanceIT {
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String PLANT =
            """
            uatwin: 1
            siteId: mirror
            server: {port: 0, securityNone: true, anonymous: Operator}
            connections:
              up:
                protocol: opcua
                url: %s
                publishingInterval: 100 ms
                keepAlive: 1 s
                maxBackOff: 1 s
            types:
              Press:
                version: 1.0.0
                points:
                  Temperature: {unit: Cel, euRange: [0, 300]}
                  Setpoint: {unit: Cel, euRange: [0, 300], writable: true}
                  Count: {kind: plain, type: UInt16, writable: true}
                  Name: {kind: plain, type: String}
                  Levels: {unit: m, euRange: [0, 10], array: 3, writable: true}
                  Nowhere: {unit: m, euRange: [0, 10]}
            twins:
              - id: press-01
                type: Press
                device: up
                points:
                  Temperature: "nsu=%2$s;s=Temperature"
                  Setpoint: "nsu=%2$s;s=Setpoint"
                  Count: "nsu=%2$s;s=Count"
                  Name: "nsu=%2$s;s=Name"
                  Levels: "nsu=%2$s;s=Levels"
                  Nowhere: "nsu=%2$s;s=Nowhere"
            """;

    private static DataValue read(OpcUaClient client, String member) throws Exception {
        return client.readValue(0, TimestampsToReturn.Both, new NodeId(2, member));
    }

    private static void eventually(ThrowingRunnable check) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .untilAsserted(check);
    }

    private static void isGood(OpcUaClient client, Object value, String member) {
        eventually(() -> {
            DataValue read = read(client, member);
            assertThat(read.getStatusCode()).isEqualTo(StatusCode.GOOD);
            assertThat(read.getValue().getValue()).isEqualTo(value);
        });
    }

    private static StatusCode write(OpcUaClient client, String member, Object value) throws Exception {
        return client.writeValues(List.of(new NodeId(2, member)), List.of(DataValue.valueOnly(new Variant(value))))
                .get(0);
    }

    @Test
    void qualityAndTimesAreKeptThroughARestart(@TempDir Path directory) throws Exception {
        NodeProgram program =
                NodeProgram.install(Program.root().resolve("server/src/test/node"), directory.resolve("node"));
        UpstreamNodeServer upstream = UpstreamNodeServer.start(program, directory);
        Path file = Files.writeString(
                directory.resolve("plant.yaml"), PLANT.formatted(upstream.url(), UpstreamNodeServer.NODES));
        PlantReading reading = PlantFile.read(file, ModelCatalog.UNKNOWN, Protocols.onClassPath());
        assertThat(reading.hasErrors()).as(reading.findings().toString()).isFalse();
        Path data = directory.resolve("data");
        try (UatwinServer server =
                UatwinServer.start(reading.plant().orElseThrow(), new ServerOptions(data, List.of()))) {
            OpcUaClient client = OpcUaClient.create(server.endpointUrl()).connect();
            try {
                trustTheUpstream(client, data);
                isGood(client, 20.5, "press-01/Temperature");
                isGood(client, "press", "press-01/Name");
                isGood(client, new Double[] {1.0, 2.0, 3.0}, "press-01/Levels");
                assertThat(Objects.requireNonNull(
                                        read(client, "press-01/Nowhere").getStatusCode())
                                .value())
                        .isEqualTo(StatusCodes.Bad_ConfigurationError);

                upstream.set("Temperature", 99, "UncertainSensorNotAccurate", THEN);
                eventually(() -> {
                    DataValue read = read(client, "press-01/Temperature");
                    assertThat(Objects.requireNonNull(read.getStatusCode()).value())
                            .isEqualTo(StatusCodes.Uncertain_SensorNotAccurate);
                    assertThat(read.getValue().getValue()).isEqualTo(99.0);
                    assertThat(Objects.requireNonNull(read.getSourceTime()).getJavaInstant())
                            .isEqualTo(THEN);
                });
                assertThat(write(client, "press-01/Setpoint", 61.5)).isEqualTo(StatusCode.GOOD);
                assertThat(upstream.get("Setpoint")).isEqualTo("61.5");

                upstream.close();
                eventually(() -> assertThat(Objects.requireNonNull(
                                        read(client, "press-01/Temperature").getStatusCode())
                                .isGood())
                        .isFalse());
                assertThat(write(client, "press-01/Setpoint", 1.0).isGood()).isFalse();

                upstream = upstream.startAgain("urn:first,urn:second");
                upstream.set("Temperature", 33, "Good", THEN.plusSeconds(60));
                isGood(client, 33.0, "press-01/Temperature");
                assertThat(Objects.requireNonNull(
                                        read(client, "press-01/Temperature").getSourceTime())
                                .getJavaInstant())
                        .isEqualTo(THEN.plusSeconds(60));
                assertThat(write(client, "press-01/Levels", new Double[] {4.0, 5.0, 6.0}))
                        .isEqualTo(StatusCode.GOOD);
                assertThat(upstream.get("Levels")).isEqualTo("4,5,6");
            } finally {
                client.disconnect();
            }
        } finally {
            upstream.close();
        }
    }

    /** As an administrator does: with the command that the link's LastError names. */
    private static void trustTheUpstream(OpcUaClient client, Path data) throws Exception {
        String command = "uatwin certs trust ";
        eventually(() -> assertThat(lastError(client)).contains(command));
        String error = lastError(client);
        String thumbprint = error.substring(error.indexOf(command) + command.length());
        new CertificateAdmin(PkiDirectory.inDataDirectory(data), InstantSource.system()).trust(thumbprint);
    }

    private static String lastError(OpcUaClient client) throws Exception {
        return String.valueOf(read(client, "_up/LastError").getValue().getValue());
    }
}
