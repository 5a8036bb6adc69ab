package org.uatwin.simulation.objective;

import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.scenario.Subject;

/** Something that can be made best about a twin. Stateless, any thread. */
public interface Objective {
    /** What it is, as data. */
    ObjectiveSpec spec();

    /** Names of the models it serves, as a twin type gives them. */
    List<String> models();

    /** Why this twin cannot be asked, for people; empty if it can: a feeder without households has nobody to call. */
    default Optional<String> unfit(Subject subject) {
        return Optional.empty();
    }

    /** Decision variables and limits of this twin. */
    Problem problem(Subject subject, Settings settings);

    /**
     * Looks for the best. Asks {@link Effort#next} before every evaluation of a model, and once it says no, ends with the best so far.
     * A problem without a solution is answered by {@link Solution#infeasible}, never by an exception.
     *
     * @throws ObjectiveException if a setting does not fit the twin, with the fix.
     */
    Solution optimise(Question question, Effort effort);
}
