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

    /** Nobody keeps anything. */
    PastValues NONE = new PastValues() {
        @Override
        public boolean read(int row, long from, long until, Sink sink) {
            return false;
        }

        @Override
        public long oldest(int row) {
            return Long.MAX_VALUE;
        }
    };

    /**
     * Hands over some of what a point was, at a cost that does not grow with how much is kept: the first changes of each of so many equal
     * stretches, oldest first.
     *
     * @param row of the point; a number or a truth value.
     * @param stretches above 0.
     * @param most changes of a stretch that are handed over.
     * @return false if nothing is kept of the point.
     */
    default boolean glance(int row, long from, long until, int stretches, int most, Sink sink) {
        long width = Math.max(1, (until - from) / stretches);
        int[] taken = new int[stretches];
        return read(row, from, until, (time, value, isGood) -> {
            int stretch = (int) Math.min(stretches - 1, (time - from) / width);
            if (time >= from && taken[stretch]++ < most) {
                sink.value(time, value, isGood);
            }
        });
    }

    /** Source time of the oldest value that is kept of a point; {@link Long#MAX_VALUE} if there is none. */
    long oldest(int row);
}
