package org.uatwin.simulation.maintenance;

import java.util.Optional;
import org.uatwin.simulation.prognosis.LifeDistribution;

/**
 * The damage at which a part is best replaced, from the prognosis of the damage that is followed: the prognosis is taken as the first
 * passage of a Wiener process with its mean and variance, and {@link ConditionPolicy} finds the limit.
 *
 * @param share of the way from new to failed; 1: run it to failure.
 * @param hours from now until it is reached on average.
 * @param saving share of the cost an hour that it saves against running to failure.
 */
public record ConditionLimit(double share, double hours, double saving) {
    private static final double LEAST_INTERVAL = 24; // a part is not looked after more often than once a day
    private static final double INSPECTIONS = 40; // a life, at most: what happens in between hardly matters
    private static final int PANELS = 400;
    private static final double MOST_UNKNOWN = 0.05;

    /**
     * The limit; empty if the prognosis does not see the end of the life.
     *
     * @param now share of the way that is behind it, 0..1.
     * @param planned cost of a planned replacement.
     * @param failure cost of a failure.
     */
    public static Optional<ConditionLimit> of(LifeDistribution life, double now, double planned, double failure) {
        double horizon = life.horizonHours();
        double left = 1 - now;
        if (!(left > 0.01) || !(planned > 0) || life.within(horizon) < 1 - MOST_UNKNOWN) {
            return Optional.empty();
        }
        double mean = 0;
        double square = 0;
        double width = horizon / PANELS;
        for (int i = 0; i < PANELS; i++) {
            double t = (i + 0.5) * width;
            double alive = life.within(horizon) - life.within(t);
            mean += width * alive;
            square += width * 2 * t * alive;
        }
        double seen = life.within(horizon);
        mean /= seen;
        double variance = Math.max(0, square / seen - mean * mean);
        if (!(mean > 0)) {
            return Optional.empty();
        }
        double drift = left / mean;
        double diffusion = Math.sqrt(variance * drift * drift * drift / left);
        double interval = Math.max(LEAST_INTERVAL, 1 / drift / INSPECTIONS);
        ConditionPolicy policy = new ConditionPolicy(drift, diffusion, 1, interval, 0, planned, failure);
        ConditionPolicy.Outcome best = policy.optimum();
        double share = Math.min(1, best.limit());
        return Optional.of(new ConditionLimit(
                share, Math.max(0, (share - now) / drift), Math.max(0, 1 - best.costRate() / policy.runToFailure())));
    }
}
