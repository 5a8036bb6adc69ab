package org.uatwin.plcadapters.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes segments and drops old ones. One thread; the counters may be read by others. */
@SuppressWarnings("NonAtomicVolatileUpdate") // counters have one writer
final class SegmentWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);
    private static final String LOCK = "recording.lock";
    private static final int BUFFER = 1 << 18;

    private final Path folder;
    private final String siteId;
    private final RecordingLimits limits;
    private final InstantSource clock;
    private final Disk disk;
    private final FileChannel lockFile;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final List<Entry.Link> links = new ArrayList<>();
    private long next;
    private @Nullable Path file; // of the segment
    private Disk.@Nullable Segment segment;
    private boolean hasWritten; // something of the segment is in the file as a whole
    private boolean isStartOfSegment;
    private long segmentBytes;
    private boolean isStart = true;
    private volatile long bytes;
    private volatile long dropped;

    private SegmentWriter(
            Path folder,
            String siteId,
            RecordingLimits limits,
            InstantSource clock,
            Disk disk,
            FileChannel lockFile,
            long next) {
        this.folder = folder;
        this.siteId = siteId;
        this.limits = limits;
        this.clock = clock;
        this.disk = disk;
        this.lockFile = lockFile;
        this.next = next;
    }

    static SegmentWriter open(Path folder, String siteId, RecordingLimits limits, InstantSource clock, Disk disk)
            throws IOException {
        Files.createDirectories(folder);
        FileChannel lockFile =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = lockFile.tryLock();
            if (lock == null) {
                throw new IOException("another server records there");
            }
            List<Path> there = Segments.of(folder);
            long next = there.isEmpty() ? 1 : Segments.number(there.get(there.size() - 1)) + 1;
            return new SegmentWriter(folder, siteId, limits, clock, disk, lockFile, next);
        } catch (OverlappingFileLockException e) {
            lockFile.close();
            throw new IOException("another server records there", e);
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    long bytes() {
        return bytes;
    }

    long dropped() {
        return dropped;
    }

    /** Says which links there are; new ones are written down. */
    void know(List<Entry.Link> all) throws IOException {
        for (Entry.Link link : all.subList(links.size(), all.size())) {
            links.add(link);
            if (segment != null) {
                put(SegmentFile.frame(link));
            }
        }
    }

    void add(Entry.Traffic entry) throws IOException {
        byte[] frame = SegmentFile.frame(entry);
        if (segment == null || segmentBytes + frame.length > limits.segmentBytes()) {
            begin(entry);
        }
        put(frame);
    }

    private void put(byte[] frame) throws IOException {
        if (buffer.remaining() < frame.length) {
            flush();
        }
        if (frame.length > buffer.capacity()) {
            write(ByteBuffer.wrap(frame));
        } else {
            buffer.put(frame);
        }
        segmentBytes += frame.length;
        bytes += frame.length;
    }

    /** Its time counts from its first piece: pieces wait in a queue, so now may be long after. */
    private void begin(Entry.Traffic first) throws IOException {
        closeSegment();
        dropOld();
        Path made = folder.resolve(SegmentFile.name(next));
        segment = disk.create(made);
        file = made;
        hasWritten = false;
        isStartOfSegment = isStart;
        next++;
        segmentBytes = 0;
        put(SegmentFile.MARK);
        put(SegmentFile.frame(new Entry.Session(
                isStart, siteId, first.piece().ns(), first.piece().ticks())));
        isStart = false;
        for (Entry.Link link : links) {
            put(SegmentFile.frame(link));
        }
    }

    /** Makes room for a whole segment and lets go of what is too old. */
    private void dropOld() throws IOException {
        List<Path> there = new ArrayList<>(Segments.of(folder));
        long total = 0;
        for (Path file : there) {
            total += Files.size(file);
        }
        long oldest = clock.instant().minus(limits.age()).toEpochMilli();
        for (Path file : there) {
            boolean isTooOld = Files.getLastModifiedTime(file).toMillis() < oldest;
            if (total + limits.segmentBytes() <= limits.bytes() && !isTooOld) {
                return;
            }
            total -= Files.size(file);
            Files.delete(file);
            dropped++;
        }
    }

    /** Hands everything to the operating system: it survives the process. */
    void flush() throws IOException {
        buffer.flip();
        try {
            write(buffer);
        } finally {
            buffer.clear();
        }
    }

    private void write(ByteBuffer from) throws IOException {
        Disk.Segment to = segment;
        try {
            while (to != null && from.hasRemaining()) {
                to.write(from);
                hasWritten |= !from.hasRemaining();
            }
        } catch (IOException e) {
            abandon(); // it may end in half a frame: what follows goes into another
            throw e;
        }
    }

    /** Lets go of a segment; of one that holds nothing whole nothing stays, or a full disk would fill with empty files. */
    private void abandon() {
        Disk.Segment now = segment;
        segment = null;
        if (now == null) {
            return;
        }
        try {
            now.close();
            if (!hasWritten && file != null) {
                Files.deleteIfExists(file);
                next--;
                isStart = isStartOfSegment;
            }
        } catch (IOException e) {
            LOG.debug("closing a segment that could not be written", e);
        }
    }

    /** Hands everything to the disk: it survives a power cut. */
    void sync() throws IOException {
        flush();
        Disk.Segment now = segment;
        if (now != null) {
            now.force();
        }
    }

    private void closeSegment() throws IOException {
        Disk.Segment now = segment;
        if (now != null) {
            try {
                sync();
            } finally {
                segment = null;
                now.close();
            }
        }
    }

    void close() throws IOException {
        try {
            closeSegment();
        } finally {
            lockFile.close();
        }
    }
}
