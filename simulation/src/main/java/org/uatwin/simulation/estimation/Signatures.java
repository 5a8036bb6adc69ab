package org.uatwin.simulation.estimation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.solver.FixedStepSolver;
import org.uatwin.simulation.solver.Lu;

/**
 * The table of signatures at the present operating point (structured residuals; Gertler 1998): each thing that can go wrong is
 * simulated for a step of the model, and what follows of the step is where the slopes of the model settle. Made when asked for.
 */
final class Signatures {
    /** Shares of the way to its full extent at which a failure mode is simulated: few look the same all the way. */
    private static final double[] EXTENTS = {0.03, 0.1, 0.25, 0.5, 1};

    private static final double MANIFOLD = 3; // of the damage there is, where no value of it ends the life

    private static final int AHEAD = 30; // steps simulated first: what is quick is not linear
    private static final int ROUNDS = 12;
    private static final double CAUTION = 0.7; // of a round's step: a plant that is far out has other slopes
    private static final double CHANGE = 0.1; // of a parameter or of damage

    private final TwinModel model;
    private final ModelDescription description;
    private final Follower follower;
    private final double stepSeconds;
    private final AugmentedModel m;
    private final double[] parameters;
    private final double[] x;
    private final double[] u;
    private final double[] stepped;
    private final double[] seen;
    private final double[] followed; // share of a change of a state that the free run takes from measurements
    private final double[] drift; // what the twin moves by in a step
    private final Lu settling;
    private final boolean isSettling;

    Signatures(TwinModel model, Follower follower, double stepSeconds) {
        this.model = model;
        this.follower = follower;
        this.stepSeconds = stepSeconds;
        description = model.description();
        m = follower.model;
        parameters = m.parametersAt(follower.filter.z);
        x = Arrays.copyOf(follower.filter.z, m.nx);
        u = new double[m.u.length];
        m.inputs(follower.filter.z, u);
        ModelDynamics twin = model.bind(parameters);
        stepped = stepped(twin, x, u);
        seen = outputs(twin, stepped, u);
        followed = new double[m.nx];
        drift = new double[m.nx];
        settling = new Lu(m.nx);
        isSettling = prepare();
    }

    /** Slopes of where a state goes by itself; what the twin takes from measurements stays. */
    private boolean prepare() {
        double[] f = follower.filter.transitionJacobian();
        double[][] a = settling.matrix();
        for (int i = 0; i < m.nx; i++) {
            double rate = 1 - f[i * m.n + i];
            followed[i] = rate < FreeRun.INTEGRATES ? 1 : 1 / (1 + FreeRun.LEAK);
            drift[i] = stepped[i] - x[i];
            for (int k = 0; k < m.nx; k++) {
                boolean isFree = follower.direction[i] == 0 && follower.direction[k] == 0 && followed[i] < 1;
                double slope = isFree ? f[i * m.n + k] : 0;
                a[i][k] = (i == k ? 1 : 0) - slope;
            }
        }
        return settling.factorise();
    }

    List<Signature> all() {
        List<Signature> all = new ArrayList<>();
        for (FailureMode mode : model.failureModes()) {
            for (double extent : EXTENTS) {
                all.add(failure(mode, extent));
            }
        }
        for (int i = 0; i < m.nx; i++) {
            if (follower.direction[i] != 0 && !follower.isOpen[i]) {
                double[] effects = worn(i, follower.direction[i] * CHANGE * follower.damageScale(i, x[i]));
                String name = description.states().get(i).name();
                all.add(new Signature(
                        Signature.Kind.DAMAGE, name, list(effects), 1, follower.direction[i] * CHANGE, ""));
            }
        }
        for (int k = 0; k < m.nt; k++) {
            ParameterSpec spec = m.parameters[k].spec;
            double[] effects = changed(m.parameters[k].index, CHANGE * parameters[m.parameters[k].index]);
            all.add(new Signature(Signature.Kind.PARAMETER, spec.name(), list(effects), 0, CHANGE, ""));
        }
        sensors(all);
        return all;
    }

