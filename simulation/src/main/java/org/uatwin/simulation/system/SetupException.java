package org.uatwin.simulation.system;

/** What a user asked for cannot be simulated: says which part of the case, why, and what to do. */
public final class SetupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String target;
    private final int row;
    private final String column;
    private final String fix;

    private SetupException(String target, int row, String column, String cause, String fix) {
        super(cause);
        this.target = target;
        this.row = row;
        this.column = column;
        this.fix = fix;
    }

    /** A problem with a parameter, input or start value. */
    public static SetupException of(String name, String cause, String fix) {
        return new SetupException(name, -1, "", cause, fix);
    }

    /** A problem with a cell of a table; row -1 means the table as a whole. */
    public static SetupException ofTable(String table, int row, String column, String cause, String fix) {
        return new SetupException(table, row, column, cause, fix);
    }

    /** The parameter, input, start value or table. */
    public String target() {
        return target;
    }

    /** Row of the table from 0, or -1. */
    public int row() {
        return row;
    }

    /** Column of the table, or empty. */
    public String column() {
        return column;
    }

    /** What is wrong. */
    public String cause() {
        return String.valueOf(getMessage());
    }

    /** What to do. */
    public String fix() {
        return fix;
    }
}
