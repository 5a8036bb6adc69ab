package org.uatwin.server.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uatwin run}. */
@Command(
        name = "run",
        description = "Run the server of a plant until Ctrl-C or SIGTERM.",
        footer = {
            "",
            "Check the file first: uatwin check PLANT",
            "Take a changed file over: --watch, or uatwin reload from another terminal.",
            "Exit codes: 0 ended by Ctrl-C or SIGTERM, 1 the plant file has errors or the server could not start,",
            "            2 wrong usage or unreadable file, 70 a defect."
        })
final class RunCommand implements Callable<Integer> {
    private final ServerCommands server;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "PLANT", description = "The plant file (YAML).")
    private Path plant = Path.of("");

    @Option(
            names = "--watch",
            description = "Take changes of the plant file, its tables and its secret files over while running.")
    private boolean isWatching;

    @Mixin
    private final ServerOptions options = new ServerOptions();

    @Mixin
    private final DataOption data = new DataOption();

    @Option(
            names = "--virtual",
            paramLabel = "DIR",
            description =
                    "Talk to the virtual devices that \"uatwin virtual\" runs with this data directory, not to the"
                            + " addresses in the plant file.")
    private @Nullable Path virtual;

    @Mixin
    private final RecordOptions record = new RecordOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RunCommand(ServerCommands server) {
        this.server = server;
    }

    @Override
    public Integer call() {
        RunOptions given = new RunOptions(
                plant,
                options.port(),
                data.directory(),
                options.host(),
                isWatching,
                options.isQuiet(),
                Optional.ofNullable(virtual),
                record.recording(),
                spec.commandLine().getOut());
        Logging.forServer(data.directory(), options.isQuiet(), common.isDebug());
        return server.run(given);
    }
}
