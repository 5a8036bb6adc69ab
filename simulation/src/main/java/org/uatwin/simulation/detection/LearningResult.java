package org.uatwin.simulation.detection;

import org.uatwin.informationmodel.type.Text;

/** What came of learning a baseline. */
public sealed interface LearningResult {
    /** In words, for the one who asked for it. */
    Text text();

    /** A baseline, and what it stands on. */
    record Learned(TwinBaseline baseline, Text text) implements LearningResult {}

    /**
     * Too little history, or of too many kinds.
     *
     * @param rows usable ones there are.
     * @param rowsNeeded at least.
     */
    record NotEnough(int rows, int rowsNeeded, Text text) implements LearningResult {}

    /** It was cancelled. */
    record Cancelled(Text text) implements LearningResult {}
}
