package org.uatwin.simulation.health;

import java.util.List;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.simulation.estimation.Signature;

/**
 * What may be wrong.
 *
 * @param kind of cause.
 * @param name failure mode, damage state, parameter, or point of a sensor.
 * @param confidence 0..1 that it is this one, of all that were looked at and of something unknown.
 * @param match cosine of what it would look like and what is seen, -1..1; NaN if it was not found that way.
 * @param evidence points that speak for it or against it, the strongest first.
 * @param text in a sentence.
 */
public record FaultCandidate(
        Signature.Kind kind, String name, double confidence, double match, List<Evidence> evidence, Text text) {
    public FaultCandidate {
        evidence = List.copyOf(evidence);
    }

    /**
     * What one point says.
     *
     * @param point that deviates, or damage state that was estimated.
     * @param seen deviation, in standard deviations of its sensor.
     * @param explained deviation the candidate would make.
     */
    public record Evidence(String point, double seen, double explained) {}
}
