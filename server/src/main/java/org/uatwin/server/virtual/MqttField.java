package org.uatwin.server.virtual;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.FieldConnection;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.plcadapters.codec.Decoded;
import org.uatwin.plcadapters.conditioning.TreatedPoint;
import org.uatwin.plcadapters.device.Broker;
import org.uatwin.plcadapters.device.BrokerRelay;
import org.uatwin.plcadapters.device.Fault;
import org.uatwin.plcadapters.device.Transit;
import org.uatwin.plcadapters.mqtt.MessageFault;
import org.uatwin.plcadapters.mqtt.VirtualMqttDevices;
import org.uatwin.plcadapters.mqtt.VirtualValue;
import org.uatwin.server.virtual.fault.FaultKind;
import org.uatwin.server.virtual.fault.FaultOrder;

/**
 * The devices of an MQTT connection. They publish to a broker that is there, or to one of our own; clients come through a
 * relay in front of it, where the broker can be lost.
 */
final class MqttField implements VirtualField {
    private static final Logger LOG = LoggerFactory.getLogger(MqttField.class);
    private static final int PROBE_MS = 1_000;

    private final FieldConnection connection;
    private final URI broker;
    private final Optional<Broker> own;
    private final BrokerRelay relay;
    private final String host;
    private final VirtualMqttDevices devices;
    private final Map<VirtualValue, VirtualPoint> points = new HashMap<>();
    private final Map<String, Set<String>> devicesOfTwin = new HashMap<>();
    private double now;
    private boolean isHalfOpen;
    private boolean isOff;

    private MqttField(
            FieldConnection connection, URI broker, Optional<Broker> own, BrokerRelay relay, InetAddress address) {
        this.connection = connection;
        this.broker = broker;
        this.own = own;
        this.relay = relay;
        host = address.getHostAddress();
        devices = VirtualMqttDevices.at(connection, broker, this::commanded);
    }

    /**
     * Finds a broker, or starts one. Virtual devices never publish to a broker of another machine unless they are told to:
     * it may be the plant's.
     *
     * @param port clients come to; empty: that of the plant file's broker if it is on loopback and free, else a free one.
     * @param told the broker to be used.
     * @throws IOException if there is no broker and none can be started.
     */
    static MqttField open(
            FieldConnection connection,
            InetAddress address,
            Optional<Integer> port,
            Optional<URI> told,
            Optional<Broker.Factory> brokers)
            throws IOException {
        URI named = VirtualMqttDevices.broker(connection);
        boolean isLocal = isLoopback(named);
        Optional<URI> there = told.or(() -> isLocal && listens(named) ? Optional.of(named) : Optional.empty());
        if (there.isPresent()) {
            URI broker = there.get();
            InetSocketAddress at = new InetSocketAddress(broker.getHost(), broker.getPort());
            return new MqttField(
                    connection, broker, Optional.empty(), BrokerRelay.start(address, port.orElse(0), at), address);
        }
        if (brokers.isEmpty()) {
            throw new IOException(
                    "no broker to publish to. Fix: name one with --broker %s=mqtt://HOST:PORT, or put the folder demo-broker into adapters/"
                            .formatted(connection.name()));
        }
        Broker own = brokers.get().start(address, 0);
        try {
            InetSocketAddress at = new InetSocketAddress(address, own.port());
            BrokerRelay relay = relay(address, port, isLocal ? named.getPort() : 0, at);
            URI broker = URI.create("mqtt://%s:%d".formatted(address.getHostAddress(), own.port()));
            return new MqttField(connection, broker, Optional.of(own), relay, address);
        } catch (IOException | RuntimeException e) {
            own.close();
            throw e;
        }
    }

    private static BrokerRelay relay(InetAddress address, Optional<Integer> port, int likely, InetSocketAddress broker)
            throws IOException {
        if (port.isPresent()) {
            return BrokerRelay.start(address, port.get(), broker);
        }
        try {
            return BrokerRelay.start(address, likely, broker);
        } catch (IOException e) {
            return BrokerRelay.start(address, 0, broker); // taken, or below 1024
        }
    }

    private static boolean isLoopback(URI url) {
        return url.getHost().equals("localhost")
                || url.getHost().equals("[::1]")
                || url.getHost().startsWith("127.");
    }

