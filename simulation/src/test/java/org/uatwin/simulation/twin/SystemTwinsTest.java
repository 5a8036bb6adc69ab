package org.uatwin.simulation.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioSpec;
import org.uatwin.simulation.scenario.Course;
import org.uatwin.simulation.scenario.WhatIfAnswer;
import org.uatwin.simulation.scenario.WhatIfEngine;
import org.uatwin.simulation.scenario.WhatIfRequest;
import org.uatwin.simulation.scenario.WhatIfResult;

/** What every system model owes a twin: answers from any readings, always finite, the same for the same seed. */
@Timeout(120)
class SystemTwinsTest {
    private static final List<TwinMember> MEMBERS = List.of(
            member("t1", "WindTurbine", Map.of("X", 0.0, "Y", 0.0)),
            member("t2", "WindTurbine", Map.of("X", 700.0, "Y", 0.0)),
            member("n0", "FeederNode", Map.of("RatedLoad", 0.0, "RatedReactiveLoad", 0.0)),
            member("n1", "FeederNode", node(100)),
            member("n2", "FeederNode", node(60)),
            member("s1", "SensorNode", Map.of("X", 100.0, "Y", 0.0)),
            member("s2", "SensorNode", Map.of("X", 900.0, "Y", 300.0)),
            member("g1", "RadioGateway", Map.of("X", 0.0, "Y", 0.0)),
            member("press", "Station", Map.of("CycleTime", 30.0, "Mtbf", 8.0, "Mttr", 0.5)),
            member("belt", "Conveyor", Map.of("BeltLength", 12.0, "RatedSpeed", 0.4)),
            member("weld", "Station", Map.of("CycleTime", 34.0, "BufferPlaces", 6.0)));

    private static Map<String, Double> node(double load) {
        return Map.of("RatedLoad", load, "RatedReactiveLoad", load / 2, "LineResistance", 0.3, "LineReactance", 0.2);
    }

    private static TwinMember member(String id, String type, Map<String, Double> values) {
        return new TwinMember(id, "system", List.of(type), values);
    }

    static Stream<BoundSystem> systems() {
        ModelRegistry registry = ModelRegistry.builtIn();
        return registry.systemNames().stream()
                .map(name ->
                        BoundSystem.of(name, registry.system(name).orElseThrow(), values(name), Map.of(), MEMBERS));
    }

    private static Map<String, Double> values(String model) {
        return model.equals("Building") ? Map.of("OpaqueConductance", 40.0, "WindowConductance", 20.0) : Map.of();
    }

    /** Readings a machine would show that is exactly the model at its defaults, in the middle of the day. */
    static LiveState nominal(BoundSystem bound) {
        Map<String, LiveReading> readings = new LinkedHashMap<>();
        ModelDescription d = bound.description();
        for (InputSpec input : d.inputs()) {
            if (input.linkedPoint() != null) {
                readings.put(input.linkedPoint(), LiveReading.good(input.defaultValue()));
            }
        }
        readings.put(BoundSystem.TIME_OF_DAY, LiveReading.good(12));
        double[] y = new double[d.outputs().size()];
        ModelStart start = bound.start(LiveState.of(readings));
        Course course = bound.course(start, List.of(), d.maxStepSeconds(), 1);
        course.outputs(y);
        for (int i = 0; i < y.length; i++) {
            String point = d.outputs().get(i).linkedPoint();
            if (point != null) {
                readings.put(point, LiveReading.good(y[i]));
            }
        }
        return LiveState.of(readings);
    }

    private static WhatIfAnswer ask(BoundSystem bound, LiveState live, String name, double value, String output) {
        WhatIfRequest request =
                new WhatIfRequest(name, value, output, 8 * bound.description().maxStepSeconds());
        WhatIfResult result = WhatIfEngine.whatIf(bound, live, request, 7);
        assertThat(result).as("%s %s = %s -> %s", bound, name, value, output).isInstanceOf(WhatIfResult.Answered.class);
        return ((WhatIfResult.Answered) result).answer();
    }

    /** A machine that is its own model is explained well and starts where it stands. */
    @ParameterizedTest
    @MethodSource("systems")
    void aMachineThatIsTheModelIsExplained(BoundSystem bound) {
        ModelStart start = bound.start(nominal(bound));
        assertThat(start.isUsable()).as(start.quality().missing()).isTrue();
        assertThat(start.quality().fitScore()).satisfies(score -> assertThat(score == -1 || score > 0.9)
                .as("%s fit %s", bound, score)
                .isTrue());
        assertThat(start.quality().extrapolated()).isFalse();
    }

