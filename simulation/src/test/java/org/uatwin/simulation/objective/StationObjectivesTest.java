package org.uatwin.simulation.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.RunTask;
import org.uatwin.simulation.scenario.Series;
import org.uatwin.simulation.scenario.StopReason;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.twin.Composition;
import org.uatwin.simulation.twin.CoupledSystem;
import org.uatwin.simulation.twin.TwinMember;

/** Two pumps and a tank: which run how fast, and when the tank is filled. */
class StationObjectivesTest {
    private final ModelRegistry registry = ModelRegistry.builtIn();

    private Composition.Member machine(String id, String model, Map<String, Double> parameters) {
        return new Composition.Member(
                new TwinMember(id, "station", List.of(model), parameters),
                Subject.of(ModelBinding.of(id, registry.find(model).orElseThrow(), parameters)));
    }

    private Subject station() {
        return CoupledSystem.of(
                        "station",
                        registry.composition("PumpStation").orElseThrow(),
                        Optional.empty(),
                        List.of(
                                machine("p1", "CentrifugalPump", Map.of()),
                                machine("p2", "CentrifugalPump", Map.of()),
                                machine("tank", "Tank", Map.of("RatedVolume", 800.0, "OutletKv", 600.0))))
                .orElseThrow();
    }

    /** Both pumps at rated flow; the outlet takes about as much. */
    private static LiveState live(double level) {
        return PlantReadings.of(
                "p1/SpeedSetpoint",
                2950,
                "p1/Speed",
                2950,
                "p1/Flow",
                100,
                "p1/Running",
                1,
                "p1/ValvePosition",
                70,
                "p2/SpeedSetpoint",
                2950,
                "p2/Speed",
                2950,
                "p2/Flow",
                100,
                "p2/Running",
                1,
                "p2/ValvePosition",
                70,
                "tank/Level",
                level,
                "tank/OutletValvePosition",
                60);
    }

    /** With a night tariff the tank is filled at night: less is paid than by running on, and the levels are kept. */
    @Test
    void tankIsFilledWhileElectricityIsCheap() {
        String text = "uatwin: 1\nobjective: cost\ntime: 0 h\nhorizon: 24 h\n"
                + "settings: {Tariff: [[0 h, 0.1], [6:00, 0.4], [22 h, 0.1]], MinLevel: 20, MaxLevel: 95}";
        RunTask.Result result = Asking.ask(station(), live(60), text, 0);
        Optimum o = result.optimum().orElseThrow();
        assertThat(o.gainPercent()).as(o.text()).isGreaterThan(15);
        assertThat(o.limits()).allSatisfy(l -> assertThat(l.isUpper() ? l.value() - l.bound() : l.bound() - l.value())
                .as(l.toString())
                .isLessThan(1));
        Series power = Asking.series(result, "Power").series();
        double cheap = 0;
        double dear = 0;
        double[] t = power.timesSeconds();
        double[] p = power.values();
        for (int i = 1; i < t.length; i++) {
            double hour = t[i - 1] / 3600;
            boolean isCheap = hour < 6 || hour >= 22;
            cheap += isCheap ? p[i] * (t[i] - t[i - 1]) / 3600 / 8 : 0;
            dear += isCheap ? 0 : p[i] * (t[i] - t[i - 1]) / 3600 / 16;
        }
        assertThat(cheap).as("mean power at night against by day").isGreaterThan(1.2 * dear);
        assertThat(o.setpoints()).isNotEmpty();
        assertThat(Asking.kpi(result, "StoredWater")).isGreaterThan(-8);
    }

    /** A tank that empties faster than all pumps can fill it: the limit that cannot hold is named. */
    @Test
    void tankThatCannotBeHeldIsSaidSo() {
        String text = "uatwin: 1\nobjective: cost\nhorizon: 24 h\nsettings: {OutletValve: 100, MinLevel: 50}";
        Optimum o = Asking.optimum(station(), live(60), text, 0);
        assertThat(o.stopReason()).isEqualTo(StopReason.INFEASIBLE);
        assertThat(o.text()).contains("Level must be at least 50 %", "2 running pumps");
    }

    /** Less flow is needed: no pair of speeds on a fine grid needs less energy for it. */
    @Test
    void mixOfPumpsAgreesWithTheSearchOfEveryPair() {
        double wanted = 110;
        String text = "uatwin: 1\nobjective: energy\nsettings: {MinFlow: %s}".formatted(wanted);
        Optimum o = Asking.optimum(station(), live(60), text, 0);
        Subject subject = station();
        Question q = new Question(
                subject,
                live(60),
                subject.start(live(60)),
                Settings.defaults(Objectives.builtIn()
                        .find("PumpStation", "energy")
                        .orElseThrow()
                        .spec()),
                0,
                0,
                1);
        Play play = new Play(q, 120, 1, List.of("Flow", "Power"));
        double least = Double.POSITIVE_INFINITY;
        for (double a = 0; a <= 3540; a += a == 0 ? 1200 : 90) {
            for (double b = 0; b <= a; b += b == 0 ? 1200 : 90) {
                Play.Played p = play.of(List.of(
                        ScenarioAction.set("p1.SpeedSetpoint", a, 0), ScenarioAction.set("p2.SpeedSetpoint", b, 0)));
                if (p.end("Flow") >= wanted) {
                    least = Math.min(least, p.end("Power") / p.end("Flow"));
                }
            }
        }
        assertThat(o.value()).isLessThan(least * 1.005);
        assertThat(o.gainPercent()).isGreaterThan(5);
        assertThat(o.limits().get(0).value()).isGreaterThanOrEqualTo(wanted * 0.999);
    }

    /** More than both pumps can deliver is refused with what they can. */
    @Test
    void flowBeyondThePumpsIsRefused() {
        Optimum o = Asking.optimum(station(), live(60), "uatwin: 1\nobjective: energy\nsettings: {MinFlow: 900}", 0);
        assertThat(o.isFeasible()).isFalse();
        assertThat(o.text()).contains("900 m3/h", "2 running pumps at their fastest");
    }

    /** A station without a tank has nothing to fill: asking says so instead of answering nonsense. */
    @Test
    void stationWithoutTankCannotBeAskedForCost() {
        Subject subject = CoupledSystem.of(
                        "station",
                        registry.composition("PumpStation").orElseThrow(),
                        Optional.empty(),
                        List.of(machine("p1", "CentrifugalPump", Map.of())))
                .orElseThrow();
        assertThat(Asking.refusal(Asking.check(subject, live(60), "cost", 0, 0)))
                .contains("cost cannot be asked of station: it has no tank");
    }
}
