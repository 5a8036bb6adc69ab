package org.uatwin.simulation.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.contract.ScenarioSpec;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.scenario.WhatIfEngine;
import org.uatwin.simulation.scenario.WhatIfRequest;
import org.uatwin.simulation.scenario.WhatIfResult;
import org.uatwin.simulation.solver.Trajectory;

/** What every model owes the contract. */
class AllModelsTest {
    private static final Map<String, LiveState> LIVE = new ConcurrentHashMap<>();

    static Stream<ModelBinding> bindings() {
        ModelRegistry registry = ModelRegistry.builtIn();
        return registry.names().stream()
                .map(name -> ModelBinding.of(name, registry.find(name).orElseThrow(), Map.of()));
    }

    private static LiveState live(ModelBinding binding) {
        return LIVE.computeIfAbsent(binding.description().name(), name -> settled(binding));
    }

    private static LiveState settled(ModelBinding binding) {
        List<Object> readings = new ArrayList<>();
        for (InputSpec input : binding.description().inputs()) {
            String point = input.linkedPoint();
            if (point != null) {
                readings.add(point);
                readings.add(input.defaultValue());
            }
        }
        if (binding.description().name().equals("Tank")) {
            readings.addAll(List.of("Level", 60));
        }
        if (binding.description().name().equals("CentrifugalPump")) {
            readings.addAll(List.of("Flow", 95));
        }
        return PlantReadings.settled(binding, PlantReadings.of(readings.toArray()), 60);
    }

    private static Trajectory start(ModelBinding binding, List<ScenarioAction> actions, double step) {
        ModelStart start = binding.model().initialise(binding.parameters(), live(binding));
        assertThat(start.isUsable()).isTrue();
        return new Trajectory(binding.model(), start, actions, step);
    }

    @ParameterizedTest
    @MethodSource("bindings")
    void stepAllocatesNothing(ModelBinding binding) {
        Trajectory run = start(binding, List.of(), binding.description().maxStepSeconds());
        double[] y = new double[binding.description().outputs().size()];
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 5_000; i++) {
                run.step();
                run.outputs(y);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        // The measurement itself may allocate a few objects; one per step would be 80 000 bytes and more.
        assertThat(least).isLessThan(2_000);
    }

    @ParameterizedTest
    @MethodSource("bindings")
    void everyScenarioRunsToItsEndWithFiniteNumbers(ModelBinding binding) {
        ModelDescription description = binding.description();
        List<ScenarioSpec> scenarios = new ArrayList<>(description.scenarios());
        scenarios.add(description.scenario("").orElseThrow());
        for (ScenarioSpec scenario : scenarios) {
            Trajectory run = start(binding, scenario.actions(), description.maxStepSeconds());
            double[] y = new double[description.outputs().size()];
            while (run.timeSeconds() < 300) {
                run.step();
                run.outputs(y);
                for (int i = 0; i < y.length; i++) {
                    assertThat(y[i]).as(scenario.name() + " " + i).isFinite();
                }
            }
        }
    }

    /** The largest step is accurate: halving it moves no output by more than half a percent of its size. */
    @ParameterizedTest
    @MethodSource("bindings")
    void halvingTheStepChangesLittle(ModelBinding binding) {
        double step = binding.description().maxStepSeconds();
        double[][] ends = new double[2][];
        for (int k = 0; k < 2; k++) {
            Trajectory run = start(binding, List.of(), step / (k + 1));
            while (run.timeSeconds() < 120 - 1e-9) {
                run.step();
            }
            ends[k] = new double[binding.description().outputs().size()];
            run.outputs(ends[k]);
        }
        for (int i = 0; i < ends[0].length; i++) {
            double size = Math.max(1e-3, Math.abs(ends[1][i]));
            assertThat(Math.abs(ends[0][i] - ends[1][i]) / size)
                    .as(binding.description().outputs().get(i).name())
                    .isLessThan(0.005);
        }
    }

