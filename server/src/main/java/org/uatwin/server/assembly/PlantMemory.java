package org.uatwin.server.assembly;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.state.StateDatabase;
import org.uatwin.server.state.StateException;
import org.uatwin.server.state.StateTable;

/**
 * Carries what chains and computed points remember over a restart: totals, counts, integrals, windows. Saved every minute
 * and when the server stops, in {@code state.db}; given back to points whose declaration is the same. A disk that fails costs
 * the memory, never the server.
 */
final class PlantMemory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlantMemory.class);
    private static final long PERIOD_S = 60;
    private static final long LANE_S = 2;

    /** Where the states of one kind come from. */
    interface Source {
        CompletionStage<Map<String, byte[]>> save();
    }

    private record Kind(String table, Source source, Map<String, Integer> stored) {}

    private final Path file;
    private final List<Kind> kinds = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "uatwin-memory");
        made.setDaemon(true);
        return made;
    });
    private @Nullable StateDatabase database; // guarded by this
    private @Nullable ScheduledFuture<?> saving; // guarded by this
    private boolean isFailing; // guarded by this
    private boolean isClosed; // guarded by this

    PlantMemory(Path file) {
        this.file = file;
    }

    /**
     * What was saved of a kind of states; from now on they come from {@code source}.
     *
     * @param aliases of twins: what was saved under an earlier id is found under the present one.
     * @throws StartException if a newer program has written the file.
     */
    synchronized Map<String, byte[]> restore(String table, LivePlant aliases, Source source) {
        Map<String, byte[]> states = new HashMap<>();
        try {
            if (Files.exists(file)) {
                states.putAll(open().table(table).load());
            }
        } catch (StateException e) {
            if (e.isOfNewerProgram()) {
                throw new StartException(String.valueOf(e.getMessage()), e);
            }
            failed(e);
        }
        Map<String, Integer> stored = new HashMap<>();
        states.forEach((key, state) -> stored.put(key, Arrays.hashCode(state)));
        kinds.add(new Kind(table, source, stored));
        return underPresentIds(states, aliases);
    }

    private static Map<String, byte[]> underPresentIds(Map<String, byte[]> states, LivePlant live) {
        Map<String, byte[]> present = new HashMap<>(states);
        states.forEach((key, state) -> {
            int slash = key.lastIndexOf('/');
            TwinInstance twin = slash < 0 ? null : live.instance(key.substring(0, slash));
            if (twin != null) {
                present.putIfAbsent(twin.id() + key.substring(slash), state);
            }
        });
        return present;
    }

    synchronized void start() {
        saving = thread.scheduleWithFixedDelay(this::save, PERIOD_S, PERIOD_S, TimeUnit.SECONDS);
    }

    private StateDatabase open() { // lock is held
        StateDatabase known = database;
        if (known == null) {
            known = StateDatabase.open(file);
            database = known;
        }
        return known;
    }

    /** Saves what has changed since the last time. */
    private synchronized void save() {
        if (isClosed) {
            return;
        }
        try {
            for (Kind kind : kinds) {
                save(kind);
            }
            if (isFailing) {
                isFailing = false;
                LOG.info("{}: what points remember is saved again", file);
            }
        } catch (StateException | TimeoutException | ExecutionException e) {
            failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("what points remember cannot be saved; please report this", e);
        }
    }

    private void save(Kind kind) throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, byte[]> states = kind.source().save().toCompletableFuture().get(LANE_S, TimeUnit.SECONDS);
        Map<String, byte[]> changed = new HashMap<>();
        states.forEach((key, state) -> {
            if (!Integer.valueOf(Arrays.hashCode(state)).equals(kind.stored().get(key))) {
                changed.put(key, state);
            }
        });
        List<String> gone = new ArrayList<>(kind.stored().keySet());
        gone.removeAll(states.keySet());
        if (changed.isEmpty() && gone.isEmpty()) {
            return;
        }
        StateTable table = open().table(kind.table());
        table.store(changed, gone);
        gone.forEach(kind.stored()::remove);
        changed.forEach((key, state) -> kind.stored().put(key, Arrays.hashCode(state)));
    }

    private void failed(Exception cause) { // lock is held
        if (!isFailing) {
            isFailing = true;
            LOG.error("what points remember is not saved: {}", cause.getMessage());
        }
    }

    /** Saves for the last time; to be closed while links and computed points still work. */
    @Override
    public void close() {
        thread.shutdown();
        save();
        synchronized (this) {
            isClosed = true;
            if (saving != null) {
                saving.cancel(false);
            }
            if (database != null) {
                database.close();
                database = null;
            }
        }
    }
}
