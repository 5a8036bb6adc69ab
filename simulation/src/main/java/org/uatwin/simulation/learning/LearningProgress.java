package org.uatwin.simulation.learning;

/** Told how far learning is; says whether to go on. Called by the learning thread. */
@FunctionalInterface
public interface LearningProgress {
    /** Goes on always, tells nobody. */
    LearningProgress NONE = share -> true;

    /**
     * @param share 0 to 1.
     * @return false to cancel.
     */
    boolean at(double share);

    /** The same for a part of the work that begins at a share and ends at another. */
    default LearningProgress part(double from, double to) {
        return share -> at(from + share * (to - from));
    }
}
