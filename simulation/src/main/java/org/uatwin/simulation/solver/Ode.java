package org.uatwin.simulation.solver;

/** Right-hand sides x' = f(t, x, u). */
@FunctionalInterface
public interface Ode {
    /** Writes dx/dt into {@code dx}; allocates nothing. */
    void derivatives(double t, double[] x, double[] u, double[] dx);
}
