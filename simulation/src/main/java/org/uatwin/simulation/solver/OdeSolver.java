package org.uatwin.simulation.solver;

/** Integrates one state vector. Owned by one thread. */
public interface OdeSolver {
    /**
     * Advances {@code x} in place from {@code t} by {@code h} seconds with the inputs held.
     *
     * @throws SolverException when no step is small enough.
     */
    void step(Ode ode, double t, double[] x, double[] u, double h);
}
