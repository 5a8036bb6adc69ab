package org.uatwin.simulation.solver;

/** The equations cannot be integrated: the step has become too small, or a number is not finite. */
public final class SolverException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SolverException(String message) {
        super(message);
    }

    public SolverException(String message, Throwable cause) {
        super(message, cause);
    }
}
