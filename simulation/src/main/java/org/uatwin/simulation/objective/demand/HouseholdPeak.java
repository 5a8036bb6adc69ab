package org.uatwin.simulation.objective.demand;

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

/** The lowest peak of a district of households by calling them. */
public final class HouseholdPeak implements Objective {
    static final String METHOD =
            "A linear programme corrected by the model until both agree, over days with random households: the best near it,"
                    + " not proven.";
    private static final String CALL = "DemandResponse";
    private static final ObjectiveSpec SPEC = new ObjectiveSpec(
            "peak",
            "When households are called so that their peak is low.",
            true,
            "Peak demand",
            "kW",
            settings(),
            24 * 3600,
            48 * 3600,
            200,
            METHOD);

    static List<SettingSpec> settings() {
        return List.of(
                SettingSpec.number(
                        "IntervalMinutes", "min", 30, 15, 120, "over which the peak is a mean, and between calls"),
                SettingSpec.number("MaxCallHours", "h", 24, 0, 48, "called in all, a call of half of them counts half"),
                SettingSpec.number("CallFrom", "h", 0, 0, 24, "of the day: no calls before"),
                SettingSpec.number("CallUntil", "h", 24, 0, 24, "of the day: no calls after"),
                SettingSpec.number("TargetCut", "%", 15, 0, 100, "of the peak: how often it is reached is told"));
    }

    @Override
    public ObjectiveSpec spec() {
        return SPEC;
    }

    @Override
    public List<String> models() {
        return List.of("Households");
    }

    @Override
    public Problem problem(Subject subject, Settings s) {
        return new Problem(
                List.of(new Problem.Variable(CALL, "", 0, 1, true, "share that is called")),
                List.of(new Problem.Constraint("CallHours", "h", s.number("MaxCallHours"), true, "in all")));
    }

    @Override
    public Solution optimise(Question q, Effort effort) {
        return new PeakPlanner(
                        q,
                        SPEC,
                        problem(q.subject(), q.settings()),
                        "Demand",
                        List.of(CALL),
                        "",
                        List.of("Demand"),
                        effort)
                .solution();
    }
}
