package org.uatwin.simulation.objective.machine;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.objective.Objective;
import org.uatwin.simulation.objective.ObjectiveSpec;
import org.uatwin.simulation.objective.Play;
import org.uatwin.simulation.objective.Problem;
import org.uatwin.simulation.objective.Question;
import org.uatwin.simulation.objective.SettingSpec;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.objective.Solution;
import org.uatwin.simulation.objective.Steady;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.search.Search;

/**
 * The speed, and if it may be moved the valve, at which a pump delivers the flow and pressure that are needed with the least energy per
 * volume. A throttled valve wastes head: opening it and slowing down is what there is to gain.
 */
public final class PumpEnergy implements Objective {
    private static final String SPEED = "SpeedSetpoint";
    private static final String VALVE = "ValvePosition";
    private static final double SETTLED = 0.999; // of the present flow counts as the present flow
    private static final ObjectiveSpec SPEC = new ObjectiveSpec(
            "energy",
            "The speed that delivers the flow and pressure needed with the least energy per volume.",
            true,
            "Energy per volume",
            "kWh/m3",
            List.of(
                    SettingSpec.number("MinFlow", "m3/h", Double.NaN, 0.01, 50_000, "needed; else the present flow"),
                    SettingSpec.number("MinPressure", "bar", Double.NaN, -1, 500, "needed at the discharge; else none"),
                    SettingSpec.number("MinSpeed", "r/min", Double.NaN, 1, 36_000, "else a fifth of the rated speed"),
                    SettingSpec.number("MinNpshMargin", "m", 0.5, 0, 50, "NPSH available over NPSH3"),
                    SettingSpec.number("MoveValve", "", 0, 0, 1, "1 = the discharge valve may be moved as well"),
                    SettingSpec.number("MinValve", "%", 10, 1, 100, "smallest opening if it may")),
            120,
            3_600,
            800,
            "The settled pump over the whole range of speed; with the valve CMA-ES, which may end in a neighbouring valley.");

    @Override
    public ObjectiveSpec spec() {
        return SPEC;
    }

    @Override
    public List<String> models() {
        return List.of("CentrifugalPump");
    }

    @Override
    public Problem problem(Subject subject, Settings settings) {
        ModelDescription d = subject.description();
        double rated = subject.parameters()[d.parameterIndex("RatedSpeed")];
        double most = subject.largestInput(d.inputIndex(SPEED));
        List<Problem.Variable> variables = new ArrayList<>();
        variables.add(new Problem.Variable(
                SPEED, "r/min", Math.min(most, settings.number("MinSpeed", 0.2 * rated)), most, false, "of the shaft"));
        if (settings.number("MoveValve") >= 0.5) {
            variables.add(
                    new Problem.Variable(VALVE, "%", settings.number("MinValve"), 100, false, "of the discharge"));
        }
        List<Problem.Constraint> constraints = new ArrayList<>();
        double flow = settings.number("MinFlow", subject.parameters()[d.parameterIndex("RatedFlow")]);
        constraints.add(
                new Problem.Constraint("Flow", "m3/h", flow, false, "needed; the present flow if it is not set"));
        if (!Double.isNaN(settings.number("MinPressure"))) {
            constraints.add(new Problem.Constraint(
                    "DischargePressure", "bar", settings.number("MinPressure"), false, "needed"));
        }
        constraints.add(new Problem.Constraint(
                "NpshMargin", "m", settings.number("MinNpshMargin"), false, "against cavitation"));
        return new Problem(variables, constraints);
    }

    @Override
    public Solution optimise(Question q, Effort effort) {
        Settings s = q.settings();
        double flow = s.number("MinFlow");
        if (Double.isNaN(flow)) {
            flow = SETTLED
                    * new Play(q, q.horizonSeconds(), Double.POSITIVE_INFINITY, List.of("Flow"))
                            .of(List.of())
                            .end("Flow");
        }
        List<Steady.Limit> limits = new ArrayList<>();
        limits.add(new Steady.Limit("Flow", "m3/h", "Flow", 1, flow, false));
        if (!Double.isNaN(s.number("MinPressure"))) {
            limits.add(new Steady.Limit(
                    "DischargePressure", "bar", "DischargePressure", 1, s.number("MinPressure"), false));
        }
        limits.add(new Steady.Limit("NpshMargin", "m", "NpshMargin", 1, s.number("MinNpshMargin"), false));
        Problem problem = problem(q.subject(), s);
        return new Steady(q, SPEC, problem, limits, List.of(), "SpecificEnergy", q.horizonSeconds(), Search.Shape.ROUGH)
                .solve(effort);
    }
}
