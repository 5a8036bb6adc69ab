package org.uatwin.simulation.solver;

import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.exception.NumberIsTooSmallException;
import org.apache.commons.math3.ode.FirstOrderDifferentialEquations;
import org.apache.commons.math3.ode.nonstiff.DormandPrince853Integrator;

/**
 * Explicit integration that chooses its step: Dormand and Prince 8(5,3) of Commons Math. For smooth equations that are not
 * stiff; it allocates a few objects at every call, so it is for offline work.
 */
public final class AdaptiveSolver implements OdeSolver {
    private static final double SMALLEST_STEP = 1e-12;

    private final int size;
    private final double tolerance;
    private final double maxStep;

    /** A solver for state vectors of this size with a relative tolerance, and a thousandth of it absolute. */
    public AdaptiveSolver(int size, double tolerance, double maxStep) {
        this.size = size;
        this.tolerance = tolerance;
        this.maxStep = maxStep;
    }

    @Override
    public void step(Ode ode, double t, double[] x, double[] u, double h) {
        if (size == 0 || h <= 0) {
            return;
        }
        DormandPrince853Integrator integrator = new DormandPrince853Integrator(
                Math.min(SMALLEST_STEP, h), Math.max(h * 1e-9, maxStep), tolerance * 1e-3, tolerance);
        FirstOrderDifferentialEquations equations = new FirstOrderDifferentialEquations() {
            @Override
            public int getDimension() {
                return size;
            }

            @Override
            public void computeDerivatives(double time, double[] y, double[] dy) {
                ode.derivatives(time, y, u, dy);
            }
        };
        try {
            integrator.integrate(equations, t, x, t + h, x);
        } catch (NumberIsTooSmallException e) {
            if (t + h - t < 1e-10 * Math.max(1, Math.abs(t))) {
                return; // shorter than the clock can tell
            }
            throw new SolverException(
                    "no step is small enough between %s and %s s; try solver: implicit".formatted(t, t + h), e);
        } catch (MathIllegalStateException e) {
            throw new SolverException("integration failed between %s and %s s".formatted(t, t + h), e);
        }
    }
}
