package org.uatwin.plcadapters.device;

/** What a network makes of packets on their way from a virtual device. May be called from any thread. */
@FunctionalInterface
public interface Transit {
    /** A network that does nothing. */
    Transit CLEAR = (bytes, seconds) -> Passage.AT_ONCE;

    /**
     * What becomes of the next packet.
     *
     * @param bytes its length.
     * @param nowSeconds when it is sent, on a clock that does not go back.
     */
    Passage next(int bytes, double nowSeconds);

    /**
     * @param isLost whether it does not arrive.
     * @param delaySeconds how late it arrives otherwise.
     * @param mayBeOvertaken whether those behind it may arrive first, where the protocol lets them.
     */
    record Passage(boolean isLost, double delaySeconds, boolean mayBeOvertaken) {
        static final Passage AT_ONCE = new Passage(false, 0, false);

        public Passage {
            if (!(delaySeconds >= 0)) {
                throw new IllegalArgumentException("delay " + delaySeconds);
            }
        }
    }
}
