package org.uatwin.server.cli;

import picocli.CommandLine.Option;

/** What every command understands. */
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
public final class CommonOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(names = "--debug", description = "Show stack traces and detailed log lines on the console.")
    private boolean debug;

    public boolean isDebug() {
        return debug;
    }
}
