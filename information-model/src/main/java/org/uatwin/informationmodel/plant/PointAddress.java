package org.uatwin.informationmodel.plant;

import java.util.OptionalInt;

/**
 * A point's address as the adapter of its protocol understood it. Immutable and small, with {@code equals} and
 * {@code hashCode} by content: there is one for every bound point, and after a reload equal addresses mean that the
 * point goes on untouched.
 */
public interface PointAddress {
    /** The address as an engineer writes it, shown beside the point. */
    String label();

    /** Longest text the field can hold there, in characters; empty if it sets no limit, or the point is no text. */
    default OptionalInt longestText() {
        return OptionalInt.empty();
    }
}
