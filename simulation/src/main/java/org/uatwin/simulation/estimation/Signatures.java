package org.uatwin.simulation.estimation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.solver.FixedStepSolver;

/**
 * The table of signatures at the present operating point (structured residuals; Gertler 1998): of sensors, parameters and damage from
 * the Jacobians of the filter, of failure modes by simulating a step of the model with and without them. What follows of a step is
 * the way the reference observer settles. Made when asked for.
 */
final class Signatures {
    /** Share of the way to its full extent at which a failure mode is simulated: far enough to be seen, near enough to be a slope. */
    private static final double EXTENT = 0.25;

    private final TwinModel model;
    private final ModelDescription description;
    private final Follower follower;
    private final ChangeWatch watch;
    private final double stepSeconds;
    private final AugmentedModel m;
    private final double[] parameters;
    private final double[] x;
    private final double[] u;

    Signatures(TwinModel model, Follower follower, ChangeWatch watch, double stepSeconds) {
        this.model = model;
        this.follower = follower;
        this.watch = watch;
        this.stepSeconds = stepSeconds;
        description = model.description();
        m = follower.model;
        parameters = m.parametersAt(follower.filter.z);
        x = Arrays.copyOf(follower.filter.z, m.nx);
        u = new double[m.u.length];
        m.inputs(follower.filter.z, u);
    }

    List<Signature> all() {
        List<Signature> all = new ArrayList<>();
        for (FailureMode mode : model.failureModes()) {
            all.add(failure(mode));
        }
        for (int i = 0; i < m.nx; i++) {
            if (follower.direction[i] != 0 && !follower.isOpen[i]) {
                all.add(of(Signature.Kind.DAMAGE, watch.damage(follower, i)));
            }
        }
        for (int k = 0; k < m.nt; k++) {
            all.add(of(Signature.Kind.PARAMETER, watch.parameter(m, follower.filter, k)));
        }
        for (int j = 0; j < m.m; j++) {
            all.add(of(Signature.Kind.SENSOR, watch.sensor(m, j)));
        }
        for (int d = 0; d < m.drivers.length; d++) {
            all.add(of(Signature.Kind.SENSOR, watch.input(m, follower.filter, d)));
        }
        return all;
    }

    private static Signature of(Signature.Kind kind, Isolation.Cause cause) {
        return new Signature(kind, cause.name(), list(cause.signature()), cause.sign(), cause.perUnit(), cause.unit());
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private Signature failure(FailureMode mode) {
        double[] effects = new double[m.m];
        int damage = description.stateIndex(mode.damage());
        int input = description.inputIndex(mode.knob());
        int parameter = description.parameterIndex(mode.knob());
        if (damage >= 0) {
            double[] worn = x.clone();
            worn[damage] += EXTENT * wayToGo(mode, damage);
            effects = effects(model.bind(parameters), worn, u, damage);
        } else if (input >= 0) {
            double[] driven = u.clone();
            driven[input] += EXTENT * (mode.value() - u[input]);
            effects = effects(model.bind(parameters), x, driven, -1);
        } else if (parameter >= 0) {
            double[] changed = parameters.clone();
            changed[parameter] += EXTENT * (mode.value() - changed[parameter]);
            effects = effects(model.bind(changed), x, u, -1);
        }
        return new Signature(Signature.Kind.FAILURE_MODE, mode.name(), list(effects), 1, EXTENT, "");
    }

    /** From the damage there is to that at which the asset fails; where no value of it is, as much again as there is. */
    private double wayToGo(FailureMode mode, int damage) {
        double now = x[damage];
        double limit = mode.isOfNew() ? mode.threshold() * fresh(damage) : mode.threshold();
        return Double.isNaN(limit) ? follower.direction[damage] * follower.damageScale(damage, now) : limit - now;
    }

    private double fresh(int damage) {
        double was = follower.damageLimit[damage];
        return Double.isFinite(was) && was != 0 ? Math.abs(was) : x[damage];
    }

    /** What the observer settles at when the plant goes these ways. */
    private double[] effects(ModelDynamics plant, double[] state, double[] inputs, int damage) {
        ModelDynamics twin = model.bind(parameters);
        double[] with = stepped(plant, state, inputs);
        double[] without = stepped(twin, x, u);
        double[] seenWith = outputs(plant, at(without, state, damage), inputs);
        double[] seenWithout = outputs(twin, without, u);
        double[] change = new double[m.nx];
        double[] direct = new double[m.m];
        for (int i = 0; i < m.nx; i++) {
            change[i] = i == damage ? 0 : with[i] - without[i];
        }
        for (int j = 0; j < m.m; j++) {
            direct[j] = seenWith[m.outputs[j]] - seenWithout[m.outputs[j]];
        }
        double[] settled = watch.reference.signature(direct, change, false);
        for (int j = 0; j < m.m; j++) {
            settled[j] = m.sigma[j] > 0 && Double.isFinite(settled[j]) ? settled[j] / m.sigma[j] : 0;
        }
        return settled;
    }

    private static double[] at(double[] state, double[] worn, int damage) {
        double[] at = state.clone();
        if (damage >= 0) {
            at[damage] = worn[damage];
        }
        return at;
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
