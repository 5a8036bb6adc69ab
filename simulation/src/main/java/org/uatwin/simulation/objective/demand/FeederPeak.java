package org.uatwin.simulation.objective.demand;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.NearestName;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.objective.Objective;
import org.uatwin.simulation.objective.ObjectiveException;
import org.uatwin.simulation.objective.ObjectiveSpec;
import org.uatwin.simulation.objective.Problem;
import org.uatwin.simulation.objective.Question;
import org.uatwin.simulation.objective.SettingSpec;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.objective.Solution;
import org.uatwin.simulation.scenario.Subject;

/** The lowest peak of a feeder by calling its households and by a battery, with voltages and losses of the feeder. */
public final class FeederPeak implements Objective {
    private static final String CALL = ".DemandResponse";
    private static final String INJECTION = "Injection.";
    private static final ObjectiveSpec SPEC = declared();

    private static ObjectiveSpec declared() {
        List<SettingSpec> settings = new ArrayList<>(HouseholdPeak.settings());
        settings.add(SettingSpec.number("MinVoltage", "", 0.9, 0.5, 1.1, "pu, told if it does not hold"));
        settings.add(SettingSpec.text("BatteryBus", "", "node of a battery that may be used; none without"));
        settings.add(SettingSpec.number("BatteryPower", "kW", 100, 0, 1e6, "of charging and of discharging"));
        settings.add(SettingSpec.number("BatteryEnergy", "kWh", 200, 0, 1e7, "capacity"));
        settings.add(SettingSpec.number("BatteryLevel", "%", 50, 0, 100, "stored now, and at least at the end"));
        settings.add(SettingSpec.number("ChargeEfficiency", "", 0.95, 0.1, 1, "of charging, and again of discharging"));
        return new ObjectiveSpec(
                "peak",
                "When households are called, and what a battery does, so that the feeder's peak is low.",
                true,
                "Peak at the source",
                "kW",
                settings,
                24 * 3600,
                48 * 3600,
                200,
                HouseholdPeak.METHOD);
    }

    @Override
    public ObjectiveSpec spec() {
        return SPEC;
    }

    @Override
    public List<String> models() {
        return List.of("RadialFeeder");
    }

    private static List<String> calls(Subject subject) {
        return subject.description().inputs().stream()
                .map(InputSpec::name)
                .filter(name -> name.endsWith(CALL))
                .toList();
    }

    @Override
    public Optional<String> unfit(Subject subject) {
        return calls(subject).isEmpty() ? Optional.of("it has no households that can be called") : Optional.empty();
    }

    @Override
    public Problem problem(Subject subject, Settings s) {
        List<Problem.Variable> variables = new ArrayList<>();
        calls(subject)
                .forEach(name -> variables.add(new Problem.Variable(name, "", 0, 1, true, "share that is called")));
        if (!s.text("BatteryBus").isEmpty()) {
            double power = s.number("BatteryPower");
            variables.add(new Problem.Variable(
                    INJECTION + s.text("BatteryBus"), "kW", -power, power, true, "fed in by the battery"));
        }
        return new Problem(
                variables,
                List.of(
                        new Problem.Constraint("MinVoltage", "", s.number("MinVoltage"), false, "pu, of every node"),
                        new Problem.Constraint("CallHours", "h", s.number("MaxCallHours"), true, "of each group")));
    }

    @Override
    public Solution optimise(Question q, Effort effort) {
        String bus = q.settings().text("BatteryBus");
        ModelDescription d = q.subject().description();
        if (!bus.isEmpty() && d.inputIndex(INJECTION + bus) < 0) {
            List<String> buses = d.inputs().stream()
                    .map(InputSpec::name)
                    .filter(name -> name.startsWith(INJECTION))
                    .map(name -> name.substring(INJECTION.length()))
                    .toList();
            throw new ObjectiveException(
                    "BatteryBus: there is no node \"%s\"%s".formatted(bus, NearestName.hint(bus, buses)),
                    "write a node of the feeder.");
        }
        return new PeakPlanner(
                        q,
                        SPEC,
                        problem(q.subject(), q.settings()),
                        "SourcePower",
                        calls(q.subject()),
                        bus.isEmpty() ? "" : INJECTION + bus,
                        List.of("SourcePower", "Losses", "MinVoltage"),
                        effort)
                .solution();
    }
}
