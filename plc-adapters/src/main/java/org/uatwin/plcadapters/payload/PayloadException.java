package org.uatwin.plcadapters.payload;

import org.jspecify.annotations.Nullable;

/** A payload that is not what was declared; the message says what is wrong with it. */
public final class PayloadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PayloadException(String message) {
        super(message);
    }

    public PayloadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What is wrong. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
