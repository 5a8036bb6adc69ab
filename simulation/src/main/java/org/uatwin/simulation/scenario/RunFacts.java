package org.uatwin.simulation.scenario;

import java.time.Instant;
import java.util.List;

/**
 * What is known of a run from its beginning, and never changes: enough to ask for the same again.
 *
 * @param runId its id, which nobody can guess.
 * @param twinId the twin it is about.
 * @param requester who started it.
 * @param method the method that started it: {@code Simulate}, {@code Optimize}.
 * @param title name of the scenario or objective.
 * @param modelName the model.
 * @param modelVersion name and version of the model, as answers give it.
 * @param seed of everything that is drawn.
 * @param createdAt when it was asked for: the live state it began from is of this instant.
 * @param inputs what was asked, argument by argument.
 * @param outputs what a simulation hands out over time; empty for a task, which names its own series.
 * @param isTask whether it hands out series under names of its own.
 */
public record RunFacts(
        String runId,
        String twinId,
        String requester,
        String method,
        String title,
        String modelName,
        String modelVersion,
        long seed,
        Instant createdAt,
        List<Input> inputs,
        List<Output> outputs,
        boolean isTask) {
    /** An argument as text. */
    public record Input(String name, String value) {}

    /**
     * An output of the model.
     *
     * @param unit symbol of its values.
     */
    public record Output(String name, String unit) {}

    public RunFacts {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
