package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final String PLANT =
            """
            uatwin: 1
            siteId: test
            connections:
              line:
                protocol: modbus-tcp
                host: 127.0.0.1
                port: 1502
                pollGroups: {fast: 400 ms}
                devices:
                  plc: {unit: 3}
            twins:
              - id: pump-07
                type: CentrifugalPump
                device: line/plc
                poll: fast
                points:
                  Flow: holding 0 float32
                  DischargePressure: holding 2 float32
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void demoPassesItsOptionsOn() {
        Cli.Recorder server = new Cli.Recorder();
        Path data = folder.resolve("d");

        assertThat(Cli.run(server, "demo", "--port", "0", "--quiet", "--host", "line-7", "--data", data.toString())
                        .code())
                .isZero();

        DemoOptions asked = (DemoOptions) server.asked.get(0);
        assertThat(asked.port()).isEqualTo(OptionalInt.of(0));
        assertThat(asked.data()).isEqualTo(data);
        assertThat(asked.host()).contains("line-7");
        assertThat(asked.quiet()).isTrue();
    }

    @Test
    void faultNamesTwinKindAndSeverity() {
        Cli.Recorder server = new Cli.Recorder();

        assertThat(Cli.run(server, "demo", "fault", "pump-01", "sensor-stuck", "--severity", "0.4")
                        .code())
                .isZero();

        FaultOptions asked = (FaultOptions) server.asked.get(0);
        assertThat(asked.twin()).isEqualTo("pump-01");
        assertThat(asked.kind()).isEqualTo(FaultOptions.Kind.SENSOR_STUCK);
        assertThat(asked.severity()).isEqualTo(0.4);
    }

    /** A wrong command line is answered by one message that names the offending text, never by a stack trace. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo --port 70000",
                "demo --port x",
                "demo fault pump-01 breakdown",
                "demo fault pump-01 wear --severity 2",
                "run",
                "client",
                "client read",
                "client write pump-01/Flow",
                "client watch pump-01/Flow --for soon",
                "client history pump-01/Flow --limit 0",
                "client read --policy Basic128 pump-01/Flow",
                "users add anna",
                "certs trust",
                "nonsense"
            })
    void wrongUsageIsOneMessageAndExitCode2(String line) {
        Cli.Result result = Cli.run(line.split(" "));

        assertThat(result.code()).isEqualTo(Exit.USAGE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("uatwin: ").doesNotContain("\tat ");
    }

    @Test
    void checkSumsUpAUsableFile() throws IOException {
        Path file = Files.writeString(folder.resolve("plant.yaml"), PLANT);

        Cli.Result result = Cli.run("check", file.toString());

        assertThat(result.code()).as(result.out()).isZero();
        assertThat(result.out()).contains("site test, 1 twin, ", "(2 bound), 1 connection");
    }

    @Test
    void checkReportsPlaceCauseAndFixAndFailsWith1() throws IOException {
        Path file =
                Files.writeString(folder.resolve("plant.yaml"), PLANT.replace("CentrifugalPump", "CentrifugelPump"));

        Cli.Result result = Cli.run("check", file.toString());

        assertThat(result.code()).isEqualTo(Exit.FAILED);
        assertThat(result.out()).contains(file + ":13:", "CentrifugelPump", "CentrifugalPump", "Fix: ", "1 error");
    }

    @Test
    void checkOfAMissingFileIsUnreadable() {
        Cli.Result result = Cli.run("check", folder.resolve("none.yaml").toString());

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).contains("no such file", "unreadable");
    }

    @Test
    void planNamesDeviceUnitPeriodAndPoints() throws IOException {
        Path file = Files.writeString(folder.resolve("plant.yaml"), PLANT);

        Cli.Result result = Cli.run("plan", file.toString());

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("line/plc  unit 3  every 400 ms  1 request", "0..3", "pump-07/Flow", "line: 2.5 requests/s");
    }

    /** Numbers must not change with the language of the machine: scripts read them. */
    @Test
    void outputDoesNotDependOnTheLocale() throws IOException {
        Path file = Files.writeString(folder.resolve("plant.yaml"), PLANT);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Cli.run("plan", file.toString()).out()).contains("2.5 requests/s");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void certsOfAMissingDataDirectorySaysWhatToDo() {
        Cli.Result result =
                Cli.run("certs", "list", "--data", folder.resolve("none").toString());

        assertThat(result.code()).isEqualTo(Exit.USAGE);
        assertThat(result.err()).contains("none", "Fix: ", "--data");
    }

    @Test
    void trustOfAnUnknownThumbprintFailsWith1() {
        Cli.Result result = Cli.run("certs", "trust", "ABCD", "--data", folder.toString());

        assertThat(result.code()).isEqualTo(Exit.FAILED);
        assertThat(result.err()).contains("ABCD", "uatwin certs list");
    }
}
