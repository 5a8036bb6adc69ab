package org.uatwin.plcadapters.mqtt;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.FieldConnection;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.codec.Decoded;
import org.uatwin.plcadapters.device.Transit;
import org.uatwin.plcadapters.payload.PayloadException;
import org.uatwin.plcadapters.payload.RawValue;
import org.uatwin.plcadapters.sparkplug.SparkplugTopic;

/**
 * The devices of an MQTT connection, as a plant file describes them: they publish its topics in its payloads, obey its
 * command topics and confirm. Devices with an availability topic and Sparkplug edge nodes have sessions of their own, so
 * that they have last wills; the others share one, as behind a gateway. Owned by the thread that steps it.
 */
public final class VirtualMqttDevices implements AutoCloseable {
    /** A broker that is asked for more sessions than this may refuse; further devices share that of the gateway. */
    private static final int MOST_SESSIONS = 100;

    private static final String GATEWAY = "";

    /** Told of the values clients command, within {@link #takeCommands}. */
    @FunctionalInterface
    public interface CommandListener {
        /** @param wish in the type of the value; reused after the call. */
        void commanded(VirtualValue value, Decoded wish);
    }

    private record Command(
            VirtualValue value, VirtualPayload.CommandReader reader, Optional<VirtualTopic> confirmation) {}

    private final FieldConnection connection;
    private final MqttSettings settings;
    private final VirtualOutput output;
    private final CommandListener listener;
    private final Map<String, VirtualStation> stations = new LinkedHashMap<>();
    private final Map<String, VirtualEdgeNode> nodes = new LinkedHashMap<>(); // by group and name
    private final Map<String, VirtualTopic> topics = new LinkedHashMap<>();
    private final Map<String, List<Command>> commands = new HashMap<>(); // by topic
    private final Map<VirtualValue, VirtualTopic> homes = new HashMap<>();
    private final Set<String> sessions = new HashSet<>();

    VirtualMqttDevices(FieldConnection connection, VirtualOutput output, CommandListener listener) {
        this.connection = connection;
        settings = (MqttSettings) connection.settings();
        this.output = output;
        this.listener = listener;
        for (FieldConnection.Device device : connection.devices()) {
            MqttDevice own = (MqttDevice) device.settings();
            String session = session(device.name(), own);
            sessions.add(session);
            stations.put(device.name(), new VirtualStation(device.name(), Optional.of(own), session, output));
        }
    }

    /**
     * Devices that publish to a broker.
     *
     * @param broker where it listens; the other settings of the connection hold.
     */
    public static VirtualMqttDevices at(FieldConnection connection, URI broker, CommandListener listener) {
        MqttSettings settings = ((MqttSettings) connection.settings()).at(broker);
        return new VirtualMqttDevices(connection, new VirtualSessions(connection.name(), settings), listener);
    }

    /** Whether these devices can stand in for that connection. */
    public static boolean areOf(org.uatwin.informationmodel.plant.Connection connection) {
        return connection instanceof FieldConnection field && field.settings() instanceof MqttSettings;
    }

    /** The broker the plant file names. */
    public static URI broker(FieldConnection connection) {
        return ((MqttSettings) connection.settings()).url();
    }

    /** The broker a URL names, with its port; empty if it names none. */
    public static Optional<URI> brokerOf(String url) {
        return MqttSyntax.broker(url);
    }

    /** The connection at another broker; its certificate is checked, but need not name the host. */
    public static FieldConnection redirected(FieldConnection connection, URI broker) {
        return new FieldConnection(
                connection.name(),
                connection.protocol(),
                ((MqttSettings) connection.settings()).at(broker),
                connection.devices(),
                connection.pollGroups(),
                connection.linkType(),
                connection.deviceType());
    }

    private String session(String name, MqttDevice device) {
        String own = device.sparkplug()
                .map(s -> "node " + s.group() + "/" + s.node())
                .orElseGet(() -> device.availability().isPresent() ? "device " + name : GATEWAY);
        return sessions.contains(own)
                        || sessions.size() < MOST_SESSIONS
                        || device.sparkplug().isPresent()
                ? own
                : GATEWAY;
    }

