package org.uatwin.plcadapters.adapter;

/**
 * Takes the raw traffic of one link. Called on the link's thread; returns at once, never throws, and stamps the time.
 * Nothing that lets somebody in may be handed over: no passwords, no keys, no logon messages.
 */
@FunctionalInterface
public interface TrafficTap {
    /** Nobody listens. */
    TrafficTap NONE = (kind, channel, text, data) -> {};

    /**
     * Takes one piece; see {@link TrafficRecord}.
     *
     * @param data not to be changed afterwards.
     */
    void take(TrafficRecord.Kind kind, int channel, String text, byte[] data);

    /** Whether somebody listens, so that a link may spare itself the work. */
    default boolean isOn() {
        return this != NONE;
    }
}
