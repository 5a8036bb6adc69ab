package org.uatwin.simulation.health;

/**
 * From where on maintenance is required.
 *
 * @param score health index, 0..100.
 * @param rulHours remaining useful life: the larger WarningValue of its LifetimeVariable.
 */
public record HealthLimits(double score, double rulHours) {
    public HealthLimits {
        if (!(score >= 0 && score <= 100) || !(rulHours >= 0)) {
            throw new IllegalArgumentException("score 0..100: %s, hours at least 0: %s".formatted(score, rulHours));
        }
    }

    /** Below 60, or less than a week. */
    public static HealthLimits defaults() {
        return new HealthLimits(60, 168);
    }
}
