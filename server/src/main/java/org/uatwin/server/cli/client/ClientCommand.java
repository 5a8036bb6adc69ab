package org.uatwin.server.cli.client;

import org.uatwin.server.cli.CommonOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code uatwin client}: its subcommands do the work. */
@Command(
        name = "client",
        description = "Look at an OPC UA server: browse, read, write, watch, call, history, diagnostics.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BrowseCommand.class,
            ReadCommand.class,
            WriteCommand.class,
            WatchCommand.class,
            CallCommand.class,
            HistoryCommand.class,
            DiagnosticsCommand.class
        },
        footer = {
            "",
            "A NODE is pump-01/Flow (an id of the plant), ns=2;s=..., nsu=URI;s=... or i=2253; NODE[1] and NODE[0:2]",
            "are elements of an array. An argument that begins with opc.tcp:// is the endpoint.",
            "Exit codes: 0 done, 1 the server answered Bad or no, 2 wrong usage, 3 no session, 70 a defect."
        })
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
public final class ClientCommand implements Runnable {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: browse, read, write, watch, call, history or diagnostics");
    }
}
