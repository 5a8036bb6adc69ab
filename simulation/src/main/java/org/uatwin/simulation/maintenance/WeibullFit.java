package org.uatwin.simulation.maintenance;

import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.special.Gamma;

/**
 * The Weibull life that lives of parts tell, those included that have not ended in a failure: maximum likelihood with censoring on the
 * right and truncation on the left (Meeker and Escobar 1998, chapters 8 and 11). The shape from few failures comes out too steep; it is
 * brought down to be right in the median (reduced bias adjustment; Abernethy 2006, section 5.5).
 *
 * @param shape beta.
 * @param scale eta, hours.
 * @param failures of these lives.
 * @param lives all of them.
 */
public record WeibullFit(double shape, double scale, int failures, int lives) {
    /** Failures without which nothing is said. */
    public static final int LEAST_FAILURES = 3;

    private static final double LOW_SHAPE = 0.05;
    private static final double HIGH_SHAPE = 50;

    /**
     * A life, or the piece of it that was seen.
     *
     * @param from age at which it came under observation, hours; 0 if from new.
     * @param until age at its end.
     * @param isFailure whether it failed then; else it was replaced before, or still works.
     */
    public record Life(double from, double until, boolean isFailure) {
        public Life {
            if (!(from >= 0 && until > from) || Double.isInfinite(until)) {
                throw new IllegalArgumentException("a life from %s to %s h".formatted(from, until));
            }
        }
    }

    /** The fit; empty with fewer failures than {@link #LEAST_FAILURES}, or if all of them came at once. */
    public static Optional<WeibullFit> of(List<Life> lives) {
        int failures = (int) lives.stream().filter(Life::isFailure).count();
        if (failures < LEAST_FAILURES) {
            return Optional.empty();
        }
        double unit = lives.stream().mapToDouble(Life::until).max().orElseThrow(); // so that powers stay finite
        double low = StrictMath.log(LOW_SHAPE);
        double high = StrictMath.log(HIGH_SHAPE);
        if (slope(lives, unit, HIGH_SHAPE) > 0 || slope(lives, unit, LOW_SHAPE) < 0) {
            return Optional.empty();
        }
        for (int i = 0; i < 80; i++) {
            double middle = 0.5 * (low + high);
            if (slope(lives, unit, StrictMath.exp(middle)) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double shape = StrictMath.exp(0.5 * (low + high)) * correction(failures);
        return Optional.of(new WeibullFit(shape, scale(lives, unit, shape, failures), failures, lives.size()));
    }

    /** Derivative of the profile likelihood by the shape; falls through 0 at its maximum. */
    private static double slope(List<Life> lives, double unit, double shape) {
        double logs = 0;
        double powers = 0;
        double weighted = 0;
        int failures = 0;
        for (Life life : lives) {
            double t = life.until() / unit;
            double power = StrictMath.pow(t, shape);
            powers += power;
            weighted += power * StrictMath.log(t);
            if (life.from() > 0) {
                double s = life.from() / unit;
                double before = StrictMath.pow(s, shape);
                powers -= before;
                weighted -= before * StrictMath.log(s);
            }
            if (life.isFailure()) {
                failures++;
                logs += StrictMath.log(t);
            }
        }
        return failures / shape + logs - failures * weighted / powers;
    }

    private static double scale(List<Life> lives, double unit, double shape, int failures) {
        double powers = 0;
        for (Life life : lives) {
            powers += StrictMath.pow(life.until() / unit, shape) - StrictMath.pow(life.from() / unit, shape);
        }
        return unit * StrictMath.pow(powers / failures, 1 / shape);
    }

    /** C4(r)^3.5, with C4 the factor that makes a standard deviation of r values unbiased. */
    static double correction(int failures) {
        double n = failures;
        double c4 = Math.sqrt(2 / (n - 1)) * StrictMath.exp(Gamma.logGamma(n / 2) - Gamma.logGamma((n - 1) / 2));
        return StrictMath.pow(c4, 3.5);
    }
}
