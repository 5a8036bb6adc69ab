package org.uatwin.plcadapters.opcua;

/** Something with the upstream server did not work; the message says what, and what to do if that is known. */
final class UpstreamException extends Exception {
    private static final long serialVersionUID = 1;

    UpstreamException(String text) {
        super(text);
    }

    UpstreamException(String text, Throwable cause) {
        super(text, cause);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
