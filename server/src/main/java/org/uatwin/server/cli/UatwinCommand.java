package org.uatwin.server.cli;

import java.util.List;
import org.uatwin.server.cli.client.ClientCommand;
import org.uatwin.server.cli.client.ReloadCommand;
import org.uatwin.server.cli.evaluate.EvaluateCommand;
import org.uatwin.server.cli.points.PointsCommand;
import org.uatwin.server.cli.probe.ProbeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code uatwin} itself: shows its help. */
@Command(
        name = "uatwin",
        description = "An OPC UA server whose address space is a plant of digital twins one can call.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = VersionCommand.class,
        footer = {
            "",
            "First steps:",
            "  uatwin demo                                  a virtual plant and its server",
            "  uatwin client browse                         what it holds (in a second terminal)",
            "  uatwin client call pump-01 WhatIf SpeedSetpoint 2400 DischargePressure 60 -u operator",
            "",
            "Exit codes: 0 done, 1 the answer is no, 2 wrong usage or unreadable input,",
            "            3 no connection to the server, 70 a defect of uatwin.",
            "Help on a command: uatwin COMMAND --help"
        })
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
public final class UatwinCommand implements Runnable {
    /** In the order of the help. */
    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            RunCommand.class,
            CheckCommand.class,
            SchemaCommand.class,
            PlanCommand.class,
            ReloadCommand.class,
            ProbeCommand.class,
            VirtualCommand.class,
            ReplayCommand.class,
            RecordingCommand.class,
            PointsCommand.class,
            SimulateCommand.class,
            OptimiseCommand.class,
            EvaluateCommand.class,
            ClientCommand.class,
            UsersCommand.class,
            CertsCommand.class,
            VersionCommand.class,
            WarmUpCommand.class);

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @CommandLine.Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    private boolean version;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * Adds the commands below this one: the one whose name is given, or all. Reading all of them takes a quarter of a second, which
     * a server that starts can use better.
     */
    static void addTo(CommandLine line, CommandLine.IFactory factory, String name) {
        List<Class<?>> named = COMMANDS.stream()
                .filter(c -> c.getAnnotation(Command.class).name().equals(name))
                .toList();
        for (Class<?> command : named.isEmpty() ? COMMANDS : named) {
            line.addSubcommand(new CommandLine(command, factory));
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Whether {@code --debug} was given to the command or one above it. */
    static boolean isDebug(CommandLine command) {
        CommandLine c = command;
        while (c != null) {
            if (c.getMixins().values().stream().anyMatch(m -> m instanceof CommonOptions o && o.isDebug())
                    || c.getCommandSpec().mixins().values().stream()
                            .anyMatch(m -> m.userObject() instanceof CommonOptions o && o.isDebug())) {
                return true;
            }
            c = c.getParent();
        }
        return false;
    }
}
