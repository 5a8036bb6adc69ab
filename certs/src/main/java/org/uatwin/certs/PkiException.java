package org.uatwin.certs;

/** A fault of this module. The message names the file or the entry, what is wrong with it, and what to do. */
public class PkiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PkiException(String message) {
        super(message);
    }

    public PkiException(String message, Throwable cause) {
        super(message, cause);
    }
}
