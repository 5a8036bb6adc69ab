package org.uatwin.historian.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The history on disk cannot be read or written; the message says which file, why, and what to do. */
public final class HistoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SQLITE_CORRUPT = 11;
    private static final int SQLITE_FULL = 13;
    private static final int SQLITE_NOT_A_DATABASE = 26;

    private final boolean isDamage;

    private HistoryException(String message, boolean isDamage, @Nullable Throwable cause) {
        super(message, cause);
        this.isDamage = isDamage;
    }

    static HistoryException of(Path file, SQLException cause) {
        int code = cause.getErrorCode() & 0xFF;
        boolean isDamage = code == SQLITE_CORRUPT || code == SQLITE_NOT_A_DATABASE;
        String fix = isDamage
                ? "the file is set aside; restore it from a backup, or recover what is left with sqlite3 .recover."
                : code == SQLITE_FULL
                        ? "free disk space, or give the history less with historyGigabytes."
                        : "check that the disk is writable and has room.";
        return new HistoryException(
                "%s cannot be used: %s.\n  Fix: %s".formatted(file, cause.getMessage(), fix), isDamage, cause);
    }

    static HistoryException damaged(Path file, RuntimeException cause) {
        return new HistoryException("%s is damaged: %s".formatted(file, cause.getMessage()), true, cause);
    }

    static HistoryException newer(Path file, int found, int known) {
        return new HistoryException(
                "%s was written by a newer uatwin (schema %d, this one knows %d).\n  Fix: start the newer version, or another data directory."
                        .formatted(file, found, known),
                false,
                null);
    }

    static HistoryException unusable(Path directory, Exception cause) {
        return new HistoryException(
                "%s cannot be used for history: %s.\n  Fix: make it writable, or keep history in memory with history: memory."
                        .formatted(directory, cause.getMessage()),
                false,
                cause);
    }

    static HistoryException full(int waiting) {
        return new HistoryException(
                "the disk cannot keep up: %d samples wait to be stored. Historize fewer points, or use a faster disk."
                        .formatted(waiting),
                false,
                null);
    }

    static HistoryException closed(Path directory) {
        return new HistoryException("the history in %s is closed".formatted(directory), false, null);
    }

    /** Whether the bytes on the disk are wrong, so that trying again does not help. */
    public boolean isDamage() {
        return isDamage;
    }
}
