package org.uatwin.server.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end with its output in files, so that no pipe can fill up. */
final class Program {
    /** What a program left behind. */
    record Outcome(List<String> command, int exitCode, String out, String err) {
        @Override
        public String toString() {
            return "%s%nexit code %d%n%s%n%s".formatted(String.join(" ", command), exitCode, out, err);
        }
    }

    private Program() {}

    /** The project's root. */
    static Path root() {
        return Path.of(System.getProperty("uatwin.root", "..")).toAbsolutePath().normalize();
    }

    /** The launcher a user starts. */
    static Path launcher() {
        return root().resolve("uatwin");
    }

    /**
     * A folder of the material shared between projects: property or environment variable, else beside the project or
     * above it.
     *
     * @throws IllegalStateException if there is none.
     */
    static Path shared(String folder) {
        String given = System.getProperty("uatwin.shared", System.getenv("UATWIN_SHARED"));
        if (given != null) {
            return Path.of(given).resolve(folder);
        }
        for (Path at = root().getParent(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve(folder);
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException(
                "no shared/%s beside or above %s. Fix: -Duatwin.shared=DIR or UATWIN_SHARED=DIR, or leave these tests out with -DexcludedTags=shared."
                        .formatted(folder, root()));
    }

    /** Runs it in a directory; fails if it does not end within the limit. */
    static Outcome run(Path directory, Duration limit, List<String> command) {
        try {
            Path out = Files.createTempFile("uatwin", ".out");
            Path err = Files.createTempFile("uatwin", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                process.getOutputStream().close();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                    throw new AssertionError("%s did not end within %s%n%s%n%s"
                            .formatted(String.join(" ", command), limit, Files.readString(out), Files.readString(err)));
                }
                return new Outcome(
                        command,
                        process.exitValue(),
                        Files.readString(out, StandardCharsets.UTF_8),
                        Files.readString(err, StandardCharsets.UTF_8));
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        } catch (IOException e) {
            throw new IllegalStateException(String.join(" ", command) + " cannot be run", e);
        }
    }
}
