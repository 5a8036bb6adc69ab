package org.uatwin.informationmodel.conditioning;

import java.util.Optional;

/**
 * What is done with the values of one bound point between device and client.
 *
 * @param conditioning its chain; {@link Conditioning#NONE} if it has none.
 */
public record Treatment(
        Conditioning conditioning,
        Optional<Reduction> reduction,
        Optional<Follow> follow,
        Optional<VibrationRule> vibration) {
    public static final Treatment NONE =
            new Treatment(Conditioning.NONE, Optional.empty(), Optional.empty(), Optional.empty());

    public boolean isEmpty() {
        return conditioning.isEmpty() && reduction.isEmpty() && follow.isEmpty() && vibration.isEmpty();
    }

    /** The same with what a waveform is looked at for. */
    public Treatment with(VibrationRule rule) {
        return new Treatment(conditioning, reduction, follow, Optional.of(rule));
    }

    /** Whether values change on the link's side of the point table. */
    public boolean isAtLink() {
        return !conditioning.isEmpty() || reduction.isPresent();
    }
}
