package org.uatwin.plcadapters.mqtt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.payload.PayloadException;
import org.uatwin.plcadapters.payload.RawValue;
import org.uatwin.plcadapters.sparkplug.Commands;
import org.uatwin.plcadapters.sparkplug.EdgeNode;
import org.uatwin.plcadapters.sparkplug.MetricValue;
import org.uatwin.plcadapters.sparkplug.SparkplugTopic;

/** The Sparkplug B edge nodes of a link: their metrics to points, their deaths to quality. Owned by the link's thread. */
@SuppressWarnings("NonAtomicVolatileUpdate") // counters have one writer
final class SparkplugReceiver {
    /** Whoever publishes what must be said to an edge node. */
    interface Speaker {
        void say(String topic, byte[] payload);
    }

    /** Asking for births more often makes a slow edge node slower. */
    private static final long REBIRTH_PAUSE_NS = 10_000_000_000L;

    private static final long MS = 1_000_000;

    /** One edge node with what is bound to it. */
    private static final class Node {
        final String group;
        final String name;
        EdgeNode state = new EdgeNode();
        final Map<String, List<MqttPoint>> byMetric = new HashMap<>(); // device/metric
        final Map<String, List<MqttDeviceState>> byDevice = new HashMap<>();
        long askedNs = MqttPoint.NEVER;

        Node(String group, String name) {
            this.group = group;
            this.name = name;
        }
    }

    private final Map<String, Node> nodes = new HashMap<>();
    private final MqttCounters counters;
    private final Speaker speaker;

    SparkplugReceiver(MqttCounters counters, Speaker speaker) {
        this.counters = counters;
        this.speaker = speaker;
    }

    void add(MqttDeviceState device) {
        MqttAddress.Sparkplug address = device.device.sparkplug().orElseThrow();
        Node node = nodes.computeIfAbsent(
                address.group() + "/" + address.node(), k -> new Node(address.group(), address.node()));
        node.byDevice.computeIfAbsent(address.device(), k -> new ArrayList<>()).add(device);
        for (MqttPoint point : device.points) {
            node.byMetric
                    .computeIfAbsent(address.device() + "/" + point.address.topic(), k -> new ArrayList<>())
                    .add(point);
        }
    }

    /** Goes on from what was known of the edge nodes before a reload: births, aliases, sequence numbers. */
    void takeOver(SparkplugReceiver before) {
        nodes.forEach((key, node) -> {
            Node old = before.nodes.get(key);
            if (old != null) {
                node.state = old.state;
                node.askedNs = old.askedNs;
            }
        });
    }

    /** Asks living edge nodes of these points for their births: the present values come with nothing else. */
    void askBirths(List<MqttPoint> fresh, long now, long ticks) {
        Set<String> wanted = new LinkedHashSet<>();
        for (MqttPoint point : fresh) {
            point.address.sparkplug().ifPresent(s -> wanted.add(s.group() + "/" + s.node()));
        }
        for (String key : wanted) {
            Node node = nodes.get(key);
            if (node != null && node.state.isAlive()) {
                ask(node, now, ticks);
            }
        }
    }

    /** Filters that bring everything of the edge nodes of these devices, with the QoS they need. */
    static Map<String, Integer> filters(List<MqttDeviceState> devices) {
        Map<String, Integer> filters = new HashMap<>();
        for (MqttDeviceState device : devices) {
            MqttAddress.Sparkplug node = device.device.sparkplug().orElseThrow();
            String filter = "%s/%s/+/%s".formatted(SparkplugTopic.NAMESPACE, node.group(), node.node());
            filters.merge(filter, device.device.options().qos(), Math::max);
            filters.merge(filter + "/+", device.device.options().qos(), Math::max);
        }
        return filters;
    }

    /** Takes the message if it is one of a known node. */
    boolean receive(Inbox.Message message, long now, long ticks, Receiver receiver) {
        if (nodes.isEmpty()) {
            return false;
        }
        Optional<SparkplugTopic> topic = SparkplugTopic.parse(message.topic());
        Node node = topic.map(t -> nodes.get(t.group() + "/" + t.node())).orElse(null);
        if (node == null) {
            return false;
        }
        try {
            node.state.accept(topic.orElseThrow(), message.payload(), new ToPoints(node, now, ticks, receiver));
        } catch (PayloadException e) {
            counters.garbled++;
            counters.error("%s: %s".formatted(message.topic(), e.text()), ticks);
        }
        return true;
    }

    /** Data type of the metric of a point, from its birth; 0 if it was not born. */
    int dataType(MqttAddress address) {
        MqttAddress.Sparkplug s = address.sparkplug().orElseThrow();
        Node node = nodes.get(s.group() + "/" + s.node());
        return node == null ? 0 : node.state.dataType(s.device(), address.topic());
    }

    private void ask(Node node, String cause, long now, long ticks) {
        counters.sequenceGaps++;
        counters.error(cause, ticks);
        ask(node, now, ticks);
    }

    private void ask(Node node, long now, long ticks) {
        if (node.askedNs == MqttPoint.NEVER || now - node.askedNs >= REBIRTH_PAUSE_NS) {
            node.askedNs = now;
            counters.rebirthRequests++;
            speaker.say(
                    SparkplugTopic.command(node.group, node.name, ""), Commands.rebirth(UaTime.toEpochMillis(ticks)));
        }
    }

    /** What one message of a node means for the points. */
    private final class ToPoints implements EdgeNode.Handler {
        private final Node node;
        private final long now;
        private final long ticks;
        private final Receiver receiver;

        ToPoints(Node node, long now, long ticks, Receiver receiver) {
            this.node = node;
            this.now = now;
            this.ticks = ticks;
            this.receiver = receiver;
        }

        @Override
        public void metric(String device, String name, RawValue value, long timeMs, int quality) {
            for (MqttPoint point : node.byMetric.getOrDefault(device + "/" + name, List.of())) {
                MqttDeviceState state = receiver.deviceOf(point);
                if (state != null) {
                    state.state = LinkStatistics.DeviceState.ONLINE;
                    state.lastError = "";
                }
                long time = timeMs <= 0 || timeMs > Long.MAX_VALUE / MS ? UaTime.NONE : UaTime.ofEpochMillis(timeMs);
                int said = quality == MetricValue.GOOD ? 1 : MetricValue.isStale(quality) ? 0 : -1;
                receiver.value(point, value, said, time, false, false, now, ticks);
            }
        }

        @Override
        public void born() {
            node.askedNs = MqttPoint.NEVER;
            alive(node.byDevice.get(""));
        }

        private void alive(@Nullable List<MqttDeviceState> devices) {
            if (devices != null) {
                devices.forEach(d -> d.state = LinkStatistics.DeviceState.ONLINE);
            }
        }

        @Override
        public void died(String device) {
            node.byDevice.forEach((name, devices) -> {
                if (device.isEmpty() || device.equals(name)) {
                    devices.forEach(d -> receiver.offline(d, "its death was published", now, ticks));
                }
            });
        }

        @Override
        public void rebirthNeeded(String cause) {
            ask(node, cause, now, ticks);
        }
    }
}
