package org.uatwin.simulation.scenario;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What an optimisation found. All numbers are finite.
 *
 * @param objective name of the objective.
 * @param quantity what is made small or large, for people.
 * @param unit its unit.
 * @param isMinimised whether less is better.
 * @param value the best found; of an infeasible problem the baseline.
 * @param baseline the same if nothing is changed.
 * @param decisions what to set, in the order of the problem's variables.
 * @param limits every constraint, with what it comes to at the optimum.
 * @param robustness gain if parameters are not what they are taken for, the most influential first.
 * @param setpoints what to set now; empty when nothing is to be changed or no point carries it.
 * @param stopReason why it ended.
 * @param evaluations of the model.
 * @param caveat what the optimum is worth: exact, the best of a neighbourhood, of a linear model.
 * @param message the answer in a sentence or two; of an infeasible problem which limit cannot hold and by how much.
 */
public record Optimum(
        String objective,
        String quantity,
        String unit,
        boolean isMinimised,
        double value,
        double baseline,
        List<Decision> decisions,
        List<Limit> limits,
        List<Robustness> robustness,
        List<Setpoint> setpoints,
        StopReason stopReason,
        long evaluations,
        String caveat,
        String message) {

    /**
     * A variable of the problem.
     *
     * @param value chosen; of a schedule its first value.
     * @param present value if nothing is changed.
     * @param lower smallest allowed.
     * @param upper largest allowed.
     */
    public record Decision(String name, String unit, double value, double present, double lower, double upper) {
        public Decision {
            requireFinite(name, value, present, lower, upper);
        }

        /** Whether it sits at its lower or upper bound. */
        public boolean isAtBound() {
            double near = 1e-6 * Math.max(1e-12, upper - lower);
            return value - lower <= near || upper - value <= near;
        }
    }

    /**
     * A constraint and where the optimum stands against it.
     *
     * @param value what it comes to at the optimum.
     * @param baseline what it comes to if nothing is changed.
     * @param bound what it may come to.
     * @param isUpper whether the bound is the largest allowed, else the smallest.
     * @param isActive whether the optimum sits at the bound: another bound would give another optimum.
     */
    public record Limit(
            String name, String unit, double value, double baseline, double bound, boolean isUpper, boolean isActive) {
        public Limit {
            requireFinite(name, value, baseline, bound);
        }
    }

    /**
     * What the decision gains if one parameter is one standard deviation less or more.
     *
     * @param sigma standard deviation, unit of the parameter.
     * @param gainBelow gain with the parameter one sigma lower.
     * @param gainAbove gain with it one sigma higher.
     */
    public record Robustness(String parameter, String unit, double sigma, double gainBelow, double gainAbove) {
        public Robustness {
            requireFinite(parameter, sigma, gainBelow, gainAbove);
        }
    }

    public Optimum {
        decisions = List.copyOf(decisions);
        limits = List.copyOf(limits);
        robustness = List.copyOf(robustness);
        setpoints = List.copyOf(setpoints);
        requireFinite(objective, value, baseline);
    }

    private static void requireFinite(String what, double... values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(what + " is no number: " + value);
            }
        }
    }

    /** How much better the optimum is; never counted negative for a better one, whatever the direction. */
    public double gain() {
        return isMinimised ? baseline - value : value - baseline;
    }

    /** Gain as a share of the baseline, in per cent; 0 when the baseline is 0. */
    public double gainPercent() {
        return baseline == 0 ? 0 : 100 * gain() / Math.abs(baseline);
    }

    /** Whether there is a decision that keeps every limit. */
    public boolean isFeasible() {
        return stopReason != StopReason.INFEASIBLE;
    }

    /** Limits the optimum sits at. */
    public List<Limit> active() {
        return limits.stream().filter(Limit::isActive).toList();
    }

    /** The whole answer in words: value and gain, limits it sits at, why it ended, what it is worth. */
    public String text() {
        StringBuilder text = new StringBuilder();
        if (isFeasible()) {
            text.append("%s: %s instead of %s, gain %s"
                    .formatted(
                            quantity,
                            Figures.text(value, unit),
                            Figures.text(baseline, unit),
                            Figures.text(gain(), unit)));
            if (baseline != 0) {
                text.append(" (%s %%)".formatted(Figures.text(gainPercent())));
            }
            text.append('.');
        }
        append(text, message);
        if (!active().isEmpty()) {
            append(
                    text,
                    "At its limit: "
                            + active().stream()
                                    .map(l -> l.name() + " " + Figures.text(l.bound(), l.unit()))
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        append(
                text,
                "%s after %d evaluations."
                        .formatted(
                                stopReason.text().substring(0, 1).toUpperCase(Locale.ROOT)
                                        + stopReason.text().substring(1),
                                evaluations));
        append(text, caveat);
        return text.toString();
    }

    private static void append(StringBuilder text, String more) {
        if (!more.isEmpty()) {
            text.append(text.isEmpty() ? "" : " ").append(more);
        }
    }
}
