package org.uatwin.server.control;

import java.util.Optional;
import org.uatwin.informationmodel.control.AutomaticRule;
import org.uatwin.server.engine.TwinInstance;

/** Where an automatic mode gets its values from. */
@FunctionalInterface
public interface Recommender {
    /** Asks for values; must not wait. */
    Question ask(TwinInstance twin, AutomaticRule rule);

    /** A recommendation that may take a while. */
    interface Question {
        /** What came of it; empty while it is being worked on. */
        Optional<Answer> poll();

        /** Nobody wants the answer any more. */
        void cancel();
    }

    /**
     * What came of a question.
     *
     * @param recommendation empty if there is none.
     * @param problem why there is none, for people.
     */
    record Answer(Optional<Recommendation> recommendation, String problem) {}
}
