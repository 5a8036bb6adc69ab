package org.uatwin.informationmodel.expression;

/** A text that is no permitted formula. */
public final class FormulaException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final String fix;

    FormulaException(int position, String cause, String fix) {
        super(cause);
        this.position = position;
        this.fix = fix;
    }

    /** 1-based character of the formula the cause stands at; 0 if it concerns the whole. */
    public int position() {
        return position;
    }

    /** What to do. */
    public String fix() {
        return fix;
    }
}
