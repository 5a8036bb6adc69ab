package org.uatwin.simulation.scenario;

/** State of a run; {@link #number()} is what GetRunStatus reports: 0 Ready, 1 Running, 2 Completed, 3 Cancelled, 4 Failed. */
public enum RunState {
    READY(0),
    RUNNING(1),
    COMPLETED(2),
    CANCELLED(3),
    FAILED(4);

    private final int number;

    RunState(int number) {
        this.number = number;
    }

    /** Number of the state, 0..4; append-only. */
    public int number() {
        return number;
    }

    /**
     * The state of a number.
     *
     * @throws IllegalArgumentException if there is none.
     */
    static RunState of(int number) {
        for (RunState state : values()) {
            if (state.number == number) {
                return state;
            }
        }
        throw new IllegalArgumentException("no state of a run: " + number);
    }

    /** Whether nothing more will happen. */
    public boolean isFinal() {
        return this == COMPLETED || this == CANCELLED || this == FAILED;
    }
}
