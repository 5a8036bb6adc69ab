package org.uatwin.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.solver.Trajectory;

/**
 * The 90 % interval means something: for assets whose true parameters are drawn from the priors, what really happens lies inside
 * it about nine times out of ten. 150 assets: with a true coverage of 90 %, fewer than 120 or all 150 inside would be a one in
 * 10 000 accident.
 */
class IntervalCoverageTest {
    private static final int ASSETS = 150;

    @ParameterizedTest
    @CsvSource({
        "CentrifugalPump,SpeedSetpoint,2500,Flow",
        "CentrifugalPump,ValvePosition,40,MotorPower",
        "Conveyor,LoadMassFlow,85,MotorPower",
        "Conveyor,SpeedSetpoint,1.2,MotorCurrent"
    })
    void truthLiesInsideTheIntervalAboutNineTimesOutOfTen(
            String modelName, String parameter, double value, String output) {
        TwinModel model = ModelRegistry.builtIn().find(modelName).orElseThrow();
        ModelBinding twin = ModelBinding.of("twin", model, Map.of());
        NoiseStream noise = NoiseStream.ofSeed(99);
        int inside = 0;
        for (int i = 0; i < ASSETS; i++) {
            ModelBinding truth = drawn(model, noise.split());
            LiveState exact = PlantReadings.settled(truth, start(modelName), 400);
            LiveState measured = Replicates.measured(truth.description(), exact, noise.split());
            double real = after(truth, exact, parameter, value, output);
            WhatIfResult result =
                    WhatIfEngine.whatIf(twin, measured, new WhatIfRequest(parameter, value, output, 120), i);
            AnswerBlock block = ((WhatIfResult.Answered) result).answer().block();
            inside += real >= block.lower() && real <= block.upper() ? 1 : 0;
        }
        assertThat(inside).isBetween(120, 149);
    }

    private static LiveState start(String model) {
        return model.equals("Conveyor")
                ? PlantReadings.of("SpeedSetpoint", 1.5, "Running", 1, "LoadMassFlow", 60)
                : PlantReadings.of(
                        "SpeedSetpoint",
                        2950,
                        "Running",
                        1,
                        "ValvePosition",
                        70,
                        "SuctionPressure",
                        0.5,
                        "FluidTemperature",
                        20,
                        "Flow",
                        95);
    }

    private static ModelBinding drawn(TwinModel model, NoiseStream noise) {
        Map<String, Double> values = new HashMap<>();
        for (ParameterSpec spec : model.description().parameters()) {
            if (spec.priorSigma() > 0) {
                double value = spec.defaultValue() * (1 + spec.priorSigma() * noise.gaussian());
                values.put(spec.name(), Math.max(spec.lower(), Math.min(spec.upper(), value)));
            }
        }
        return ModelBinding.of("truth", model, values);
    }

    private static double after(ModelBinding truth, LiveState exact, String parameter, double value, String output) {
        ModelStart start = truth.model().initialise(truth.parameters(), exact);
        Trajectory run = new Trajectory(truth.model(), start, List.of(ScenarioAction.set(parameter, value, 0)), 1);
        while (run.timeSeconds() < 120) {
            run.step();
        }
        double[] y = new double[truth.description().outputs().size()];
        run.outputs(y);
        return y[truth.description().outputIndex(output)];
    }
}
