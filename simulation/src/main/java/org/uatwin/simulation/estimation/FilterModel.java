package org.uatwin.simulation.estimation;

/**
 * A discrete-time process as a Kalman filter sees it: z' = f(z) + noise, y = h(z) + noise. Time, inputs and modes are held by the
 * implementation between calls. Both functions work on the caller's arrays and allocate nothing.
 */
public interface FilterModel {
    /** Length of the state vector. */
    int states();

    /** Length of the output vector. */
    int outputs();

    /** Writes the state one step later into {@code next}; {@code z} is left alone. */
    void transition(double[] z, double[] next);

    /** Writes the outputs of a state into {@code y}. */
    void output(double[] z, double[] y);
}
