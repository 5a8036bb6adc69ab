package org.uatwin.simulation.sensitivity;

/**
 * Something that may be anywhere between two limits, each value as likely as another.
 *
 * @param name what it is.
 * @param lower smallest value.
 * @param upper largest value, above {@code lower}.
 */
public record Factor(String name, double lower, double upper) {
    public Factor {
        if (!(lower < upper) || !Double.isFinite(upper - lower)) {
            throw new IllegalArgumentException("%s: no range %s..%s".formatted(name, lower, upper));
        }
    }

    /** The value at a place between the limits. */
    double at(double share) {
        return lower + share * (upper - lower);
    }
}
