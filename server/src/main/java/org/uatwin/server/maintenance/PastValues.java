package org.uatwin.server.maintenance;

/** Past values of points: port towards whoever keeps them. Any thread; may wait for a disk. */
public interface PastValues {
    /** Takes values. */
    @FunctionalInterface
    interface Sink {
        /** @param time source time, {@link org.uatwin.informationmodel.value.UaTime} ticks. */
        void value(long time, double value, boolean isGood);
    }

    /**
     * Hands over what a point was: first the value that stood at the beginning, then each change, oldest first.
     *
     * @param row of the point; a number or a truth value.
     * @param from ticks, inclusive.
     * @param until ticks, exclusive.
     * @return false if nothing is kept of the point.
     */
    boolean read(int row, long from, long until, Sink sink);

    /** Source time of the oldest value that is kept of a point; {@link Long#MAX_VALUE} if there is none. */
    long oldest(int row);
}