    /**
     * The place of a point in the messages.
     *
     * @param type its messages are read as.
     * @param arrayLength 0 for a scalar.
     */
    public Optional<VirtualValue> value(Binding.Field binding, ValueType type, int arrayLength) {
        if (!binding.onConnection().equals(connection.name()) || !(binding.address() instanceof MqttAddress address)) {
            return Optional.empty();
        }
        VirtualStation station = stations.computeIfAbsent(
                binding.device(), name -> new VirtualStation(name, Optional.empty(), GATEWAY, output));
        VirtualValue value = new VirtualValue(address, station, type, arrayLength);
        station.values().add(value);
        return Optional.of(value);
    }

    /** Goes to the broker, once all values are known. */
    public void begin() {
        stations.values().forEach(station -> {
            if (station.sparkplug().isPresent()) {
                MqttAddress.Sparkplug s = station.sparkplug().get();
                nodes.computeIfAbsent(
                                s.group() + "/" + s.node(),
                                key -> new VirtualEdgeNode(s.group(), s.node(), station.session()))
                        .add(station);
            } else {
                station.values().forEach(this::addToTopic);
            }
        });
        nodes.values()
                .forEach(node -> output.open(new VirtualOutput.Session(
                        node.session(), attempt -> Optional.of(node.will(attempt)), node.filters())));
        stations.values().stream()
                .filter(station -> station.sparkplug().isEmpty())
                .map(VirtualStation::session)
                .distinct()
                .forEach(this::open);
    }

    private void addToTopic(VirtualValue value) {
        MqttAddress address = value.address();
        VirtualTopic topic = topic(address.topic(), value.station());
        topic.add(address.field(), value);
        homes.put(value, topic);
        address.command().ifPresent(command -> {
            Optional<VirtualTopic> confirmation = command.confirmTopic().isEmpty()
                    ? Optional.empty()
                    : Optional.of(topic(command.confirmTopic(), value.station()));
            confirmation.ifPresent(t -> t.addConfirmation(command.confirmField(), value));
            commands.computeIfAbsent(command.topic(), t -> new ArrayList<>())
                    .add(new Command(value, new VirtualPayload.CommandReader(command.payload()), confirmation));
        });
    }

    private VirtualTopic topic(String name, VirtualStation station) {
        return topics.computeIfAbsent(name, n -> new VirtualTopic(n, station));
    }

    private void open(String session) {
        Map<String, Integer> needed = new HashMap<>();
        commands.forEach((topic, list) -> list.stream()
                .filter(c -> c.value().station().session().equals(session))
                .forEach(c -> needed.merge(
                        topic,
                        c.value()
                                .address()
                                .command()
                                .map(MqttAddress.Command::qos)
                                .orElse(0),
                        Math::max)));
        Optional<PahoPort.Will> will = session.equals(GATEWAY)
                ? Optional.empty()
                : stations.values().stream()
                        .filter(s -> s.session().equals(session))
                        .findFirst()
                        .flatMap(VirtualMqttDevices::offline)
                        .map(m -> new PahoPort.Will(m.topic(), m.payload(), true));
        output.open(new VirtualOutput.Session(
                session, attempt -> will, SubscriptionPlan.plan(needed, List.of(), 1, settings.merge())));
    }

    private static Optional<VirtualOutput.Message> offline(VirtualStation station) {
        return presence(station, false);
    }

