package org.uatwin.plcadapters.mqtt;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.PointDiagnostics;
import org.uatwin.plcadapters.adapter.ReplayLink;
import org.uatwin.plcadapters.adapter.ReplayTime;
import org.uatwin.plcadapters.adapter.TrafficRecord;
import org.uatwin.plcadapters.adapter.TrafficSource;

/** Recorded messages of a broker through the loop of the link, each in a step of its own at its own time. */
final class MqttReplay implements ReplayLink {
    private final MqttLink link;
    private final MqttLoop loop;
    private final TrafficSource traffic;
    private final ReplayTime time;
    private MqttPort.@Nullable Listener listener; // of the port the loop opened last
    private boolean hasState;
    private long nextTick = Long.MAX_VALUE;

    private MqttReplay(LinkOpening opening, TrafficSource traffic, ReplayTime time) {
        this.traffic = traffic;
        this.time = time;
        link = MqttLink.open(opening, (isV5, will, events) -> {
            listener = events;
            return new DeadPort();
        });
        loop = link.loop();
    }

    static ReplayLink open(LinkOpening opening, TrafficSource traffic, ReplayTime time) {
        return new MqttReplay(opening, traffic, time);
    }

    /** Sends nothing to nobody; what would have come of it is in the recording. */
    private final class DeadPort implements MqttPort {
        @Override
        public void connect() {
            // the recording says what came of it
        }

        @Override
        public void subscribe(List<SubscriptionPlan.Filter> filters) {
            MqttPort.Listener events = listener;
            if (events != null) {
                events.subscribed(List.of());
            }
        }

        @Override
        public void unsubscribe(List<String> filters) {
            // the recording brings what it has
        }

        @Override
        public void publish(int token, String topic, byte[] payload, int qos, boolean isRetained) {
            // writes are refused before they come here; what else is said is not for a replay
        }

        @Override
        public void abandon() {
            close();
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Override
    public String name() {
        return link.name();
    }

    @Override
    public void start() {
        loop.begin();
        nextTick = loop.step();
    }

    @Override
    public long nextNs() {
        TrafficRecord record = traffic.peek();
        if (record == null && traffic.knownUntil() == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        return Math.min(record == null ? traffic.knownUntil() : record.ns(), Math.max(nextTick, time.ns()));
    }

    @Override
    public void step() {
        long next = nextNs();
        TrafficRecord record = traffic.peek();
        if (record == null || record.ns() > next) {
            time.moveTo(next);
        } else {
            time.moveTo(traffic.next());
            MqttPort.Listener events = listener;
            if (events != null) {
                happen(record, events);
            }
        }
        nextTick = loop.step();
    }

    private void happen(TrafficRecord record, MqttPort.Listener events) {
        boolean isMidway = !hasState && record.kind() != TrafficRecord.Kind.STATE;
        if (isMidway) { // the beginning of the recording has been dropped
            events.connected(false);
        }
        hasState = true;
        switch (record.kind()) {
            case RECEIVED ->
                events.message(record.text(), record.data(), (record.channel() & RecordedPorts.RETAINED) != 0);
            case STATE -> {
                if (record.text().isEmpty()) {
                    events.connected(record.channel() == RecordedPorts.SESSION_PRESENT);
                } else {
                    events.disconnected(record.text(), record.channel() == RecordedPorts.VERSION_REFUSED);
                }
            }
            case FAILED -> events.subscribeFailed(record.text());
            case SENT, GAP -> {
                // what was sent changes no point; what came back is recorded as well
            }
        }
    }

    @Override
    public LinkStatistics statistics() {
        return link.statistics();
    }

    @Override
    public PointDiagnostics diagnostics(int row) {
        return link.diagnostics(row);
    }

    @Override
    public void close() {
        link.close();
    }
}
