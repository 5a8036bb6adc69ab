package org.uatwin.simulation.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.RunTask;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.twin.BoundSystem;
import org.uatwin.simulation.twin.Composition;
import org.uatwin.simulation.twin.CoupledSystem;
import org.uatwin.simulation.twin.TwinMember;

/** Calling households and using a battery so that a peak is low. */
class PeakObjectiveTest {
    private final ModelRegistry registry = ModelRegistry.builtIn();

    private Subject households(Map<String, Double> values) {
        return BoundSystem.of("homes", registry.system("Households").orElseThrow(), values, Map.of(), List.of());
    }

    private Subject feeder() {
        List<TwinMember> members = List.of(
                new TwinMember(
                        "n0", "feeder", List.of("FeederNode"), Map.of("RatedLoad", 0.0, "RatedReactiveLoad", 0.0)),
                new TwinMember(
                        "n1",
                        "feeder",
                        List.of("FeederNode"),
                        Map.of(
                                "RatedLoad",
                                300.0,
                                "RatedReactiveLoad",
                                100.0,
                                "LineResistance",
                                0.5,
                                "LineReactance",
                                0.3)),
                new TwinMember(
                        "n2",
                        "feeder",
                        List.of("FeederNode"),
                        Map.of(
                                "RatedLoad",
                                600.0,
                                "RatedReactiveLoad",
                                200.0,
                                "LineResistance",
                                0.5,
                                "LineReactance",
                                0.3)),
                new TwinMember("homes", "n2", List.of("Households"), Map.of()));
        Subject own =
                BoundSystem.of("feeder", registry.system("RadialFeeder").orElseThrow(), Map.of(), Map.of(), members);
        return CoupledSystem.of(
                        "feeder",
                        registry.composition("RadialFeeder").orElseThrow(),
                        Optional.of(own),
                        List.of(new Composition.Member(members.get(3), households(Map.of("Households", 300.0)))))
                .orElseThrow();
    }

    private static LiveState homes() {
        return PlantReadings.of("Demand", 270, "ApplianceDuty", 0.4, "DemandResponse", 0);
    }

    /** Calls lower the peak on days they were not planned on, and less when fewer answer. */
    @Test
    void callsLowerThePeakAndLessWhenFewerAnswer() {
        String text = "uatwin: 1\nobjective: peak\ntime: 0 h\n";
        RunTask.Result many = Asking.ask(households(Map.of("Response", 0.9)), homes(), text, 0);
        Optimum o = many.optimum().orElseThrow();
        assertThat(o.gainPercent()).as(o.text()).isGreaterThan(5);
        double few = Asking.optimum(households(Map.of("Response", 0.3)), homes(), text, 0)
                .gainPercent();
        assertThat(few).isPositive().isLessThan(o.gainPercent());
        assertThat(Asking.kpi(many, "TargetReached")).isBetween(0.0, 1.0);
        assertThat(o.robustness()).isNotEmpty();
        assertThat(Asking.series(many, "DemandResponse").series().size()).isEqualTo(48);
    }

    /** Everything that is shed comes back at once: calling cannot help, and that is said instead of a small number. */
    @Test
    void nothingIsGainedWhenNobodyAnswers() {
        Optimum o = Asking.optimum(
                households(Map.of("Response", 0.0)), homes(), "uatwin: 1\nobjective: peak\ntime: 0 h\n", 0);
        assertThat(o.gain()).isCloseTo(0, within(1e-9));
        assertThat(o.text()).contains("Nothing is to be gained");
        assertThat(o.setpoints()).isEmpty();
    }

    /** On the feeder the plan raises the lowest voltage and lowers losses; a battery cuts further; calls are limited. */
    @Test
    void planOnTheFeederIsCheckedByItsVoltagesAndLosses() {
        LiveState live = PlantReadings.of(
                "SourcePower", 900, "homes/Demand", 270, "homes/ApplianceDuty", 0.4, "homes/DemandResponse", 0);
        RunTask.Result calls =
                Asking.ask(feeder(), live, "uatwin: 1\nobjective: peak\ntime: 0 h\nsettings: {MaxCallHours: 5}", 0);
        Optimum o = calls.optimum().orElseThrow();
        assertThat(o.gainPercent()).as(o.text()).isGreaterThan(3);
        assertThat(o.limits()).anySatisfy(l -> {
            assertThat(l.name()).isEqualTo("MinVoltage");
            assertThat(l.value()).isGreaterThan(l.baseline());
        });
        assertThat(o.limits()).anySatisfy(l -> {
            assertThat(l.name()).isEqualTo("CallHours");
            assertThat(l.value()).isLessThanOrEqualTo(5 + 1e-6);
        });
        Optimum battery = Asking.optimum(
                feeder(),
                live,
                "uatwin: 1\nobjective: peak\ntime: 0 h\nsettings: {MaxCallHours: 5, BatteryBus: n2, BatteryPower: 100,"
                        + " BatteryEnergy: 400}",
                0);
        assertThat(battery.value()).isLessThan(o.value() - 10);
    }

    /** A battery on a node that is not there is refused with the nearest name. */
    @Test
    void batteryOnAnUnknownNodeIsRefused() {
        LiveState live = PlantReadings.of("SourcePower", 900, "homes/Demand", 270, "homes/ApplianceDuty", 0.4);
        Optimum o = Asking.optimum(feeder(), live, "uatwin: 1\nobjective: peak\nsettings: {BatteryBus: n3}", 0);
        assertThat(o.isFeasible()).isFalse();
        assertThat(o.text()).contains("no node \"n3\"", "Did you mean");
    }
}
