package org.uatwin.server.state;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The state cannot be read or written; the message says which file, why, and what to do. */
public final class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isOfNewerProgram;

    private StateException(String message, boolean isOfNewerProgram, @Nullable Throwable cause) {
        super(message, cause);
        this.isOfNewerProgram = isOfNewerProgram;
    }

    static StateException broken(Path file, Throwable cause) {
        return new StateException(
                "%s cannot be used: %s.\n  Fix: restore it from a backup, or move it away: totals, counts, windows and finished runs then begin anew."
                        .formatted(file, cause.getMessage()),
                false,
                cause);
    }

    static StateException newer(Path file, int found, int known) {
        return new StateException(
                "%s was written by a newer uatwin (schema %d, this one knows %d).\n  Fix: start the newer version, or another data directory."
                        .formatted(file, found, known),
                true,
                null);
    }

    /** Whether a newer uatwin has written the file: then it must not be touched. */
    public boolean isOfNewerProgram() {
        return isOfNewerProgram;
    }
}
