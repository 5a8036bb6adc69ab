package org.uatwin.server.maintenance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.state.StateDatabase;
import org.uatwin.server.state.StateException;
import org.uatwin.server.state.StateTable;
import org.uatwin.simulation.prognosis.IndicatorRun;

/**
 * Learned models and what was done to assets, in {@code state.db}. What is stored is on disk when the call returns. A twin that was
 * renamed finds what was stored under its earlier ids. Any thread; calls may wait for the disk, and those that store throw
 * {@link StateException} if it cannot be written.
 */
public final class MaintenanceStore implements AutoCloseable {
    /** Runs to failure of a point of a type that are kept; any of them goes for another. */
    public static final int MOST_RUNS = 200;

    /** Versions of a twin's model that are kept; the oldest goes, unless it is in use. */
    public static final int MOST_MODELS = 10;

    /** Records of a twin that are kept; the oldest goes. */
    public static final int MOST_RECORDS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceStore.class);
    private static final String RECORDS = "maintenance_records";
    private static final String RUNS = "maintenance_runs";
    private static final String MODELS = "maintenance_models";
    private static final String IN_USE = "maintenance_models_in_use";
    private static final char SEPARATOR = '/';

    private static final Comparator<MaintenanceRecord> LATEST_FIRST = Comparator.comparingLong(
                    MaintenanceRecord::performedAt)
            .thenComparingLong(MaintenanceRecord::recordedAt)
            .reversed();

    private final Path file;
    private @Nullable StateDatabase database; // guarded by this
    private @Nullable Map<String, NavigableMap<Integer, StoredModel>> models; // by twin id; guarded by this
    private @Nullable Map<String, Integer> inUse; // guarded by this
    private boolean isFailing; // guarded by this
    private boolean isClosed; // guarded by this

    /** @param file made when something is stored first. */
    public MaintenanceStore(Path file) {
        this.file = file;
    }

    /** What a table holds; nothing is made for it. A file that cannot be read holds nothing: that costs the models, never the server. */
    private Map<String, byte[]> load(String name) { // lock is held
        if (isClosed || (database == null && !Files.exists(file))) {
            return Map.of();
        }
        try {
            return table(name).load();
        } catch (StateException e) {
            if (e.isOfNewerProgram()) {
                throw e;
            }
            if (!isFailing) {
                isFailing = true;
                LOG.error("learned models and records of maintenance cannot be read: {}", e.getMessage());
            }
            return Map.of();
        }
    }

    private StateTable table(String name) { // lock is held
        StateDatabase known = database;
        if (isClosed) {
            throw new IllegalStateException("the server is stopping");
        }
        if (known == null) {
            known = StateDatabase.open(file);
            database = known;
        }
        return known.table(name);
    }

    /** Keeps a record. */
    public synchronized void add(TwinInstance twin, MaintenanceRecord record) {
        List<MaintenanceRecord> kept = records(twin);
        List<String> forgotten = new ArrayList<>();
        for (int i = MOST_RECORDS - 1; i < kept.size(); i++) {
            for (String id : ids(twin)) {
                forgotten.add(key(id, kept.get(i).id()));
            }
        }
        table(RECORDS).store(Map.of(key(twin.id(), record.id()), record.encode()), forgotten);
    }

    /** What was done to an asset, the latest first. */
    public synchronized List<MaintenanceRecord> records(TwinInstance twin) {
        return records(List.of(twin)).getOrDefault(twin, List.of());
    }

    /** What was done to several assets, the latest of each first; one look at the disk. */
    public synchronized Map<TwinInstance, List<MaintenanceRecord>> records(Collection<TwinInstance> twins) {
        Map<String, TwinInstance> byId = new HashMap<>();
        twins.forEach(twin -> ids(twin).forEach(id -> byId.putIfAbsent(id, twin)));
        Map<TwinInstance, List<MaintenanceRecord>> found = new HashMap<>();
        load(RECORDS).forEach((key, bytes) -> {
            TwinInstance twin = byId.get(twinOf(key));
            if (twin != null) {
                MaintenanceRecord.decode(bytes).ifPresent(record -> found.computeIfAbsent(twin, t -> new ArrayList<>())
                        .add(record));
            }
        });
        found.values().forEach(list -> list.sort(LATEST_FIRST));
        return found;
    }

    /** Keeps a run to failure of a point, for all twins of a type. */
    public synchronized void add(String type, String point, String id, IndicatorRun run) {
        String of = type + SEPARATOR + point;
        List<String> kept = load(RUNS).keySet().stream()
                .filter(key -> twinOf(key).equals(of))
                .toList();
        List<String> forgotten = kept.subList(0, Math.max(0, kept.size() - MOST_RUNS + 1));
        table(RUNS).store(Map.of(key(of, id), run.encode()), forgotten);
    }

    /** The runs to failure of a point that are known of a type, in an order that stays. */
    public synchronized List<IndicatorRun> runs(String type, String point) {
        String of = type + SEPARATOR + point;
        List<IndicatorRun> found = new ArrayList<>();
        new TreeMap<>(load(RUNS)).forEach((key, bytes) -> {
            if (twinOf(key).equals(of)) {
                IndicatorRun.decode(bytes).ifPresent(found::add);
            }
        });
        return found;
    }

    /**
     * Keeps a new model and uses it.
     *
     * @param make of the version it gets.
     */
    public synchronized StoredModel add(TwinInstance twin, Function<Integer, StoredModel> make) {
        NavigableMap<Integer, StoredModel> kept = models(twin);
        StoredModel model = make.apply(kept.isEmpty() ? 1 : kept.lastKey() + 1);
        table(MODELS).store(Map.of(key(twin.id(), "" + model.version()), model.encode()), List.of());
        all().computeIfAbsent(twin.id(), id -> new TreeMap<>()).put(model.version(), model);
        use(twin, model.version());
        forgetOld(twin);
        return model;
    }

    private void forgetOld(TwinInstance twin) {
        NavigableMap<Integer, StoredModel> kept = all().getOrDefault(twin.id(), new TreeMap<>());
        int used = inUse().getOrDefault(twin.id(), 0);
        List<String> forgotten = new ArrayList<>();
        for (int version : List.copyOf(kept.keySet())) {
            if (kept.size() > MOST_MODELS && version != used) {
                kept.remove(version);
                forgotten.add(key(twin.id(), "" + version));
            }
        }
        table(MODELS).store(Map.of(), forgotten);
    }

    /** The models of a twin, the newest first. */
    public synchronized List<StoredModel> modelsOf(TwinInstance twin) {
        return List.copyOf(models(twin).descendingMap().values());
    }

    /** The model in use; empty if none is. */
    public synchronized Optional<StoredModel> used(TwinInstance twin) {
        for (String id : ids(twin)) {
            Integer version = inUse().get(id);
            if (version != null) {
                return Optional.ofNullable(models(twin).get(version));
            }
        }
        return Optional.empty();
    }

    /** Uses a version from now on; 0: none. */
    public synchronized void use(TwinInstance twin, int version) {
        byte[] text = Integer.toString(version).getBytes(StandardCharsets.US_ASCII);
        table(IN_USE).store(Map.of(twin.id(), text), List.of());
        inUse().put(twin.id(), version);
    }

    private NavigableMap<Integer, StoredModel> models(TwinInstance twin) { // lock is held
        NavigableMap<Integer, StoredModel> found = new TreeMap<>();
        for (String id : ids(twin)) {
            all().getOrDefault(id, new TreeMap<>()).forEach(found::putIfAbsent);
        }
        return found;
    }

    private Map<String, NavigableMap<Integer, StoredModel>> all() { // lock is held
        Map<String, NavigableMap<Integer, StoredModel>> known = models;
        if (known == null) {
            Map<String, NavigableMap<Integer, StoredModel>> read = new HashMap<>();
            load(MODELS).forEach((key, bytes) -> StoredModel.decode(bytes)
                    .ifPresent(model -> read.computeIfAbsent(twinOf(key), id -> new TreeMap<>())
                            .put(model.version(), model)));
            known = read;
            models = known;
        }
        return known;
    }

    private Map<String, Integer> inUse() { // lock is held
        Map<String, Integer> known = inUse;
        if (known == null) {
            Map<String, Integer> read = new HashMap<>();
            load(IN_USE)
                    .forEach((id, text) -> read.put(id, Integer.valueOf(new String(text, StandardCharsets.US_ASCII))));
            known = read;
            inUse = known;
        }
        return known;
    }

    /** Present and former ids, the present first. */
    private static List<String> ids(TwinInstance twin) {
        List<String> ids = new ArrayList<>();
        ids.add(twin.id());
        ids.addAll(twin.twin().aliases());
        return ids;
    }

    private static String key(String twinId, String name) {
        return twinId + SEPARATOR + name;
    }

    private static String twinOf(String key) {
        return key.substring(0, key.lastIndexOf(SEPARATOR));
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (database != null) {
            database.close();
            database = null;
        }
    }
}
