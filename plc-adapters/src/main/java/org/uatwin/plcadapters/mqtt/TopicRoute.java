package org.uatwin.plcadapters.mqtt;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.plcadapters.payload.Field;
import org.uatwin.plcadapters.payload.PayloadPlan;
import org.uatwin.plcadapters.payload.RawValue;

/** Everything one topic feeds. Grown while the link is opened, then used by the link's thread. */
final class TopicRoute {
    /** A point and the places of its value, time and quality in the plan's output; -1 for none. */
    record Target(MqttPoint point, int value, int time, int quality, boolean isConfirmation) {}

    /** A device that says on this topic whether it is there. */
    record Presence(MqttDeviceState device, MqttDevice.Availability availability) {}

    final List<Target> targets = new ArrayList<>(1);
    final List<Presence> presences = new ArrayList<>(0);
    private final List<Field> fields = new ArrayList<>(1);
    private char separator = ',';
    private @Nullable PayloadPlan plan;
    private RawValue[] values = new RawValue[0];

    /** The point has its value here. */
    void addValue(MqttPoint point) {
        MessageOptions options = point.address.options();
        separator = options.separator();
        targets.add(new Target(
                point,
                slot(point.address.field()),
                options.time().map(this::slot).orElse(-1),
                options.quality().map(this::slot).orElse(-1),
                false));
    }

    /** The device confirms here what was written to the point. */
    void addConfirmation(MqttPoint point, Field field) {
        targets.add(new Target(point, slot(field), -1, -1, true));
    }

    private int slot(Field field) {
        int at = fields.indexOf(field);
        if (at < 0) {
            at = fields.size();
            fields.add(field);
        }
        return at;
    }

    /**
     * The values of a payload, by place; reused by the next call.
     *
     * @throws org.uatwin.plcadapters.payload.PayloadException if the payload is not what the fields say.
     */
    RawValue[] read(byte[] payload) {
        PayloadPlan p = plan;
        if (p == null) {
            p = new PayloadPlan(fields, separator);
            plan = p;
            values = p.newOutput();
        }
        p.read(payload, values);
        return values;
    }
}
