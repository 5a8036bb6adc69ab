package org.uatwin.server.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.plant.PlantDiff;
import org.uatwin.informationmodel.plant.PlantReading;

/**
 * Notices that the plant's files have changed and have come to rest. It looks at size, time and identity of each file once a
 * second: that works alike for files saved in place, renamed into place, on network drives and in containers, where change
 * notifications of the system come late, twice or never.
 *
 * <p>Files are read when two looks in a row saw the same and nothing changed while they were read, so that a file an editor
 * still writes is left alone. The same loop body runs on a thread ({@link #start}) or step by step in a test.
 */
public final class PlantWatch implements AutoCloseable {
    /** Pause between two looks. */
    public static final long LOOK_NANOS = 1_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(PlantWatch.class);

    private final PlantSource source;
    private final Consumer<PlantReading> onChange;
    private Set<Path> files; // owned by the watching thread
    private Map<Path, String> taken; // what the last reading was made of
    private @Nullable Map<Path, String> last; // what the last look saw
    private volatile boolean isClosed;
    private volatile @Nullable Thread thread;

    /**
     * @param first the reading the server runs by.
     * @param source reads the plant again.
     * @param onChange gets each later reading, on the watching thread.
     */
    public PlantWatch(PlantReading first, PlantSource source, Consumer<PlantReading> onChange) {
        this.source = source;
        this.onChange = onChange;
        this.files = first.files();
        this.taken = look(files);
    }

    /**
     * Why a change that nobody asked for by hand is better not taken over: half of the plant gone is more likely a file cut
     * short than a wish. Empty if there is no objection.
     */
    public static String objection(PlantDiff diff, int twinsNow) {
        boolean isHalf = diff.removed().size() > 1 && diff.removed().size() * 2 > twinsNow;
        return isHalf
                ? "The file would remove %d of %d twins, which --watch does not do by itself. Nothing was changed. Fix: if that is meant, reload by hand: uatwin reload"
                        .formatted(diff.removed().size(), twinsNow)
                : "";
    }

    /** Looks once; reads and reports if the files changed and have come to rest. */
    public void step() {
        Map<Path, String> now = look(files);
        boolean isNew = !now.equals(taken);
        boolean isAtRest = now.equals(last);
        last = now;
        if (!isNew || !isAtRest) {
            return;
        }
        PlantReading reading = source.read();
        if (!look(files).equals(now)) {
            return; // changed while it was read: wait for it to come to rest again
        }
        Set<Path> watched = new HashSet<>(reading.files());
        if (reading.plant().isEmpty()) {
            watched.addAll(files); // a broken file may not have got as far as to name them
        }
        files = watched;
        taken = look(files);
        last = taken;
        onChange.accept(reading);
    }

    private static Map<Path, String> look(Set<Path> files) {
        Map<Path, String> seen = new TreeMap<>();
        for (Path file : files) {
            seen.put(file, state(file));
        }
        return seen;
    }

    private static String state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return "%d %s %s"
                    .formatted(
                            attributes.size(),
                            attributes.lastModifiedTime(),
                            Objects.requireNonNullElse(attributes.fileKey(), ""));
        } catch (IOException e) {
            return "unreadable"; // between two steps of an editor, or gone: the reading will say so
        }
    }

    /** Starts the thread {@code uatwin-watch}; once. */
    public void start() {
        Thread started = new Thread(this::run, "uatwin-watch");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    private void run() {
        while (!isClosed) {
            try {
                step();
            } catch (RuntimeException e) {
                LOG.error("watching the plant file failed; it goes on", e);
            }
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        Thread running = thread;
        if (running != null) {
            LockSupport.unpark(running);
        }
    }
}
