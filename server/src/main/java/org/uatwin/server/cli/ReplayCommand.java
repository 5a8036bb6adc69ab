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

/** {@code uatwin replay}. */
@Command(
        name = "replay",
        description = {
            "Run the server of a plant on recorded traffic instead of its devices.",
            "Values, qualities and times are those of the recording; nothing is sent anywhere, writes are refused."
        },
        footer = {
            "",
            "Record first: uatwin run PLANT --record DIR",
            "Exit codes: 0 ended, 1 the plant file has errors, or plant and recording do not fit, 2 wrong usage or no"
                    + " recording,",
            "            70 a defect."
        })
final class ReplayCommand implements Callable<Integer> {
    private final ServerCommands server;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "PLANT", description = "The plant file (YAML).")
    private Path plant = Path.of("");

    @Parameters(index = "1", paramLabel = "DIR", description = "The folder of the recording.")
    private Path recording = Path.of("");

    @Option(
            names = "--speed",
            paramLabel = "X",
            defaultValue = "1",
            description = "Seconds of the recording in a second, or \"max\". Default: ${DEFAULT-VALUE}.")
    private String speed = "1";

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "Write every sample to this file (CSV), as fast as possible, and end; no server is started.")
    private @Nullable Path to;

    @Mixin
    private final ServerOptions options = new ServerOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory of this server, not that of the plant's. Default: uatwin-replay.")
    private Path data = Path.of("uatwin-replay");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ReplayCommand(ServerCommands server) {
        this.server = server;
    }

    @Override
    public Integer call() {
        ReplayOptions given = new ReplayOptions(
                plant,
                recording,
                Speed.parse(spec, speed),
                Optional.ofNullable(to),
                options.port(),
                data,
                options.host(),
                options.isQuiet(),
                spec.commandLine().getOut());
        if (to == null) {
            Logging.forServer(data, options.isQuiet(), common.isDebug());
        } else {
            Logging.forTool(common.isDebug());
        }
        return server.replay(given);
    }
}
