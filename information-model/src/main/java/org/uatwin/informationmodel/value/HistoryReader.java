package org.uatwin.informationmodel.value;

import org.jspecify.annotations.Nullable;

/**
 * Past values of points for those that know points but no store: estimators, models, checks. The historian provides
 * it, the server wires it. Any thread; a call may wait for a disk, so never from a thread that writes a shard.
 */
@FunctionalInterface
public interface HistoryReader {
    /**
     * Shows the stored samples of a point, oldest first, several of one source time in the order they were stored.
     *
     * @param point row of the point in the {@link PointTable}; one that has no history shows nothing.
     * @param from first source time, inclusive, {@link UaTime} ticks.
     * @param until last source time, exclusive; not after {@code from} shows nothing.
     */
    void read(int point, long from, long until, Visitor visitor);

    /** Gets the samples one by one, on the caller's thread. Bad samples are data: look at the status. */
    @FunctionalInterface
    interface Visitor {
        /**
         * @param bits the scalar as {@link ValueType} defines.
         * @param object String or array, not to be changed; null for a scalar.
         * @return whether to go on.
         */
        boolean sample(long sourceTime, long bits, @Nullable Object object, StatusCode status);
    }
}
