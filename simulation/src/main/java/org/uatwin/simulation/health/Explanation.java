package org.uatwin.simulation.health;

import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.estimation.Signature;

/**
 * A cause, or two at a time, with how well they explain what is seen.
 *
 * @param amplitude of the cause, in its signature.
 * @param second null if the cause acts alone.
 * @param match cosine of what is seen and what is explained.
 * @param likelihood logarithm.
 */
record Explanation(
        Signature cause,
        double amplitude,
        @Nullable Signature second,
        double secondAmplitude,
        double match,
        double likelihood) {
    /** What an output deviates by it. */
    double explained(int output) {
        Signature other = second;
        return amplitude * cause.effects().get(output)
                + (other == null ? 0 : secondAmplitude * other.effects().get(output));
    }
}
