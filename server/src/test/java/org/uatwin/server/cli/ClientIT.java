package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.demo.DemoServer;

/** {@code uatwin client} against the demo, over real sockets on loopback. */
class ClientIT {
    private static Path folder;
    private static DemoServer demo;
    private static String endpoint;

    @BeforeAll
    static void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        demo = DemoServer.start(folder.resolve("data"), 0, Optional.empty());
        endpoint = demo.server().endpointUrl();
        Files.writeString(folder.resolve("operator.txt"), "operator\n");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> client("read", "pump-01/Flow").code() == 0);
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    private static Cli.Result client(String verb, String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                "client", verb, "-e", endpoint, "--pki", folder.resolve("pki").toString()));
        line.addAll(List.of(arguments));
        return Cli.run(line.toArray(String[]::new));
    }

    private static Cli.Result asOperator(String verb, String... arguments) {
        List<String> more = new ArrayList<>(List.of(
                "-u",
                "operator",
                "--password-file",
                folder.resolve("operator.txt").toString()));
        more.addAll(List.of(arguments));
        return client(verb, more.toArray(String[]::new));
    }

    @Test
    void readShowsValueUnitStatusAndTimeWithOffset() {
        Cli.Result result = client("read", "pump-01/Flow");

        assertThat(result.out())
                .containsPattern("pump-01/Flow +[-0-9.]+ +m³/h +Good +\\d{4}-\\d\\d-\\d\\d [0-9:.]+[+-]\\d\\d:\\d\\d");
    }

    @Test
    void readOfAnUnknownNodeFailsWithItsStatusByName() {
        Cli.Result result = client("read", "pump-01/Flaw");

        assertThat(result.code()).isEqualTo(Exit.FAILED);
        assertThat(result.out()).contains("Bad_NodeIdUnknown");
    }

    @Test
    void browseShowsTheTwinsWithTypesAndUnits() {
        Cli.Result result = client("browse");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("pump-01", "CentrifugalPumpType", "object");
    }

    @Test
    void operatorWritesASetpointAndReadsItBack() {
        Cli.Result written = asOperator("write", "pump-01/SpeedSetpoint", "2222");

        assertThat(written.code()).as(written.toString()).isZero();
        assertThat(client("read", "--json", "pump-01/SpeedSetpoint").out()).contains("\"value\": 2222.0");
    }

    @Test
    void aTextThatIsNoNumberIsRefusedBeforeItIsSent() {
        Cli.Result result = asOperator("write", "pump-01/SpeedSetpoint", "fast");

        assertThat(result.code()).isEqualTo(Exit.USAGE);
        assertThat(result.err()).contains("pump-01/SpeedSetpoint", "\"fast\" is no Double");
    }

    @Test
    void callAnswersOutputsByName() {
        Cli.Result result =
                asOperator("call", "pump-01", "WhatIf", "SpeedSetpoint", "1200", "DischargePressure", "600");

        assertThat(result.out()).as(result.err()).contains("Success", "Predicted", "ConfidenceLevel", "ModelVersion");
    }

    /** A structure is no blob: the server tells its fields. */
    @Test
    void structuredAnswersAreShownFieldByField() {
        Cli.Result result = asOperator("call", "pump-01", "DescribeModelDetailed");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("Success", "ParameterNames", "SpeedSetpoint", "ModelVersion")
                .doesNotContain("ExtensionObject");
    }

    @Test
    void tooFewArgumentsAreAnsweredWithTheSignature() {
        Cli.Result result = asOperator("call", "pump-01", "WhatIf", "SpeedSetpoint");

        assertThat(result.code()).isEqualTo(Exit.USAGE);
        assertThat(result.err()).contains("takes 4 arguments, 1 given", "<ParameterName>", "HorizonSeconds  Double");
    }

    /** What waits and what was lost is one command away, for people and for scripts. */
    @Test
    void diagnosticsShowQueuesConnectionsAndPoints() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(client("diagnostics").out())
                        .containsPattern("HistoryAccepted +[1-9]")
                        .containsPattern("Responses +[1-9][0-9.]* pc")
                        .contains(":server", "AchievedPeriod")
                        .doesNotContain("RecordingRecords")); // nothing is recorded, so there is nothing to show

        Cli.Result result = client("diagnostics", "--json", "--points");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("\"node\": \":server\"", "\"CallsCapacity\": 64", "\"RecordingLost\": null", "\"PollPlan\"")
                .containsPattern("\"node\": \"pump-01/Flow\",\\s+\"status\": \"Good\",\\s+\"source\": \"[^\"]+input");
    }

    @Test
    void watchEndsAfterItsCount() {
        Cli.Result result = client("watch", "pump-01/Flow", "--count", "2", "--for", "20s");

        assertThat(result.code()).isZero();
        assertThat(result.out().lines().filter(l -> l.contains("pump-01/Flow"))).hasSize(2);
    }

    @Test
    void wrongPasswordIsNoConnection() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.txt"), "guess\n");

        Cli.Result result = client("read", "-u", "admin", "--password-file", wrong.toString(), "pump-01/Flow");

        assertThat(result.code()).isEqualTo(Exit.NO_CONNECTION);
        assertThat(result.err()).contains("refused the logon of admin");
    }

    /** In a process of its own nobody but the client makes the algorithms of Aes256_Sha256_RsaPss known. */
    @Test
    void clientAloneSignsWithRsaPss() {
        String pki = folder.resolve("pss-pki").toString();
        List<String> read = List.of("client", "read", "-e", endpoint, "--pki", pki, "pump-01/Flow", "--policy");
        Cli.run(with(read, "Basic256Sha256"));
        Cli.run(
                "certs",
                "trust",
                folder.resolve("pss-pki/own/certs/uatwin.der").toString(),
                "--data",
                folder.resolve("data").toString());
        Security.removeProvider("BC");

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Cli.Result result = Cli.run(with(read, "Aes256_Sha256_RsaPss"));
            assertThat(result.code()).as(result.err()).isZero();
        });
    }

    private static String[] with(List<String> line, String last) {
        return Stream.concat(line.stream(), Stream.of(last)).toArray(String[]::new);
    }

    /** The first secure connection is refused and the message holds the one command that mends it. */
    @Test
    void untrustedClientLearnsTheCommandAndGetsInAfterIt() {
        String pki = folder.resolve("other-pki").toString();
        Cli.Result refused =
                Cli.run("client", "read", "-e", endpoint, "--pki", pki, "--policy", "Basic256Sha256", "pump-01/Flow");
        assertThat(refused.code()).isEqualTo(Exit.NO_CONNECTION);
        String thumbprint = refused.err().replaceAll("(?s).*uatwin certs trust ([0-9A-F]{40}).*", "$1");
        assertThat(thumbprint).as(refused.err()).hasSize(40);

        assertThat(Cli.run(
                                "certs",
                                "trust",
                                thumbprint,
                                "--data",
                                folder.resolve("data").toString())
                        .code())
                .isZero();

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(Cli.run(
                                "client",
                                "read",
                                "-e",
                                endpoint,
                                "--pki",
                                pki,
                                "--policy",
                                "Basic256Sha256",
                                "pump-01/Flow")
                        .code())
                .isZero());
    }
}
