package org.uatwin.informationmodel.inference;

/** A model that cannot be used, or an answer that could not be computed; for people. */
public final class InferenceException extends Exception {
    private static final long serialVersionUID = 1;

    private final String fix;

    public InferenceException(String cause, String fix) {
        super(cause);
        this.fix = fix;
    }

    /** What to do. */
    public String fix() {
        return fix;
    }
}
