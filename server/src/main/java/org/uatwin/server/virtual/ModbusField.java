package org.uatwin.server.virtual;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.plant.ModbusDevice;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.plcadapters.codec.Decoded;
import org.uatwin.plcadapters.device.Fault;
import org.uatwin.plcadapters.device.Transit;
import org.uatwin.plcadapters.device.VirtualModbusServer;
import org.uatwin.plcadapters.device.VirtualModbusUnit;
import org.uatwin.server.virtual.fault.FaultKind;
import org.uatwin.server.virtual.fault.FaultOrder;

/** The devices of a Modbus connection behind one port. */
final class ModbusField implements VirtualField {
    private static final Logger LOG = LoggerFactory.getLogger(ModbusField.class);

    private static final int GATEWAY_TARGET_SILENT = 0x0B; // Modbus V1.1b3, section 7

    /** Written by masters since the last step; the threads of their connections add. */
    private record Write(int unitId, ModbusTable table, int offset, int quantity) {}

    private final ModbusConnection connection;
    private final VirtualModbusServer server;
    private final String host;
    private final ConcurrentLinkedQueue<Write> writes = new ConcurrentLinkedQueue<>();
    private final Map<Integer, List<VirtualPoint>> setpoints = new HashMap<>();
    private final Map<String, VirtualModbusUnit> units = new LinkedHashMap<>();
    private boolean isHalfOpen;
    private boolean isOff;

    private ModbusField(ModbusConnection connection, VirtualModbusServer server, String host) {
        this.connection = connection;
        this.server = server;
        this.host = host;
        for (ModbusDevice device : connection.devices()) {
            VirtualModbusUnit unit = server.unit(device.unitId());
            if (units.values().stream().noneMatch(known -> known == unit)) {
                unit.onWrite(
                        (table, offset, quantity) -> writes.add(new Write(device.unitId(), table, offset, quantity)));
            }
            units.put(device.name(), unit);
        }
    }

    /**
     * Begins to listen.
     *
     * @param port 0 for a free one.
     */
    static ModbusField open(ModbusConnection connection, InetAddress address, int port) throws IOException {
        boolean isTcp = connection.transport() instanceof Transport.Tcp;
        VirtualModbusServer server =
                isTcp ? VirtualModbusServer.start(address, port) : VirtualModbusServer.startRtu(address, port);
        return new ModbusField(connection, server, address.getHostAddress());
    }

    @Override
    public String connection() {
        return connection.name();
    }

    @Override
    public Endpoint endpoint() {
        boolean isTcp = connection.transport() instanceof Transport.Tcp;
        return new Endpoint(connection.name(), isTcp ? "modbus-tcp" : "modbus-rtu-over-tcp", host, server.port());
    }

    @Override
    public Optional<Outlet> outlet(Binding binding, Member.Point point, Treatment treatment, long startTicks) {
        if (binding instanceof Binding.Modbus modbus
                && modbus.device().connection().equals(connection.name())) {
            return Optional.of(
                    new ModbusOutlet(server.unit(modbus.device().unitId()), modbus, point, treatment, startTicks));
        }
        return Optional.empty();
    }

    @Override
    public void attach(List<VirtualPoint> points) {
        for (VirtualPoint point : points) {
            if (point.point().isWritable() && point.binding() instanceof Binding.Modbus modbus) {
                setpoints
                        .computeIfAbsent(modbus.device().unitId(), id -> new ArrayList<>())
                        .add(point);
            }
        }
    }

    @Override
    public void takeWrites() {
        for (Write write = writes.poll(); write != null; write = writes.poll()) {
            for (VirtualPoint point : setpoints.getOrDefault(write.unitId(), List.of())) {
                if (point.outlet() instanceof ModbusOutlet outlet
                        && outlet.binding().table() == write.table()
                        && outlet.overlaps(write.offset(), write.quantity())) {
                    Decoded value = outlet.read();
                    if (value.outcome == Decoded.Outcome.VALUE) {
                        point.written(value.bits, value.object);
                    }
                }
            }
        }
    }

    @Override
    public List<String> devices() {
        return List.copyOf(units.keySet());
    }

    @Override
    public Optional<String> objection(FaultOrder order) {
        return switch (order.kind()) {
            case LAST_WILL, RETAINED_STALE ->
                Optional.of(order.kind().text() + " is a fault of MQTT, this connection speaks Modbus");
            default -> Optional.empty();
        };
    }

    @Override
    public void misbehave(List<FaultOrder> faults) {
        boolean isNowHalfOpen = false;
        boolean isNowOff = false;
        Map<VirtualModbusUnit, Fault> byUnit = new HashMap<>();
        for (FaultOrder order : faults) {
            isNowHalfOpen |=
                    order.kind() == FaultKind.HALF_OPEN && order.target().equals(connection.name());
            isNowOff |= order.kind() == FaultKind.OFF && order.target().equals(connection.name());
            units.forEach((device, unit) -> {
                boolean isOnWire = order.kind() == FaultKind.GATEWAY_DOWN
                        || (order.kind().target() == FaultKind.Target.DEVICE && order.kind() != FaultKind.NETWORK);
                if (isOnWire && FaultTargets.isOf(order, connection(), device)) {
                    byUnit.put(unit, wire(order));
                }
            });
        }
        units.values().forEach(unit -> unit.fault(byUnit.getOrDefault(unit, Fault.NONE)));
        if (isNowHalfOpen != isHalfOpen) {
            isHalfOpen = isNowHalfOpen;
            server.halfOpen(isHalfOpen);
        }
        if (isNowOff != isOff) {
            isOff = isNowOff;
            power(!isOff);
        }
    }

    @Override
    public void transit(String device, Transit transit) {
        VirtualModbusUnit unit = units.get(device);
        if (unit != null) {
            unit.transit(transit);
        }
    }

    private void power(boolean isOn) {
        if (!isOn) {
            server.stop();
            return;
        }
        try {
            server.restart();
        } catch (IOException e) {
            LOG.error("{}: port {} cannot be opened again: {}", connection(), server.port(), e.getMessage());
        }
    }

    private static Fault wire(FaultOrder order) {
        return switch (order.kind()) {
            case EXCEPTION -> Fault.exception((int) order.get("code"));
            case GATEWAY_DOWN -> Fault.exception(GATEWAY_TARGET_SILENT);
            case SILENT -> Fault.SILENT;
            case SLOW -> Fault.slow((int) order.get("ms"));
            case DRIP -> Fault.drip((int) order.get("ms"));
            case GARBAGE -> Fault.GARBAGE;
            case TRUNCATED -> Fault.TRUNCATED;
            case CUT -> Fault.CUT;
            case RESET -> Fault.RESET;
            case DUPLICATE -> Fault.DUPLICATE;
            case OUT_OF_ORDER -> Fault.OUT_OF_ORDER;
            case WRONG_TRANSACTION -> Fault.WRONG_TRANSACTION_ID;
            case WRONG_UNIT_ID -> Fault.WRONG_UNIT_ID;
            default -> throw new AssertionError(order);
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
