package org.uatwin.historian.sqlite;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.historian.codec.BlockCodec;
import org.uatwin.historian.codec.DamagedException;
import org.uatwin.historian.codec.JournalCodec;
import org.uatwin.historian.codec.SampleRun;
import org.uatwin.historian.store.TagDefinition;
import org.uatwin.historian.store.TagNames;
import org.uatwin.informationmodel.value.UaTime;

/**
 * One UTC day of source time: its file, and the samples that are in its journal but in no block yet.
 *
 * <p>Written by the thread of the store, read by any. The lock is held for writing only while samples become visible or
 * move from memory into blocks, and for reading while a page is filled.
 */
final class DayFile {
    static final long TICKS = 86_400 * UaTime.TICKS_PER_SECOND;
    /** Data is missing, here because the bytes on the disk are wrong (OPC UA Part 11, 6.3: Bad_DataLost). */
    private static final int BAD_DATA_LOST = 0x809D_0000;

    private static final Logger LOG = LoggerFactory.getLogger(DayFile.class);
    private static final LocalDate FIRST = LocalDate.of(1601, 1, 1);

    /** The samples of one tag that are in no block, and the newest time of those that are. */
    private static final class OpenTag {
        private final SampleRun run = new SampleRun();
        private long newestPacked = UNKNOWN; // owned by the writing thread
        private static final long UNKNOWN = Long.MAX_VALUE;

        /** Readers do it too, several at a time. */
        synchronized SampleRun sorted() {
            return run.sort();
        }
    }

    final long day;
    final long start;
    final Path file;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<Integer, OpenTag> open = new HashMap<>(); // guarded by lock
    private final DayReaders readers;
    private final Set<String> told = ConcurrentHashMap.newKeySet(); // damaged blocks that were logged
    private volatile boolean isGone;
    private volatile long packed;
    private final AtomicInteger openSamples = new AtomicInteger();

    private @Nullable DayWriter writer; // owned by the writing thread
    private @Nullable BitSet tags; // owned by the writing thread: those the file has a name of, once it was asked
    private long writtenAt; // owned by the writing thread

    DayFile(Path directory, long day) {
        this.day = day;
        this.start = day * TICKS;
        this.file = directory.resolve(FIRST.plusDays(day) + ".db");
        this.readers = new DayReaders(file, start);
    }

    /** Day of a time, in days since 1601. */
    static long dayOf(long ticks) {
        return Math.floorDiv(ticks, TICKS);
    }

    /**
     * Day of a file {@code YYYY-MM-DD.db}.
     *
     * @throws java.time.format.DateTimeParseException if the name is none of a day.
     */
    static long dayOf(String name) {
        return LocalDate.parse(name.substring(0, name.length() - ".db".length()))
                        .toEpochDay()
                - FIRST.toEpochDay();
    }

    /** Reads the journal that was there, and names of tags if {@code names} has lost some; the file exists. */
    void recover(TagNames names) {
        DayWriter found = writer();
        if (!names.isComplete(found.highestTag())) {
            found.readTags(names::restore);
        }
        found.readJournal((samples, blob) -> {
            try {
                JournalCodec.decode(blob, samples, day, (tag, time, receive, bits, object, status) -> {
                    open(tag).add(time, receive, bits, object, status);
                    openSamples.incrementAndGet();
                });
            } catch (DamagedException e) {
                LOG.error("{}: {} samples of the journal are lost: {}", file, samples, e.getMessage());
            }
        });
        if (openSamples.get() == 0) {
            closeWriter();
        }
    }

    private SampleRun open(int tag) {
        return open.computeIfAbsent(tag, id -> new OpenTag()).run;
    }

    private DayWriter writer() {
        DayWriter known = writer;
        if (known == null) {
            known = new DayWriter(file, start);
            writer = known;
            packed = known.packed();
        }
        return known;
    }

    /**
     * Stores a group; once this returns it is synced and readers see it. After an exception nothing of it is stored.
     *
     * @param now nanoseconds, to find out which days are idle.
     */
    void append(DayGroup group, TagNames names, long now) {
        DayWriter out = writer();
        BitSet known = tags(out);
        BitSet added = new BitSet();
        try {
            for (int k = 0; k < group.size(); k++) {
                int tag = group.tag(k);
                if (!known.get(tag) && !added.get(tag)) {
                    out.tag(tag, names.definition(tag).orElseThrow());
                    added.set(tag);
                }
            }
            out.journal(group.size(), group.journal(day));
            out.commit();
        } catch (HistoryException e) {
            undo(out, e);
            throw e;
        }
        known.or(added);
        writtenAt = now;
        lock.writeLock().lock();
        try {
            for (int k = 0; k < group.size(); k++) {
                var batch = group.batch(k);
                int i = group.index(k);
                open(batch.tagId(i))
                        .add(
                                batch.sourceTime(i),
                                batch.receiveTime(i),
                                batch.bits(i),
                                batch.object(i),
                                batch.statusBits(i));
            }
        } finally {
            lock.writeLock().unlock();
        }
        openSamples.addAndGet(group.size());
    }

