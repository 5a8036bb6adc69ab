package org.uatwin.simulation.prognosis;

import java.util.Arrays;
import java.util.List;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.TwinModel;

/**
 * Parameters of a model that say how fast damage grows and nothing else, found by moving each of them: no reading of the moment tells
 * them, only the growth of damage does. Immutable.
 */
final class WearParameters {
    private static final double MOVE = 0.01;
    private static final double LEAST_SPREAD = 0.1; // no rate of wear is known better beforehand

    private final int[] indices;
    private final double[] configured;
    private final double[] spread; // by state: relative standard deviation of its rate because of them

    private final boolean isTelling;

    private WearParameters(int[] indices, double[] configured, double[] spread, boolean isTelling) {
        this.isTelling = isTelling;
        this.indices = indices;
        this.configured = configured;
        this.spread = spread;
    }

    /** @param at a state in operation. */
    static WearParameters of(DamageLimits limits, double[] configured, ModelStart at) {
        TwinModel model = limits.model;
        List<ParameterSpec> specs = model.description().parameters();
        int n = model.description().states().size();
        double[] before = effects(model, at.parameters(), at);
        double[] squares = new double[n];
        int[] found = new int[specs.size()];
        int count = 0;
        for (int k = 0; k < specs.size(); k++) {
            ParameterSpec spec = specs.get(k);
            double[] p = at.parameters();
            double now = p[k];
            if (!spec.tunable() || !(spec.priorSigma() > 0) || now == 0) {
                continue;
            }
            p[k] = now * (now * (1 + MOVE) <= spec.upper() ? 1 + MOVE : 1 - MOVE);
            double[] after = effects(model, p, at);
            if (isWearOnly(limits, before, after, n)) {
                found[count++] = k;
                for (int i : limits.damage) {
                    double relative = before[i] == 0 ? 0 : (after[i] / before[i] - 1) / (p[k] / now - 1);
                    squares[i] += relative * relative * spec.priorSigma() * spec.priorSigma();
                }
            }
        }
        double[] spread = new double[n];
        for (int i : limits.damage) {
            spread[i] = Math.max(LEAST_SPREAD, Math.sqrt(squares[i]));
        }
        boolean grows = Arrays.stream(limits.damage).anyMatch(i -> before[i] != 0);
        return new WearParameters(Arrays.copyOf(found, count), configured.clone(), spread, grows);
    }

    /** Derivatives, then outputs. */
    private static double[] effects(TwinModel model, double[] parameters, ModelStart at) {
        ModelDynamics dynamics = model.bind(parameters);
        int n = model.description().states().size();
        double[] dx = new double[n];
        double[] y = new double[model.description().outputs().size()];
        dynamics.derivatives(OperatingMode.RUNNING, at.state(), at.inputs(), dx);
        dynamics.outputs(OperatingMode.RUNNING, at.state(), at.inputs(), y);
        double[] all = Arrays.copyOf(dx, n + y.length);
        System.arraycopy(y, 0, all, n, y.length);
        return all;
    }

    private static boolean isWearOnly(DamageLimits limits, double[] before, double[] after, int states) {
        boolean isWear = false;
        for (int i = 0; i < before.length; i++) {
            int index = i;
            boolean isDamage = i < states && Arrays.stream(limits.damage).anyMatch(d -> d == index);
            double change = Math.abs(after[i] - before[i]);
            if (isDamage) {
                isWear |= change > 0;
            } else if (change > 1e-12 * Math.abs(before[i])) {
                return false;
            }
        }
        return isWear;
    }

    /** Whether damage grew where it was looked: else nothing can be found. */
    boolean isTelling() {
        return isTelling;
    }

    /** These parameters as configured, the others as they are. */
    double[] nominal(double[] parameters) {
        double[] p = parameters.clone();
        for (int k : indices) {
            p[k] = configured[k];
        }
        return p;
    }

    /** Relative standard deviation of a damage state's rate before anything was seen. */
    double spread(int state) {
        return spread[state];
    }
}
