package org.uatwin.simulation.prognosis;

import java.util.Optional;
import org.uatwin.informationmodel.type.Text;

/** What can be said of a remaining life: a prognosis, or why there is none. It is never guessed. */
public sealed interface PrognosisAnswer {
    /** The prognosis, if there is one. */
    Optional<Prognosis> prognosis();

    /** There is one. */
    record Known(Prognosis known) implements PrognosisAnswer {
        @Override
        public Optional<Prognosis> prognosis() {
            return Optional.of(known);
        }
    }

    /**
     * There is none yet.
     *
     * @param reason what is missing, in words.
     */
    record NotYet(Text reason) implements PrognosisAnswer {
        @Override
        public Optional<Prognosis> prognosis() {
            return Optional.empty();
        }
    }
}
