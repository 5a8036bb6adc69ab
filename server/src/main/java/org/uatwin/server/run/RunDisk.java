package org.uatwin.server.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.server.state.StateDatabase;
import org.uatwin.server.state.StateException;
import org.uatwin.simulation.scenario.RunArchive;

/**
 * Runs in {@code state.db}: heads in one table, results in another. What is stored waits in memory for the thread
 * {@code uatwin-runs-disk} and is answered from there until it is written. A disk that fails costs the memory of runs over a restart,
 * never the server; it is said once in the log.
 */
public final class RunDisk implements RunArchive, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunDisk.class);
    private static final String HEADS = "runs";
    private static final String RESULTS = "run_results";
    private static final long MOST_WAITING_BYTES = 32L << 20;
    private static final long CLOSING_S = 2;

    private final Path file;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "uatwin-runs-disk");
        made.setDaemon(true);
        return made;
    });
    private final Object waiting = new Object();
    private final Map<String, byte[]> heads = new HashMap<>(); // guarded by waiting
    private final Map<String, byte[]> results = new HashMap<>(); // guarded by waiting
    private final Set<String> gone = new HashSet<>(); // guarded by waiting
    private long waitingBytes; // guarded by waiting

    private final Object disk = new Object();
    private @Nullable StateDatabase database; // guarded by disk
    private boolean isFailing; // guarded by disk
    private boolean isClosed; // guarded by disk

    /** @param file made when the first run is stored. */
    public RunDisk(Path file) {
        this.file = file;
    }

    /** @throws StateException if a newer program has written the file. */
    @Override
    public Map<String, byte[]> heads() {
        synchronized (disk) {
            if (!Files.exists(file)) {
                return Map.of();
            }
            try {
                Map<String, byte[]> found = open().table(HEADS).load();
                List<String> orphans = new ArrayList<>(open().table(RESULTS).keys());
                orphans.removeAll(found.keySet()); // a process ended between the two writes
                open().table(RESULTS).store(Map.of(), orphans);
                return found;
            } catch (StateException e) {
                if (e.isOfNewerProgram()) {
                    throw e;
                }
                failed(e);
                return Map.of();
            }
        }
    }

    @Override
    public Optional<byte[]> result(String runId) {
        synchronized (waiting) {
            byte[] known = results.get(runId);
            if (known != null) {
                return Optional.of(known);
            }
        }
        synchronized (disk) {
            try {
                return isClosed || !Files.exists(file)
                        ? Optional.empty()
                        : open().table(RESULTS).get(runId);
            } catch (StateException e) {
                failed(e);
                return Optional.empty();
            }
        }
    }

    @Override
    public boolean storeHead(String runId, byte[] head) {
        synchronized (waiting) {
            heads.put(runId, head);
            gone.remove(runId);
        }
        return write();
    }

    @Override
    public boolean storeEnd(String runId, byte[] head, byte[] result) {
        synchronized (waiting) {
            heads.put(runId, head);
            gone.remove(runId);
            if (waitingBytes + result.length > MOST_WAITING_BYTES) {
                return false; // the disk does not keep up: the run stays in memory and is gone with the process
            }
            waitingBytes += result.length;
            results.put(runId, result);
        }
        return write();
    }

    @Override
    public void forget(String runId) {
        synchronized (waiting) {
            heads.remove(runId);
            byte[] dropped = results.remove(runId);
            waitingBytes -= dropped == null ? 0 : dropped.length;
            gone.add(runId);
        }
        write();
    }

    private boolean write() {
        try {
            thread.execute(this::flush);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("closed: what waits is written at the end", e);
            return true;
        }
    }

    /** Writes everything that waits; what cannot be written goes on waiting. */
    private void flush() {
        Map<String, byte[]> headsNow;
        Map<String, byte[]> resultsNow;
        Set<String> goneNow;
        synchronized (waiting) {
            headsNow = new HashMap<>(heads);
            resultsNow = new HashMap<>(results);
            goneNow = new HashSet<>(gone);
        }
        if (headsNow.isEmpty() && goneNow.isEmpty()) {
            return;
        }
        synchronized (disk) {
            if (isClosed) {
                return;
            }
            try {
                open().table(RESULTS).store(resultsNow, goneNow);
                open().table(HEADS).store(headsNow, goneNow);
                if (isFailing) {
                    isFailing = false;
                    LOG.info("{}: runs are kept over a restart again", file);
                }
            } catch (StateException e) {
                failed(e);
                return;
            }
        }
        synchronized (waiting) {
            headsNow.forEach(heads::remove);
            resultsNow.forEach((id, result) -> {
                if (results.remove(id, result)) {
                    waitingBytes -= result.length;
                }
            });
            gone.removeAll(goneNow);
        }
    }

    private StateDatabase open() { // disk is held
        StateDatabase known = database;
        if (known == null) {
            known = StateDatabase.open(file);
            database = known;
        }
        return known;
    }

    private void failed(StateException cause) { // disk is held
        if (!isFailing) {
            isFailing = true;
            LOG.error("runs are not kept over a restart: {}", cause.getMessage());
        }
    }

    /** Writes what waits and closes the file; to be closed after the runs have ended. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSING_S, TimeUnit.SECONDS)) {
                LOG.warn("{}: the disk is too slow; what became of the last runs may be lost", file);
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        flush();
        synchronized (disk) {
            isClosed = true;
            if (database != null) {
                database.close();
                database = null;
            }
        }
    }
}