    private static Optional<VirtualOutput.Message> presence(VirtualStation station, boolean isOnline) {
        return station.device()
                .flatMap(MqttDevice::availability)
                .map(a -> new VirtualOutput.Message(a.topic(), utf8(isOnline ? a.online() : a.offline()), 1, true));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Names of the devices. */
    public List<String> devices() {
        return connection.devices().stream().map(FieldConnection.Device::name).toList();
    }

    /** The device a value belongs to; empty if its twin names the connection alone. */
    public String deviceOf(VirtualValue value) {
        return value.station().name();
    }

    /** Takes what clients commanded since the last time. */
    public void takeCommands(double now) {
        for (VirtualOutput.Event event = output.poll(); event != null; event = output.poll()) {
            if (event instanceof VirtualOutput.Connected connected) {
                connected(connected, now);
            } else if (event instanceof VirtualOutput.Arrived arrived) {
                arrived(arrived, now);
            }
        }
    }

    private void connected(VirtualOutput.Connected event, double now) {
        nodes.values().stream()
                .filter(node -> node.session().equals(event.session()))
                .forEach(node -> node.connected(event.attempt(), now));
        stations.values().stream()
                .filter(s -> s.session().equals(event.session()) && !s.isDead())
                .forEach(s -> presence(s, true).ifPresent(m -> output.publish(s.session(), m)));
        topics.values().stream()
                .filter(t -> t.station().session().equals(event.session()) && t.isPeriodic())
                .forEach(VirtualTopic::hurry);
    }

    private void arrived(VirtualOutput.Arrived event, double now) {
        Optional<SparkplugTopic> sparkplug = SparkplugTopic.parse(event.topic());
        if (sparkplug.isPresent()) {
            SparkplugTopic topic = sparkplug.get();
            VirtualEdgeNode node = nodes.get(topic.group() + "/" + topic.node());
            if (node != null) {
                try {
                    node.command(topic, event.payload(), now, this::take);
                } catch (PayloadException e) {
                    // a device does not answer what it cannot read
                }
            }
            return;
        }
        for (Command command : commands.getOrDefault(event.topic(), List.of())) {
            if (!command.value().station().isDead()) {
                command.reader().read(event.payload()).ifPresent(raw -> {
                    take(command.value(), raw);
                    command.confirmation()
                            .or(() -> Optional.ofNullable(homes.get(command.value())))
                            .ifPresent(VirtualTopic::hurry);
                });
            }
        }
    }

    private void take(VirtualValue value, RawValue raw) {
        if (value.address().command().isPresent()) {
            value.wish(raw).ifPresent(wish -> listener.commanded(value, wish));
        }
    }

    /** Publishes what is due at this simulated second. */
    public void publish(double now) {
        stations.values().forEach(station -> station.flush(now));
        topics.values().forEach(topic -> topic.step(now));
        nodes.values().forEach(node -> node.step(now));
    }

    /** From now on the messages of a device go wrong like this. */
    public void behave(String device, MessageFault fault) {
        VirtualStation station = stations.get(device);
        if (station == null || station.fault().equals(fault)) {
            return;
        }
        boolean wasDead = station.isDead();
        if (fault.kind() == MessageFault.Kind.RETAINED_STALE) {
            topics.values().stream()
                    .filter(t -> t.station() == station && t.isPeriodic())
                    .forEach(t -> t.message(true).ifPresent(m -> output.publish(station.session(), m)));
        }
        station.fault(fault);
        if (wasDead != station.isDead()) {
            liveOrDie(station);
        }
    }

    /** From now on messages of a device take this way to the broker. */
    public void transit(String device, Transit transit) {
        VirtualStation station = stations.get(device);
        if (station != null) {
            station.transit(transit);
        }
    }

    private void liveOrDie(VirtualStation station) {
        if (station.sparkplug().isPresent()) {
            MqttAddress.Sparkplug s = station.sparkplug().get();
            VirtualEdgeNode node = java.util.Objects.requireNonNull(nodes.get(s.group() + "/" + s.node()));
            if (!s.device().isEmpty()) {
                node.follow(station, output);
                return;
            }
            node.broken();
        }
        if (!station.session().equals(GATEWAY)) {
            if (station.isDead()) {
                output.abandon(station.session());
            } else {
                output.revive(station.session());
            }
        } else {
            presence(station, !station.isDead()).ifPresent(m -> output.publish(station.session(), m));
        }
    }

    /** Says goodbye and leaves the broker. Idempotent. */
    @Override
    public void close() {
        stations.values().stream().filter(s -> !s.isDead()).forEach(s -> offline(s)
                .ifPresent(m -> output.publish(s.session(), m)));
        nodes.values().forEach(node -> node.goodbye().ifPresent(m -> output.publish(node.session(), m)));
        output.close();
    }
}
