package org.uatwin.plcadapters.adapter;

import org.jspecify.annotations.Nullable;

/** Recorded traffic of one connection in the order it was. Owned by the thread that replays. */
public interface TrafficSource {
    /** The next record; null if there is none before {@link #knownUntil}. */
    @Nullable
    TrafficRecord peek();

    /** Takes what {@link #peek} showed. */
    TrafficRecord next();

    /** Monotonic nanoseconds up to which {@code peek} has looked; {@code Long.MAX_VALUE} at the end of the recording. */
    long knownUntil();
}
