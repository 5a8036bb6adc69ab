package org.uatwin.simulation.discrete;

import java.util.List;
import org.uatwin.simulation.solver.NoiseStream;

/**
 * A positive random time with a mean and, where the family leaves it open, a coefficient of variation.
 *
 * @param family kind of distribution.
 * @param mean its mean, at least 0.
 * @param cv standard deviation over mean; used by GAMMA, LOGNORMAL, NORMAL (cut off at 0), UNIFORM and ERLANG (rounded to whole stages).
 */
public record Distribution(Family family, double mean, double cv) {
    /** Families by the name a table gives. */
    public enum Family {
        DETERMINISTIC,
        EXPONENTIAL,
        ERLANG,
        UNIFORM,
        NORMAL,
        LOGNORMAL,
        WEIBULL;

        /** Lower-case names for messages. */
        public static List<String> names() {
            return List.of("deterministic", "exponential", "erlang", "uniform", "normal", "lognormal", "weibull");
        }
    }

    public Distribution {
        if (!(mean >= 0) || !(cv >= 0)) {
            throw new IllegalArgumentException("mean and cv must be at least 0: %s, %s".formatted(mean, cv));
        }
    }

    /** Draws one. For WEIBULL {@code cv} is the shape. */
    public double sample(NoiseStream stream) {
        return switch (family) {
            case DETERMINISTIC -> mean;
            case EXPONENTIAL -> mean * exponential(stream);
            case ERLANG -> erlang(stream);
            case UNIFORM -> mean * (1 + Math.min(cv, 1 / Math.sqrt(3)) * Math.sqrt(3) * (2 * stream.uniform() - 1));
            case NORMAL -> Math.max(0, mean * (1 + cv * stream.gaussian()));
            case LOGNORMAL -> lognormal(stream);
            case WEIBULL -> weibull(stream);
        };
    }

    private static double exponential(NoiseStream stream) {
        return -StrictMath.log(1 - stream.uniform());
    }

    private double erlang(NoiseStream stream) {
        int stages = Math.max(1, (int) Math.rint(cv > 0 ? 1 / (cv * cv) : 1));
        double sum = 0;
        for (int i = 0; i < stages; i++) {
            sum += exponential(stream);
        }
        return mean * sum / stages;
    }

    private double lognormal(NoiseStream stream) {
        double variance = StrictMath.log(1 + cv * cv);
        return mean * StrictMath.exp(Math.sqrt(variance) * stream.gaussian() - 0.5 * variance);
    }

    private double weibull(NoiseStream stream) {
        double shape = cv > 0 ? cv : 1;
        double scale = mean / StrictMath.exp(org.apache.commons.math3.special.Gamma.logGamma(1 + 1 / shape));
        return scale * StrictMath.pow(exponential(stream), 1 / shape);
    }
}
