package org.uatwin.simulation.scenario;

import java.time.Instant;

/** What asking for a series comes back with. */
public sealed interface SeriesResult {
    /**
     * The series.
     *
     * @param start instant of simulated time 0.
     * @param unit symbol of the values.
     * @param series the points.
     */
    record Found(Instant start, String unit, Series series) implements SeriesResult {}

    /** No such run, or not one this viewer may see: the two cannot be told apart. */
    record UnknownRun(String text) implements SeriesResult {}

    /** The run has not ended: a business answer with Success = false. */
    record NotReady(String text) implements SeriesResult {}

    /** An argument that cannot be used. */
    record Invalid(InvalidParameter problem) implements SeriesResult {}
}
