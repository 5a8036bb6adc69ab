package org.uatwin.simulation.scenario;

import java.util.List;

/**
 * Arguments of the method Simulate, in its order.
 *
 * @param scenarioName a named scenario of the model; empty or {@code baseline} = nothing happens.
 * @param horizonSeconds 0 = the model's default.
 * @param stepSeconds 0 = the model's largest step.
 * @param parameterNames inputs or tunable parameters that are set at the start.
 * @param parameterValues their values, as many as names.
 */
public record SimulateRequest(
        String scenarioName,
        double horizonSeconds,
        double stepSeconds,
        List<String> parameterNames,
        List<Double> parameterValues) {
    public SimulateRequest {
        parameterNames = List.copyOf(parameterNames);
        parameterValues = List.copyOf(parameterValues);
    }
}
