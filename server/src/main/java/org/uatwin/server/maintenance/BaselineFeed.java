package org.uatwin.server.maintenance;

import java.util.List;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.PointValue;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.detection.BaselineWatch;
import org.uatwin.simulation.detection.Detection;
import org.uatwin.simulation.detection.TwinBaseline;

/** Hands the present values of a twin's points to the learned baseline that watches them. Any thread, by its lock. */
final class BaselineFeed {
    final BaselineWatch watch;
    private final PointTable table;
    private final int[] rows; // by channel; -1 if the type has no such point any more
    private final ValueType[] types;
    private final PointValue value = new PointValue();

    BaselineFeed(TwinInstance instance, PointTable table, TwinBaseline learned) {
        this.table = table;
        watch = new BaselineWatch(learned);
        List<String> channels = watch.channels();
        rows = new int[channels.size()];
        types = new ValueType[rows.length];
        for (int c = 0; c < rows.length; c++) {
            int ordinal = instance.type().pointOrdinal(channels.get(c));
            Member.Point point = ordinal < 0 ? null : instance.type().points().get(ordinal);
            rows[c] = point == null || point.isArray() ? -1 : instance.firstRow() + ordinal;
            types[c] = point == null ? ValueType.DOUBLE : point.dataType();
        }
    }

    /** What the baseline alone says. */
    synchronized Detection report() {
        return watch.report();
    }

    /** Whether the baseline alone says that something unusual stands. */
    synchronized boolean isAlarm() {
        return watch.isAlarm();
    }

    /** Takes what the points are now. */
    synchronized void advance(long now) {
        for (int c = 0; c < rows.length; c++) {
            if (rows[c] >= 0) {
                table.read(rows[c], value);
                if (value.hasValue() && value.object == null) {
                    watch.offer(c, types[c].toDouble(value.bits), value.status().isGood(), value.sourceTime);
                }
            }
        }
        watch.advance(now);
    }
}
