package org.uatwin.simulation.system;

import java.util.List;
import org.uatwin.simulation.contract.StateSpec;

/**
 * A simulation whose memory is a vector, so that it can be put into any state: what an estimator needs of it. Events are for runs; after
 * {@link #restore} none happens, because a state that is corrected by measurements passes limits back and forth.
 */
public interface Stateful extends Simulation {
    /** The elements of the vector, damage among them; empty if this simulation remembers more than a vector. */
    List<StateSpec> states();

    /** Writes the present state into {@code x}. */
    void state(double[] x);

    /** Takes this state for the present one, after {@link #begin}; from now on no event happens. */
    void restore(double[] x);

    /** Starts a run from this state, after {@link #begin}: events happen as in every run. */
    void resume(double[] x);
}
