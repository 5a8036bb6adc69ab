package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.uatwin.server.contracts.Eventually.eventually;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.StartException;
import org.uatwin.server.assembly.UatwinServer;

/** A trend goes on over a restart: what clients read before it they read after it, with the same times and statuses. */
class HistoryRestartIT {
    private static final String PROBE =
            "  - {id: probe-01, type: Probe, device: line-1/plc, points: {Steady: holding 10 uint16}}\n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path data;

    @SuppressWarnings("NullAway.Init") // set before each test
    private GoldenPlant devices;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void openDevices() throws Exception {
        devices = GoldenPlant.open();
        open.add(devices);
    }

    private PlantClient start(String history, String twins) throws Exception {
        String text = devices.text("golden", GoldenPlant.TYPES, twins).replace("historyInMemory: 10 min", history);
        Plant plant = GoldenPlant.read(text).plant().orElseThrow();
        UatwinServer server = UatwinServer.start(plant, new ServerOptions(data, List.of()));
        open.add(server);
        PlantClient client = PlantClient.anonymous(server.endpointUrl());
        open.add(client);
        return client;
    }

    @AfterEach
    void stop() throws Exception {
        while (open.size() > 1) {
            open.remove(open.size() - 1).close();
        }
        devices.close();
    }

    private void restart() throws Exception {
        while (open.size() > 1) {
            open.remove(open.size() - 1).close();
        }
    }

    private static List<Object> values(List<DataValue> history) {
        return history.stream()
                .filter(value -> value.value().isNotNull())
                .map(value -> Objects.requireNonNull(value.value().value()))
                .toList();
    }

    private List<DataValue> store(PlantClient client, String path, int... registers) throws Exception {
        for (int register : registers) {
            devices.firstUnit().setHolding(10, register);
            eventually(() -> assertThat(values(client.history(path))).endsWith((double) register));
        }
        return client.history(path);
    }

    @Test
    void valuesOfBeforeARestartAreThereAfterIt() throws Exception {
        List<DataValue> before = store(start("history: disk", PROBE), "probe-01/Steady", 11, 12, 13);
        restart();
        PlantClient client = start("history: disk", PROBE);

        List<DataValue> after = store(client, "probe-01/Steady", 14);

        assertThat(after).startsWith(before.toArray(DataValue[]::new));
        assertThat(values(after)).endsWith(13.0, 14.0);
    }

    /** The tag is the twin's, whatever its id becomes. */
    @Test
    void aTwinThatWasRenamedMeanwhileKeepsItsHistory() throws Exception {
        List<DataValue> before = store(start("history: disk", PROBE), "probe-01/Steady", 11, 12);
        restart();
        PlantClient client = start("history: disk", PROBE.replace("id: probe-01", "id: probe-02, aliases: [probe-01]"));

        assertThat(client.history("probe-02/Steady")).startsWith(before.toArray(DataValue[]::new));
    }

    /** A damaged file costs its day, not the plant. */
    @Test
    void aDamagedFileIsSetAsideAndTheServerStarts() throws Exception {
        store(start("history: disk", PROBE), "probe-01/Steady", 11);
        restart();
        Path day = files().stream()
                .filter(file -> file.toString().matches(".*\\d\\.db"))
                .findFirst()
                .orElseThrow();
        Files.writeString(day, "no database");

        PlantClient client = start("history: disk", PROBE);

        store(client, "probe-01/Steady", 12);
        assertThat(files()).contains(day.resolveSibling(day.getFileName() + ".damaged"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("history"))) {
            return files.toList();
        }
    }

    @Test
    void filesOfANewerProgramAreRefused() throws Exception {
        store(start("history: disk", PROBE), "probe-01/Steady", 11);
        restart();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("history/tags.db"));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }

        assertThatThrownBy(() -> start("history: disk", PROBE))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("tags.db")
                .hasMessageContaining("newer");
    }

    @Test
    void aPlantThatKeepsNoneOnDiskLeavesNoFiles() throws Exception {
        store(start("history: memory", PROBE), "probe-01/Steady", 11);
        restart();

        assertThat(data.resolve("history")).doesNotExist();
    }
}
