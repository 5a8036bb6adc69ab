package org.uatwin.simulation.objective;

import java.util.List;

/**
 * Values that hold from a time of day to the next one, round the clock: a tariff, a comfort band. Immutable.
 *
 * @param steps in order of time; what holds before the first is the last one's value.
 */
public record DayProfile(List<Step> steps) {
    private static final double HOURS_OF_A_DAY = 24;

    /**
     * A value from a time of day on.
     *
     * @param fromHour 0..24, 24 not included.
     */
    public record Step(double fromHour, double value) {
        public Step {
            if (!(fromHour >= 0 && fromHour < HOURS_OF_A_DAY) || !Double.isFinite(value)) {
                throw new IllegalArgumentException("no step of a day: %s h, %s".formatted(fromHour, value));
            }
        }
    }

    public DayProfile {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a profile needs a value");
        }
        for (int i = 1; i < steps.size(); i++) {
            if (!(steps.get(i).fromHour() > steps.get(i - 1).fromHour())) {
                throw new IllegalArgumentException("times of day must rise");
            }
        }
    }

    /** The same value all day. */
    public static DayProfile constant(double value) {
        return new DayProfile(List.of(new Step(0, value)));
    }

    /** The value at a time of day; any number of hours, counted round the clock. */
    public double at(double hours) {
        double hour = hours - HOURS_OF_A_DAY * Math.floor(hours / HOURS_OF_A_DAY);
        double value = steps.get(steps.size() - 1).value();
        for (Step step : steps) {
            if (step.fromHour() <= hour + 1e-9) {
                value = step.value();
            }
        }
        return value;
    }

    /** Whether it does not change over the day. */
    public boolean isConstant() {
        return steps.stream().allMatch(s -> s.value() == steps.get(0).value());
    }
}
