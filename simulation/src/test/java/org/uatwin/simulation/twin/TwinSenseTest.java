package org.uatwin.simulation.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.scenario.WhatIfAnswer;
import org.uatwin.simulation.scenario.WhatIfEngine;
import org.uatwin.simulation.scenario.WhatIfRequest;
import org.uatwin.simulation.scenario.WhatIfResult;

/** Answers go the way an engineer of the field expects, by about the size. */
class TwinSenseTest {
    private static BoundSystem bind(String model, Map<String, Double> values, TwinMember... members) {
        return BoundSystem.of(
                "twin", ModelRegistry.builtIn().system(model).orElseThrow(), values, Map.of(), List.of(members));
    }

    private static TwinMember member(String id, String type, Map<String, Double> values) {
        return new TwinMember(id, "twin", List.of(type), values);
    }

    private static LiveState live(Object... pairs) {
        Map<String, LiveReading> readings = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            readings.put(pairs[i].toString(), LiveReading.good(((Number) pairs[i + 1]).doubleValue()));
        }
        return LiveState.of(readings);
    }

    private static WhatIfAnswer ask(
            BoundSystem bound, LiveState live, String name, double value, String output, double horizon) {
        WhatIfResult result = WhatIfEngine.whatIf(bound, live, new WhatIfRequest(name, value, output, horizon), 1);
        assertThat(result).isInstanceOf(WhatIfResult.Answered.class);
        WhatIfAnswer answer = ((WhatIfResult.Answered) result).answer();
        assertThat(answer.success()).as(answer.message()).isTrue();
        return answer;
    }

    /** Power below the curve is read as soiling, within what the sensor can tell, and a forecast carries it on. */
    @Test
    void lostPowerOfATurbineIsFoundAsSoiling() {
        BoundSystem turbine = bind("WindTurbine", Map.of());
        double clean =
                ask(turbine, live("WindSpeed", 9), "Derating", 1, "Power", 600).predicted();
        LiveState live = live("WindSpeed", 9, "Power", 0.93 * clean);
        ModelStart start = turbine.start(live);
        double soiling = start.parameters()[turbine.description().parameterIndex("Soiling")];
        assertThat(soiling).isCloseTo(0.93, within(0.02)); // power is measured to 2 %
        assertThat(ask(turbine, live, "Derating", 1, "Power", 600).predicted())
                .isCloseTo(0.93 * clean, within(0.02 * clean));
        assertThat(ask(turbine, live, "Derating", 0.2, "Power", 600).predicted())
                .isCloseTo(1000, within(1.0));
    }

    /** Two kelvin less save about a tenth of the heat, by the conductances: 2 / (20 - 0). */
    @Test
    void setbackOfABuildingSavesHeat() {
        BoundSystem zone = bind("Building", Map.of("OpaqueConductance", 40.0, "WindowConductance", 20.0));
        LiveState live = live(
                "OutdoorTemperature",
                0,
                "AirTemperature",
                20,
                "HeatingSetpoint",
                20,
                "CoolingSetpoint",
                26,
                BoundSystem.TIME_OF_DAY,
                12);
        WhatIfAnswer answer = ask(zone, live, "HeatingSetpoint", 18, "Heating", 4 * 24 * 3600);
        assertThat(answer.delta() / answer.baseline()).isBetween(-0.13, -0.08);
        assertThat(answer.block().confidenceLevel()).isEqualTo(0.9);
    }

    /** Ten people without air: V C' = G n gives 10 * 18 L/h in 300 m3, 600 ppm an hour. */
    @Test
    void stoppedFanLetsCarbonDioxideRise() {
        BoundSystem room = bind("Room", Map.of());
        LiveState live = live("Co2", 600, "Airflow", 100, BoundSystem.TIME_OF_DAY, 10);
        WhatIfAnswer still = ask(room, live, "Presence", 10, "Co2", 3600);
        assertThat(still.predicted())
                .as("420 + 500 ppm at 100 L/s, nearly settled")
                .isCloseTo(850, within(120.0));
        WhatIfAnswer stopped = ask(room, live, "Airflow", 0, "Co2", 3600);
        assertThat(stopped.delta()).isGreaterThan(100);
    }

    /** Only the slowest station is worth speeding up. */
    @Test
    void bottleneckOfALineDecidesItsThroughput() {
        BoundSystem line = bind(
                "ProductionLine",
                Map.of(),
                member("a", "Station", Map.of("CycleTime", 20.0, "BufferPlaces", 5.0)),
                member("b", "Station", Map.of("CycleTime", 30.0, "BufferPlaces", 5.0)),
                member("c", "Station", Map.of("CycleTime", 22.0, "BufferPlaces", 5.0)));
        WhatIfAnswer slowest = ask(line, live(), "StationSpeed.b", 1.25, "Throughput", 4 * 3600);
        WhatIfAnswer other = ask(line, live(), "StationSpeed.c", 1.25, "Throughput", 4 * 3600);
        assertThat(slowest.baseline()).isCloseTo(120, within(6.0));
        assertThat(slowest.delta()).isGreaterThan(20);
        assertThat(Math.abs(other.delta()))
                .as("common random numbers: no more than a part or two")
                .isLessThan(0.6);
    }

    /** A line starts with the parts that wait in it. */
    @Test
    void queuesOfALineAreThoseOfTheStations() {
        BoundSystem line = bind(
                "ProductionLine",
                Map.of(),
                member("a", "Station", Map.of("CycleTime", 20.0, "BufferPlaces", 5.0)),
                member("b", "Station", Map.of("CycleTime", 30.0, "BufferPlaces", 9.0)));
        double[] y = new double[line.description().outputs().size()];
        var course = line.course(line.start(live("b/QueueLength", 7)), List.of(), 1, 1);
        course.outputs(y);
        assertThat(y[line.description().outputIndex("Queue.b")]).isCloseTo(6, within(1.0));
    }

    /** The scale of loads follows from the power at the source; more load lowers the far voltage. */
    @Test
    void loadOfAFeederIsReadFromItsSource() {
        Map<String, Double> node =
                Map.of("RatedLoad", 400.0, "RatedReactiveLoad", 160.0, "LineResistance", 0.5, "LineReactance", 0.3);
        BoundSystem feeder = bind(
                "RadialFeeder",
                Map.of(),
                member("n0", "FeederNode", Map.of("RatedLoad", 0.0, "RatedReactiveLoad", 0.0)),
                member("n1", "FeederNode", node),
                member("n2", "FeederNode", node));
        ModelStart start = feeder.start(live("SourcePower", 1000));
        assertThat(start.inputs()[feeder.description().inputIndex("LoadScale")]).isCloseTo(1.24, within(0.02));
        WhatIfAnswer answer = ask(feeder, live("SourcePower", 1000), "LoadScale", 2, "MinVoltage", 60);
        assertThat(answer.delta()).isNegative();
    }

    /** Called households shed what their appliances would draw. */
    @Test
    void calledHouseholdsShedLoad() {
        BoundSystem district = bind("Households", Map.of());
        LiveState live = live("Demand", 400, "ApplianceDuty", 0.4, BoundSystem.TIME_OF_DAY, 18);
        WhatIfAnswer answer = ask(district, live, "DemandResponse", 1, "Demand", 900);
        // 500 households, 60 % with an appliance of 1.5 kW at a duty of 0.4, 80 % answer: 144 kW.
        assertThat(answer.delta()).isBetween(-170.0, -110.0);
        assertThat(answer.block().lower()).isLessThan(answer.block().upper());
    }
}
