package org.uatwin.simulation.prognosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.uatwin.simulation.contract.EventSpec;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.contract.TwinModel;

/** The failure modes of one asset that its model can foresee: damage states with a threshold, or with an event they bring about. Immutable. */
final class DamageLimits {
    /**
     * One of them.
     *
     * @param state index of the damage state.
     * @param threshold in its unit; NaN if an event counts.
     * @param event index of the event, or -1.
     */
    record Limit(String mode, int state, double threshold, int event) {}

    final TwinModel model;
    final List<Limit> limits;
    /** Indices of all damage states. */
    final int[] damage;
    /** Damage states when the asset was new; NaN where the model says nothing of it. */
    final double[] asNew;

    /** The equations as configured. */
    final ModelDynamics configured;

    final double[] lower; // of all states
    final double[] upper;

    private DamageLimits(TwinModel model, ModelDynamics configured, List<Limit> limits, int[] damage, double[] asNew) {
        this.configured = configured;
        List<StateSpec> states = model.description().states();
        lower = states.stream().mapToDouble(StateSpec::lower).toArray();
        upper = states.stream().mapToDouble(StateSpec::upper).toArray();
        this.model = model;
        this.limits = limits;
        this.damage = damage;
        this.asNew = asNew;
    }

    /** @param parameters as configured for the asset. */
    static DamageLimits of(TwinModel model, double[] parameters) {
        ModelDescription d = model.description();
        List<StateSpec> states = d.states();
        int[] damage = java.util.stream.IntStream.range(0, states.size())
                .filter(i -> states.get(i).kind() == StateSpec.Kind.DAMAGE)
                .toArray();
        double[] begin = model.initialise(parameters, LiveState.of(Map.of())).state();
        List<Limit> limits = new ArrayList<>();
        for (FailureMode mode : model.failureModes()) {
            int state = d.stateIndex(mode.damage());
            if (state < 0) {
                continue; // comes without warning, or is shown by a point only
            }
            int event = ModelDescription.indexOf(d.events(), EventSpec::name, mode.event());
            double threshold = mode.isOfNew() ? mode.threshold() * begin[state] : mode.threshold();
            if (event >= 0 || Double.isFinite(threshold)) {
                limits.add(new Limit(mode.name(), state, event >= 0 ? Double.NaN : threshold, event));
            }
        }
        return new DamageLimits(model, model.bind(parameters), List.copyOf(limits), damage, begin);
    }

    boolean isEmpty() {
        return limits.isEmpty();
    }

    /** What counts of a damage state: it grows towards its limit, or shrinks. */
    static double towards(double threshold, double from) {
        return threshold >= from ? 1 : -1;
    }
}
