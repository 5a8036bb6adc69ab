package org.uatwin.simulation.prognosis;

/**
 * What the fleet says of a rate of growth before an asset has said anything: a gamma distribution, because no wear heals.
 *
 * @param shape above 0; 1 / shape is the squared relative spread between assets.
 * @param mean in the unit of the point an hour, above 0.
 */
public record RatePrior(double shape, double mean) {
    public RatePrior {
        if (!(shape > 0) || !(mean > 0)) {
            throw new IllegalArgumentException("shape %s and mean %s must be above 0".formatted(shape, mean));
        }
    }

    /** By moments of the rates other assets had. */
    public static RatePrior of(double mean, double sigma) {
        return new RatePrior(mean * mean / (sigma * sigma), mean);
    }

    double sigma() {
        return mean / Math.sqrt(shape);
    }

    /** Logarithm of the density, but for a constant; of a rate above 0. */
    double logDensity(double rate) {
        return (shape - 1) * StrictMath.log(rate) - shape * rate / mean;
    }
}
