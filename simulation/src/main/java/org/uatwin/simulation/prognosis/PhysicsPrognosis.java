package org.uatwin.simulation.prognosis;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.estimation.Estimate;

/**
 * Remaining life by the damage of the twin's model: states, parameters and rates of wear are drawn as they are known, each draw is moved
 * on under the future load until the first failure mode reaches its limit, and the times make the answer (Daigle and Goebel 2013, section
 * VI). Stateless but for buffers; one thread.
 */
public final class PhysicsPrognosis {
    private final DamageLimits limits;
    private final double[] configured;
    private @Nullable WearParameters rates;

    /**
     * How much is done.
     *
     * @param draws 1 and more; 200 give quantiles to 5 % of the spread.
     * @param horizonHours up to which it is looked.
     * @param fullSteps steps of the whole model all draws together may take where processes do not settle within the life; beyond, they are taken as
     *     settled all the same.
     * @param seed of the draws: the same gives the same answer.
     */
    public record Effort(int draws, double horizonHours, long fullSteps, long seed) {
        /** Half a second of work at most for the whole model. */
        public static Effort of(int draws, double horizonHours, long seed) {
            return new Effort(draws, horizonHours, 1_000_000, seed);
        }

        public Effort {
            if (draws < 1 || !(horizonHours > 0)) {
                throw new IllegalArgumentException("%d draws, horizon %s h".formatted(draws, horizonHours));
            }
        }
    }

    private PhysicsPrognosis(DamageLimits limits, double[] configured) {
        this.limits = limits;
        this.configured = configured;
    }

    /**
     * Of one asset; empty if its model has no failure mode that damage leads to.
     *
     * @param configured parameters of the asset.
     */
    public static Optional<PhysicsPrognosis> of(TwinModel model, double[] configured) {
        DamageLimits limits = DamageLimits.of(model, configured);
        return limits.isEmpty() ? Optional.empty() : Optional.of(new PhysicsPrognosis(limits, configured.clone()));
    }

    DamageLimits limits() {
        return limits;
    }

    /**
     * What says how fast damage grows and nothing else; found once.
     *
     * @param at a state in operation.
     */
    WearParameters rates(ModelStart at) {
        WearParameters found = rates;
        if (found == null) {
            found = WearParameters.of(limits, configured, at);
            rates = found.isTelling() ? found : null;
        }
        return found;
    }

    /**
     * From an estimate.
     *
     * @param load future load.
     * @param wear what is known of damage beyond the estimate, by name of the state; states it does not hold are drawn from the estimate, with
     *     wear parameters as the estimate has them.
     */
    public MethodForecast forecast(Estimate estimate, LoadProfile load, List<WearState> wear, Effort effort) {
        DamageOutlook outlook = outlook(estimate, load, effort.fullSteps() / effort.draws());
        return outlook.draw(estimate, wear, effort).forecast(estimate, effort.horizonHours());
    }

    /** The way ahead under a load, from where the asset is. */
    DamageOutlook outlook(Estimate estimate, LoadProfile load, long fullSteps) {
        return new DamageOutlook(limits, rates(estimate.start(DamageOutlook.NONE)), load, fullSteps);
    }
}
