package org.uatwin.simulation.prognosis;

import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.solver.FixedStepSolver;

/**
 * Where the process states of a model come to rest at a given damage: damage is so much slower that it sees them settled (singular
 * perturbation; Kokotovic, Khalil and O'Reilly 1986). Newton's method with slopes that are kept, which costs one evaluation a step.
 * Owned by one thread.
 */
final class SettledStates {
    private static final double SLOWEST = 1e-8; // 1/s: what takes years to settle is held
    private static final int MOST = 25;
    private static final double CLOSE = 1e-5; // relative
    private static final double SLOW = 0.3; // ratio of one step to the last
    private static final double RELATIVE_STEP = 1e-5;
    private static final int RUN_UP = 120; // steps
    private static final double AT_WORK = 1e-3; // relative change in a step beyond which a drive is still at its limits

    private final int n;
    private final double[] inputs;
    private final OperatingMode mode;
    private final double[] lower;
    private final double[] upper;
    private final boolean[] isDamage;
    private final double[] dx;
    private final double[] moved;
    private final double[] step;
    private final double[] before; // steps
    private int[] fast = new int[0];
    private double[] slopes = new double[0]; // LU factors, of the fast states
    private int[] pivot = new int[0];
    private boolean matters = true;
    private double slowest;
    private final double stepSeconds;
    private final FixedStepSolver solver;

    SettledStates(TwinModel model, double[] inputs, OperatingMode mode) {
        n = model.description().states().size();
        this.inputs = inputs;
        this.mode = mode;
        lower = new double[n];
        upper = new double[n];
        isDamage = new boolean[n];
        for (int i = 0; i < n; i++) {
            StateSpec spec = model.description().states().get(i);
            lower[i] = spec.lower();
            upper[i] = spec.upper();
            isDamage[i] = spec.kind() == StateSpec.Kind.DAMAGE;
        }
        stepSeconds = model.description().maxStepSeconds();
        solver = new FixedStepSolver(FixedStepSolver.Method.RK4, n);
        dx = new double[n];
        moved = new double[n];
        step = new double[n];
        before = new double[n];
    }

    /** Runs the model from {@code x} until nothing is changing fast: a drive at its limits has no slope Newton's method could follow. */
    void runUp(ModelDynamics dynamics, double[] x) {
        for (int steps = 0; steps < RUN_UP && isAtWork(dynamics, x); steps++) {
            System.arraycopy(x, 0, moved, 0, n);
            if (!dynamics.advance(mode, x, inputs, stepSeconds)) {
                solver.step(dynamics, mode, x, inputs, stepSeconds);
            }
            for (int i = 0; i < n; i++) {
                x[i] = isDamage[i] ? moved[i] : x[i];
            }
        }
    }

    private boolean isAtWork(ModelDynamics dynamics, double[] x) {
        dynamics.derivatives(mode, x, inputs, dx);
        for (int i = 0; i < n; i++) {
            if (!isDamage[i] && Math.abs(dx[i]) * stepSeconds > AT_WORK * (Math.abs(x[i]) + 1e-3)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Finds slopes at a state.
     *
     * @param isNeeded whether anything but the damage itself has to be known at rest.
     */
    void slopes(ModelDynamics dynamics, double[] x, boolean isNeeded) {
        double[] full = new double[n * n];
        boolean[] isFast = new boolean[n];
        boolean feedsDamage = false;
        slowest = 0;
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (isDamage[i]) {
                continue;
            }
            column(dynamics, x, i, full);
            if (full[i * n + i] < -SLOWEST) {
                isFast[i] = true;
                slowest = Math.max(slowest, -1 / full[i * n + i]);
                count++;
                for (int k = 0; k < n; k++) {
                    feedsDamage |= isDamage[k] && full[k * n + i] != 0;
                }
            }
        }
        fast = new int[count];
        int at = 0;
        for (int i = 0; i < n; i++) {
            if (isFast[i]) {
                fast[at++] = i;
            }
        }
        slopes = new double[count * count];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < count; k++) {
                slopes[i * count + k] = full[fast[i] * n + fast[k]];
            }
        }
        pivot = new int[count];
        matters = (isNeeded || feedsDamage) && count > 0 && factorise();
    }

