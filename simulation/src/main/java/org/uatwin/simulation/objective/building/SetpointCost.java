package org.uatwin.simulation.objective.building;

import java.util.List;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.objective.Objective;
import org.uatwin.simulation.objective.ObjectiveSpec;
import org.uatwin.simulation.objective.Problem;
import org.uatwin.simulation.objective.Question;
import org.uatwin.simulation.objective.SettingSpec;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.objective.Solution;
import org.uatwin.simulation.scenario.Subject;

/** Setpoints of heating and cooling over a day: set back, heated or cooled beforehand, so that electricity costs least and comfort holds. */
public final class SetpointCost implements Objective {
    static final ObjectiveSpec SPEC = new ObjectiveSpec(
            "cost",
            "Setpoints over the day, set back, pre-heated or pre-cooled, so that electricity costs least and comfort holds.",
            true,
            "Cost of electricity",
            "",
            List.of(
                    SettingSpec.profile("Tariff", "1/kWh", 0.3, 0, 1000, "price over the day, any currency"),
                    SettingSpec.number(
                            "ComfortLow", "Cel", 20, -20, 40, "lowest comfortable air while people are there"),
                    SettingSpec.number("ComfortHigh", "Cel", 26, -20, 60, "highest"),
                    SettingSpec.number("OccupiedFrom", "h", 7, 0, 24, "of the day"),
                    SettingSpec.number("OccupiedUntil", "h", 18, 0, 24, "of the day"),
                    SettingSpec.number(
                            "MaxDiscomfort", "K.h", 1, 0, 1000, "outside the comfort band while people are there"),
                    SettingSpec.number("LowestSetpoint", "Cel", 15, -20, 40, "of heating"),
                    SettingSpec.number("HighestSetpoint", "Cel", 30, 0, 60, "of cooling"),
                    SettingSpec.number("IntervalMinutes", "min", 60, 15, 240, "between changes of setpoints"),
                    SettingSpec.profile(
                            "OutdoorTemperature", "Cel", Double.NaN, -60, 60, "forecast; else it stays as now"),
                    SettingSpec.profile("SolarGains", "W", Double.NaN, 0, 1e7, "forecast; else they stay as now"),
                    SettingSpec.profile("InternalGains", "W", Double.NaN, 0, 1e7, "forecast; else they stay as now")),
            24 * 3600,
            7 * 24 * 3600,
            200_000,
            "Dynamic programming on a quarter of a kelvin of the building's mass, comfort by a Lagrange multiplier: exact to"
                    + " the grid.");

    @Override
    public ObjectiveSpec spec() {
        return SPEC;
    }

    @Override
    public List<String> models() {
        return List.of("Building");
    }

    @Override
    public Problem problem(Subject subject, Settings s) {
        double low = s.number("LowestSetpoint");
        double high = s.number("HighestSetpoint");
        double between = s.number("ComfortHigh");
        return new Problem(
                List.of(
                        new Problem.Variable(
                                "HeatingSetpoint", "Cel", Math.min(low, between), between, true, "of the air"),
                        new Problem.Variable(
                                "CoolingSetpoint",
                                "Cel",
                                s.number("ComfortLow"),
                                Math.max(high, between),
                                true,
                                "of the air")),
                List.of(
                        new Problem.Constraint(
                                "Discomfort", "K.h", s.number("MaxDiscomfort"), true, "while people are there"),
                        new Problem.Constraint(
                                "EndTemperature",
                                "K",
                                ComfortPlan.END_BAND,
                                true,
                                "of the mass at the end, outside what start and baseline span")));
    }

    @Override
    public Solution optimise(Question q, Effort effort) {
        return new ComfortPlan(q, problem(q.subject(), q.settings()), effort).solution();
    }
}
