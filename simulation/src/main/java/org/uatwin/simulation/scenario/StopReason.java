package org.uatwin.simulation.scenario;

/** Why an optimisation ended. */
public enum StopReason {
    /** Nothing better was found any more, or the solution is exact. */
    CONVERGED("converged"),
    /** The evaluations the caller allowed are used up. */
    ITERATIONS("out of iterations"),
    /** The server's time limit is used up. */
    TIME("out of time"),
    /** The caller cancelled. */
    CANCELLED("cancelled"),
    /** No decision keeps every limit. */
    INFEASIBLE("infeasible");

    private final String text;

    StopReason(String text) {
        this.text = text;
    }

    /** For people. */
    public String text() {
        return text;
    }
}
