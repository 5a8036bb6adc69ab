package org.uatwin.simulation.objective;

import java.util.function.LongSupplier;
import org.uatwin.simulation.scenario.RunControl;
import org.uatwin.simulation.scenario.StopReason;

/**
 * How much work a search may do. Asked before every evaluation; counts them, tells the run how far it is and remembers why the search
 * had to end. Owned by one thread.
 */
public final class Effort {
    private final long most;
    private final long endNanos;
    private final LongSupplier ticker;
    private final RunControl control;
    private long evaluations;
    private StopReason stop = StopReason.CONVERGED;

    /**
     * @param most evaluations.
     * @param mostSeconds of wall time.
     * @param ticker nanoseconds that only move forward.
     */
    public Effort(long most, double mostSeconds, LongSupplier ticker, RunControl control) {
        this.most = most;
        this.ticker = ticker;
        this.endNanos = ticker.getAsLong() + (long) (mostSeconds * 1e9);
        this.control = control;
    }

    /** Work without limits but this one: for offline use and tests. */
    public static Effort ofEvaluations(long most) {
        return new Effort(most, 3e9, () -> 0, RunControl.NONE);
    }

    /** Takes one evaluation; false when there is none left, then the search ends with what it has. */
    public boolean next() {
        if (!mayContinue()) {
            return false;
        }
        evaluations++;
        control.progress((double) evaluations / most);
        return true;
    }

    /** Whether the search may go on, without taking an evaluation: for loops between evaluations. */
    public boolean mayContinue() {
        if (control.isCancelled()) {
            stop = StopReason.CANCELLED;
        } else if (evaluations >= most) {
            stop = StopReason.ITERATIONS;
        } else if (ticker.getAsLong() - endNanos > 0) {
            stop = StopReason.TIME;
        }
        return stop == StopReason.CONVERGED;
    }

    /** Whether something outside ends everything, the work after the search included. */
    public boolean isCancelled() {
        return control.isCancelled();
    }

    /** Evaluations so far. */
    public long evaluations() {
        return evaluations;
    }

    /** Evaluations that are left. */
    public long left() {
        return most - evaluations;
    }

    /** Why the search ended; converged while nothing has stopped it. */
    public StopReason stopReason() {
        return stop;
    }
}