    private BitSet tags(DayWriter out) {
        BitSet known = tags;
        if (known == null) {
            BitSet found = new BitSet();
            out.readTags((id, definition) -> found.set(id));
            tags = found;
            known = found;
        }
        return known;
    }

    /** After a failure nothing of a transaction is left; where that fails too, the next one has a connection of its own. */
    private void undo(DayWriter out, HistoryException cause) {
        try {
            out.rollback();
        } catch (HistoryException e) {
            cause.addSuppressed(e);
            writer = null;
            try {
                out.close();
            } catch (HistoryException again) {
                cause.addSuppressed(again);
            }
        }
    }

    /**
     * Makes blocks of the samples in the journal. Tags with few of them may wait in a new journal, unless they are many.
     *
     * @param fewest samples of a tag that make a block worth while, 0 for all.
     */
    void pack(int fewest, TagNames names) {
        DayWriter out = writer();
        JournalCodec.Writer carried = new JournalCodec.Writer(64);
        Map<Integer, Long> newest = new TreeMap<>();
        long blocked = packed;
        try {
            for (Map.Entry<Integer, OpenTag> each : new TreeMap<>(open).entrySet()) {
                OpenTag tag = each.getValue();
                if (tag.run.isEmpty()) {
                    continue;
                }
                TagDefinition definition = names.definition(each.getKey()).orElseThrow();
                if (tag.run.size() < fewest) {
                    carry(carried, each.getKey(), definition, tag.run);
                } else {
                    newest.put(each.getKey(), pack(out, each.getKey(), definition, tag));
                    blocked += tag.run.size();
                }
            }
            out.emptyJournal();
            if (carried.size() > 0) {
                out.journal(carried.size(), carried.seal(day));
            }
            out.setPacked(blocked);
        } catch (HistoryException e) {
            undo(out, e);
            throw e;
        }
        lock.writeLock().lock();
        try {
            out.commit();
            newest.forEach((id, time) -> {
                OpenTag tag = open.get(id);
                if (tag != null) {
                    tag.run.clear();
                    tag.newestPacked = time;
                }
            });
            packed = blocked;
            openSamples.set(carried.size());
        } catch (HistoryException e) {
            undo(out, e);
            throw e;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static void carry(JournalCodec.Writer carried, int tag, TagDefinition definition, SampleRun run) {
        for (int i = 0; i < run.size(); i++) {
            carried.add(
                    tag,
                    definition.type(),
                    run.time(i),
                    run.receiveTime(i),
                    run.bits(i),
                    run.object(i),
                    run.statusBits(i));
        }
    }

    /** Returns the time of the newest sample in blocks. */
    private long pack(DayWriter out, int id, TagDefinition definition, OpenTag tag) {
        SampleRun run = tag.sorted();
        if (tag.newestPacked == OpenTag.UNKNOWN) {
            tag.newestPacked = out.newest(id);
        }
        long newest = Math.max(tag.newestPacked, run.lastTime());
        if (tag.newestPacked >= run.time(0)) {
            run = withOverlapping(out, id, run);
        }
        out.blocks(id, definition, run);
        return newest;
    }

    /** Late samples are merged into the blocks they fall into, so that blocks of a tag never overlap. */
    private SampleRun withOverlapping(DayWriter out, int id, SampleRun run) {
        SampleRun before = new SampleRun();
        for (DayWriter.Found block : out.overlapping(id, run.time(0), run.lastTime())) {
            try {
                SampleRun decoded = BlockCodec.decode(block.data, block.first);
                before = before.isEmpty() ? decoded : SampleRun.merged(before, decoded);
                out.deleteBlock(block.id);
            } catch (DamagedException e) {
                lost(id, block.first, e); // it stays for whoever wants to recover it
            }
        }
        return before.isEmpty() ? run : SampleRun.merged(before, run);
    }

    private SampleRun lost(int tag, long first, DamagedException cause) {
        if (!told.add(tag + "@" + first)) {
            return hole(first);
        }
        LOG.error(
                "{}: the block of tag {} that begins at {} is damaged ({}); its samples are lost, others are served."
                        + " Restore the file from a backup if there is one.",
                file,
                tag,
                UaTime.toInstant(first),
                cause.getMessage());
        return hole(first);
    }

    private static SampleRun hole(long first) {
        SampleRun hole = new SampleRun(1);
        hole.add(first, first, 0, null, BAD_DATA_LOST);
        return hole;
    }

    /** Fills a page with what this day has. */
    void read(PageReader page) {
        int tag = page.query.tag().id();
        lock.readLock().lock();
        try {
            if (isGone) {
                return;
            }
            OpenTag later = open.get(tag);
            PageReader.Merge merge = page.new Merge(later == null ? null : later.sorted());
            if (packed > 0) {
                readBlocks(page, tag, merge);
            }
            merge.rest();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void readBlocks(PageReader page, int tag, PageReader.Merge merge) {
        long from = Math.max(start, Math.min(page.query.from(), start + (TICKS - 1)));
        DayReader.Visitor visitor = (id, first, data) -> merge.block(() -> decode(id, first, data));
        readers.lend(reader -> {
            if (page.query.isForward()) {
                reader.forward(tag, from, visitor);
            } else {
                reader.reverse(tag, from, visitor);
            }
        });
    }

    private SampleRun decode(int tag, long first, byte @Nullable [] data) {
        try {
            return BlockCodec.decode(data == null ? new byte[0] : data, first);
        } catch (DamagedException e) {
            return lost(tag, first, e);
        }
    }

    /** The last sample of every tag, one a run; everything is in blocks. */
    Map<Integer, SampleRun> lastOfEach() {
        Map<Integer, SampleRun> last = new HashMap<>();
        readers.lend(reader -> reader.lastOfEach((tag, first, data) -> {
            SampleRun block = decode(tag, first, data);
            SampleRun one = new SampleRun(1);
            one.add(block, block.size() - 1);
            last.put(tag, one);
            return true;
        }));
        return last;
    }

    /** Everything is in blocks: gives back the journal's space and the writing connection. */
    void seal(TagNames names) {
        if (openSamples.get() > 0) {
            pack(0, names);
        }
        writer().shrink();
        closeWriter();
        lock.writeLock().lock();
        try {
            open.clear();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Whether there is something to seal and nothing was written for that many nanoseconds. */
    boolean isIdle(long now, long nanos) {
        return writer != null && now - writtenAt >= nanos;
    }

    boolean isBeingWritten() {
        return writer != null;
    }

    /** Nanoseconds at which something was written last. */
    long writtenAt() {
        return writtenAt;
    }

    /** Those nobody uses now. */
    void closeReaders() {
        readers.close();
    }

    void closeIdleReaders(long now, long nanos) {
        readers.closeIdle(now, nanos);
    }

    private void closeWriter() {
        DayWriter known = writer;
        writer = null;
        if (known != null) {
            known.close();
        }
    }

    /** Closes everything; waits for readers. Nothing is read from it or written to it afterwards. */
    void close() {
        lock.writeLock().lock();
        try {
            isGone = true;
            readers.close();
            closeWriter();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Writes what was only in the journal of a damaged file, now closed, into the journal of its successor. */
    void moveOpenTo(DayFile successor, TagNames names) {
        JournalCodec.Writer rescued = new JournalCodec.Writer(openSamples.get());
        DayWriter out = successor.writer();
        for (Map.Entry<Integer, OpenTag> each : open.entrySet()) {
            TagDefinition definition = names.definition(each.getKey()).orElse(null);
            if (definition == null) {
                continue; // the file that knew its name is the damaged one
            }
            out.tag(each.getKey(), definition);
            carry(rescued, each.getKey(), definition, each.getValue().run);
        }
        out.journal(rescued.size(), rescued.seal(day));
        out.commit();
        successor.lock.writeLock().lock();
        try {
            open.forEach((id, tag) -> {
                for (int i = 0; i < tag.run.size(); i++) {
                    successor.open(id).add(tag.run, i);
                }
            });
        } finally {
            successor.lock.writeLock().unlock();
        }
        successor.openSamples.addAndGet(rescued.size());
    }

    /** Samples a reader could get. */
    long samples() {
        return packed + openSamples.get();
    }

    int openSamples() {
        return openSamples.get();
    }

    /** Samples in no block, of tags that have fewer than so many of them. */
    int openBelow(int fewest) {
        return open.values().stream()
                .mapToInt(tag -> tag.run.size())
                .filter(size -> size < fewest)
                .sum();
    }
}
