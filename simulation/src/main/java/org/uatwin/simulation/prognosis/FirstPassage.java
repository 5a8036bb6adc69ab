package org.uatwin.simulation.prognosis;

import org.apache.commons.math3.special.Erf;

/** When a Brownian motion with drift first covers a way: the inverse Gaussian distribution (Chhikara and Folks 1989). */
public final class FirstPassage {
    private FirstPassage() {}

    /**
     * Probability that the way was covered within a time.
     *
     * @param way still to go; 0 or less is there.
     * @param drift way a unit of time.
     * @param diffusion way per root of the unit of time; 0 leaves nothing to chance.
     */
    public static double within(double time, double way, double drift, double diffusion) {
        if (way <= 0) {
            return 1;
        }
        if (time <= 0) {
            return 0;
        }
        double root = diffusion * Math.sqrt(time);
        if (root <= 0) {
            return drift * time >= way ? 1 : 0;
        }
        double first = normal((drift * time - way) / root);
        double tail = normal(-(drift * time + way) / root);
        double exponent = 2 * drift * way / (diffusion * diffusion);
        // exp may overflow where the tail is zero: then their product is negligible.
        return Math.min(1, first + (tail > 0 ? StrictMath.exp(exponent + StrictMath.log(tail)) : 0));
    }

    /** Share of a standard normal distribution below. */
    public static double normal(double x) {
        return 0.5 * Erf.erfc(-x / Math.sqrt(2));
    }
}
