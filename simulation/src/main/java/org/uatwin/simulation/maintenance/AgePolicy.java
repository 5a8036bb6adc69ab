package org.uatwin.simulation.maintenance;

import java.util.OptionalDouble;
import org.apache.commons.math3.special.Gamma;

/**
 * Replacement of a part of Weibull life at an age (Barlow and Hunter 1960): C(t) = (cp R(t) + cf (1 - R(t))) / integral of R from 0 to t.
 *
 * @param shape beta; up to 1 the part does not wear out.
 * @param scale eta, hours.
 * @param planned cost of a planned replacement, or its hours of downtime.
 * @param failure cost of a failure, in the same unit.
 */
public record AgePolicy(double shape, double scale, double planned, double failure) {
    private static final int PANELS = 2000;
    private static final double FAR = 20; // mean lives: later replacements are run to failure

    public AgePolicy {
        if (!(shape > 0) || !(scale > 0) || !(planned > 0) || !(failure > 0)) {
            throw new IllegalArgumentException(
                    "shape %s, scale %s h, costs %s and %s must be above 0".formatted(shape, scale, planned, failure));
        }
    }

    /** Share of parts that live this long. */
    public double survival(double t) {
        return StrictMath.exp(-StrictMath.pow(t / scale, shape));
    }

    /** Integral of survival from 0 by Simpson's rule in s = t^(1/2), which is smooth also for small shapes. */
    double uptime(double t) {
        double end = Math.sqrt(t);
        double h = end / PANELS;
        double sum = 0;
        for (int i = 0; i <= PANELS; i++) {
            double s = i * h;
            double weight = i == 0 || i == PANELS ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * survival(s * s) * 2 * s;
        }
        return sum * h / 3;
    }

    /** Mean life, hours. */
    public double meanLife() {
        return scale * StrictMath.exp(Gamma.logGamma(1 + 1 / shape));
    }

    /** Cost an hour without planned replacement. */
    public double runToFailure() {
        return failure / meanLife();
    }

    /** Cost an hour with replacement at this age. */
    public double rate(double t) {
        double r = survival(t);
        return (planned * r + failure * (1 - r)) / uptime(t);
    }

    /**
     * The age at least cost: zero of h(t) uptime(t) - (1 - R(t)) - cp / (cf - cp), which rises for shape above 1. Empty without one: a part that
     * does not wear out, or whose planned replacement is no cheaper than its failure, runs to failure.
     */
    public OptionalDouble optimalAge() {
        if (shape <= 1 || failure <= planned) {
            return OptionalDouble.empty();
        }
        double level = planned / (failure - planned);
        double low = 0;
        double high = FAR * scale;
        if (excess(high, level) < 0) {
            return OptionalDouble.empty();
        }
        for (int i = 0; i < 200 && high - low > 1e-12 * high; i++) {
            double middle = 0.5 * (low + high);
            if (excess(middle, level) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return OptionalDouble.of(0.5 * (low + high));
    }

    /**
     * The age at which a part of a system is replaced that is repaired minimally after failures in between (Barlow and Hunter 1960, policy II):
     * eta (cp / (cm (beta - 1)))^(1/beta). Empty if it does not wear out.
     *
     * @param repair cost of a minimal repair.
     */
    public OptionalDouble ageWithMinimalRepair(double repair) {
        return shape <= 1
                ? OptionalDouble.empty()
                : OptionalDouble.of(scale * StrictMath.pow(planned / (repair * (shape - 1)), 1 / shape));
    }

    private double excess(double t, double level) {
        double hazard = shape / scale * StrictMath.pow(t / scale, shape - 1);
        return hazard * uptime(t) - (1 - survival(t)) - level;
    }
}
