package org.uatwin.simulation.scenario;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Arguments of the method Simulate, in its order.
 *
 * @param scenarioName a named scenario of the model; empty or {@code baseline} = nothing happens.
 * @param horizonSeconds 0 = the model's default.
 * @param stepSeconds 0 = the model's largest step.
 * @param parameterNames inputs or tunable parameters that are set at the start.
 * @param parameterValues their values, as many as names.
 * @param replicates runs with drawn parameters and readings beside the nominal one; 0 = the default, -1 = none.
 * @param seed of all that is drawn; 0 = the default.
 */
public record SimulateRequest(
        String scenarioName,
        double horizonSeconds,
        double stepSeconds,
        List<String> parameterNames,
        List<Double> parameterValues,
        int replicates,
        long seed) {
    public SimulateRequest {
        parameterNames = List.copyOf(parameterNames);
        parameterValues = List.copyOf(parameterValues);
    }

    /** With the default number of replicates and the default seed. */
    public SimulateRequest(
            String scenarioName,
            double horizonSeconds,
            double stepSeconds,
            List<String> parameterNames,
            List<Double> parameterValues) {
        this(scenarioName, horizonSeconds, stepSeconds, parameterNames, parameterValues, 0, 0);
    }

    /** What was asked, argument by argument. */
    List<RunFacts.Input> inputs() {
        return List.of(
                new RunFacts.Input("ScenarioName", scenarioName),
                new RunFacts.Input("HorizonSeconds", String.valueOf(horizonSeconds)),
                new RunFacts.Input("StepSeconds", String.valueOf(stepSeconds)),
                new RunFacts.Input("ParameterNames", String.join(", ", parameterNames)),
                new RunFacts.Input(
                        "ParameterValues",
                        parameterValues.stream().map(String::valueOf).collect(Collectors.joining(", "))),
                new RunFacts.Input("Replicates", String.valueOf(replicates)),
                new RunFacts.Input("RandomSeed", String.valueOf(seed)));
    }
}
