package org.uatwin.server.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.uatwin.certs.user.Role;
import org.uatwin.certs.user.UserDirectory.PlainUser;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.StartException;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.method.SimulationModels;
import org.uatwin.server.reload.PlantSource;

/** The virtual plant with the server in front of it. */
public final class DemoServer implements AutoCloseable {
    /** Users of the demo: known to everybody, so never used outside it. */
    private static final List<PlainUser> USERS = List.of(
            new PlainUser("operator", "operator", Set.of(Role.OBSERVER, Role.OPERATOR)),
            new PlainUser("admin", "admin", EnumSet.allOf(Role.class)));

    private static final String PLANT_FILE = "demo-plant.yaml";
    private static final String PANEL_FILE = "demo-panel-port";

    private final VirtualPlant virtual;
    private final UatwinServer server;
    private final Path plantFile;

    private DemoServer(VirtualPlant virtual, UatwinServer server, Path plantFile) {
        this.virtual = virtual;
        this.server = server;
        this.plantFile = plantFile;
    }

    /**
     * Starts virtual plant and server; returns once clients can connect.
     *
     * @param port of the endpoint; 0 for a free one.
     * @param host name in the endpoint URL; anything but this machine's loopback offers the secured endpoints only.
     * @throws StartException if something the user can mend prevents it.
     */
    public static DemoServer start(Path dataDirectory, int port, Optional<String> host) {
        VirtualPlant virtual;
        try {
            virtual = VirtualPlant.open();
        } catch (IOException e) {
            throw new StartException("the virtual devices cannot listen on loopback: " + e.getMessage(), e);
        }
        try {
            String text = virtual.withPorts(template());
            Plant plant =
                    read(text).withServer(s -> s.withHost(host.orElse(s.host())).withPort(port));
            virtual.start(plant);
            Path file = dataDirectory.resolve(PLANT_FILE);
            PlantSource source = () -> PlantFile.read(file, SimulationModels.builtIn(), Protocols.onClassPath())
                    .with(again -> again.withServer(
                            s -> s.withHost(host.orElse(s.host())).withPort(port)));
            UatwinServer server = UatwinServer.start(
                    plant, new ServerOptions(dataDirectory, USERS, file.toString(), Optional.of(source)));
            try {
                // Only now is the directory ours: before, these files could be those of another running demo.
                Files.writeString(file, text);
                Files.writeString(
                        dataDirectory.resolve(PANEL_FILE),
                        Integer.toString(virtual.panelPort()),
                        StandardCharsets.US_ASCII);
                return new DemoServer(virtual, server, file);
            } catch (IOException e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            virtual.close();
            throw new StartException(
                    "%s cannot be used as data directory: %s.\n  Fix: give a writable directory with --data DIR."
                            .formatted(dataDirectory, e.getMessage()),
                    e);
        } catch (RuntimeException e) {
            virtual.close();
            throw e;
        }
    }

    /** The demo's users, whose passwords everybody knows. */
    public static List<PlainUser> users() {
        return USERS;
    }

    private static Plant read(String text) {
        PlantReading reading = PlantFile.read(text, PLANT_FILE, Protocols.onClassPath());
        return reading.plant()
                .orElseThrow(() -> new StartException("the demo's own plant file is broken: " + reading.findings()));
    }

    private static String template() throws IOException {
        try (InputStream in = DemoServer.class.getResourceAsStream("/org/uatwin/demo/plant.yaml")) {
            if (in == null) {
                throw new IOException("the demo's plant file is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The running server. */
    public UatwinServer server() {
        return server;
    }

    /** The plant file written into the data directory. */
    public Path plantFile() {
        return plantFile;
    }

    /** Port of the running demo's fault panel, from its data directory; empty if no demo has run there. */
    static Optional<Integer> panelPort(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve(PANEL_FILE);
        return Files.exists(file)
                ? Optional.of(Integer.valueOf(Files.readString(file).trim()))
                : Optional.empty();
    }

    @Override
    public void close() {
        server.close();
        virtual.close();
    }
}
