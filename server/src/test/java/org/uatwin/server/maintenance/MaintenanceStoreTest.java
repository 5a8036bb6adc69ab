package org.uatwin.server.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.RowPool;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.state.StateException;

/** Models and records are worth weeks of work: they survive restarts, renames and each other. */
class MaintenanceStoreTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    private static TwinInstance twin(String id, String aliases) {
        Plant plant = PlantFile.read(
                        """
                        uatwin: 1
                        siteId: test
                        server: {host: localhost, securityNone: true, anonymous: Observer}
                        twins:
                          - {id: %s, type: CentrifugalPump, aliases: [%s], points: {}}
                        """
                                .formatted(id, aliases),
                        "test.yaml")
                .plant()
                .orElseThrow();
        LivePlant live = LivePlant.first(plant, new RowPool(new PointTable(Runnable::run, e -> {})), 0);
        return Objects.requireNonNull(live.instance(id));
    }

    private static StoredModel model(int version) {
        return new StoredModel(version, 1_000 + version, 10, 20, 300, "learned", new byte[] {1, 2, (byte) version});
    }

    private MaintenanceStore store() {
        return new MaintenanceStore(directory.resolve("state.db"));
    }

    @Test
    void versionsCountUpAndTheNewestIsInUseAlsoAfterARestart() {
        TwinInstance pump = twin("pump", "");
        try (MaintenanceStore store = store()) {
            assertThat(store.modelsOf(pump)).isEmpty();
            assertThat(Files.exists(directory.resolve("state.db")))
                    .as("reading makes no file")
                    .isFalse();
            store.add(pump, MaintenanceStoreTest::model);
            store.add(pump, MaintenanceStoreTest::model);
            store.use(pump, 1);
        }
        try (MaintenanceStore store = store()) {
            assertThat(store.modelsOf(pump)).extracting(StoredModel::version).containsExactly(2, 1);
            assertThat(store.used(pump).orElseThrow().learned()).containsExactly(1, 2, 1);
            assertThat(store.add(pump, MaintenanceStoreTest::model).version()).isEqualTo(3);
            assertThat(store.used(twin("other", ""))).isEmpty();
        }
    }

    // The one in use never goes, however often somebody learns.
    @Test
    void theOldestVersionGoesButNotTheOneInUse() {
        TwinInstance pump = twin("pump", "");
        try (MaintenanceStore store = store()) {
            for (int i = 0; i < MaintenanceStore.MOST_MODELS; i++) {
                store.add(pump, MaintenanceStoreTest::model);
            }
            store.use(pump, 1);
            store.add(pump, MaintenanceStoreTest::model);
            store.use(pump, 1);
            store.add(pump, MaintenanceStoreTest::model);
            assertThat(store.modelsOf(pump)).hasSize(MaintenanceStore.MOST_MODELS);
            assertThat(store.modelsOf(pump)).extracting(StoredModel::version).startsWith(12, 11);
        }
    }

    @Test
    void aRenamedTwinFindsWhatItWasKeptUnder() {
        MaintenanceRecord record =
                new MaintenanceRecord("r1", "Overhaul", 5, 1, "new impeller", "anna", 7, List.of("ImpellerArea"));
        try (MaintenanceStore store = store()) {
            store.add(twin("old", ""), record);
            store.add(twin("old", ""), MaintenanceStoreTest::model);
        }
        try (MaintenanceStore store = store()) {
            TwinInstance renamed = twin("new", "old");
            assertThat(store.records(renamed)).containsExactly(record);
            assertThat(store.used(renamed)).isPresent();
            assertThat(store.records(twin("stranger", ""))).isEmpty();
        }
    }

    // A rotten file costs the models, not the server; what is to be kept from then on is refused, not lost silently.
    @Test
    void aFileThatIsNoneIsSaidAndHoldsNothing() throws Exception {
        Files.writeString(
                directory.resolve("state.db"), "no database, and long enough to be looked at as one".repeat(50));
        try (MaintenanceStore store = store()) {
            TwinInstance pump = twin("pump", "");
            assertThat(store.used(pump)).isEmpty();
            assertThatThrownBy(() -> store.add(pump, MaintenanceStoreTest::model))
                    .isInstanceOf(StateException.class);
        }
    }

    @Test
    void damagedEntriesAreNoModels() {
        assertThat(StoredModel.decode(new byte[] {0, 0, 0, 9})).isEmpty();
        byte[] whole = model(3).encode();
        assertThat(StoredModel.decode(java.util.Arrays.copyOf(whole, whole.length - 1)))
                .isEmpty();
        assertThat(StoredModel.decode(whole).orElseThrow().version()).isEqualTo(3);
        assertThat(MaintenanceRecord.decode(new byte[0])).isEmpty();
    }
}