    /** Every knob at its ends and in between gets a finite answer with an ordered interval. */
    @ParameterizedTest
    @MethodSource("systems")
    void everyKnobIsAnswered(BoundSystem bound) {
        ModelDescription d = bound.description();
        LiveState live = nominal(bound);
        SplittableRandom random = new SplittableRandom(3);
        for (String name : WhatIfEngine.parameterNames(d)) {
            for (double share : new double[] {0, 1, random.nextDouble()}) {
                OutputSpec output = d.outputs().get(random.nextInt(d.outputs().size()));
                WhatIfAnswer answer = ask(bound, live, name, value(d, name, share), output.name());
                assertThat(answer.block().lower())
                        .isLessThanOrEqualTo(answer.block().upper());
            }
        }
    }

    private static double value(ModelDescription d, String name, double share) {
        int input = d.inputIndex(name);
        ParameterSpec spec = input >= 0 ? null : d.parameters().get(d.parameterIndex(name));
        double low = spec == null ? d.inputs().get(input).lower() : spec.lower();
        double high = spec == null ? d.inputs().get(input).upper() : spec.upper();
        return Math.max(-1e3, low) + share * (Math.min(1e3, high) - Math.max(-1e3, low));
    }

    /** The same question gets the same bits; it may be asked from any thread at once. */
    @ParameterizedTest
    @MethodSource("systems")
    void sameSeedSameBitsSerialAndParallel(BoundSystem bound) {
        LiveState live = nominal(bound);
        String name = WhatIfEngine.parameterNames(bound.description()).get(0);
        double value = value(bound.description(), name, 0.4);
        String output = bound.description().outputs().get(0).name();
        WhatIfAnswer once = ask(bound, live, name, value, output);
        List<WhatIfAnswer> many = Stream.generate(() -> 0)
                .limit(4)
                .parallel()
                .map(i -> ask(bound, live, name, value, output))
                .toList();
        assertThat(many).containsOnly(once);
    }

    @ParameterizedTest
    @MethodSource("systems")
    void everyScenarioRunsToItsEnd(BoundSystem bound) {
        ModelDescription d = bound.description();
        ModelStart start = bound.start(nominal(bound));
        List<ScenarioSpec> scenarios = new ArrayList<>(d.scenarios());
        scenarios.add(d.scenario("").orElseThrow());
        double[] y = new double[d.outputs().size()];
        for (ScenarioSpec scenario : scenarios) {
            Course course = bound.course(start, scenario.actions(), d.maxStepSeconds(), 5);
            for (int i = 0; i < 30; i++) {
                course.step();
                course.outputs(y);
                assertThat(y).as("%s %s", bound, scenario.name()).doesNotContain(Double.NaN);
            }
        }
        assertThat(bound.declaration().failureModes())
                .filteredOn(mode -> !mode.knob().isEmpty())
                .as("failure modes are scenarios")
                .allSatisfy(mode ->
                        assertThat(d.scenarios()).anyMatch(s -> s.meaning().startsWith(mode.name())));
    }

    /** Readings of any size, good or not, never make it throw or answer with something that is no number. */
    @ParameterizedTest
    @MethodSource("systems")
    void absurdReadingsAreSurvived(BoundSystem bound) {
        ModelDescription d = bound.description();
        SplittableRandom random = new SplittableRandom(11);
        double[] absurd = {0, -1, 1e-9, 1e6, -1e6, 1e300, Double.NaN, Double.POSITIVE_INFINITY, 50};
        String name = WhatIfEngine.parameterNames(d).get(0);
        double value = value(d, name, 0.5);
        for (int round = 0; round < 10; round++) {
            Map<String, LiveReading> readings = new LinkedHashMap<>();
            d.inputs().forEach(i -> absurd(readings, i.linkedPoint(), random, absurd));
            d.outputs().forEach(o -> absurd(readings, o.linkedPoint(), random, absurd));
            WhatIfAnswer answer = ask(
                    bound,
                    LiveState.of(readings),
                    name,
                    value,
                    d.outputs().get(0).name());
            assertThat(answer.message()).isNotEmpty();
        }
    }

    private static void absurd(
            Map<String, LiveReading> into, @Nullable String point, SplittableRandom random, double[] values) {
        if (point != null && random.nextInt(3) > 0) {
            into.put(
                    point,
                    new LiveReading(values[random.nextInt(values.length)], random.nextInt(4) > 0, random.nextInt(60)));
        }
    }
}
