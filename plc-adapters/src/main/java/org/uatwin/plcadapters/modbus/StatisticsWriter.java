package org.uatwin.plcadapters.modbus;

import java.util.List;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.LinkStatisticsRows;
import org.uatwin.plcadapters.adapter.StatisticsRow;
import org.uatwin.plcadapters.adapter.WriteGate;

/** Writes counters and states into the rows of the link's and its devices' twins. Owned by the loop thread. */
final class StatisticsWriter {
    private LinkStatisticsRows rows;
    private List<DeviceState> devices;
    private final LinkCounters counters;
    private final String endpoint;
    private long lastNs = Long.MIN_VALUE;

    StatisticsWriter(LinkPlan plan, LinkCounters counters) {
        rows = plan.opening.rows();
        devices = plan.devices;
        this.counters = counters;
        endpoint = plan.connection.transport().label();
    }

    /** From now on it writes about the devices of another plan. */
    void follow(LinkPlan plan) {
        rows = plan.opening.rows();
        devices = plan.devices;
    }

    void write(LinkStatistics.State state, int pendingWrites, long now, Emitter emitter) {
        if (lastNs != Long.MIN_VALUE && now > lastNs) {
            counters.busyFraction = Math.min(1, (double) counters.busyNs / (now - lastNs));
        }
        counters.busyNs = 0;
        lastNs = now;
        SampleBatch batch = emitter.statisticsBatch();
        long ticks = emitter.ticks();
        rows.link().ifPresent(r -> {
            StatisticsRow sink = new StatisticsRow(batch, r, ticks);
            sink.state("State", state);
            sink.text("Endpoint", endpoint);
            sink.count("Requests", counters.requests);
            sink.count("Responses", counters.responses);
            sink.count("Timeouts", counters.timeouts);
            sink.count("Exceptions", counters.exceptions);
            sink.count("Garbled", counters.garbled);
            sink.count("Reconnects", counters.reconnects);
            sink.number("PendingWrites", pendingWrites);
            sink.count("RefusedWrites", counters.refusedWrites.getAsLong());
            sink.number("WriteCapacity", WriteGate.CAPACITY);
            sink.number("BusyFraction", 100 * counters.busyFraction);
            sink.text("LastError", counters.lastError);
            sink.time("LastErrorTime", counters.lastErrorTime);
        });
        for (DeviceState device : devices) {
            LinkStatisticsRows.Rows r = rows.devices().get(device.device.name());
            if (r != null) {
                writeDevice(new StatisticsRow(batch, r, ticks), device);
            }
        }
    }

    private static void writeDevice(StatisticsRow sink, DeviceState device) {
        sink.state("State", device.state);
        sink.number("UnitId", device.device.unitId());
        sink.count("Requests", device.requests);
        sink.count("Timeouts", device.timeouts);
        sink.count("Exceptions", device.exceptions);
        sink.count("Garbled", device.garbled);
        sink.number("PlannedRequests", device.plannedRequests());
        sink.number("ResponseTime", device.responseTimeMs);
        sink.number("AchievedPeriod", device.achievedPeriodMs());
        sink.time("LastPollTime", device.lastPollTime);
        sink.text("LastError", device.lastError);
        sink.text("PollPlan", device.planJson());
        sink.text("AchievedPeriods", device.achievedJson());
    }
}
