package org.uatwin.plcadapters.modbus;

import java.util.List;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.LinkStatisticsRows;

/** Writes counters and states into the rows of the link's and its devices' twins. Owned by the loop thread. */
@SuppressWarnings("EnumOrdinal") // LinkStatistics fixes the ordinals as values of nodes
final class StatisticsWriter {
    private final LinkStatisticsRows rows;
    private final List<DeviceState> devices;
    private final LinkCounters counters;
    private final String endpoint;
    private long lastNs = Long.MIN_VALUE;

    StatisticsWriter(LinkStatisticsRows rows, List<DeviceState> devices, LinkCounters counters, String endpoint) {
        this.rows = rows;
        this.devices = devices;
        this.counters = counters;
        this.endpoint = endpoint;
    }

    void write(LinkStatistics.State state, int pendingWrites, long now, Emitter emitter) {
        if (lastNs != Long.MIN_VALUE && now > lastNs) {
            counters.busyFraction = Math.min(1, (double) counters.busyNs / (now - lastNs));
        }
        counters.busyNs = 0;
        lastNs = now;
        SampleBatch batch = emitter.batch();
        long ticks = emitter.ticks();
        rows.link().ifPresent(r -> {
            Sink sink = new Sink(batch, r, ticks);
            sink.number("State", state.ordinal());
            sink.text("Endpoint", endpoint);
            sink.count("Requests", counters.requests);
            sink.count("Responses", counters.responses);
            sink.count("Timeouts", counters.timeouts);
            sink.count("Exceptions", counters.exceptions);
            sink.count("Garbled", counters.garbled);
            sink.count("Reconnects", counters.reconnects);
            sink.number("PendingWrites", pendingWrites);
            sink.number("BusyFraction", 100 * counters.busyFraction);
            sink.text("LastError", counters.lastError);
            sink.time("LastErrorTime", counters.lastErrorTime);
        });
        for (DeviceState device : devices) {
            LinkStatisticsRows.Rows r = rows.devices().get(device.device.name());
            if (r != null) {
                writeDevice(new Sink(batch, r, ticks), device);
            }
        }
    }

    private static void writeDevice(Sink sink, DeviceState device) {
        sink.number("State", device.state.ordinal());
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
    }

    /** Adds values to the rows of one twin by point name; names the type lacks are left out. */
    private record Sink(SampleBatch batch, LinkStatisticsRows.Rows rows, long ticks) {
        void number(String point, double value) {
            int ordinal = rows.type().pointOrdinal(point);
            if (ordinal >= 0) {
                ValueType type = typeOf(ordinal);
                batch.add(row(ordinal), type.fromDouble(value), StatusCode.GOOD, ticks, ticks);
            }
        }

        void count(String point, long value) {
            number(point, (double) value);
        }

        void time(String point, long value) {
            int ordinal = rows.type().pointOrdinal(point);
            if (ordinal >= 0) {
                batch.add(row(ordinal), value, StatusCode.GOOD, ticks, ticks);
            }
        }

        void text(String point, String value) {
            int ordinal = rows.type().pointOrdinal(point);
            if (ordinal >= 0) {
                batch.addObject(row(ordinal), value, StatusCode.GOOD, ticks, ticks);
            }
        }

        private ValueType typeOf(int ordinal) {
            TwinType type = rows.type();
            return type.points().get(ordinal).dataType();
        }

        private int row(int ordinal) {
            return rows.firstRow() + ordinal;
        }
    }
}
