package org.uatwin.plcadapters.mqtt;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.LinkStatisticsRows;
import org.uatwin.plcadapters.adapter.StatisticsRow;

/** Writes what a link counts into the rows of its own and its devices' twins. Owned by the link's thread. */
final class MqttStatistics {
    private LinkOpening opening;
    private MqttLinkParts parts;
    private final Supplier<LinkStatistics.State> state;
    private final IntSupplier pendingWrites;

    MqttStatistics(
            LinkOpening opening, MqttLinkParts parts, Supplier<LinkStatistics.State> state, IntSupplier pendingWrites) {
        this.opening = opening;
        this.parts = parts;
        this.state = state;
        this.pendingWrites = pendingWrites;
    }

    /** Follows a reload. */
    void follow(LinkOpening nextOpening, MqttLinkParts nextParts) {
        opening = nextOpening;
        parts = nextParts;
    }

    void write() {
        SampleBatch batch = new SampleBatch(32 + 8 * parts.devices().size());
        long ticks = parts.emitter().ticks();
        opening.rows().link().ifPresent(rows -> link(new StatisticsRow(batch, rows, ticks)));
        for (MqttDeviceState device : parts.devices()) {
            LinkStatisticsRows.Rows rows = opening.rows().devices().get(device.name);
            if (rows != null) {
                device(new StatisticsRow(batch, rows, ticks), device);
            }
        }
        if (!batch.isEmpty()) {
            opening.statistics().submit(batch);
        }
    }

    private void link(StatisticsRow row) {
        MqttCounters c = parts.counters();
        row.state("State", state.get());
        row.text("Endpoint", parts.settings().endpoint());
        row.count("Received", c.received);
        row.count("ReceivedBytes", c.receivedBytes);
        row.count("Dropped", parts.inbox().dropped());
        row.number("QueueDepth", parts.inbox().depth());
        row.count("Unrouted", c.unrouted);
        row.text("LastUnrouted", c.lastUnrouted);
        row.count("Garbled", c.garbled);
        row.count("Retained", c.retained);
        row.count("ImplausibleTimes", c.implausibleTimes);
        row.number("Subscriptions", c.subscriptions);
        row.number("RefusedSubscriptions", c.refusedSubscriptions);
        row.count("Published", c.published);
        row.count("PublishFailures", c.publishFailures);
        row.count("Reconnects", c.reconnects);
        row.number("PendingWrites", pendingWrites.getAsInt());
        row.count("RefusedWrites", c.refusedWrites);
        row.count("SequenceGaps", c.sequenceGaps);
        row.count("RebirthRequests", c.rebirthRequests);
        row.text("LastError", c.lastError);
        row.time("LastErrorTime", c.lastErrorTime);
    }

    private static void device(StatisticsRow row, MqttDeviceState device) {
        row.state("State", device.state);
        row.count("Received", device.received);
        row.count("ImplausibleTimes", device.implausibleTimes);
        row.time("LastReceiveTime", device.lastReceiveTicks);
        row.text("LastError", device.lastError);
    }

    /** The devices as {@link LinkStatistics} has them. */
    static List<LinkStatistics.DeviceStatistics> devices(List<MqttDeviceState> devices) {
        return devices.stream()
                .map(d -> new LinkStatistics.DeviceStatistics(
                        d.name, d.state, 0, d.received, 0, 0, 0, 0, 0, 0, d.lastReceiveTicks, d.lastError))
                .toList();
    }
}
