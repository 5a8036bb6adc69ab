package org.uatwin.server.cli.points;

import org.uatwin.server.cli.CommonOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code uatwin points}. */
@Command(
        name = "points",
        description = "The addresses of a plant file as a CSV table, out and in again.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PointsExportCommand.class, PointsImportCommand.class})
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
public final class PointsCommand implements Runnable {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: export or import");
    }
}
