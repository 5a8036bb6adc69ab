package org.uatwin.server.cli;

/** The exit codes of every command (docs/reference/cli.md). */
public final class Exit {
    public static final int OK = 0;
    /** The answer is no: findings in a plant file, a Bad status, an unknown user, a failed what-if. */
    public static final int FAILED = 1;
    /** The command line is wrong, or an input file cannot be read. */
    public static final int USAGE = 2;
    /** No session with the server: not reachable, not trusted, or the logon was refused. */
    public static final int NO_CONNECTION = 3;
    /** A defect of uatwin itself. */
    public static final int INTERNAL = 70;

    private Exit() {}
}
