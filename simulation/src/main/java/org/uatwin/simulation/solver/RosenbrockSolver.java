package org.uatwin.simulation.solver;

/**
 * The L-stable two-stage Rosenbrock method ROS2 (Verwer, Spee, Blom, Hundsdorfer, SIAM J. Sci. Comput. 20, 1999) for stiff
 * equations, gamma = 1 - 1/sqrt 2, with its first-order companion as error estimate:
 *
 * <pre>
 * (I - g h J) k1 = f(t, x) + g h f_t
 * (I - g h J) k2 = f(t + h, x + h k1) - 2 k1 - g h f_t
 * x1 = x + 3/2 h k1 + 1/2 h k2,   error = h/2 (k1 + k2)
 * </pre>
 *
 * The Jacobian is taken by forward differences once per attempted step. Allocates nothing after construction.
 */
public final class RosenbrockSolver implements OdeSolver {
    private static final double GAMMA = 1 - Math.sqrt(0.5);
    private static final double SMALLEST_SHARE = 1e-12;
    private static final int MOST_STEPS = 1_000_000;

    private final int size;
    private final double relative;
    private final double absolute;
    private final double maxStep;
    private final double[] f0;
    private final double[] f1;
    private final double[] ft;
    private final double[] k1;
    private final double[] k2;
    private final double[] trial;
    private final double[][] jacobian;
    private final Lu lu;
    private double lastStep;

    /**
     * A solver for state vectors of this size.
     *
     * @param tolerance relative and, times 1e-3, absolute error per step; 0 = take steps as they come.
     * @param maxStep largest step in seconds.
     */
    public RosenbrockSolver(int size, double tolerance, double maxStep) {
        this.size = size;
        this.relative = tolerance;
        this.absolute = tolerance * 1e-3;
        this.maxStep = maxStep;
        this.f0 = new double[size];
        this.f1 = new double[size];
        this.ft = new double[size];
        this.k1 = new double[size];
        this.k2 = new double[size];
        this.trial = new double[size];
        this.jacobian = new double[size][size];
        this.lu = new Lu(size);
    }

    @Override
    public void step(Ode ode, double t, double[] x, double[] u, double h) {
        if (size == 0) {
            return;
        }
        double done = 0;
        double next = Math.min(h, Math.min(maxStep, lastStep > 0 ? lastStep : h));
        for (int n = 0; done < h * (1 - 1e-14); n++) {
            if (n > MOST_STEPS) {
                throw new SolverException(
                        "more than %d internal steps between %s and %s s".formatted(MOST_STEPS, t, t + h));
            }
            double length = Math.min(next, h - done);
            double error = attempt(ode, t + done, x, u, length);
            if (error <= 1) {
                System.arraycopy(trial, 0, x, 0, size);
                done += length;
            } else if (!(length > SMALLEST_SHARE * Math.max(h, 1e-9))) {
                throw new SolverException("no step is small enough at t = %s s".formatted(t + done));
            }
            if (relative > 0) {
                double factor = error > 0 ? 0.9 / Math.sqrt(error) : 4;
                next = Math.min(maxStep, length * Math.max(0.2, Math.min(4, Double.isNaN(factor) ? 0.2 : factor)));
                if (error <= 1 && (length == next || length < h - done || done < h)) {
                    lastStep = next;
                }
            }
        }
    }

    /** One step into {@code trial}; answers its error as a share of what is tolerated. */
    private double attempt(Ode ode, double t, double[] x, double[] u, double h) {
        ode.derivatives(t, x, u, f0);
        jacobian(ode, t, x, u, h);
        double[][] a = lu.matrix();
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                a[i][j] = -GAMMA * h * jacobian[i][j];
            }
            a[i][i] += 1;
        }
        if (!lu.factorise()) {
            return Double.POSITIVE_INFINITY;
        }
        for (int i = 0; i < size; i++) {
            k1[i] = f0[i] + GAMMA * h * ft[i];
        }
        lu.solve(k1);
        for (int i = 0; i < size; i++) {
            trial[i] = x[i] + h * k1[i];
        }
        ode.derivatives(t + h, trial, u, f1);
        for (int i = 0; i < size; i++) {
            k2[i] = f1[i] - 2 * k1[i] - GAMMA * h * ft[i];
        }
        lu.solve(k2);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            trial[i] = x[i] + 1.5 * h * k1[i] + 0.5 * h * k2[i];
            double scale = absolute + relative * Math.max(Math.abs(x[i]), Math.abs(trial[i]));
            double error = 0.5 * h * (k1[i] + k2[i]) / scale;
            sum += relative > 0 ? error * error : 0;
            if (!Double.isFinite(trial[i])) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return Math.sqrt(sum / size);
    }

    private void jacobian(Ode ode, double t, double[] x, double[] u, double h) {
        double dt = 1e-7 * h;
        ode.derivatives(t + dt, x, u, ft);
        for (int i = 0; i < size; i++) {
            ft[i] = (ft[i] - f0[i]) / dt;
        }
        for (int j = 0; j < size; j++) {
            double kept = x[j];
            double delta = 1e-7 * Math.max(Math.abs(kept), 1e-4);
            x[j] = kept + delta;
            ode.derivatives(t, x, u, f1);
            x[j] = kept;
            for (int i = 0; i < size; i++) {
                jacobian[i][j] = (f1[i] - f0[i]) / delta;
            }
        }
    }
}
