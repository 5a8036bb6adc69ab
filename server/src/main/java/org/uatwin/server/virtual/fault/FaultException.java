package org.uatwin.server.virtual.fault;

/** A fault that cannot be set: the message says what is wrong and what would be right. */
public final class FaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FaultException(String message) {
        super(message);
    }
}
