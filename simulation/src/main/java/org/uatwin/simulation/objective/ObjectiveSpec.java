package org.uatwin.simulation.objective;

import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.Setpoint;

/**
 * What an objective is.
 *
 * @param name lower case with hyphens, unique within a model: what {@code ObjectiveName} takes.
 * @param title what is decided and what for, in one sentence.
 * @param isMinimised whether less of the quantity is better.
 * @param quantity what is made small or large.
 * @param unit of the quantity.
 * @param settings what a user may set about it.
 * @param horizonSeconds what a horizon of 0 means; 0 = the objective has no horizon.
 * @param longestHorizonSeconds largest horizon that can be asked for.
 * @param evaluations what MaxIterations 0 means.
 * @param method how it is solved and what the answer is worth, for people.
 */
public record ObjectiveSpec(
        String name,
        String title,
        boolean isMinimised,
        String quantity,
        String unit,
        List<SettingSpec> settings,
        double horizonSeconds,
        double longestHorizonSeconds,
        long evaluations,
        String method) {
    public ObjectiveSpec {
        settings = List.copyOf(settings);
        if (!(horizonSeconds >= 0) || !(longestHorizonSeconds >= horizonSeconds) || evaluations < 1) {
            throw new IllegalArgumentException(name + ": bad horizon or evaluations");
        }
    }

    /** The setting of this name. */
    public Optional<SettingSpec> setting(String settingName) {
        return settings.stream().filter(s -> s.name().equals(settingName)).findFirst();
    }

    /**
     * An optimum of this objective.
     *
     * @param effort why and after how many evaluations it ended.
     */
    public Optimum optimum(
            double value,
            double baseline,
            List<Optimum.Decision> decisions,
            List<Optimum.Limit> limits,
            List<Optimum.Robustness> robustness,
            List<Setpoint> setpoints,
            Effort effort,
            String message) {
        return new Optimum(
                name,
                quantity,
                unit,
                isMinimised,
                value,
                baseline,
                decisions,
                limits,
                robustness,
                setpoints,
                effort.stopReason(),
                effort.evaluations(),
                method,
                message);
    }
}
