package org.uatwin.simulation.contract;

/**
 * The equations of one model with one parameter vector. Every method works on the caller's arrays, allocates nothing and keeps
 * nothing, so one instance may serve several threads. Vectors follow {@link ModelDescription}; states are in SI.
 */
public interface ModelDynamics {
    /** Writes dx/dt into {@code dx}. */
    void derivatives(OperatingMode mode, double[] x, double[] u, double[] dx);

    /**
     * Moves a state on by itself, for models that have a step of their own.
     *
     * @return false: the state was left alone, integrate {@link #derivatives}.
     */
    default boolean advance(OperatingMode mode, double[] x, double[] u, double seconds) {
        return false;
    }

    /** Writes the outputs, in the units of the description, into {@code y}. */
    void outputs(OperatingMode mode, double[] x, double[] u, double[] y);

    /** The mode that follows after a step ended in this state. */
    OperatingMode nextMode(OperatingMode mode, double[] x, double[] u);

    /** Event function of this index: the event happens when it falls from above zero to zero or below. */
    double event(int index, double[] x, double[] u);

    /** Brings a state back onto its physical limits after a step. */
    void project(double[] x);

    /** Whether state and inputs are inside the range for which the model is validated. */
    boolean insideEnvelope(double[] x, double[] u);
}
