package org.uatwin.plcadapters.adapter;

import java.util.List;
import org.uatwin.informationmodel.plant.Connection;

/**
 * What a link is opened with.
 *
 * @param connection as the plant file declares it; a {@code FieldConnection} carries what the protocol's own
 *     {@code ProtocolSyntax} made of the keys.
 * @param tap gets the raw traffic, if it is recorded.
 * @param points the points bound to the connection; read once, so the list may make its elements on the fly.
 * @param samples gets what the points' values become.
 * @param statistics gets what is written into {@code rows}, and goes to the PointTable as it is.
 */
public record LinkOpening(
        Connection connection,
        List<BoundPoint> points,
        SampleSink samples,
        SampleSink statistics,
        LinkStatisticsRows rows,
        LinkEnvironment environment,
        TrafficTap tap) {
    /** Without anybody who listens to the raw traffic. */
    public LinkOpening(
            Connection connection,
            List<BoundPoint> points,
            SampleSink samples,
            SampleSink statistics,
            LinkStatisticsRows rows,
            LinkEnvironment environment) {
        this(connection, points, samples, statistics, rows, environment, TrafficTap.NONE);
    }

    /** The same with somebody who listens to the raw traffic. */
    public LinkOpening withTap(TrafficTap listener) {
        return new LinkOpening(connection, points, samples, statistics, rows, environment, listener);
    }

    /** The same in another environment. */
    public LinkOpening withEnvironment(LinkEnvironment other) {
        return new LinkOpening(connection, points, samples, statistics, rows, other, tap);
    }
}
