package org.uatwin.simulation.objective.machine;

import java.util.List;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.objective.Objective;
import org.uatwin.simulation.objective.ObjectiveSpec;
import org.uatwin.simulation.objective.Problem;
import org.uatwin.simulation.objective.Question;
import org.uatwin.simulation.objective.SettingSpec;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.objective.Solution;
import org.uatwin.simulation.objective.Steady;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.search.Search;

/**
 * The speed at which a conveyor carries its feed with the least power. The empty belt's share of the power grows with speed while the feed's
 * does not (DIN 22101), so the answer is the lowest speed at which the section is not fuller than allowed and the pulley does not slip.
 */
public final class ConveyorSpeed implements Objective {
    private static final String SPEED = "SpeedSetpoint";
    private static final String FEED = "LoadMassFlow";
    private static final ObjectiveSpec SPEC = new ObjectiveSpec(
            "speed",
            "The belt speed that carries the feed with the least power.",
            true,
            "Motor power",
            "kW",
            List.of(
                    SettingSpec.number("MaxFill", "%", 80, 1, 100, "largest fill of the section, of MaxBeltLoad"),
                    SettingSpec.number(
                            "FeedMargin",
                            "",
                            1,
                            1,
                            5,
                            "the limits must hold at the feed times this: for a feed that varies"),
                    SettingSpec.number("Feed", "t/h", Double.NaN, 0, 50_000, "to be carried; else the present one"),
                    SettingSpec.number("MinSpeed", "m/s", Double.NaN, 0.001, 15, "else a tenth of the rated speed"),
                    SettingSpec.number("MaxSpeed", "m/s", Double.NaN, 0.001, 15, "else what the conveyor can do"),
                    SettingSpec.number("MinSlipReserve", "%", 5, 0, 100, "share of the pulley's grip to be left")),
            600,
            86_400,
            200,
            "A scan and Brent's method on the settled belt: the best of the whole range.");
    private static final double BELT_PASSES = 3; // until the load of the belt follows the feed

    @Override
    public ObjectiveSpec spec() {
        return SPEC;
    }

    @Override
    public List<String> models() {
        return List.of("Conveyor");
    }

    @Override
    public Problem problem(Subject subject, Settings settings) {
        ModelDescription d = subject.description();
        double rated = subject.parameters()[d.parameterIndex("RatedSpeed")];
        double most = Math.min(
                subject.largestInput(d.inputIndex(SPEED)), settings.number("MaxSpeed", Double.POSITIVE_INFINITY));
        double least = Math.min(most, settings.number("MinSpeed", 0.1 * rated));
        return new Problem(
                List.of(new Problem.Variable(SPEED, "m/s", least, most, false, "of the belt")),
                List.of(
                        new Problem.Constraint(
                                "Fill",
                                "%",
                                settings.number("MaxFill"),
                                true,
                                "of the section at the feed with its margin"),
                        new Problem.Constraint(
                                "SlipReserve",
                                "%",
                                settings.number("MinSlipReserve"),
                                false,
                                "share of the pulley's grip that is unused")));
    }

    @Override
    public Solution optimise(Question q, Effort effort) {
        Settings s = q.settings();
        Problem problem = problem(q.subject(), s);
        ModelDescription d = q.subject().description();
        double length = q.subject().parameters()[d.parameterIndex("BeltLength")];
        double pass = length / problem.variables().get(0).lower();
        double settle = Math.min(SPEC.longestHorizonSeconds(), Math.max(q.horizonSeconds(), BELT_PASSES * pass));
        List<Steady.Limit> limits = List.of(
                new Steady.Limit("Fill", "%", "FillRatio", s.number("FeedMargin"), s.number("MaxFill"), true),
                new Steady.Limit("SlipReserve", "%", "SlipReserve", 1, s.number("MinSlipReserve"), false));
        double feed = s.number("Feed", q.present(FEED));
        List<ScenarioAction> always = s.isGiven("Feed") ? List.of(ScenarioAction.set(FEED, feed, 0)) : List.of();
        return new Steady(q, SPEC, problem, limits, always, "MotorPower", settle, Search.Shape.SMOOTH).solve(effort);
    }
}
