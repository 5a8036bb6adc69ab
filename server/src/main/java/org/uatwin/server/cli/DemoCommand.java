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

/** {@code uatwin demo}. */
@Command(
        name = "demo",
        description = {
            "Run a virtual plant and its server; nothing to install.",
            "Without PLANT a conveyor line with a pump behind real Modbus TCP sockets on this machine. Its users operator"
                    + " and admin have well-known passwords: for the demo only."
        },
        subcommands = FaultCommand.class,
        footer = {
            "",
            "Example: uatwin demo mixed          Modbus and MQTT, with a broker of its own",
            "         uatwin demo --list         the names there are",
            "Exit codes: 0 ended by Ctrl-C or SIGTERM, 1 could not start, 2 wrong usage, 70 a defect."
        })
final class DemoCommand implements Callable<Integer> {
    private final ServerCommands server;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PLANT",
            description = "Name of a folder in examples/, or the path of a plant file: its devices become virtual.")
    private @Nullable String plant;

    @Option(names = "--list", description = "Print the names of the plants in examples/.")
    private boolean list;

    @Mixin
    private final ServerOptions options = new ServerOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Data directory, made when it is missing. Default: ~/.uatwin/demo, with PLANT ~/.uatwin/demo-PLANT.")
    private @Nullable Path data;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DemoCommand(ServerCommands server) {
        this.server = server;
    }

    @Override
    public Integer call() {
        if (list) {
            server.demos().forEach(spec.commandLine().getOut()::println);
            return Exit.OK;
        }
        Path directory = data == null ? DataOption.demoDirectory(Optional.ofNullable(plant)) : data;
        DemoOptions given = new DemoOptions(
                Optional.ofNullable(plant),
                options.port(),
                directory,
                options.host(),
                options.isQuiet(),
                spec.commandLine().getOut());
        Logging.forServer(directory, options.isQuiet(), common.isDebug());
        return server.demo(given);
    }
}
