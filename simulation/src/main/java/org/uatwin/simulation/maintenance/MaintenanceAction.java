package org.uatwin.simulation.maintenance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.contract.TwinModel;

/**
 * Work on an asset and what it does to its damage.
 *
 * @param name PascalCase: a failure mode that is repaired, or {@link #OVERHAUL}.
 * @param resets damage states it sets back, each with its value when new.
 */
public record MaintenanceAction(String name, List<Reset> resets) {
    /** The name of the action that makes all of it new. */
    public static final String OVERHAUL = "Overhaul";

    /** What is not known of a new part, as a share of the way from new to what was. */
    private static final double NEW_SPREAD = 0.02;

    /**
     * A damage state that is set back.
     *
     * @param asNew value of a new part; NaN if the model says nothing of it.
     */
    public record Reset(String state, double asNew) {
        /**
         * Where damage is after a repair: the share of it that the repair takes away (proportional reduction; Malik 1979).
         *
         * @param before where it was.
         * @param quality 1 = as good as new, 0 = as bad as before.
         */
        public double level(double before, double quality) {
            return before + quality * (asNew - before);
        }

        /** Standard deviation of that: no repair is as good as it is said to be, and no new part exactly new. */
        public double sigma(double before, double quality) {
            double way = Math.abs(asNew - before);
            return Math.max(1e-9, way * (NEW_SPREAD + 0.2 * (1 - quality) * quality));
        }
    }

    public MaintenanceAction {
        resets = List.copyOf(resets);
    }

    /**
     * What can be done to an asset: the repair of each failure mode that damage leads to, then all of it.
     *
     * @param parameters as configured for the asset.
     */
    public static List<MaintenanceAction> of(TwinModel model, double[] parameters) {
        double[] begin = model.initialise(parameters, LiveState.of(Map.of())).state();
        Map<String, Reset> resets = new LinkedHashMap<>();
        List<StateSpec> states = model.description().states();
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i).kind() == StateSpec.Kind.DAMAGE) {
                resets.put(states.get(i).name(), new Reset(states.get(i).name(), begin[i]));
            }
        }
        List<MaintenanceAction> actions = new ArrayList<>();
        for (FailureMode mode : model.failureModes()) {
            Reset reset = resets.get(mode.damage());
            if (reset != null) {
                actions.add(new MaintenanceAction(mode.name(), List.of(reset)));
            }
        }
        if (!resets.isEmpty()) {
            actions.add(new MaintenanceAction(OVERHAUL, List.copyOf(resets.values())));
        }
        return actions;
    }
}
