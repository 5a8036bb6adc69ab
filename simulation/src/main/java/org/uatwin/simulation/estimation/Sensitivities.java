package org.uatwin.simulation.estimation;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.contract.TwinModel;

/**
 * What each candidate parameter and each damage state does to the measured outputs, at every operating point the twin has been
 * at: the rows the choice of parameters stands on. Sensor offsets last, so that one point says the same however long it lasts:
 * a further point counts when an input has moved. Owned with its estimator.
 */
final class Sensitivities {
    private static final int MOST_POINTS = 4;
    private static final int MOST_SLOW_POINTS = 12; // of what is at rest never: a day and a night of a building
    private static final double NEW_POINT = 0.05; // relative change of an input
    private static final double HORIZON_SECONDS = 900;

    private final TwinModel model;
    private final double[] configured;
    private final int[] outputs;
    private final EstimatorSettings settings;
    final int[] candidates; // indices of parameters
    private final List<double[]> points = new ArrayList<>(); // inputs
    private final List<double[][]> columns =
            new ArrayList<>(); // by point: candidates, then damage states, then sensors of inputs

    Sensitivities(TwinModel model, double[] configured, int[] outputs, EstimatorSettings settings) {
        this.model = model;
        this.configured = configured;
        this.outputs = outputs;
        this.settings = settings;
        List<Integer> estimable = new ArrayList<>();
        List<ParameterSpec> specs = model.description().parameters();
        for (int i = 0; i < specs.size(); i++) {
            if (BoundedParameter.isEstimable(specs.get(i), configured[i])) {
                estimable.add(i);
            }
        }
        candidates = estimable.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Whether these inputs are another operating point than those known, and there is room for it. */
    boolean isNew(double[] u) {
        if (points.size() >= (settings.pace() > 1 ? MOST_SLOW_POINTS : MOST_POINTS)) {
            return false;
        }
        for (double[] known : points) {
            boolean isSame = true;
            for (int i = 0; i < u.length; i++) {
                double noise =
                        5 * model.description().inputs().get(i).accuracy().sigma(known[i]);
                double far = Math.max(NEW_POINT * Math.max(Math.abs(u[i]), Math.abs(known[i])), noise);
                isSame &= Math.abs(u[i] - known[i]) <= far;
            }
            if (isSame) {
                return false;
            }
        }
        return true;
    }

    /**
     * Adds the present operating point.
     *
     * @param isMeasured by output.
     * @param sigmaOfState prior standard deviations of the states.
     */
    void add(
            double[] base,
            double[] state,
            double[] u,
            OperatingMode mode,
            boolean[] isMeasured,
            double[] sigmaOfState) {
        AugmentedModel all =
                new AugmentedModel(model, configured, base, candidates, outputs, settings.stepSeconds(), 3600, u, mode);
        ExtendedKalmanFilter filter = new ExtendedKalmanFilter(all.n, all.m);
        double[] z = new double[all.n];
        System.arraycopy(state, 0, z, 0, state.length);
        for (int k = 0; k < candidates.length; k++) {
            z[all.place(k)] = all.parameters[k].place(base[candidates[k]]);
        }
        filter.start(z, new double[all.n]);
        double[] y = new double[all.m];
        all.modelled(z, y);
        all.sigmasAt(y);
        all.linearise(filter);
        points.add(u.clone());
        List<StateSpec> states = model.description().states();
        List<double[]> made = new ArrayList<>();
        for (int k = 0; k < candidates.length; k++) {
            made.add(settled(all, filter, all.place(k), 1, isMeasured));
        }
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i).kind() == StateSpec.Kind.DAMAGE) {
                made.add(settled(all, filter, i, sigmaOfState[i], isMeasured));
            }
        }
        for (int d = 0; d < all.drivers.length; d++) {
            made.add(settled(all, filter, all.inputOffset(d), 1, isMeasured));
        }
        columns.add(made.toArray(new double[0][]));
    }

    /** Effect on the outputs, in standard deviations, a while after element {@code of} changed by {@code amount}. */
    private double[] settled(
            AugmentedModel all, ExtendedKalmanFilter filter, int of, double amount, boolean[] isMeasured) {
        double[] f = filter.transitionJacobian();
        double[] h = filter.outputJacobian();
        double[] e = new double[all.n];
        double[] next = new double[all.n];
        int steps = (int) Math.ceil(HORIZON_SECONDS / settings.periodSeconds());
        for (int t = 0; t < steps; t++) {
            e[of] = amount;
            for (int i = 0; i < all.nx; i++) {
                double sum = 0;
                for (int k = 0; k < all.n; k++) {
                    sum += f[i * all.n + k] * e[k];
                }
                next[i] = sum;
            }
            System.arraycopy(next, 0, e, 0, all.nx);
        }
        e[of] = amount;
        double[] effect = new double[all.m];
        for (int j = 0; j < all.m; j++) {
            double sum = 0;
            for (int k = 0; k < all.n; k++) {
                sum += h[j * all.n + k] * e[k];
            }
            effect[j] = isMeasured[j] && all.sigma[j] > 0 && Double.isFinite(sum) ? sum / all.sigma[j] : 0;
        }
        return effect;
    }

    /** Whether the effects are known at any point. */
    boolean hasPoints() {
        return !points.isEmpty();
    }

    /** Column of a candidate or, after them, a damage state, over all points. */
    private double[] column(int index) {
        double[] all = new double[points.size() * outputs.length];
        for (int p = 0; p < points.size(); p++) {
            System.arraycopy(columns.get(p)[index], 0, all, p * outputs.length, outputs.length);
        }
        return all;
    }

    /** Chooses among the candidates; answers their places in {@link #candidates}. */
    Identifiability.Choice choose(int most) {
        double[][] of = new double[candidates.length][];
        for (int i = 0; i < of.length; i++) {
            of[i] = column(i);
        }
        int others = columns.isEmpty() ? 0 : columns.get(0).length - candidates.length;
        double[][] given = new double[others][];
        for (int i = 0; i < others; i++) {
            given[i] = column(candidates.length + i);
        }
        return Identifiability.choose(of, given, most);
    }

    /**
     * By how many prior standard deviations the estimated parameters have to move so that the outputs stay as they are when one
     * that is not estimated moves by one: least squares with the prior as the small print.
     */
    double[] compensation(int candidate, List<Integer> estimated) {
        int k = estimated.size();
        double[] normal = new double[k * k];
        double[] right = new double[k];
        double[] moved = column(candidate);
        for (int a = 0; a < k; a++) {
            double[] one = column(estimated.get(a));
            for (int b = 0; b < k; b++) {
                double[] other = column(estimated.get(b));
                double sum = a == b ? 1 : 0;
                for (int i = 0; i < one.length; i++) {
                    sum += one[i] * other[i];
                }
                normal[a * k + b] = sum;
            }
            for (int i = 0; i < one.length; i++) {
                right[a] -= one[i] * moved[i];
            }
        }
        double[] l = new double[k * k];
        Matrices.cholesky(normal, k, l);
        Matrices.solveCholesky(l, k, right);
        return right;
    }
}
