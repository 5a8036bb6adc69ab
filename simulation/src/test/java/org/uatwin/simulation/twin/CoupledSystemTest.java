package org.uatwin.simulation.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.scenario.Course;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.scenario.WhatIfAnswer;
import org.uatwin.simulation.scenario.WhatIfEngine;
import org.uatwin.simulation.scenario.WhatIfRequest;
import org.uatwin.simulation.scenario.WhatIfResult;

/** A system twin answers with its members: what one does is felt by the others. */
class CoupledSystemTest {
    private final ModelRegistry registry = ModelRegistry.builtIn();

    private static WhatIfAnswer ask(
            Subject subject, LiveState live, String name, double value, String output, double horizon) {
        WhatIfResult result = WhatIfEngine.whatIf(subject, live, new WhatIfRequest(name, value, output, horizon), 1);
        assertThat(result).isInstanceOf(WhatIfResult.Answered.class);
        WhatIfAnswer answer = ((WhatIfResult.Answered) result).answer();
        assertThat(answer.success()).as(answer.message()).isTrue();
        return answer;
    }

    private static LiveState live(Object... pairs) {
        Map<String, LiveReading> readings = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            readings.put(pairs[i].toString(), LiveReading.good(((Number) pairs[i + 1]).doubleValue()));
        }
        return LiveState.of(readings);
    }

    private Composition.Member machine(String id, String type, String model) {
        return new Composition.Member(
                new TwinMember(id, "station", List.of(type), Map.of()),
                Subject.of(ModelBinding.of(id, registry.find(model).orElseThrow(), Map.of())));
    }

    /** A pump that stops fills the tank no more. */
    @Test
    void tankOfAPumpStationFallsWhenAPumpStops() {
        Subject station = CoupledSystem.of(
                        "station",
                        registry.composition("PumpStation").orElseThrow(),
                        Optional.empty(),
                        List.of(
                                machine("p1", "CentrifugalPump", "CentrifugalPump"),
                                machine("p2", "CentrifugalPump", "CentrifugalPump"),
                                machine("tank", "Tank", "Tank")))
                .orElseThrow();
        LiveState live = live(
                "p1/SpeedSetpoint",
                2950,
                "p1/Speed",
                2950,
                "p1/Flow",
                100,
                "p1/Running",
                1,
                "p2/SpeedSetpoint",
                2950,
                "p2/Speed",
                2950,
                "p2/Flow",
                100,
                "p2/Running",
                1,
                "tank/Level",
                60,
                "tank/InletFlow",
                200,
                "tank/OutletValvePosition",
                100,
                "tank/OutletFlow",
                30);

        WhatIfAnswer flow = ask(station, live, "p1.Running", 0, "Flow", 120);
        assertThat(flow.baseline()).isBetween(190.0, 210.0);
        assertThat(flow.predicted()).isBetween(95.0, 105.0);

        WhatIfAnswer level = ask(station, live, "p1.Running", 0, "tank.Level", 120);
        double lostM3 = 100.0 * 120 / 3600;
        assertThat(level.delta()).isCloseTo(-100 * lostM3 / 20, within(3.0));
    }

    /** A turbine that yaws gives away its own power and spares the one behind it. */
    @Test
    void turbineBehindGetsTheWindTheFirstLetsPass() {
        List<TwinMember> turbines = List.of(
                new TwinMember("a", "farm", List.of("WindTurbine"), Map.of("X", 0.0, "Y", 0.0)),
                new TwinMember("b", "farm", List.of("WindTurbine"), Map.of("X", 630.0, "Y", 0.0)));
        Subject own = BoundSystem.of("farm", registry.system("WindFarm").orElseThrow(), Map.of(), Map.of(), turbines);
        List<Composition.Member> members = turbines.stream()
                .map(t -> new Composition.Member(
                        t,
                        BoundSystem.of(
                                t.id(), registry.system("WindTurbine").orElseThrow(), Map.of(), Map.of(), List.of())))
                .toList();
        Subject farm = CoupledSystem.of(
                        "farm", registry.composition("WindFarm").orElseThrow(), Optional.of(own), members)
                .orElseThrow();
        LiveState live = live(
                "WindSpeed",
                9,
                "WindDirection",
                270,
                "a/WindSpeed",
                9,
                "b/WindSpeed",
                7,
                "a/YawError",
                0,
                "b/YawError",
                0,
                "a/PowerLimit",
                1,
                "b/PowerLimit",
                1);

        WhatIfAnswer first = ask(farm, live, "Derating.a", 0.3, "a.Power", 600);
        WhatIfAnswer behind = ask(farm, live, "Derating.a", 0.3, "b.Power", 600);
        assertThat(first.delta()).isNegative();
        assertThat(behind.delta()).isPositive();
        assertThat(behind.baseline()).isLessThan(first.baseline());
    }

    /** What happens to the farm shows in the blades: their load is that of the turbine they belong to. */
    @Test
    void stormOverTheFarmAgesTheBladesOfATurbineBehind() {
        List<TwinMember> all = List.of(
                new TwinMember("a", "farm", List.of("WindTurbine"), Map.of("X", 0.0, "Y", 0.0)),
                new TwinMember("b", "farm", List.of("WindTurbine"), Map.of("X", 630.0, "Y", 0.0)),
                new TwinMember("b-1", "b", List.of("WindBlade"), Map.of()));
        Subject own = BoundSystem.of("farm", registry.system("WindFarm").orElseThrow(), Map.of(), Map.of(), all);
        List<Composition.Member> members = all.stream()
                .map(t -> new Composition.Member(
                        t,
                        BoundSystem.of(
                                t.id(),
                                registry.system(t.types().get(0)).orElseThrow(),
                                Map.of(),
                                Map.of(),
                                List.of())))
                .toList();
        Subject farm = CoupledSystem.of(
                        "farm", registry.composition("WindFarm").orElseThrow(), Optional.of(own), members)
                .orElseThrow();
        LiveState live = LiveState.of(Map.of(
                "WindSpeed", LiveReading.good(8),
                "WindDirection", LiveReading.good(270),
                "a/WindSpeed", LiveReading.good(8),
                "b/WindSpeed", LiveReading.good(7),
                "b/TurbulenceIntensity", LiveReading.good(0.2),
                "b-1/WindSpeed", LiveReading.good(7)));
        double calm = damage(farm, live, List.of());
        double storm = damage(farm, live, List.of(ScenarioAction.set("WindSpeed", 11, 0)));
        assertThat(storm).isGreaterThan(5 * calm);
        double derated = damage(
                farm, live, List.of(ScenarioAction.set("WindSpeed", 11, 0), ScenarioAction.set("Derating.b", 0.3, 0)));
        assertThat(derated).as("less thrust, less load").isLessThan(0.5 * storm);
    }

    private static double damage(Subject farm, LiveState live, List<ScenarioAction> actions) {
        Course course = farm.course(farm.start(live), actions, 60, 1);
        for (int i = 0; i < 120; i++) {
            course.step();
        }
        double[] y = new double[farm.description().outputs().size()];
        course.outputs(y);
        return y[farm.description().outputIndex("b-1.Damage")];
    }
}
