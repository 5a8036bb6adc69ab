package org.uatwin.simulation.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.estimation.Synchronisation;

/**
 * How far a failure mode has come.
 *
 * @param mode its name.
 * @param state damage state that grows.
 * @param share of the way from new to the threshold, 0 = new, 1 = fails; not above 1.5.
 * @param sigma standard deviation of the share; 0 if it is not known.
 * @param isEstimated whether the data show it; else it follows the model's equation alone.
 */
public record DamageLevel(String mode, String state, double share, double sigma, boolean isEstimated) {
    private static final double MOST = 1.5;

    /**
     * The levels of all failure modes that have a threshold.
     *
     * @param parameters as configured for the asset.
     */
    public static List<DamageLevel> of(TwinModel model, double[] parameters, Synchronisation now) {
        double[] asNew = model.initialise(parameters, LiveState.of(Map.of())).state();
        ModelDescription description = model.description();
        List<DamageLevel> levels = new ArrayList<>();
        for (FailureMode mode : model.failureModes()) {
            int state = description.stateIndex(mode.damage());
            if (state >= 0 && state < asNew.length && Double.isFinite(mode.threshold())) {
                now.quantities().stream()
                        .filter(q -> q.name().equals(mode.damage()) && Double.isFinite(q.value()))
                        .findFirst()
                        .ifPresent(q -> levels.add(of(mode, asNew[state], q)));
            }
        }
        return levels;
    }

    private static DamageLevel of(FailureMode mode, double asNew, Synchronisation.Quantity quantity) {
        double from = Double.isFinite(asNew) ? asNew : 0;
        double limit = mode.isOfNew() ? mode.threshold() * from : mode.threshold();
        double way = limit - from;
        double share = way == 0 ? 0 : (quantity.value() - from) / way;
        double sigma = way == 0 || !Double.isFinite(quantity.sigma()) ? 0 : Math.abs(quantity.sigma() / way);
        return new DamageLevel(
                mode.name(), mode.damage(), Math.max(0, Math.min(MOST, share)), sigma, quantity.isEstimated());
    }
}
