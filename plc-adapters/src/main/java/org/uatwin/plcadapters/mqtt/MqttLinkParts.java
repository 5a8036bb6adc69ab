package org.uatwin.plcadapters.mqtt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uatwin.informationmodel.plant.Binding;
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

    static MqttLinkParts of(LinkOpening opening) {
        if (!(opening.connection() instanceof FieldConnection connection)
                || !(connection.settings() instanceof MqttSettings settings)) {
            throw new IllegalArgumentException(opening.connection().name() + " is no MQTT connection");
        }
        Map<String, MqttDeviceState> devices = new LinkedHashMap<>();
        for (FieldConnection.Device device : connection.devices()) {
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
            MqttPoint point = new MqttPoint(bound, address, converters.computeIfAbsent(own, c -> c));
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
        MqttCounters counters = new MqttCounters();
        needed.putAll(SparkplugReceiver.filters(sparkplug(devices.values())));
        MqttEmitter emitter =
                new MqttEmitter(opening.samples(), opening.environment().clock());
        return new MqttLinkParts(
                connection.name(),
                settings,
                byRow,
                List.copyOf(devices.values()),
                deviceOfPoint,
                routes,
                SubscriptionPlan.plan(
                        needed, settings.subscribe(), settings.options().qos(), settings.merge()),
                new Inbox(settings.queue()),
                counters,
                emitter,
                new Watch(new ArrayList<>(byRow.values()), emitter));
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
