package org.uatwin.server.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file a command makes for its user. */
public final class NewFile {
    private NewFile() {}

    /** @throws CliException if it is there already and not forced, or cannot be written. */
    public static void write(Path file, String text, boolean isForced) {
        if (Files.exists(file) && !isForced) {
            throw new CliException(
                    Exit.USAGE, "%s is there already.\n  Fix: another name, or --force.".formatted(file));
        }
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    /** What to tell when a file cannot be written. */
    public static CliException notWritten(Path file, IOException e) {
        return new CliException(
                Exit.USAGE,
                "%s cannot be written (%s).\n  Fix: check folder and rights."
                        .formatted(file, e.getClass().getSimpleName()),
                e);
    }
}
