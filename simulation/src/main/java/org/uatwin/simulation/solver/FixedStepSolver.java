package org.uatwin.simulation.solver;

import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.OperatingMode;

/** Explicit fixed-step integration of one state vector. Owned by one thread; no allocation after construction. */
public final class FixedStepSolver implements OdeSolver {
    /** Integration formula. */
    public enum Method {
        /** First order; what published reference trajectories often use. */
        EULER,
        /** Second order: explicit trapezoidal rule. */
        HEUN,
        /** Fourth order: the classical Runge-Kutta formula. */
        RK4
    }

    private final Method method;
    private final int size;
    private final double[] k1;
    private final double[] k2;
    private final double[] k3;
    private final double[] k4;
    private final double[] stage;
    private final Bound bound = new Bound();

    /** A solver for state vectors of this size. */
    public FixedStepSolver(Method method, int size) {
        this.method = method;
        this.size = size;
        this.k1 = new double[size];
        this.k2 = new double[size];
        this.k3 = new double[size];
        this.k4 = new double[size];
        this.stage = new double[size];
    }

    /** The equations of a twin model in one mode. */
    private static final class Bound implements Ode {
        private @Nullable ModelDynamics dynamics;
        private OperatingMode mode = OperatingMode.RUNNING;

        @Override
        public void derivatives(double t, double[] x, double[] u, double[] dx) {
            if (dynamics != null) {
                dynamics.derivatives(mode, x, u, dx);
            }
        }
    }

    /**
     * Advances {@code x} in place by {@code h} seconds with inputs and mode held, then projects it onto its limits.
     */
    public void step(ModelDynamics dynamics, OperatingMode mode, double[] x, double[] u, double h) {
        bound.dynamics = dynamics;
        bound.mode = mode;
        step(bound, 0, x, u, h);
        dynamics.project(x);
    }

    @Override
    public void step(Ode ode, double t, double[] x, double[] u, double h) {
        switch (method) {
            case EULER -> euler(ode, t, x, u, h);
            case HEUN -> heun(ode, t, x, u, h);
            case RK4 -> rungeKutta(ode, t, x, u, h);
        }
    }

    private void euler(Ode ode, double t, double[] x, double[] u, double h) {
        ode.derivatives(t, x, u, k1);
        for (int i = 0; i < size; i++) {
            x[i] += h * k1[i];
        }
    }

    private void heun(Ode ode, double t, double[] x, double[] u, double h) {
        ode.derivatives(t, x, u, k1);
        for (int i = 0; i < size; i++) {
            stage[i] = x[i] + h * k1[i];
        }
        ode.derivatives(t + h, stage, u, k2);
        for (int i = 0; i < size; i++) {
            x[i] += 0.5 * h * (k1[i] + k2[i]);
        }
    }

    /** With its arrays at hand: what the compiler need not read again in each loop. */
    private void rungeKutta(Ode ode, double t, double[] x, double[] u, double h) {
        double[] a = k1;
        double[] b = k2;
        double[] c = k3;
        double[] d = k4;
        double[] middle = stage;
        int n = size;
        double half = 0.5 * h;
        ode.derivatives(t, x, u, a);
        for (int i = 0; i < n; i++) {
            middle[i] = x[i] + half * a[i];
        }
        ode.derivatives(t + half, middle, u, b);
        for (int i = 0; i < n; i++) {
            middle[i] = x[i] + half * b[i];
        }
        ode.derivatives(t + half, middle, u, c);
        for (int i = 0; i < n; i++) {
            middle[i] = x[i] + h * c[i];
        }
        ode.derivatives(t + h, middle, u, d);
        double sixth = h / 6;
        for (int i = 0; i < n; i++) {
            x[i] += sixth * (a[i] + 2 * (b[i] + c[i]) + d[i]);
        }
    }
}
