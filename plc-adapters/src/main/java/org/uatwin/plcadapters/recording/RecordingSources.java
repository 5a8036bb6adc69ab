package org.uatwin.plcadapters.recording;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.plcadapters.adapter.ReplayTime;
import org.uatwin.plcadapters.adapter.TrafficRecord;
import org.uatwin.plcadapters.adapter.TrafficSource;

/**
 * Deals a recording out to the links that replay it, reading ahead as far as one of them needs to know, at most two
 * minutes of the recording: longer than any timeout. Owned by the thread that replays.
 */
public final class RecordingSources {
    private static final long AHEAD_NS = 120_000_000_000L;

    private final RecordingReader reader;
    private final Map<String, Source> sources = new HashMap<>();
    private RecordingReader.@Nullable Item lookahead;
    private long readNs = Long.MIN_VALUE;
    private boolean isAtEnd;

    public RecordingSources(RecordingReader reader) {
        this.reader = reader;
        advance();
    }

    private void advance() {
        lookahead = reader.next();
        isAtEnd = lookahead == null;
        if (lookahead != null) {
            readNs = Math.max(readNs, lookahead.piece().ns());
        }
    }

    /** The first record of all; null if the recording is empty. Before anything was taken. */
    public @Nullable TrafficRecord first() {
        RecordingReader.Item item = lookahead;
        return item == null ? null : item.piece();
    }

    /**
     * The records of a connection; to be asked for before anything is taken.
     *
     * @param time of the link that replays them: how far ahead is looked counts from there.
     */
    public TrafficSource of(String connection, ReplayTime time) {
        return sources.computeIfAbsent(connection, name -> new Source(time));
    }

    private void readUntil(Source wanted, long ns) {
        while (!isAtEnd && wanted.waiting.isEmpty() && readNs <= ns) {
            RecordingReader.Item item = lookahead;
            if (item != null) {
                Source source = sources.get(item.connection());
                if (source != null) {
                    source.waiting.add(item.piece());
                }
            }
            advance();
        }
    }

    private final class Source implements TrafficSource {
        final Deque<TrafficRecord> waiting = new ArrayDeque<>();
        private final ReplayTime time;

        Source(ReplayTime time) {
            this.time = time;
        }

        @Override
        public @Nullable TrafficRecord peek() {
            if (waiting.isEmpty()) {
                readUntil(this, time.ns() + AHEAD_NS);
            }
            return waiting.peek();
        }

        @Override
        public TrafficRecord next() {
            if (peek() == null) {
                throw new IllegalStateException("nothing is left");
            }
            return waiting.remove();
        }

        /** Values age to the end of the whole recording, also of a link that fell silent before. */
        @Override
        public long knownUntil() {
            return isAtEnd && time.ns() >= readNs ? Long.MAX_VALUE : readNs;
        }
    }
}
