package org.uatwin.server.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.StartException;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.demo.DemoServer;
import org.uatwin.server.method.SimulationModels;
import org.uatwin.server.reload.PlantSource;
import org.uatwin.server.virtual.Endpoint;
import org.uatwin.server.virtual.FaultPanel;
import org.uatwin.server.virtual.Physics;
import org.uatwin.server.virtual.VirtualDevices;
import org.uatwin.server.virtual.VirtualPlantOptions;
import org.uatwin.server.virtual.fault.FaultException;
import org.uatwin.server.virtual.fault.FaultSchedule;

/** A plant file with its virtual devices and its server in one process. */
final class PlantDemo implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final long SEED = 1;
    private static final String PHYSICS = "physics.yaml";

    private final Path plantFile;
    private final Path data;
    private final VirtualDevices devices;
    private final FaultPanel panel;
    private final UatwinServer server;

    private PlantDemo(Path plantFile, Path data, VirtualDevices devices, FaultPanel panel, UatwinServer server) {
        this.plantFile = plantFile;
        this.data = data;
        this.devices = devices;
        this.panel = panel;
        this.server = server;
    }

    /**
     * Starts devices and server; returns once clients can connect.
     *
     * @param port of the endpoint; 0 for a free one.
     * @param host name in the endpoint URL; anything but this machine's loopback offers the secured endpoints only.
     */
    static PlantDemo start(Path plantFile, Path data, int port, Optional<String> host) {
        PlantReading reading = read(plantFile);
        Plant plant = reading.plant()
                .orElseThrow(() -> new CliException(
                        reading.exitCode(),
                        String.join(
                                "\n",
                                reading.findings().stream()
                                        .map(Object::toString)
                                        .toList())));
        VirtualLaunch.refuseSecond(data);
        VirtualDevices devices = devices(plantFile, plant, data);
        try {
            FaultPanel panel = FaultPanel.open(devices, 0);
            try {
                return new PlantDemo(
                        plantFile, data, devices, panel, server(plantFile, plant, devices, panel, data, port, host));
            } catch (IOException | RuntimeException e) {
                panel.close();
                throw e;
            }
        } catch (IOException e) {
            devices.close();
            throw new StartException("%s cannot be used: %s".formatted(data, e.getMessage()), e);
        } catch (RuntimeException e) {
            devices.close();
            throw e;
        }
    }

    private static PlantReading read(Path plantFile) {
        return PlantFile.read(plantFile, SimulationModels.builtIn(), Protocols.onClassPath());
    }

    private static VirtualDevices devices(Path plantFile, Plant plant, Path data) {
        Path physics = plantFile.resolveSibling(PHYSICS);
        try {
            Files.createDirectories(data);
            return VirtualDevices.start(
                    plant,
                    new VirtualPlantOptions(
                            InetAddress.getLoopbackAddress(),
                            Map.of(),
                            Map.of(),
                            Files.exists(physics) ? Physics.read(physics, plant) : Physics.NONE,
                            SEED,
                            1,
                            STEP,
                            Optional.empty(),
                            FaultSchedule.NONE,
                            Optional.of(data.resolve("ground-truth.csv")),
                            InstantSource.system()));
        } catch (IOException | FaultException e) {
            throw new StartException("the virtual devices cannot start: " + e.getMessage(), e);
        }
    }

    private static UatwinServer server(
            Path plantFile,
            Plant plant,
            VirtualDevices devices,
            FaultPanel panel,
            Path data,
            int port,
            Optional<String> host)
            throws IOException {
        Map<String, Endpoint> endpoints = new HashMap<>();
        devices.endpoints().forEach(endpoint -> endpoints.put(endpoint.connection(), endpoint));
        PlantSource source = () -> read(plantFile).with(again -> at(again, endpoints, port, host));
        UatwinServer server = UatwinServer.start(
                at(plant, endpoints, port, host),
                new ServerOptions(data, DemoServer.users(), plantFile.toString(), Optional.of(source)));
        try {
            VirtualLaunch.writePorts(data, devices, panel); // only now is the directory ours
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private static Plant at(Plant plant, Map<String, Endpoint> endpoints, int port, Optional<String> host) {
        return plant.withServer(s -> s.withHost(host.orElse(s.host())).withPort(port))
                .withConnections(connection -> {
                    Endpoint endpoint = endpoints.get(connection.name());
                    return endpoint == null ? connection : endpoint.instead(connection);
                });
    }

    UatwinServer server() {
        return server;
    }

    VirtualDevices devices() {
        return devices;
    }

    Path plantFile() {
        return plantFile;
    }

    /** Texts for the guide, one file beside the plant's; empty if there is none. */
    List<String> guide() {
        Path guide = plantFile.resolveSibling("guide.txt");
        try {
            return Files.exists(guide) ? Files.readAllLines(guide) : List.of();
        } catch (IOException e) {
            throw new StartException("%s cannot be read: %s".formatted(guide, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        server.close();
        panel.close();
        devices.close();
        VirtualLaunch.forget(data);
    }
}