    /** Any allowed value of any input or tunable parameter gets a finite answer, in bounded work, from any readings. */
    @ParameterizedTest
    @MethodSource("bindings")
    void everyAllowedWhatIfIsAnsweredWithFiniteNumbers(ModelBinding binding) {
        ModelDescription description = binding.description();
        LiveState live = live(binding);
        SplittableRandom random = new SplittableRandom(20_260_101);
        for (String name : WhatIfEngine.parameterNames(description)) {
            for (int k = 0; k < 3; k++) {
                double value = value(binding, name, k == 0 ? 0 : k == 1 ? 1 : random.nextDouble());
                String output = description
                        .outputs()
                        .get(random.nextInt(description.outputs().size()))
                        .name();
                WhatIfResult result = WhatIfEngine.whatIf(binding, live, new WhatIfRequest(name, value, output, 30), k);
                assertThat(result).as("%s = %s -> %s", name, value, output).isInstanceOf(WhatIfResult.Answered.class);
            }
        }
    }

    private static double value(ModelBinding binding, String name, double share) {
        ModelDescription description = binding.description();
        int input = description.inputIndex(name);
        if (input >= 0) {
            InputSpec spec = description.inputs().get(input);
            return spec.lower() + share * (binding.model().largestInput(input, binding.parameters()) - spec.lower());
        }
        ParameterSpec spec = description.parameters().get(description.parameterIndex(name));
        return spec.lower() + share * (spec.upper() - spec.lower());
    }

    /** Readings of any size, good or not, never make a model throw or answer with something that is no number. */
    @ParameterizedTest
    @MethodSource("bindings")
    void absurdReadingsAreSurvived(ModelBinding binding) {
        ModelDescription description = binding.description();
        SplittableRandom random = new SplittableRandom(7);
        double[] absurd = {0, -1, 1e-9, 1e6, -1e6, 1e300, Double.NaN, Double.POSITIVE_INFINITY, 50};
        InputSpec target = description.inputs().get(0);
        for (int round = 0; round < 30; round++) {
            LiveState live = live(binding);
            for (OutputSpec output : description.outputs()) {
                String point = output.linkedPoint();
                if (point != null && random.nextInt(3) == 0) {
                    live = live.with(point, reading(random, absurd));
                }
            }
            for (InputSpec input : description.inputs()) {
                String point = input.linkedPoint();
                if (point != null && random.nextInt(3) == 0) {
                    live = live.with(point, reading(random, absurd));
                }
            }
            WhatIfRequest request = new WhatIfRequest(
                    target.name(),
                    target.defaultValue(),
                    description.outputs().get(0).name(),
                    20);
            assertThat(WhatIfEngine.whatIf(binding, live, request, round)).isInstanceOf(WhatIfResult.Answered.class);
        }
    }

    private static org.uatwin.simulation.contract.LiveReading reading(SplittableRandom random, double[] absurd) {
        return new org.uatwin.simulation.contract.LiveReading(
                absurd[random.nextInt(absurd.length)], random.nextInt(4) > 0, random.nextInt(60));
    }

    @Test
    void powerOfTwoIsAsGoodAsTheLibrary() {
        for (double x = -60; x <= 60; x += 0.37) {
            assertThat(Physics.powerOfTwo(x) / StrictMath.pow(2, x)).isEqualTo(1, within(1e-9));
        }
    }

    /** Wear never heals by itself. */
    @ParameterizedTest
    @MethodSource("bindings")
    void damageIsMonotone(ModelBinding binding) {
        ModelStart start = binding.model().initialise(binding.parameters(), live(binding));
        double[] dx = new double[start.state().length];
        binding.model().bind(start.parameters()).derivatives(start.mode(), start.state(), start.inputs(), dx);
        List<StateSpec> states = binding.description().states();
        for (int i = 0; i < dx.length; i++) {
            if (states.get(i).kind() == StateSpec.Kind.DAMAGE) {
                // The impeller coefficient is what is left; everything else is what has gone.
                double sign = states.get(i).name().equals("ImpellerArea") ? -1 : 1;
                assertThat(sign * dx[i]).as(states.get(i).name()).isGreaterThanOrEqualTo(0);
            }
        }
    }
}
