package org.uatwin.simulation.expression;

/** A text that is no formula. */
public final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1;

    private final String fix;

    ExpressionException(String message, String fix) {
        super(message);
        this.fix = fix;
    }

    /** What is wrong, with the place in the formula. */
    public String cause() {
        return String.valueOf(getMessage());
    }

    /** What to do. */
    public String fix() {
        return fix;
    }
}
