package org.uatwin.plcadapters.mqtt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.plcadapters.payload.Field;

/** One topic of virtual devices: the values its messages hold, and when the next is due. Owned by the stepping thread. */
final class VirtualTopic {
    private static final double WITHOUT_PERIOD_S = 1;
    private static final double ROUNDING_S = 1e-6; // steps are whole nanoseconds, added up as doubles

    private final String topic;
    private final VirtualStation station;
    private final List<VirtualPayload.Place> places = new ArrayList<>();
    private double period = Double.POSITIVE_INFINITY;
    private boolean isPeriodDeclared;
    private int qos;
    private double due = Double.POSITIVE_INFINITY;
    private boolean isHurried;

    VirtualTopic(String topic, VirtualStation station) {
        this.topic = topic;
        this.station = station;
    }

    /** A value that is published again and again. */
    void add(Field field, VirtualValue value) {
        MessageOptions options = value.address().options();
        places.add(new VirtualPayload.Place(field, value));
        qos = Math.max(qos, options.qos());
        Optional<Duration> wanted = options.period();
        isPeriodDeclared |= wanted.isPresent();
        due = 0;
        period = Math.min(period, wanted.map(d -> d.toNanos() / 1e9).orElse(WITHOUT_PERIOD_S));
    }

    /** A setpoint that is published when it was commanded. */
    void addConfirmation(Field field, VirtualValue value) {
        if (places.stream().noneMatch(p -> p.field().equals(field))) {
            places.add(new VirtualPayload.Place(field, value));
        }
        qos = Math.max(qos, value.address().options().qos());
    }

    VirtualStation station() {
        return station;
    }

    /** Whether it is published by itself, not only as a confirmation. */
    boolean isPeriodic() {
        return Double.isFinite(period);
    }

    /** The next message is due at once, beside those due by the clock. */
    void hurry() {
        isHurried = true;
    }

    void step(double now) {
        boolean isDue = due <= now + ROUNDING_S;
        if (isDue || isHurried) {
            isHurried = false;
            due = isDue ? Math.max(due + period, now) : due;
            message(isRetained()).ifPresent(message -> station.send(message, now));
        }
    }

    /** Without a period nobody would know the value after a reconnect, so the broker keeps it. */
    private boolean isRetained() {
        return isPeriodic() && !isPeriodDeclared;
    }

    /** The message as it would be sent now; empty if there is nothing to say. */
    Optional<VirtualOutput.Message> message(boolean isRetained) {
        return VirtualPayload.write(places).map(payload -> new VirtualOutput.Message(topic, payload, qos, isRetained));
    }
}
