package org.uatwin.server.demo;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.uatwin.server.assembly.StartException;
import org.uatwin.simulation.virtual.VirtualConveyor;
import org.uatwin.simulation.virtual.VirtualFault;
import org.uatwin.simulation.virtual.VirtualPump;

/** Sets a fault of a running demo from another process: a write to its fault panel, as any Modbus master could do it. */
public final class DemoFault {
    private static final Map<String, String> MACHINES = Map.of("pump-01", "CentrifugalPump", "conveyor-01", "Conveyor");
    private static final Map<String, Set<VirtualFault>> FAULTS =
            Map.of("CentrifugalPump", VirtualPump.FAULTS, "Conveyor", VirtualConveyor.FAULTS);
    private static final int TIMEOUT_MS = 1_000;

    private DemoFault() {}

    /**
     * Sends a fault.
     *
     * @param kind name of a {@link VirtualFault}, or {@code clear}.
     * @param severity 0..1.
     * @return one sentence for the user.
     * @throws StartException if no demo runs on that data directory, or the twin is not one of its machines.
     */
    public static String send(Path dataDirectory, String twin, String kind, double severity) {
        String type = MACHINES.get(twin);
        if (type == null) {
            throw new StartException("the demo has no machine \"%s\".\n  Fix: use one of %s."
                    .formatted(
                            twin,
                            String.join(
                                    ", ", MACHINES.keySet().stream().sorted().toList())));
        }
        Optional<VirtualFault> fault = VirtualFault.ofText(kind);
        Set<VirtualFault> known = FAULTS.get(type);
        if (fault.isPresent() && known != null && !known.contains(fault.get())) {
            throw new StartException("%s cannot have %s.\n  Fix: use one of %s."
                    .formatted(
                            twin,
                            kind,
                            String.join(
                                    ", ", known.stream().map(VirtualFault::text).toList())));
        }
        int number = fault.map(VirtualFault::number).orElse(0);
        try {
            int port = DemoServer.panelPort(dataDirectory)
                    .orElseThrow(() -> new StartException(
                            "no demo has run on %s.\n  Fix: start it with ./uatwin demo, or name its directory with --data DIR."
                                    .formatted(dataDirectory)));
            write(port, FaultPanel.register(type), number, severity);
        } catch (IOException e) {
            throw new StartException("%s cannot be read: %s".formatted(dataDirectory, e.getMessage()), e);
        }
        return number == 0
                ? "%s: all faults cleared, worn parts replaced.".formatted(twin)
                : "%s: %s. Undo with: ./uatwin demo fault %s clear".formatted(twin, kind, twin);
    }

    private static void write(int port, int register, int number, double severity) {
        ModbusTCPMaster master = new ModbusTCPMaster("127.0.0.1", port, TIMEOUT_MS, false);
        master.setRetries(1);
        try {
            master.connect();
            master.writeSingleRegister(FaultPanel.UNIT, FaultPanel.severityRegister(register), new SimpleRegister((int)
                    Math.round(severity * FaultPanel.FULL_SEVERITY)));
            Register value = new SimpleRegister(number);
            master.writeSingleRegister(FaultPanel.UNIT, register, value);
        } catch (ModbusException e) {
            throw new StartException("the demo's fault panel refused: " + e.getMessage(), e);
        } catch (Exception e) { // connect() declares it
            throw new StartException(
                    "no demo answers on port %d.\n  Fix: start it with ./uatwin demo.".formatted(port), e);
        } finally {
            master.disconnect();
        }
    }
}