    private void column(ModelDynamics dynamics, double[] x, int i, double[] full) {
        double h = Math.max(RELATIVE_STEP * Math.abs(x[i]), 1e-7);
        System.arraycopy(x, 0, moved, 0, n);
        moved[i] = x[i] + h;
        dynamics.derivatives(mode, moved, inputs, dx);
        for (int k = 0; k < n; k++) {
            full[k * n + i] = dx[k];
        }
        moved[i] = x[i] - h;
        dynamics.derivatives(mode, moved, inputs, dx);
        for (int k = 0; k < n; k++) {
            full[k * n + i] = (full[k * n + i] - dx[k]) / (2 * h);
        }
    }

    /** Gauss with partial pivoting, in place; false if it is singular. */
    private boolean factorise() {
        int m = fast.length;
        for (int c = 0; c < m; c++) {
            int best = c;
            for (int r = c + 1; r < m; r++) {
                if (Math.abs(slopes[r * m + c]) > Math.abs(slopes[best * m + c])) {
                    best = r;
                }
            }
            pivot[c] = best;
            if (Math.abs(slopes[best * m + c]) < 1e-14) {
                return false;
            }
            for (int k = 0; k < m && best != c; k++) {
                double swap = slopes[c * m + k];
                slopes[c * m + k] = slopes[best * m + k];
                slopes[best * m + k] = swap;
            }
            for (int r = c + 1; r < m; r++) {
                double factor = slopes[r * m + c] / slopes[c * m + c];
                slopes[r * m + c] = factor;
                for (int k = c + 1; k < m; k++) {
                    slopes[r * m + k] -= factor * slopes[c * m + k];
                }
            }
        }
        return true;
    }

    private void solve(double[] b) {
        int m = fast.length;
        for (int c = 0; c < m; c++) {
            double swap = b[c];
            b[c] = b[pivot[c]];
            b[pivot[c]] = swap;
        }
        for (int r = 1; r < m; r++) {
            for (int k = 0; k < r; k++) {
                b[r] -= slopes[r * m + k] * b[k];
            }
        }
        for (int r = m - 1; r >= 0; r--) {
            for (int k = r + 1; k < m; k++) {
                b[r] -= slopes[r * m + k] * b[k];
            }
            b[r] /= slopes[r * m + r];
        }
    }

    /**
     * Brings the process states of {@code x} to rest, beginning where they are, and writes the derivatives there into {@code rates}.
     *
     * @return whether they came to rest.
     */
    boolean settle(ModelDynamics dynamics, double[] x, double[] rates) {
        dynamics.derivatives(mode, x, inputs, rates);
        if (!matters) {
            return true;
        }
        int m = fast.length;
        double largest = 0;
        java.util.Arrays.fill(before, 0);
        for (int round = 0; round < MOST; round++) {
            for (int i = 0; i < m; i++) {
                step[i] = -rates[fast[i]];
            }
            solve(step);
            hasten(m);
            largest = 0;
            for (int i = 0; i < m; i++) {
                int s = fast[i];
                double to = Math.max(lower[s], Math.min(upper[s], x[s] + step[i]));
                largest = Math.max(largest, Math.abs(to - x[s]) / (Math.abs(x[s]) + 1e-3));
                x[s] = to;
            }
            if (!(largest < 1e3)) {
                return false;
            }
            if (largest < 1e-3) {
                dynamics.derivatives(mode, x, inputs, rates);
                if (largest < CLOSE) {
                    return true;
                }
            } else {
                dynamics.project(x);
                dynamics.derivatives(mode, x, inputs, rates);
            }
        }
        return largest < 1e-3;
    }

    /** Steps that come back, or follow each other slowly, tell how wrong a slope is (Steffensen's rule, state by state). */
    private void hasten(int m) {
        for (int i = 0; i < m; i++) {
            double full = step[i];
            double ratio = before[i] == 0 ? 0 : full / before[i];
            if (Math.abs(ratio) > SLOW && Math.abs(ratio) < 1.5) {
                step[i] = full * Math.max(0.4, Math.min(2, 1 / (1 - Math.min(0.9, ratio))));
                before[i] = 0; // the next one is compared with nothing
            } else {
                before[i] = full;
            }
        }
    }

    /** The longest time constant of what settles, seconds; 0 if nothing does. */
    double slowestSeconds() {
        return slowest;
    }

    double event(ModelDynamics dynamics, int index, double[] x) {
        return dynamics.event(index, x, inputs);
    }
}
