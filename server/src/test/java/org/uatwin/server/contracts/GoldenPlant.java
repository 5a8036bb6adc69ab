package org.uatwin.server.contracts;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.uatwin.certs.user.Role;
import org.uatwin.certs.user.UserDirectory.PlainUser;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.plcadapters.device.VirtualModbusServer;
import org.uatwin.plcadapters.device.VirtualModbusUnit;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;

/** Two Modbus devices on two links, and a server for plant files that bind to them. */
final class GoldenPlant implements AutoCloseable {
    static final int UNIT = 1;
    static final long HOLD_MS = 1000;
    static final List<PlainUser> USERS = List.of(
            new PlainUser("operator", "operator", Set.of(Role.OBSERVER, Role.OPERATOR)),
            new PlainUser("engineer", "engineer", Set.of(Role.ENGINEER)));

    static final String TYPES =
            """
              Probe:
                version: 1.0.0
                level: component
                points:
                  Steady: {unit: m, euRange: [0, 100]}
                  Pushed: {unit: m, euRange: [0, 1000000]}
            """;

    static final String PUMP =
            """
              - id: pump-01
                type: CentrifugalPump
                device: line-1/plc
                aliases: [P-101, old.pump]
                points: {Flow: input 2 float32, SpeedSetpoint: holding 0 float32}
            """;
    static final String PROBES =
            """
              - {id: probe-01, type: Probe, device: line-1/plc, points: {Steady: holding 10 uint16}}
              - {id: probe-02, type: Probe, device: line-2/plc, points: {Steady: holding 10 uint16}}
            """;
    static final String TANK =
            """
              - {id: tank-01, type: Tank, device: line-1/plc, points: {Level: input 8 float32}}
            """;

    private final VirtualModbusServer first;
    private final VirtualModbusServer second;
    private volatile String written = ""; // what a reload reads

    private GoldenPlant(VirtualModbusServer first, VirtualModbusServer second) {
        this.first = first;
        this.second = second;
    }

    /** Opens the devices. */
    static GoldenPlant open() throws IOException {
        GoldenPlant plant = new GoldenPlant(
                VirtualModbusServer.start(InetAddress.getLoopbackAddress(), 0),
                VirtualModbusServer.start(InetAddress.getLoopbackAddress(), 0));
        plant.firstUnit().setHolding(10, 7);
        plant.secondUnit().setHolding(10, 7);
        return plant;
    }

    VirtualModbusUnit firstUnit() {
        return first.unit(UNIT);
    }

    VirtualModbusUnit secondUnit() {
        return second.unit(UNIT);
    }

    /** Connections at the two devices now. */
    List<Integer> connections() {
        return List.of(first.connections(), second.connections());
    }

    int secondPort() {
        return second.port();
    }

    /** Connections accepted by the two devices so far. */
    List<Long> accepted() {
        return List.of(first.accepted(), second.accepted());
    }

    /** What the reading of a file with these types and twins gives. */
    PlantReading reading(String siteId, String types, String twins) {
        return read(text(siteId, types, twins));
    }

    /** Makes such a file what the server finds when it is told to reload. */
    void write(String siteId, String types, String twins) {
        written = text(siteId, types, twins);
    }

    /** What the reading of a file with that text gives. */
    static PlantReading read(String text) {
        return PlantFile.read(text, "golden.yaml").with(plant -> plant.withServer(s -> s.withPort(0)));
    }

    /** Such a file. */
    String text(String siteId, String types, String twins) {
        return """
                uatwin: 1
                siteId: %s
                server: {host: localhost, securityNone: true, anonymous: Observer, historyInMemory: 10 min}
                connections:
                  line-1: {protocol: modbus-tcp, host: 127.0.0.1, port: %d, timeout: 300 ms, tries: 1, backOff: {first: 100 ms, largest: 300 ms}, pollGroups: {fast: {period: 100 ms, hold: %d ms}}, devices: {plc: {unit: 1}}}
                  line-2: {protocol: modbus-tcp, host: 127.0.0.1, port: %d, timeout: 300 ms, tries: 1, backOff: {first: 100 ms, largest: 300 ms}, pollGroups: {quick: {period: 100 ms, hold: %d ms}}, devices: {plc: {unit: 1}}}
                types:
                %stwins:
                %s"""
                .formatted(siteId, first.port(), HOLD_MS, second.port(), HOLD_MS, types, twins);
    }

    /** Starts a server of that plant on a free port. */
    UatwinServer start(Path dataDirectory, String siteId, String twins) {
        return start(dataDirectory, siteId, TYPES, twins);
    }

    /** The same with types of one's own. */
    UatwinServer start(Path dataDirectory, String siteId, String types, String twins) {
        PlantReading reading = reading(siteId, types, twins);
        return UatwinServer.start(
                reading.plant()
                        .orElseThrow(() -> new AssertionError(reading.findings().toString())),
                new ServerOptions(dataDirectory, USERS, "golden.yaml", Optional.of(() -> read(written))));
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
