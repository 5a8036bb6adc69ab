package org.uatwin.plcadapters.opcua;

import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;

/**
 * What Milo's threads tell the link's thread.
 *
 * @param session where it happened; events of a session given up are ignored.
 * @param points the points of {@code values}, in their order.
 * @param text what happened, for people.
 */
record UpstreamEvent(
        UpstreamSession session, Kind kind, List<MonitoredPoint> points, List<DataValue> values, String text) {
    enum Kind {
        DATA,
        /** The server has nothing new, but lives. */
        ALIVE,
        /** The connection is gone; Milo tries to get the session back. */
        INACTIVE,
        /** There is a session again. */
        ACTIVE,
        /** The subscription is gone for good. */
        LOST
    }

    static UpstreamEvent of(UpstreamSession session, Kind kind, String text) {
        return new UpstreamEvent(session, kind, List.of(), List.of(), text);
    }
}
