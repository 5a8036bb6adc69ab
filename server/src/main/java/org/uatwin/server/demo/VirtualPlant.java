package org.uatwin.server.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.plcadapters.device.VirtualModbusServer;
import org.uatwin.plcadapters.device.VirtualModbusUnit;
import org.uatwin.simulation.virtual.VirtualConveyor;
import org.uatwin.simulation.virtual.VirtualFault;
import org.uatwin.simulation.virtual.VirtualMachine;
import org.uatwin.simulation.virtual.VirtualPump;

/**
 * The machines of the demo behind Modbus TCP on loopback. The servers are opened first, so that the plant file can
 * name their ports; then the machines are attached at the addresses that file binds.
 */
final class VirtualPlant implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualPlant.class);
    private static final long STEP_MS = 50;
    private static final long SEED = 20_260_101;

    /** Names of the connections of the demo's plant file, and of the placeholders their ports replace. */
    private static final Map<String, String> PLACEHOLDERS =
            Map.of("pump-station", "@PUMP_PORT@", "conveyor-line", "@CONVEYOR_PORT@", "control-room", "@PANEL_PORT@");

    private final Map<String, VirtualModbusServer> servers = new LinkedHashMap<>();
    private final List<VirtualDevice> devices = new ArrayList<>(); // owned by the stepping thread once started
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread t = new Thread(task, "virtual-plant");
        t.setDaemon(true);
        return t;
    });
    private long lastNanos; // owned by the stepping thread
    private @Nullable ScheduledFuture<?> stepping;

    private VirtualPlant() {}

    /** Opens the Modbus servers on free ports of loopback. */
    static VirtualPlant open() throws IOException {
        VirtualPlant plant = new VirtualPlant();
        for (String connection : PLACEHOLDERS.keySet()) {
            plant.servers.put(connection, VirtualModbusServer.start(InetAddress.getLoopbackAddress(), 0));
        }
        return plant;
    }

    /** Fills the ports into the demo's plant file. */
    String withPorts(String template) {
        String text = template;
        for (Map.Entry<String, VirtualModbusServer> server : servers.entrySet()) {
            text = text.replace(
                    PLACEHOLDERS.get(server.getKey()),
                    Integer.toString(server.getValue().port()));
        }
        return text;
    }

    /** Port of the panel that takes fault numbers. */
    int panelPort() {
        return server("control-room").port();
    }

    private VirtualModbusServer server(String connection) {
        VirtualModbusServer server = servers.get(connection);
        if (server == null) {
            throw new IllegalArgumentException("the demo has no connection " + connection);
        }
        return server;
    }

    /** Attaches the machines and lets time run. */
    void start(Plant plant) {
        for (Twin twin : plant.twins()) {
            machine(twin).ifPresent(machine -> devices.add(new VirtualDevice(twin, machine, unit(twin))));
        }
        VirtualModbusUnit panel = server("control-room").unit(FaultPanel.UNIT);
        panel.setHolding(FaultPanel.PUMP_REGISTER, 0, 0);
        panel.setHolding(
                FaultPanel.severityRegister(FaultPanel.PUMP_REGISTER),
                FaultPanel.FULL_SEVERITY,
                FaultPanel.FULL_SEVERITY);
        panel.onWrite(this::faultsChanged);
        lastNanos = System.nanoTime();
        stepping = thread.scheduleAtFixedRate(this::step, 0, STEP_MS, TimeUnit.MILLISECONDS);
    }

    private static Optional<VirtualMachine> machine(Twin twin) {
        return switch (twin.type().name()) {
            case "CentrifugalPump" -> Optional.of(new VirtualPump(SEED));
            case "Conveyor" -> Optional.of(new VirtualConveyor(SEED + 1));
            default -> Optional.empty();
        };
    }

    private VirtualModbusUnit unit(Twin twin) {
        for (int i = 0; i < twin.pointCount(); i++) {
            if (twin.binding(i) instanceof Binding.Modbus binding) {
                return server(binding.device().connection())
                        .unit(binding.device().unitId());
            }
        }
        throw new IllegalStateException(twin + " is bound to nothing");
    }

    private void faultsChanged(ModbusTable table, int offset, int quantity) {
        if (!thread.isShutdown()) {
            thread.execute(() -> devices.stream()
                    .filter(device -> {
                        int register = FaultPanel.register(device.twin().type().name());
                        return register >= offset && register < offset + quantity;
                    })
                    .forEach(this::faultChanged));
        }
    }

    private void faultChanged(VirtualDevice device) {
        VirtualModbusUnit panel = server("control-room").unit(FaultPanel.UNIT);
        int register = FaultPanel.register(device.twin().type().name());
        double severity =
                Math.min(1, panel.holding(FaultPanel.severityRegister(register)) / (double) FaultPanel.FULL_SEVERITY);
        device.machine().clearFaults();
        VirtualFault.ofNumber(panel.holding(register))
                .ifPresentOrElse(fault -> device.machine().setFault(fault, severity), () -> device.machine()
                        .repair());
    }

    private void step() {
        long now = System.nanoTime();
        double seconds = Math.min(5, Math.max(0.001, (now - lastNanos) / 1e9));
        lastNanos = now;
        for (VirtualDevice device : devices) {
            try {
                device.step(seconds);
            } catch (RuntimeException e) {
                LOG.error("the virtual {} failed to step", device.twin().id(), e);
            }
        }
    }

    @Override
    public void close() {
        if (stepping != null) {
            stepping.cancel(false);
        }
        thread.shutdownNow();
        servers.values().forEach(VirtualModbusServer::close);
    }
}
