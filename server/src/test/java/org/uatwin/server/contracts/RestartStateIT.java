package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uatwin.server.contracts.Eventually.eventually;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.assembly.UatwinServer;

/** Totals, counts and running hours go on after a restart: an energy meter that begins again at 0 is none. */
class RestartStateIT {
    private static final String TYPES =
            """
              Probe:
                version: 1.0.0
                level: component
                points:
                  Steady: {unit: m, euRange: [0, 100]}
                  Total: {unit: m, euRange: [0, 1000000], condition: {rollover: 1000}}
                  Starts: {kind: plain, type: UInt32, expression: "count(Steady > 50)"}
                  Highest: {unit: m, euRange: [0, 100], expression: "highest(Steady, '1 h')"}
            """;
    private static final String PROBE =
            "  - {id: probe-01, type: Probe, device: line-1/plc, points: {Steady: holding 10 uint16, Total: holding 12 uint16}}\n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path data;

    @SuppressWarnings("NullAway.Init") // set before each test
    private GoldenPlant devices;

    @SuppressWarnings("NullAway.Init")
    private UatwinServer server;

    @SuppressWarnings("NullAway.Init")
    private PlantClient client;

    @BeforeEach
    void remember() throws Exception {
        devices = GoldenPlant.open();
        devices.firstUnit().setHolding(12, 990);
        start(TYPES, PROBE);
        shows("probe-01/Total", 990);
        devices.firstUnit().setHolding(12, 5);
        shows("probe-01/Total", 1005);
        devices.firstUnit().setHolding(10, 70);
        shows("probe-01/Starts", 1);
        devices.firstUnit().setHolding(10, 7);
        shows("probe-01/Steady", 7);
        shows("probe-01/Highest", 70);
        stop();
    }

    private void start(String types, String twins) throws Exception {
        server = devices.start(data, "golden", types, twins);
        client = PlantClient.connect(server.endpointUrl(), "operator");
    }

    private void stop() throws Exception {
        client.close();
        server.close();
    }

    @AfterEach
    void end() throws Exception {
        stop();
        devices.close();
    }

    private void shows(String path, double value) {
        eventually(() -> assertThat(client.read(path).value().value())
                .isInstanceOfSatisfying(
                        Number.class, number -> assertThat(number.doubleValue()).isEqualTo(value)));
    }

    @Test
    void whatPointsRememberOutlivesTheServer() throws Exception {
        devices.firstUnit().setHolding(12, 8); // while nobody reads

        start(TYPES, PROBE);

        shows("probe-01/Total", 1008);
        shows("probe-01/Starts", 1);
        shows("probe-01/Highest", 70);
        devices.firstUnit().setHolding(10, 60);
        shows("probe-01/Starts", 2);
    }

    /** Under another declaration the numbers would mean something else. */
    @Test
    void whatIsDeclaredOtherwiseBeginsAnew() throws Exception {
        start(
                TYPES.replace("rollover: 1000", "rollover: 2000")
                        .replace("Steady > 50", "Steady > 51")
                        .replace("'1 h'", "'2 h'"),
                PROBE);

        shows("probe-01/Total", 5);
        shows("probe-01/Starts", 0);
        shows("probe-01/Highest", 7);
    }

    @Test
    void aTwinIsKnownUnderItsFormerId() throws Exception {
        start(TYPES, PROBE.replace("id: probe-01", "id: probe-02, aliases: [probe-01]"));

        shows("probe-02/Total", 1005);
        shows("probe-02/Starts", 1);
    }

    /** A broken file costs the memory, not the plant. */
    @Test
    void aBrokenFileDoesNotKeepTheServerFromStarting() throws Exception {
        Files.writeString(data.resolve("state.db"), "no database");

        start(TYPES, PROBE);

        shows("probe-01/Total", 5);
    }
}
