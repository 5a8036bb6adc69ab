package org.uatwin.server.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Loads the classes other commands need; the launcher makes the class data archive of this run. */
@Command(name = "warm-up", hidden = true, description = "Load what the commands need (used by the launcher).")
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
final class WarmUpCommand implements Callable<Integer> {
    private final ServerCommands server;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    WarmUpCommand(ServerCommands server) {
        this.server = server;
    }

    @Override
    public Integer call() {
        CommandLine line = Main.commandLine(server)
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(new StringWriter()));
        line.execute("--help");
        line.execute("version");
        line.execute("client", "call", "--help");
        // Nobody listens on port 1: the client is loaded up to its first connection.
        line.execute("client", "read", "-e", "opc.tcp://127.0.0.1:1", "--timeout", "1", "i=2258");
        return Exit.OK;
    }
}
