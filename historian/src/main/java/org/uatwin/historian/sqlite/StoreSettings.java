package org.uatwin.historian.sqlite;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a history on disk is kept.
 *
 * @param directory its files; nothing else is in it.
 * @param retention how long samples are kept by their source time, one day or more; they leave by whole UTC days.
 * @param sizeBytes the most bytes of all files; beyond, the oldest days leave first, never today.
 * @param commitWindow the longest a batch waits for others to be synced with it, zero or more.
 * @param openSamples samples in memory and in the journal before blocks are made of them, 1 or more.
 */
public record StoreSettings(
        Path directory, Duration retention, long sizeBytes, Duration commitWindow, int openSamples) {
    private static final int SMALLEST_OPEN = 100_000;
    private static final int LARGEST_OPEN = 1_000_000;

    /** Bytes of heap for one open sample, its share of arrays that are not full included. */
    private static final int OPEN_SAMPLE_BYTES = 32;

    public StoreSettings {
        if (retention.compareTo(Duration.ofDays(1)) < 0 || sizeBytes < 1) {
            throw new IllegalArgumentException(
                    "retention is a day or more and size above zero: %s, %d bytes".formatted(retention, sizeBytes));
        }
        if (commitWindow.isNegative() || openSamples < 1) {
            throw new IllegalArgumentException("the commit window is zero or more and a sample may be open: %s, %d"
                    .formatted(commitWindow, openSamples));
        }
    }

    /** A commit window of 50 ms, and up to a million open samples in a sixteenth of the heap. */
    public static StoreSettings of(Path directory, Duration retention, long sizeBytes) {
        long open = Runtime.getRuntime().maxMemory() / 16 / OPEN_SAMPLE_BYTES;
        return new StoreSettings(directory, retention, sizeBytes, Duration.ofMillis(50), (int)
                Math.max(SMALLEST_OPEN, Math.min(LARGEST_OPEN, open)));
    }

    public StoreSettings withOpenSamples(int samples) {
        return new StoreSettings(directory, retention, sizeBytes, commitWindow, samples);
    }

    public StoreSettings withCommitWindow(Duration window) {
        return new StoreSettings(directory, retention, sizeBytes, window, openSamples);
    }
}
