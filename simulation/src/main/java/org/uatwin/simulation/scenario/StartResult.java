package org.uatwin.simulation.scenario;

import java.util.List;

/** What asking for a run comes back with. */
public sealed interface StartResult {
    /** The run was accepted. */
    record Started(String runId) implements StartResult {}

    /** A quota is used up: Bad_TooManyOperations. */
    record TooMany(String text) implements StartResult {}

    /** Arguments that cannot be used. */
    record Invalid(List<InvalidParameter> problems) implements StartResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /** The text of a scenario cannot be used: a business answer with Success = false that says where and why. */
    record Refused(String text) implements StartResult {}

    /** The readings do not carry a simulation: a business answer with Success = false. */
    record NotEnoughData(String text) implements StartResult {}
}