    private static boolean listens(URI url) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), PROBE_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String connection() {
        return connection.name();
    }

    @Override
    public Endpoint endpoint() {
        return new Endpoint(connection.name(), broker.getScheme(), host, relay.port());
    }

    @Override
    public String note() {
        return own.isPresent()
                ? "%s: %s, so a broker was started here; it forgets everything at the end."
                        .formatted(
                                connection.name(),
                                isLoopback(VirtualMqttDevices.broker(connection))
                                        ? "nothing listens at " + connection.endpoint()
                                        : "the plant's broker is another machine's")
                : "%s: the devices publish to %s; clients that come to port %d are passed on to it."
                        .formatted(connection.name(), broker, relay.port());
    }

    @Override
    public Optional<Outlet> outlet(Binding binding, Member.Point point, Treatment treatment, long startTicks) {
        return binding instanceof Binding.Field field
                ? devices.value(field, TreatedPoint.deliveredType(point, treatment), point.arrayLength())
                        .map(value -> new MqttOutlet(value, point, treatment, startTicks))
                : Optional.empty();
    }

    @Override
    public void attach(List<VirtualPoint> all) {
        for (VirtualPoint point : all) {
            if (point.binding() instanceof Binding.Field field && point.outlet() instanceof MqttOutlet outlet) {
                if (field.onConnection().equals(connection.name())) {
                    points.put(outlet.value(), point);
                    devicesOfTwin
                            .computeIfAbsent(point.twin().id(), id -> new HashSet<>())
                            .add(field.device());
                }
            }
        }
        devices.begin();
    }

    @Override
    public void takeWrites() {
        devices.takeCommands(now);
    }

    private void commanded(VirtualValue value, Decoded wish) {
        VirtualPoint point = points.get(value);
        if (point != null && point.outlet() instanceof MqttOutlet outlet) {
            Decoded quantity = outlet.quantity(wish);
            if (quantity.outcome == Decoded.Outcome.VALUE) {
                point.written(quantity.bits, quantity.object);
                outlet.serve(quantity.bits, quantity.object, Outlet.Twist.NONE);
            }
        }
    }

    @Override
    public void publish(double seconds) {
        now = seconds;
        devices.publish(seconds);
    }

    @Override
    public List<String> devices() {
        return devices.devices();
    }

    @Override
    public Optional<String> objection(FaultOrder order) {
        boolean isConnection = order.target().equals(connection.name());
        return switch (order.kind()) {
            case EXCEPTION, WRONG_TRANSACTION, WRONG_UNIT_ID ->
                Optional.of(order.kind().text() + " is a fault of Modbus, this connection speaks MQTT");
            case CUT, RESET, DRIP ->
                isConnection
                        ? Optional.empty()
                        : Optional.of("%s concerns the way to the broker. Fix: the target is %s"
                                .formatted(order.kind().text(), connection.name()));
            default -> Optional.empty();
        };
    }

    @Override
    public void misbehave(List<FaultOrder> faults) {
        Map<String, MessageFault> byDevice = new HashMap<>();
        Fault way = Fault.NONE;
        boolean isNowHalfOpen = false;
        boolean isNowOff = false;
        for (FaultOrder order : faults) {
            boolean isConnection = order.target().equals(connection.name());
            Optional<Fault> onWay = isConnection ? onWay(order) : Optional.empty();
            way = onWay.orElse(way);
            isNowHalfOpen |= isConnection && order.kind() == FaultKind.HALF_OPEN;
            isNowOff |= isConnection && order.kind() == FaultKind.OFF;
            if (onWay.isEmpty()) {
                onMessages(order).ifPresent(fault -> targets(order).forEach(device -> byDevice.put(device, fault)));
            }
        }
        Stream.concat(devices.devices().stream(), Stream.of(""))
                .forEach(device -> devices.behave(device, byDevice.getOrDefault(device, MessageFault.NONE)));
        relay.fault(way);
        if (isNowHalfOpen != isHalfOpen) {
            isHalfOpen = isNowHalfOpen;
            relay.halfOpen(isHalfOpen);
        }
        if (isNowOff != isOff) {
            isOff = isNowOff;
            power(!isOff);
        }
    }

    /** Devices an order is about; the empty name stands for points that name the connection alone. */
    private Set<String> targets(FaultOrder order) {
        Set<String> found = new HashSet<>(devicesOfTwin.getOrDefault(order.target(), Set.of()));
        Stream.concat(devices.devices().stream(), Stream.of(""))
                .filter(device -> FaultTargets.isOf(order, connection.name(), device))
                .forEach(found::add);
        return found;
    }

    private static Optional<Fault> onWay(FaultOrder order) {
        return switch (order.kind()) {
            case CUT -> Optional.of(Fault.CUT);
            case RESET -> Optional.of(Fault.RESET);
            case DRIP -> Optional.of(Fault.drip((int) order.get("ms")));
            case SLOW -> Optional.of(Fault.slow((int) order.get("ms")));
            default -> Optional.empty();
        };
    }

    private static Optional<MessageFault> onMessages(FaultOrder order) {
        Function<MessageFault.Kind, Optional<MessageFault>> plain = kind -> Optional.of(new MessageFault(kind, 0));
        return switch (order.kind()) {
            case SILENT -> plain.apply(MessageFault.Kind.SILENT);
            case GARBAGE -> plain.apply(MessageFault.Kind.GARBAGE);
            case TRUNCATED -> plain.apply(MessageFault.Kind.TRUNCATED);
            case DUPLICATE -> plain.apply(MessageFault.Kind.DUPLICATE);
            case OUT_OF_ORDER -> plain.apply(MessageFault.Kind.OUT_OF_ORDER);
            case RETAINED_STALE -> plain.apply(MessageFault.Kind.RETAINED_STALE);
            case LAST_WILL, GATEWAY_DOWN -> plain.apply(MessageFault.Kind.LAST_WILL);
            case SLOW -> Optional.of(new MessageFault(MessageFault.Kind.LATE, order.get("ms") / 1e3));
            case LATE -> Optional.of(new MessageFault(MessageFault.Kind.LATE, order.get("seconds")));
            default -> Optional.empty();
        };
    }

    @Override
    public void transit(String device, Transit transit) {
        devices.transit(device, transit);
    }

    private void power(boolean isOn) {
        if (!isOn) {
            relay.stop();
            return;
        }
        try {
            relay.restart();
        } catch (IOException e) {
            LOG.error("{}: port {} cannot be opened again: {}", connection(), relay.port(), e.getMessage());
        }
    }

    @Override
    public void close() {
        devices.close();
        relay.close();
        own.ifPresent(Broker::close);
    }
}