    private void sensors(List<Signature> all) {
        for (int j = 0; j < m.m; j++) {
            OutputSpec spec = description.outputs().get(m.outputs[j]);
            double[] effects = new double[m.m];
            effects[j] = 1;
            String point = spec.linkedPoint() == null ? spec.name() : spec.linkedPoint();
            all.add(new Signature(Signature.Kind.SENSOR, point, list(effects), 0, m.sigma[j], spec.unit()));
        }
        for (int i = 0; i < u.length; i++) {
            InputSpec spec = description.inputs().get(i);
            double sigma = spec.accuracy().sigma(u[i]);
            String point = spec.linkedPoint();
            if (point != null && sigma > 0) {
                double[] driven = u.clone();
                driven[i] -= sigma; // the process gets less than the sensor shows
                double[] effects = effects(model.bind(parameters), x, driven, -1);
                all.add(new Signature(Signature.Kind.SENSOR, point, list(effects), 0, sigma, spec.unit()));
            }
        }
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private Signature failure(FailureMode mode, double extent) {
        double[] effects = new double[m.m];
        int damage = description.stateIndex(mode.damage());
        int input = description.inputIndex(mode.knob());
        int parameter = description.parameterIndex(mode.knob());
        if (damage >= 0) {
            effects = worn(damage, extent * wayToGo(mode, damage));
        } else if (input >= 0) {
            double[] driven = u.clone();
            driven[input] += extent * (mode.value() - u[input]);
            effects = effects(model.bind(parameters), x, driven, -1);
        } else if (parameter >= 0) {
            effects = changed(parameter, extent * (mode.value() - parameters[parameter]));
        }
        return new Signature(Signature.Kind.FAILURE_MODE, mode.name(), list(effects), 1, extent, "");
    }

    private double[] worn(int damage, double by) {
        double[] worn = x.clone();
        worn[damage] += by;
        return effects(model.bind(parameters), worn, u, damage);
    }

    private double[] changed(int parameter, double by) {
        double[] changed = parameters.clone();
        ParameterSpec spec = description.parameters().get(parameter);
        changed[parameter] = Math.max(spec.lower(), Math.min(spec.upper(), changed[parameter] + by));
        return effects(model.bind(changed), x, u, -1);
    }

    /** From the damage there is to that at which the asset fails; where no value of it is, several times what there is. */
    private double wayToGo(FailureMode mode, int damage) {
        double now = x[damage];
        double limit = mode.isOfNew() ? mode.threshold() * now : mode.threshold();
        return Double.isNaN(limit)
                ? MANIFOLD * follower.direction[damage] * follower.damageScale(damage, now)
                : limit - now;
    }

    /** What a plant that goes these ways settles at, seen by a twin that does not. */
    private double[] effects(ModelDynamics plant, double[] state, double[] inputs, int damage) {
        double[] settled = settled(plant, state, inputs, damage);
        double[] seenWith = outputs(plant, settled, inputs);
        double[] h = follower.filter.outputJacobian();
        boolean isFollowed = !isStopping(plant, settled, inputs);
        double[] effects = new double[m.m];
        for (int j = 0; j < m.m; j++) {
            double change = seenWith[m.outputs[j]] - seen[m.outputs[j]];
            for (int i = 0; i < m.nx && isFollowed; i++) {
                change -= follower.direction[i] == 0 ? h[j * m.n + i] * followed[i] * (settled[i] - stepped[i]) : 0;
            }
            effects[j] = m.sigma[j] > 0 && Double.isFinite(change) ? change / m.sigma[j] : 0;
        }
        return effects;
    }

    /** Where the plant comes to rest, as far as the twin itself is at rest: a chord method with the slopes of the twin. */
    private double[] settled(ModelDynamics plant, double[] state, double[] inputs, int damage) {
        double[] at = stepped.clone();
        if (damage >= 0) {
            at[damage] = state[damage];
        }
        for (int i = 0; i < AHEAD; i++) {
            double[] next = stepped(plant, at, inputs);
            for (int k = 0; k < m.nx && Matrices.isFinite(next); k++) {
                at[k] = follower.direction[k] == 0 && followed[k] < 1 ? next[k] - drift[k] : at[k];
            }
        }
        if (isStopping(plant, at, inputs)) {
            return at;
        }
        double[] far = new double[m.nx];
        for (int round = 0; round < ROUNDS && isSettling; round++) {
            double[] next = stepped(plant, at, inputs);
            for (int i = 0; i < m.nx; i++) {
                boolean isFree = follower.direction[i] == 0 && followed[i] < 1;
                far[i] = isFree ? next[i] - at[i] - drift[i] : 0;
            }
            settling.solve(far);
            double[] trial = at.clone();
            for (int i = 0; i < m.nx; i++) {
                trial[i] += follower.direction[i] == 0 ? CAUTION * far[i] : 0;
            }
            plant.project(trial);
            if (!Matrices.isFinite(trial)) {
                return at;
            }
            at = trial;
        }
        return at;
    }

    /** Whether it stalls or trips: what is seen of it is seen on the way, before the twin follows. */
    private boolean isStopping(ModelDynamics plant, double[] state, double[] inputs) {
        return plant.nextMode(m.mode, state, inputs) != m.mode;
    }

    private double[] stepped(ModelDynamics dynamics, double[] from, double[] inputs) {
        double[] state = from.clone();
        if (!dynamics.advance(m.mode, state, inputs, stepSeconds)) {
            int substeps = (int) Math.max(1, Math.ceil(stepSeconds / description.maxStepSeconds() - 1e-9));
            FixedStepSolver solver = new FixedStepSolver(FixedStepSolver.Method.RK4, state.length);
            for (int i = 0; i < substeps; i++) {
                solver.step(dynamics, m.mode, state, inputs, stepSeconds / substeps);
            }
        }
        dynamics.project(state);
        return state;
    }

    private double[] outputs(ModelDynamics dynamics, double[] state, double[] inputs) {
        double[] y = new double[description.outputs().size()];
        dynamics.outputs(m.mode, state, inputs, y);
        return y;
    }
}
