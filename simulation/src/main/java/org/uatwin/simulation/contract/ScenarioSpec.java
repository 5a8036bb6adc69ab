package org.uatwin.simulation.contract;

import java.util.List;

/**
 * A named course of events that comes with a model.
 *
 * @param name lower case with hyphens; {@code baseline} (or the empty name) is always there and has no actions.
 * @param meaning one sentence.
 * @param actions in order of time.
 */
public record ScenarioSpec(String name, String meaning, List<ScenarioAction> actions) {
    /** Name of the scenario in which nothing is changed. */
    public static final String BASELINE = "baseline";

    public ScenarioSpec {
        actions = List.copyOf(actions);
    }
}
