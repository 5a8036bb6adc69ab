package org.uatwin.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
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

    /** The same of a demo with a plant of its own: another site in the same directory would get other namespace indexes. */
    static Path demoDirectory(Optional<String> plant) {
        return plant.map(name -> Path.of(name).toAbsolutePath().normalize())
                .map(path -> path.getFileName().toString().matches("plant\\.ya?ml") ? path.getParent() : path)
                .map(path -> demoDirectory()
                        .resolveSibling("demo-" + path.getFileName().toString().replaceFirst("\\.ya?ml$", "")))
                .orElse(demoDirectory());
    }

    /** The directory of the demo that runs: the first that says where its server listens, else that of the demo itself. */
    static Path runningDemo() {
        Path own = demoDirectory();
        if (Files.exists(own.resolve("endpoint"))) {
            return own;
        }
        try (Stream<Path> others = Files.list(own.resolveSibling("."))) {
            return others.filter(d -> d.getFileName().toString().startsWith("demo-"))
                    .filter(d -> Files.exists(d.resolve("endpoint")))
                    .map(Path::normalize)
                    .sorted()
                    .findFirst()
                    .orElse(own);
        } catch (IOException e) {
            return own;
        }
    }

    /** Where the demo keeps its data unless told otherwise: found from any folder by {@code client} and {@code fault}. */
    public static Path demoDirectory() {
        return Path.of(System.getProperty("user.home", "."), ".uatwin", "demo");
    }
}
