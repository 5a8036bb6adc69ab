package org.uatwin.informationmodel.conditioning;

import java.util.Optional;

/**
 * What is done with the values of one bound point between device and client.
 *
 * @param conditioning its chain; {@link Conditioning#NONE} if it has none.
 */
public record Treatment(Conditioning conditioning, Optional<Reduction> reduction, Optional<Follow> follow) {
    public static final Treatment NONE = new Treatment(Conditioning.NONE, Optional.empty(), Optional.empty());

    public boolean isEmpty() {
        return conditioning.isEmpty() && reduction.isEmpty() && follow.isEmpty();
    }

    /** Whether values change on the link's side of the point table. */
    public boolean isAtLink() {
        return !conditioning.isEmpty() || reduction.isPresent();
    }
}
