package org.uatwin.plcadapters.recording;

import org.uatwin.plcadapters.adapter.TrafficRecord;

/** What a frame of a segment holds. */
public sealed interface Entry {
    /**
     * A server began, or a segment: monotonic time of what follows counts from here.
     *
     * @param isStart false where a segment only goes on with the session before.
     * @param ns monotonic nanoseconds of the first piece, by the server's own origin.
     * @param ticks UaTime at the same moment.
     */
    record Session(boolean isStart, String siteId, long ns, long ticks) implements Entry {}

    /**
     * A connection gets the number its records carry.
     *
     * @param number unique within a session.
     */
    record Link(int number, String name, String protocol) implements Entry {}

    /** A piece of traffic of the connection with that number. */
    record Traffic(int link, TrafficRecord piece) implements Entry {}
}
