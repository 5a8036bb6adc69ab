package org.uatwin.simulation.solver;

import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.OperatingMode;

/** Explicit fixed-step integration of one state vector. Owned by one thread; no allocation after construction. */
public final class FixedStepSolver {
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

    /**
     * Advances {@code x} in place by {@code h} seconds with inputs and mode held, then projects it onto its limits.
     */
    public void step(ModelDynamics dynamics, OperatingMode mode, double[] x, double[] u, double h) {
        switch (method) {
            case EULER -> euler(dynamics, mode, x, u, h);
            case HEUN -> heun(dynamics, mode, x, u, h);
            case RK4 -> rungeKutta(dynamics, mode, x, u, h);
        }
        dynamics.project(x);
    }

    private void euler(ModelDynamics dynamics, OperatingMode mode, double[] x, double[] u, double h) {
        dynamics.derivatives(mode, x, u, k1);
        for (int i = 0; i < size; i++) {
            x[i] += h * k1[i];
        }
    }

    private void heun(ModelDynamics dynamics, OperatingMode mode, double[] x, double[] u, double h) {
        dynamics.derivatives(mode, x, u, k1);
        for (int i = 0; i < size; i++) {
            stage[i] = x[i] + h * k1[i];
        }
        dynamics.derivatives(mode, stage, u, k2);
        for (int i = 0; i < size; i++) {
            x[i] += 0.5 * h * (k1[i] + k2[i]);
        }
    }

    private void rungeKutta(ModelDynamics dynamics, OperatingMode mode, double[] x, double[] u, double h) {
        double half = 0.5 * h;
        dynamics.derivatives(mode, x, u, k1);
        for (int i = 0; i < size; i++) {
            stage[i] = x[i] + half * k1[i];
        }
        dynamics.derivatives(mode, stage, u, k2);
        for (int i = 0; i < size; i++) {
            stage[i] = x[i] + half * k2[i];
        }
        dynamics.derivatives(mode, stage, u, k3);
        for (int i = 0; i < size; i++) {
            stage[i] = x[i] + h * k3[i];
        }
        dynamics.derivatives(mode, stage, u, k4);
        double sixth = h / 6;
        for (int i = 0; i < size; i++) {
            x[i] += sixth * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
        }
    }
}
