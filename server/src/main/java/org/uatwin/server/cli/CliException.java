package org.uatwin.server.cli;

/** What the person at the keyboard has to know and can mend: a message, no stack trace, an exit code of {@link Exit}. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** @param message what is wrong, and after it {@code Fix:} with what to do. */
    public CliException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public CliException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** The message without control characters other than line ends: it may quote a file or a server. */
    String printable() {
        String message = getMessage();
        return message == null ? "" : Table.printable(message);
    }
}
