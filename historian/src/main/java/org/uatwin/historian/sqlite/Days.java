package org.uatwin.historian.sqlite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.historian.codec.DamagedException;
import org.uatwin.historian.codec.SampleRun;
import org.uatwin.historian.store.HistoryPage;
import org.uatwin.historian.store.RawQuery;
import org.uatwin.informationmodel.value.UaTime;

/**
 * The days of a history and what is kept of those that left. Changed by the thread of the store, read by any.
 */
final class Days {
    private static final Logger LOG = LoggerFactory.getLogger(Days.class);
    private static final String[] SQLITE_FILES = {"", "-wal", "-shm"};
    private static final long SECOND = 1_000_000_000L;
    private static final long SEAL_AFTER = 10 * SECOND;
    private static final long IDLE_READER = 60 * SECOND;
    /** Days with a writing connection, and days with reading ones, at the same time; each takes file descriptors. */
    private static final int MOST_CONNECTED = 16;

    /** Tags with fewer samples wait for more before a block is made, as long as they are not many. */
    private static final int WORTH_A_BLOCK = 64;

    private final StoreSettings settings;
    private final TagFile tags;
    private final ConcurrentSkipListMap<Long, DayFile> byDay = new ConcurrentSkipListMap<>();
    private final LongAdder expired = new LongAdder();
    private final LongAdder displaced = new LongAdder();
    private boolean isDisplacing; // owned by the writing thread
    private final LinkedHashSet<DayFile> beingRead = new LinkedHashSet<>(); // guarded by itself: the latest last

    private Days(StoreSettings settings, TagFile tags) {
        this.settings = settings;
        this.tags = tags;
    }

