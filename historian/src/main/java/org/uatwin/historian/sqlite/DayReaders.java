package org.uatwin.historian.sqlite;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;

/** The reading connections of one day that nobody uses now; opening one takes a millisecond. Any thread. */
final class DayReaders {
    private static final int MOST_IDLE = 2;

    private final Path file;
    private final long start;
    private final ArrayDeque<DayReader> idle = new ArrayDeque<>(); // guarded by this
    private long usedAt; // guarded by this

    DayReaders(Path file, long start) {
        this.file = file;
        this.start = start;
    }

    /** Work with a connection. */
    @FunctionalInterface
    interface Work {
        void with(DayReader reader);
    }

    /** Lends a connection; one that failed is not used again. */
    void lend(Work work) {
        DayReader reader = take();
        try {
            work.with(reader);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
        giveBack(reader);
    }

    private DayReader take() {
        synchronized (this) {
            DayReader known = idle.poll();
            if (known != null) {
                return known;
            }
        }
        return new DayReader(file, start);
    }

    private void giveBack(DayReader reader) {
        synchronized (this) {
            if (idle.size() < MOST_IDLE) {
                idle.push(reader);
                usedAt = System.nanoTime();
                return;
            }
        }
        reader.close();
    }

    /** Closes them if none was used for so long. */
    synchronized void closeIdle(long now, long nanos) {
        if (now - usedAt >= nanos) {
            close();
        }
    }

    synchronized void close() {
        List.copyOf(idle).forEach(DayReader::close);
        idle.clear();
    }
}
