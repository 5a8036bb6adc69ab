package org.uatwin.plcadapters.mqtt;

import java.util.Map;
import java.util.Optional;
import org.uatwin.informationmodel.plant.PointAddress;
import org.uatwin.plcadapters.payload.Field;

/**
 * Where the value of a point arrives, and where a new one is sent.
 *
 * @param topic topic name; of a Sparkplug device the name of the metric.
 * @param field where in the payload; WHOLE for Sparkplug.
 * @param states numbers of a multi-state point by their texts in lower case.
 * @param command present if the point can be written; of a Sparkplug device its topic is empty.
 */
record MqttAddress(
        String topic,
        Field field,
        MessageOptions options,
        double scale,
        double offset,
        Map<String, Long> states,
        Optional<Command> command,
        Optional<Sparkplug> sparkplug)
        implements PointAddress {
    /** A metric of a Sparkplug B edge node or, if it has one, of a device below it. */
    record Sparkplug(String group, String node, String device) {
        String label() {
            return group + "/" + node + (device.isEmpty() ? "" : "/" + device);
        }
    }

    /**
     * How a value is sent.
     *
     * @param payload text with {@code $value}, {@code $time} and {@code $epoch}.
     * @param confirmTopic empty: the broker's acknowledgement is all there is.
     * @param confirmField where in its payload the value stands.
     * @param confirmMs longest wait for the confirmation, milliseconds.
     */
    record Command(
            String topic,
            String payload,
            int qos,
            boolean isRetained,
            String confirmTopic,
            Field confirmField,
            long confirmMs) {}

    @Override
    public String label() {
        return sparkplug.map(s -> "%s metric %s".formatted(s.label(), topic)).orElseGet(() -> topic + field.fragment());
    }
}
