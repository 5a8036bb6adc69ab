package org.uatwin.plcadapters.recording;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.plcadapters.adapter.TrafficRecord;

/**
 * Reads the recording of a folder in the order it was written. Monotonic time goes on through restarts of the server: a
 * pause between two of them lasts {@value #LONGEST_PAUSE_NS} ns at most. A segment that ends in the middle of a frame, as
 * after a crash, is read up to there; of a damaged one the rest is passed over and {@link #problems} says so.
 */
public final class RecordingReader implements AutoCloseable {
    static final long LONGEST_PAUSE_NS = 5_000_000_000L;

    /** A piece with its connection. */
    public record Item(String connection, String protocol, TrafficRecord piece) {}

    private final Path folder;
    private final List<Path> segments;
    private final List<String> problems = new ArrayList<>();
    private final Map<Integer, Entry.Link> links = new HashMap<>();
    private int nextSegment;
    private @Nullable DataInputStream in;
    private String siteId = "";
    private int sessions;
    private long offsetNs;
    private long lastNs;
    private long lastTicks;
    private boolean hasBegun;

    private RecordingReader(Path folder, List<Path> segments) {
        this.folder = folder;
        this.segments = segments;
    }

    /**
     * @throws RecordingException if there is no recording.
     */
    public static RecordingReader open(Path folder) {
        try {
            List<Path> segments = Files.isDirectory(folder) ? Segments.of(folder) : List.of();
            if (segments.isEmpty()) {
                throw new RecordingException(
                        "there is no recording in %s. Fix: name the folder that was given to uatwin run --record."
                                .formatted(folder));
            }
            return new RecordingReader(folder, segments);
        } catch (IOException e) {
            throw new RecordingException("%s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** The next piece; null at the end. */
    public @Nullable Item next() {
        while (true) {
            Entry entry = entry();
            if (entry == null) {
                return null;
            }
            if (entry instanceof Entry.Session session) {
                begin(session);
            } else if (entry instanceof Entry.Link link) {
                links.put(link.number(), link);
            } else if (entry instanceof Entry.Traffic traffic) {
                Entry.Link link = links.get(traffic.link());
                if (link != null) {
                    TrafficRecord piece = traffic.piece();
                    lastNs = Math.max(lastNs, piece.ns() + offsetNs);
                    lastTicks = Math.max(lastTicks, piece.ticks());
                    return new Item(link.name(), link.protocol(), piece.at(piece.ns() + offsetNs));
                }
            }
        }
    }

    private void begin(Entry.Session session) {
        links.clear();
        siteId = session.siteId();
        if (!hasBegun) {
            offsetNs = -session.ns();
            sessions = 1;
        } else if (session.isStart()) {
            sessions++;
            long pause = Math.max(0, Math.min(LONGEST_PAUSE_NS / 100, session.ticks() - lastTicks)) * 100;
            offsetNs = lastNs + pause - session.ns();
        }
        hasBegun = true;
    }

    private @Nullable Entry entry() {
        while (true) {
            DataInputStream now = in;
            if (now == null) {
                if (nextSegment == segments.size()) {
                    return null;
                }
                openSegment(segments.get(nextSegment++));
                continue;
            }
            try {
                Entry entry = SegmentFile.read(now);
                if (entry != null) {
                    return entry;
                }
            } catch (EOFException e) {
                problem("ends in the middle of a frame, as after a crash");
            } catch (IOException e) {
                problem(e.getMessage() + "; the rest of it is passed over");
            }
            closeSegment();
        }
    }

    private void openSegment(Path segment) {
        try {
            DataInputStream opened =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(segment), 1 << 16));
            in = opened;
            if (!SegmentFile.isMark(opened.readNBytes(SegmentFile.MARK.length))) {
                problem("is no segment of a recording, or of a version this uatwin does not know");
                closeSegment();
            }
        } catch (IOException e) {
            problem("cannot be read: " + e.getMessage());
            closeSegment();
        }
    }

    private void problem(String what) {
        problems.add("%s %s".formatted(segments.get(nextSegment - 1).getFileName(), what));
    }

    private void closeSegment() {
        DataInputStream now = in;
        in = null;
        if (now != null) {
            try {
                now.close();
            } catch (IOException e) {
                problem("cannot be closed: " + e.getMessage());
            }
        }
    }

    /** Site of the session read last. */
    public String siteId() {
        return siteId;
    }

    /** Servers that began so far. */
    public int sessions() {
        return sessions;
    }

    /** What was wrong with segments so far, one sentence each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        closeSegment();
        nextSegment = segments.size();
    }
}
