package org.uatwin.plcadapters.mqtt;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Connection;
import org.uatwin.informationmodel.plant.FieldConnection;
import org.uatwin.plcadapters.adapter.BoundPoint;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.payload.ValueConverter;

/** A link laid out: points with their topics, devices with their points, filters. */
record MqttLinkParts(
        String name,
        MqttSettings settings,
        Map<Integer, MqttPoint> byRow,
        List<MqttDeviceState> devices,
        Map<MqttPoint, MqttDeviceState> deviceOfPoint,
        Map<String, TopicRoute> routes,
        List<SubscriptionPlan.Filter> filters,
        Inbox inbox,
        MqttCounters counters,
        MqttEmitter emitter,
        Watch watch) {

    List<MqttDeviceState> sparkplugDevices() {
        return sparkplug(devices);
    }

    private static List<MqttDeviceState> sparkplug(Collection<MqttDeviceState> devices) {
        return devices.stream().filter(d -> d.device.sparkplug().isPresent()).toList();
    }

    /** A link as it begins. */
    static MqttLinkParts of(LinkOpening opening) {
        MqttEmitter emitter =
                new MqttEmitter(opening.samples(), opening.environment().clock());
        MqttSettings settings = settings(opening);
        return of(opening, Map.of(), new Inbox(settings.queue()), new MqttCounters(), emitter, new Watch(emitter));
    }

    /** The same link with other points or devices; points that mean the same stay the same objects. Any thread. */
    MqttLinkParts next(LinkOpening changed) {
        return of(changed, byRow, inbox, counters, emitter, watch);
    }

    /** Topics, with the QoS they need, that tell about points and devices which are not in {@code before}. */
    Map<String, Integer> freshTopics(MqttLinkParts before) {
        Map<String, Integer> topics = new LinkedHashMap<>();
        for (MqttPoint point : byRow.values()) {
            if (before.byRow.get(point.row) != point
                    && point.address.sparkplug().isEmpty()) {
                topics.merge(point.address.topic(), point.address.options().qos(), Math::max);
            }
        }
        for (MqttDeviceState device : devices) {
            if (before.deviceLike(device) == null) {
                device.device
                        .availability()
                        .ifPresent(a ->
                                topics.merge(a.topic(), device.device.options().qos(), Math::max));
            }
        }
        return topics;
    }

    /** The device of that name and definition; null if there is none. */
    @Nullable
    MqttDeviceState deviceLike(MqttDeviceState other) {
        for (MqttDeviceState device : devices) {
            if (device.name.equals(other.name) && device.device.equals(other.device)) {
                return device;
            }
        }
        return null;
    }

    private static MqttSettings settings(LinkOpening opening) {
        if (opening.connection() instanceof FieldConnection connection
                && connection.settings() instanceof MqttSettings settings) {
            return settings;
        }
        throw new IllegalArgumentException(opening.connection().name() + " is no MQTT connection");
    }

    private static MqttLinkParts of(
            LinkOpening opening,
            Map<Integer, MqttPoint> known,
            Inbox inbox,
            MqttCounters counters,
            MqttEmitter emitter,
            Watch watch) {
        Connection connection = opening.connection();
        MqttSettings settings = settings(opening);
        Map<String, MqttDeviceState> devices = new LinkedHashMap<>();
        for (FieldConnection.Device device : ((FieldConnection) connection).devices()) {
            devices.put(device.name(), new MqttDeviceState(device.name(), (MqttDevice) device.settings()));
        }
        Map<Integer, MqttPoint> byRow = new LinkedHashMap<>();
        Map<MqttPoint, MqttDeviceState> deviceOfPoint = new HashMap<>();
        Map<String, TopicRoute> routes = new HashMap<>();
        Map<String, Integer> needed = new HashMap<>();
        Map<ValueConverter, ValueConverter> converters = new HashMap<>();
        for (BoundPoint bound : opening.points()) {
            if (!(bound.binding() instanceof Binding.Field field)
                    || !(field.address() instanceof MqttAddress address)) {
                throw new IllegalArgumentException("row %d has no MQTT address: %s"
                        .formatted(bound.row(), bound.binding().label()));
            }
            ValueConverter own = new ValueConverter(
                    bound.type(), bound.arrayLength(), address.scale(), address.offset(), address.states());
            ValueConverter converter = converters.computeIfAbsent(own, c -> c);
            MqttPoint old = known.get(bound.row());
            MqttPoint point = old != null && old.isSame(bound, address, converter)
                    ? old
                    : new MqttPoint(bound, address, converter);
            byRow.put(bound.row(), point);
            MqttDeviceState device = devices.get(field.device());
            if (device != null) {
                device.points.add(point);
                deviceOfPoint.put(point, device);
            }
            if (address.sparkplug().isEmpty()) {
                route(point, routes, needed);
            }
        }
        devices.values().forEach(device -> device.device.availability().ifPresent(availability -> {
            routes.computeIfAbsent(availability.topic(), t -> new TopicRoute())
                    .presences
                    .add(new TopicRoute.Presence(device, availability));
            needed.merge(availability.topic(), device.device.options().qos(), Math::max);
        }));
        needed.putAll(SparkplugReceiver.filters(sparkplug(devices.values())));
        return new MqttLinkParts(
                connection.name(),
                settings,
                byRow,
                List.copyOf(devices.values()),
                deviceOfPoint,
                routes,
                SubscriptionPlan.plan(
                        needed, settings.subscribe(), settings.options().qos(), settings.merge()),
                inbox,
                counters,
                emitter,
                watch);
    }

    private static void route(MqttPoint point, Map<String, TopicRoute> routes, Map<String, Integer> needed) {
        MqttAddress address = point.address;
        routes.computeIfAbsent(address.topic(), t -> new TopicRoute()).addValue(point);
        needed.merge(address.topic(), address.options().qos(), Math::max);
        address.command().filter(c -> !c.confirmTopic().isEmpty()).ifPresent(command -> {
            routes.computeIfAbsent(command.confirmTopic(), t -> new TopicRoute())
                    .addConfirmation(point, command.confirmField());
            needed.merge(command.confirmTopic(), address.options().qos(), Math::max);
        });
    }
}
