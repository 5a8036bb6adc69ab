package org.uatwin.simulation.estimation;

import org.uatwin.simulation.contract.ParameterSpec;

/**
 * A parameter as a filter sees it: its distance from the configured value in prior standard deviations. The map is linear and the
 * estimate is brought back to the bounds after each step: with a logarithm or logit the direction in which a parameter and a
 * sensor's offset cannot be told apart turns with the estimate, and an extended Kalman filter then wanders along it (the
 * inconsistency that first-estimates Jacobians mend; Huang, Mourikis and Roumeliotis 2010).
 */
final class BoundedParameter {
    final int index;
    final ParameterSpec spec;
    private final double origin;
    private final double slope;

    private BoundedParameter(int index, ParameterSpec spec, double configured) {
        this.index = index;
        this.spec = spec;
        origin = configured;
        slope = spec.priorSigma() * Math.abs(configured);
    }

    /** Whether it can be estimated: uncertain, tunable, not configured at a bound and not at zero. */
    static boolean isEstimable(ParameterSpec spec, double configured) {
        double sigma = spec.priorSigma() * Math.abs(configured);
        return spec.tunable() && sigma > 0 && configured - spec.lower() > 0 && spec.upper() - configured > 0;
    }

    static BoundedParameter of(int index, ParameterSpec spec, double configured) {
        return new BoundedParameter(index, spec, configured);
    }

    /** The value at this place; always inside the bounds. */
    double value(double place) {
        return Math.max(spec.lower(), Math.min(spec.upper(), origin + slope * place));
    }

    /** The place of this value. */
    double place(double value) {
        return (Math.max(spec.lower(), Math.min(spec.upper(), value)) - origin) / slope;
    }

    /** This place, or the nearest that is inside the bounds. */
    double inside(double place) {
        return Math.max(place(spec.lower()), Math.min(place(spec.upper()), place));
    }

    /** Change of the value by a change of the place. */
    double slope() {
        return slope;
    }
}
