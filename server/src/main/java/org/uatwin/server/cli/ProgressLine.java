package org.uatwin.server.cli;

import java.io.PrintWriter;

/** One line on the error output that is written over, at most five times a second; only for a person. */
public final class ProgressLine {
    private static final long EVERY_NS = 200_000_000L;

    private final PrintWriter err;

    @SuppressWarnings("SystemConsoleNull") // from JDK 22 on never null: then a redirected output has the line, too
    private final boolean isTerminal = System.console() != null;

    private long shownNs = System.nanoTime() - EVERY_NS;
    private int width;

    public ProgressLine(PrintWriter err) {
        this.err = err;
    }

    /** @param text after the mark of a comment. */
    public void show(String text) {
        long now = System.nanoTime();
        if (isTerminal && now - shownNs >= EVERY_NS) {
            shownNs = now;
            String line = "# " + text;
            err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            err.flush();
            width = line.length();
        }
    }

    /** Takes the line away. */
    public void end() {
        if (width > 0) {
            err.print("\r" + " ".repeat(width) + "\r");
            err.flush();
            width = 0;
        }
    }
}
