package org.uatwin.plcadapters.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.TrafficRecord;
import org.uatwin.plcadapters.adapter.TrafficTap;

/**
 * Records the traffic of links into a folder. Links hand pieces over without waiting; one thread writes them, at the
 * latest a tenth of a second later, into the operating system's hands, and every second onto the disk. So a killed
 * process loses a tenth of a second, a power cut a second.
 *
 * <p>A full queue, or a disk that fails, loses pieces: they are counted, and a GAP in the recording says how many.
 */
public final class Recorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final int QUEUE = 50_000;
    private static final long QUEUED_BYTES = 64_000_000;
    private static final long FLUSH_MS = 100;
    private static final long SYNC_NS = 1_000_000_000L;
    private static final int LARGEST_DATA = 8_000_000;
    private static final int LONGEST_TEXT = 64_000;

    /**
     * What a recorder has done.
     *
     * @param records written.
     * @param bytes written, dropped segments included.
     * @param lost pieces that did not fit into the queue or could not be written.
     * @param droppedSegments segments dropped because of size or age.
     * @param problem why nothing is written at present; empty if all is well.
     */
    public record Statistics(long records, long bytes, long lost, long droppedSegments, String problem) {}

    private record Piece(int link, TrafficRecord record) {}

    private final long largestData;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final SegmentWriter writer; // owned by the thread
    private final List<Entry.Link> links = new ArrayList<>(); // guarded by this
    private final BlockingQueue<Piece> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final Thread thread;
    private volatile boolean isClosing;
    private volatile String problem = "";
    private long lostMarked; // owned by the thread

    private Recorder(SegmentWriter writer, long segmentBytes, InstantSource clock, LongSupplier ticker) {
        largestData = Math.min(LARGEST_DATA, segmentBytes / 2);
        this.writer = writer;
        this.clock = clock;
        this.ticker = ticker;
        thread = new Thread(this::run, "recording");
        thread.setDaemon(true);
    }

    /**
     * Begins to record into a folder, after what may be there already.
     *
     * @param clock and ticker: those of the links.
     * @throws RecordingException if the folder cannot be used.
     */
    public static Recorder start(
            Path folder, String siteId, RecordingLimits limits, InstantSource clock, LongSupplier ticker) {
        return start(folder, siteId, limits, clock, ticker, Disk.LOCAL);
    }

    /** The same onto another disk. */
    static Recorder start(
            Path folder, String siteId, RecordingLimits limits, InstantSource clock, LongSupplier ticker, Disk disk) {
        try {
            Recorder recorder = new Recorder(
                    SegmentWriter.open(folder, siteId, limits, clock, disk), limits.segmentBytes(), clock, ticker);
            recorder.thread.start();
            return recorder;
        } catch (IOException e) {
            throw new RecordingException(
                    "%s cannot be recorded into: %s.\n  Fix: give a writable folder, used by no other server."
                            .formatted(folder, e.getMessage()),
                    e);
        }
    }

    /** The ear of a link. */
    public synchronized TrafficTap tap(String connection, String protocol) {
        int number = links.size();
        links.add(new Entry.Link(number, connection, protocol));
        return (kind, channel, text, data) -> take(number, kind, channel, text, data);
    }

    private void take(int link, TrafficRecord.Kind kind, int channel, String text, byte[] data) {
        if (isClosing) {
            return;
        }
        boolean isTooLarge = data.length > largestData || text.length() > LONGEST_TEXT;
        long size = data.length + text.length() + 100L;
        if (isTooLarge || queuedBytes.addAndGet(size) > QUEUED_BYTES) {
            queuedBytes.addAndGet(isTooLarge ? 0 : -size);
            lost.incrementAndGet();
            return;
        }
        long ticks = UaTime.ofInstant(clock.instant());
        if (!queue.offer(new Piece(link, new TrafficRecord(kind, ticker.getAsLong(), ticks, channel, text, data)))) {
            queuedBytes.addAndGet(-size);
            lost.incrementAndGet();
        }
    }

    private void run() {
        List<Piece> batch = new ArrayList<>();
        long syncAt = System.nanoTime() + SYNC_NS;
        boolean isDirty = false;
        while (true) {
            boolean isLast = isClosing;
            batch.clear();
            await(batch);
            isDirty |= write(batch);
            long now = System.nanoTime();
            if (isDirty && (now >= syncAt || isLast)) {
                isDirty = false;
                syncAt = now + SYNC_NS;
                attempt(writer::sync, 0);
            }
            if (isLast && queue.isEmpty()) {
                attempt(writer::close, 0);
                return;
            }
        }
    }

    private void await(List<Piece> batch) {
        try {
            Piece first = queue.poll(isClosing ? 0 : FLUSH_MS, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, QUEUE);
            }
        } catch (InterruptedException e) {
            isClosing = true;
        }
    }

    /** Whether anything was written. */
    private boolean write(List<Piece> batch) {
        long lostNow = lost.get();
        if (batch.isEmpty() && lostNow == lostMarked) {
            return false;
        }
        List<Entry.Link> known;
        synchronized (this) {
            known = List.copyOf(links);
        }
        boolean isWritten = attempt(
                () -> {
                    writer.know(known);
                    for (Piece piece : batch) {
                        writer.add(new Entry.Traffic(piece.link(), piece.record()));
                    }
                    if (lostNow > lostMarked) {
                        mark(lostNow - lostMarked, known);
                    }
                    writer.flush();
                },
                batch.size());
        for (Piece piece : batch) {
            queuedBytes.addAndGet(
                    -(piece.record().data().length + piece.record().text().length() + 100L));
        }
        if (isWritten) {
            records.addAndGet(batch.size());
            lostMarked = lostNow;
        }
        return isWritten;
    }

    private void mark(long count, List<Entry.Link> known) throws IOException {
        long ticks = UaTime.ofInstant(clock.instant());
        int some = (int) Math.min(Integer.MAX_VALUE, count);
        for (Entry.Link link : known) {
            writer.add(new Entry.Traffic(
                    link.number(),
                    new TrafficRecord(
                            TrafficRecord.Kind.GAP, ticker.getAsLong(), ticks, some, "pieces lost", new byte[0])));
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private boolean attempt(Work work, int atStake) {
        try {
            work.run();
            if (!problem.isEmpty()) {
                LOG.info("{}: recording again", writer.folder());
                problem = "";
            }
            return true;
        } catch (IOException e) {
            lost.addAndGet(atStake);
            if (problem.isEmpty()) {
                LOG.error("{}: nothing is recorded: {}", writer.folder(), e.getMessage());
            }
            problem = String.valueOf(e.getMessage());
            return false;
        }
    }

    /** Counters now; any thread. */
    public Statistics statistics() {
        return new Statistics(records.get(), writer.bytes(), lost.get(), writer.dropped(), problem);
    }

    /** Writes what is queued and closes the file, however long the disk takes. Idempotent. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /**
     * The same within a time, for a process that has to end: what a stuck disk has not taken by then is lost, and said.
     *
     * @param longest zero waits without end.
     */
    public void close(Duration longest) {
        isClosing = true;
        try {
            thread.join(longest.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn(
                    "{}: the disk is too slow, the last {} pieces of traffic may be lost",
                    writer.folder(),
                    queue.size());
        }
        Statistics s = statistics();
        if (s.lost() > 0) {
            LOG.warn("{}: {} pieces of traffic were lost, {} recorded", writer.folder(), s.lost(), s.records());
        }
    }
}
