package org.uatwin.simulation.health;

import java.util.List;
import org.uatwin.informationmodel.type.Text;

/**
 * Which fault explains what is seen. Immutable.
 *
 * @param time ticks of what it stands on.
 * @param isDeviating whether anything is to be explained.
 * @param candidates the likeliest first; empty if nothing deviates or nothing known explains it.
 * @param text the answer in a sentence or two.
 * @param discriminate what would tell the first two apart; empty if nothing needs to be told apart.
 * @param unavailable why there is no answer; empty if there is one.
 */
public record FaultReport(
        long time,
        boolean isDeviating,
        List<FaultCandidate> candidates,
        Text text,
        Text discriminate,
        Text unavailable) {
    public FaultReport {
        candidates = List.copyOf(candidates);
    }

    /** Whether something is wrong that no known fault explains. */
    public boolean isUnknown() {
        return isDeviating && candidates.isEmpty();
    }

    /** Whether there is an answer. */
    public boolean isAvailable() {
        return unavailable.isEmpty();
    }
}
