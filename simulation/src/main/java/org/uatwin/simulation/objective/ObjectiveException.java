package org.uatwin.simulation.objective;

/** A setting that does not fit the twin, for the person who asked. */
public final class ObjectiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String text;

    /**
     * @param cause what is wrong, with the value found and the range.
     * @param fix what to do.
     */
    public ObjectiveException(String cause, String fix) {
        super("%s. Fix: %s".formatted(cause, fix));
        text = "%s. Fix: %s".formatted(cause, fix);
    }

    /** For people. */
    String text() {
        return text;
    }
}
