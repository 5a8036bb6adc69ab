package org.uatwin.server.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uatwin demo}. */
@Command(
        name = "demo",
        description = {
            "Run a virtual plant and its server; nothing to install.",
            "A conveyor line with a pump behind real Modbus TCP sockets on this machine. Its users operator and admin"
                    + " have well-known passwords: for the demo only."
        },
        subcommands = FaultCommand.class,
        footer = {"", "Exit codes: 0 ended by Ctrl-C or SIGTERM, 1 could not start, 2 wrong usage, 70 a defect."})
final class DemoCommand implements Callable<Integer> {
    private final ServerCommands server;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final ServerOptions options = new ServerOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory, made when it is missing. Default: ~/.uatwin/demo.")
    private @Nullable Path data;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DemoCommand(ServerCommands server) {
        this.server = server;
    }

    @Override
    public Integer call() {
        Path directory = data == null ? DataOption.demoDirectory() : data;
        DemoOptions given = new DemoOptions(
                options.port(),
                directory,
                options.host(),
                options.isQuiet(),
                spec.commandLine().getOut());
        Logging.forServer(directory, options.isQuiet(), common.isDebug());
        return server.demo(given);
    }
}
