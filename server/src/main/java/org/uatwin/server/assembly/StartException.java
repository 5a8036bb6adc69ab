package org.uatwin.server.assembly;

/** The server cannot start for a reason the user can mend; the message says place, cause and fix. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
