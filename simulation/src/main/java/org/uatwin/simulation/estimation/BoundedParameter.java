package org.uatwin.simulation.estimation;

import org.uatwin.simulation.contract.ParameterSpec;

/**
 * A parameter as a number without bounds, the way a filter needs it: the logit of its place between its bounds, scaled so that
 * the prior's standard deviation is 1 at the configured value, which is 0.
 */
final class BoundedParameter {
    private static final double MARGIN = 1e-6; // of the range; closer to a bound the logit says nothing

    final int index;
    final ParameterSpec spec;
    private final double lower;
    private final double range;
    private final double origin;
    private final double slope;

    private BoundedParameter(int index, ParameterSpec spec, double configured) {
        this.index = index;
        this.spec = spec;
        lower = spec.lower();
        range = spec.upper() - spec.lower();
        double share = (configured - lower) / range;
        origin = StrictMath.log(share / (1 - share));
        slope = spec.priorSigma() * Math.abs(configured) / (range * share * (1 - share));
    }

    /** Whether it can be estimated: uncertain, tunable, and not configured at a bound. */
    static boolean isEstimable(ParameterSpec spec, double configured) {
        double range = spec.upper() - spec.lower();
        double share = (configured - spec.lower()) / range;
        return spec.tunable()
                && spec.priorSigma() > 0
                && Math.abs(configured) > 0
                && range > 0
                && share > MARGIN
                && share < 1 - MARGIN;
    }

    static BoundedParameter of(int index, ParameterSpec spec, double configured) {
        return new BoundedParameter(index, spec, configured);
    }

    /** The value at this place; always inside the bounds. */
    double value(double eta) {
        return lower + range / (1 + StrictMath.exp(-(origin + slope * eta)));
    }

    /** The place of this value; a value at or beyond a bound is taken as just inside. */
    double place(double value) {
        double share = Math.max(MARGIN, Math.min(1 - MARGIN, (value - lower) / range));
        return (StrictMath.log(share / (1 - share)) - origin) / slope;
    }

    /** d value / d place. */
    double slopeAt(double eta) {
        double share = (value(eta) - lower) / range;
        return range * slope * share * (1 - share);
    }
}