    /**
     * Opens every day there is. A damaged one is set aside and said in the log.
     *
     * @throws HistoryException if a newer program has written one, or the directory cannot be used.
     */
    static Days open(StoreSettings settings, TagFile tags) {
        Days days = new Days(settings, tags);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(settings.directory(), "*.db")) {
            List<String> names = new ArrayList<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            names.remove(TagFile.NAME);
            names.sort(Comparator.reverseOrder()); // where names of tags are lost, the newest known hold
            for (String name : names) {
                days.open(name);
            }
        } catch (IOException e) {
            days.close();
            throw HistoryException.unusable(settings.directory(), e);
        } catch (HistoryException e) {
            days.close();
            throw e;
        }
        return days;
    }

    private void open(String name) throws IOException {
        long day;
        try {
            day = DayFile.dayOf(name);
        } catch (DateTimeParseException e) {
            LOG.warn("{}: {} is no file of a day; it is left alone", settings.directory(), name);
            return;
        }
        DayFile file = new DayFile(settings.directory(), day);
        if (day < tags.firstDay()) {
            delete(file); // it left before the process ended
            return;
        }
        try {
            file.recover(tags.names());
            byDay.put(day, file);
        } catch (HistoryException e) {
            file.close();
            if (!e.isDamage()) {
                throw e;
            }
            setAside(file, e);
        }
    }

    DayFile forWriting(long day) {
        endIdlest(day);
        DayFile known = byDay.get(day);
        if (known == null) {
            known = new DayFile(settings.directory(), day);
            byDay.put(day, known);
        }
        return known;
    }

    /** When too many days are being written, the one that was written longest ago is ended. */
    private void endIdlest(long day) {
        List<DayFile> written = byDay.values().stream()
                .filter(file -> file.isBeingWritten() && file.day != day)
                .toList();
        if (written.size() >= MOST_CONNECTED) {
            seal(Collections.min(written, Comparator.comparingLong(DayFile::writtenAt)));
        }
    }

    /** Moves a damaged file out of the way; what was only in memory goes into a new one. */
    void setAside(DayFile file, HistoryException cause) {
        if (byDay.containsKey(file.day) && !byDay.remove(file.day, file)) {
            return; // done already, and there is a new one
        }
        try {
            file.close();
        } catch (HistoryException e) {
            cause.addSuppressed(e);
        }
        Path aside = setAside(file.file);
        LOG.error(
                "{} is damaged and was set aside as {}: the history of this day is not served, that of other days is. {}",
                file.file,
                aside.getFileName(),
                cause.getMessage());
        if (file.openSamples() > 0) {
            DayFile successor = forWriting(file.day);
            file.moveOpenTo(successor, tags.names());
        }
    }

    /** Renames a file and what SQLite keeps beside it. */
    static Path setAside(Path file) {
        Path aside = free(file);
        try {
            for (String suffix : SQLITE_FILES) {
                Path from = beside(file, suffix);
                if (Files.exists(from)) {
                    Files.move(from, beside(aside, suffix), StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException e) {
            throw HistoryException.unusable(file, e);
        }
        return aside;
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static Path free(Path file) {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        for (int n = 2; Files.exists(aside); n++) {
            aside = file.resolveSibling(file.getFileName() + ".damaged-" + n);
        }
        return aside;
    }

    /** The first day that is kept. */
    long firstKept(Instant now) {
        long byAge = DayFile.dayOf(UaTime.ofInstant(now.minus(settings.retention())));
        return Math.max(byAge, tags.firstDay());
    }

    /** Keeps samples that are older than every day that is kept: of each tag the last. */
    void leave(Map<Integer, SampleRun> last, int samples, Instant now) {
        retain(now);
        tags.leave(firstKept(now), last);
        expired.add(samples);
    }

    /** Lets days go that are too old, or too many for the disk space they may take. */
    void retain(Instant now) {
        long first = firstKept(now);
        while (!byDay.isEmpty() && byDay.firstKey() < first) {
            expired.add(drop(byDay.firstEntry().getValue()));
        }
        long today = DayFile.dayOf(UaTime.ofInstant(now));
        while (!byDay.isEmpty() && byDay.firstKey() < today && bytes() > settings.sizeBytes()) {
            DayFile oldest = byDay.firstEntry().getValue();
            if (!isDisplacing) {
                isDisplacing = true;
                LOG.warn(
                        "the history on disk is full: {} MB hold less than the {} days asked for, the oldest days leave"
                                + " first, now {}. Historize fewer points, keep them shorter, or raise historyGigabytes.",
                        settings.sizeBytes() >> 20,
                        settings.retention().toDays(),
                        oldest.file.getFileName());
            }
            displaced.add(drop(oldest));
        }
    }

    /** Lets the oldest day go; returns how many samples left. */
    private long drop(DayFile file) {
        long samples = file.samples();
        try {
            if (file.openSamples() > 0) {
                file.pack(0, tags.names());
            }
            // day by day: after it, files of days before are deleted at the next start without being looked at
            tags.leave(file.day + 1, samples == 0 ? Map.of() : file.lastOfEach());
        } catch (HistoryException e) {
            if (!e.isDamage()) {
                throw e;
            }
            setAside(file, e);
            return samples;
        }
        byDay.remove(file.day);
        file.close();
        try {
            delete(file);
        } catch (IOException e) {
            throw HistoryException.unusable(file.file, e);
        }
        LOG.info("the history of {} has left", file.file.getFileName());
        return samples;
    }

    private static void delete(DayFile file) throws IOException {
        for (String suffix : SQLITE_FILES) {
            Files.deleteIfExists(beside(file.file, suffix));
        }
    }

    /** Makes blocks when more samples are open than may be. */
    void packIfFull() {
        if (openSamples() < settings.openSamples()) {
            return;
        }
        int fewest = WORTH_A_BLOCK;
        while (fewest > 1 && waiting(fewest) > settings.openSamples() / 4) {
            fewest /= 4;
        }
        for (DayFile file : byDay.values()) {
            if (file.openSamples() > 0) {
                pack(file, fewest);
            }
        }
    }

    private void pack(DayFile file, int fewest) {
        try {
            file.pack(fewest, tags.names());
        } catch (HistoryException e) {
            if (!e.isDamage()) {
                throw e;
            }
            setAside(file, e);
        }
    }

    private long waiting(int fewest) {
        return byDay.values().stream().mapToLong(file -> file.openBelow(fewest)).sum();
    }

    long openSamples() {
        return byDay.values().stream().mapToLong(DayFile::openSamples).sum();
    }

    /** Ends what days other than that of {@code now} left open, and connections nobody uses. */
    void rest(Instant now, long nanos) {
        long today = DayFile.dayOf(UaTime.ofInstant(now));
        for (DayFile file : List.copyOf(byDay.values())) {
            if (file.day != today && file.isIdle(nanos, SEAL_AFTER)) {
                seal(file);
            }
            file.closeIdleReaders(nanos, IDLE_READER);
        }
    }

    /** Ends every day but that of {@code now}. */
    void seal(Instant now) {
        rest(now, Long.MAX_VALUE / 2);
    }

    private void seal(DayFile file) {
        try {
            file.seal(tags.names());
        } catch (HistoryException e) {
            if (!e.isDamage()) {
                throw e;
            }
            setAside(file, e);
        }
    }

    /** Takes what a reader found wrong with a file. */
    @FunctionalInterface
    interface Complaint {
        void about(DayFile file, HistoryException cause);
    }

    /** Fills a page from the days it needs; a day that cannot be read is left out and complained about. */
    HistoryPage read(RawQuery query, Complaint complaint) {
        PageReader page = new PageReader(query);
        if (query.isForward()) {
            readEdge(page);
            for (DayFile file : byDay.tailMap(DayFile.dayOf(query.from()), true).values()) {
                if (page.isDone() || query.isBeyond(file.start)) {
                    break;
                }
                read(page, file, complaint);
            }
        } else {
            for (DayFile file : byDay.headMap(DayFile.dayOf(query.from()), true)
                    .descendingMap()
                    .values()) {
                if (page.isDone() || query.isBeyond(file.start + (DayFile.TICKS - 1))) {
                    break;
                }
                read(page, file, complaint);
            }
            if (!page.isDone()) {
                readEdge(page);
            }
        }
        return page.page();
    }

    private void read(PageReader page, DayFile file, Complaint complaint) {
        try {
            file.read(page);
            noteRead(file);
        } catch (HistoryException e) {
            if (!e.isDamage()) {
                throw e;
            }
            complaint.about(file, e);
        }
    }

    private void noteRead(DayFile file) {
        synchronized (beingRead) {
            beingRead.remove(file);
            beingRead.add(file);
            if (beingRead.size() > MOST_CONNECTED) {
                DayFile oldest = beingRead.iterator().next();
                beingRead.remove(oldest);
                oldest.closeReaders();
            }
        }
    }

    private void readEdge(PageReader page) {
        try {
            SampleRun edge = tags.edge(page.query.tag().id());
            if (edge != null) {
                page.offerAll(edge);
            }
        } catch (DamagedException e) {
            LOG.error(
                    "the last sample of the days that left is damaged, of tag {}: {}",
                    page.query.tag().id(),
                    e.getMessage());
        }
    }

    /** Samples in all days. */
    long samples() {
        return byDay.values().stream().mapToLong(DayFile::samples).sum();
    }

    /** Bytes of all files of days. */
    long bytes() {
        long sum = 0;
        for (DayFile file : byDay.values()) {
            for (String suffix : SQLITE_FILES) {
                sum += beside(file.file, suffix).toFile().length();
            }
        }
        return sum;
    }

    /** Samples that left because they were too old. */
    long expired() {
        return expired.sum();
    }

    /** Samples that left because the disk space was used up. */
    long displaced() {
        return displaced.sum();
    }

    /** Closes all files; the journals are read again at the next start. */
    void close() {
        Map<Path, RuntimeException> failures = new HashMap<>();
        for (DayFile file : byDay.values()) {
            try {
                file.close();
            } catch (HistoryException e) {
                failures.put(file.file, e);
            }
        }
        failures.forEach((file, e) -> LOG.error("{} was not closed cleanly", file, e));
        byDay.clear();
    }
}
