package org.uatwin.plcadapters.recording;

/** A recording cannot be written or read; the message names the file and what to do. */
public final class RecordingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RecordingException(String message) {
        super(message);
    }

    public RecordingException(String message, Throwable cause) {
        super(message, cause);
    }
}
