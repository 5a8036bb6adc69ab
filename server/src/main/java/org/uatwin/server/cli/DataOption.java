package org.uatwin.server.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --data} of the commands that work on the data directory of a server. */
public final class DataOption {
    /** Of {@code run}, and of the commands that administer it. */
    public static final String RUN_DEFAULT = "uatwin-data";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = {
                "Data directory of the server. Default: the environment variable UATWIN_DATA, else uatwin-data in the"
                        + " current folder. The demo's is ~/.uatwin/demo."
            })
    private @Nullable Path data;

    /** The directory given, else that of the environment, else {@link #RUN_DEFAULT}; it may not exist. */
    public Path directory() {
        return data != null ? data : fromEnvironment().orElse(Path.of(RUN_DEFAULT));
    }

    /** As {@link #directory()} for a command that makes sense only where a server has run. */
    public Path existing() {
        Path directory = directory();
        if (!Files.isDirectory(directory)) {
            throw new CliException(
                    Exit.USAGE,
                    "there is no data directory %s. Fix: name the server's with --data DIR%s."
                            .formatted(
                                    directory,
                                    Files.isDirectory(demoDirectory())
                                            ? "; the demo's is %s".formatted(demoDirectory())
                                            : ""));
        }
        return directory;
    }

    /** Whether it was named on the command line. */
    public boolean isGiven() {
        return data != null;
    }

    static Optional<Path> fromEnvironment() {
        return Optional.ofNullable(System.getenv("UATWIN_DATA"))
                .filter(s -> !s.isBlank())
                .map(Path::of);
    }

    /** Where the demo keeps its data unless told otherwise: found from any folder by {@code client} and {@code fault}. */
    public static Path demoDirectory() {
        return Path.of(System.getProperty("user.home", "."), ".uatwin", "demo");
    }
}
