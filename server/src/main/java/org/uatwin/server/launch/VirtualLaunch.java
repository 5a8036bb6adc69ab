package org.uatwin.server.launch;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.uatwin.informationmodel.plant.Connection;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.plcadapters.mqtt.VirtualMqttDevices;
import org.uatwin.server.assembly.StartException;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.FaultOptions;
import org.uatwin.server.cli.Table;
import org.uatwin.server.cli.VirtualFaultOptions;
import org.uatwin.server.cli.VirtualOptions;
import org.uatwin.server.method.SimulationModels;
import org.uatwin.server.virtual.Endpoint;
import org.uatwin.server.virtual.FaultPanel;
import org.uatwin.server.virtual.Physics;
import org.uatwin.server.virtual.VirtualDevices;
import org.uatwin.server.virtual.VirtualPlantOptions;
import org.uatwin.server.virtual.fault.FaultException;
import org.uatwin.server.virtual.fault.FaultSchedule;

/** What {@code uatwin virtual} does. */
final class VirtualLaunch {
    private static final String ENDPOINTS = "virtual-endpoints";
    private static final String PANEL = "virtual-panel-port";

    private VirtualLaunch() {}

    static void run(VirtualOptions options) throws InterruptedException {
        Plant plant = plant(options);
        FaultSchedule faults;
        Physics physics;
        try {
            physics = options.physics().map(file -> Physics.read(file, plant)).orElse(Physics.NONE);
            faults = options.faults().isPresent()
                    ? FaultSchedule.read(options.faults().get())
                    : FaultSchedule.NONE;
        } catch (FaultException e) {
            throw new CliException(Exit.USAGE, String.valueOf(e.getMessage()), e);
        }
        refuseSecond(options.data());
        try {
            Files.createDirectories(options.data());
            VirtualDevices devices = VirtualDevices.start(
                    plant,
                    new VirtualPlantOptions(
                            InetAddress.getLoopbackAddress(),
                            options.ports(),
                            options.brokers(),
                            physics,
                            options.seed(),
                            options.speed(),
                            options.step(),
                            options.length(),
                            faults,
                            Optional.of(options.truth()),
                            InstantSource.system()));
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                devices.close();
                                forget(options.data());
                            },
                            "uatwin-stop"));
            try (devices;
                    FaultPanel panel = FaultPanel.open(devices, options.panelPort())) {
                writePorts(options.data(), devices, panel);
                announce(options, devices, panel);
                devices.await();
            } finally {
                forget(options.data());
            }
            if (!devices.failure().isEmpty()) {
                throw new StartException(devices.failure());
            }
        } catch (FaultException e) {
            throw new CliException(Exit.FAILED, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new StartException("the virtual devices cannot start: " + e.getMessage(), e);
        }
    }

    /** The files that say where the devices are. */
    static void forget(Path data) {
        try {
            Files.deleteIfExists(data.resolve(PANEL));
            Files.deleteIfExists(data.resolve(ENDPOINTS));
        } catch (IOException e) {
            System.err.println("uatwin: %s cannot be cleared: %s".formatted(data, e.getMessage()));
        }
    }

    private static Plant plant(VirtualOptions options) {
        PlantReading reading = PlantFile.read(options.plant(), SimulationModels.builtIn(), Protocols.onClassPath());
        if (reading.plant().isEmpty()) {
            reading.findings().forEach(finding -> options.out().println(finding));
            throw new CliException(
                    reading.exitCode(), "%s cannot be used; mend what is listed above".formatted(options.plant()));
        }
        Plant plant = reading.plant().get();
        List<String> names = plant.connections().stream().map(Connection::name).toList();
        refuseUnknown("--listen", options.ports().keySet(), names);
        refuseUnknown(
                "--broker",
                options.brokers().keySet(),
                plant.connections().stream()
                        .filter(VirtualMqttDevices::areOf)
                        .map(Connection::name)
                        .toList());
        return plant;
    }

    private static void refuseUnknown(String option, Set<String> given, List<String> names) {
        for (String connection : given) {
            if (!names.contains(connection)) {
                throw new CliException(
                        Exit.USAGE,
                        "%s: the plant has no such connection \"%s\". Fix: use one of %s"
                                .formatted(option, connection, String.join(", ", names)));
            }
        }
    }

    static void refuseSecond(Path data) {
        try {
            Optional<Integer> port = panelPort(data);
            if (port.isPresent() && !FaultPanel.ask(port.get(), "list").isEmpty()) {
                throw new StartException(
                        "virtual devices run with the data directory %s already.%n  Fix: end them, or use another directory with --data DIR."
                                .formatted(data));
            }
        } catch (IOException e) {
            // nobody answers: what is there was left by one that was killed
        }
    }

    static void writePorts(Path data, VirtualDevices devices, FaultPanel panel) throws IOException {
        List<String> lines = new ArrayList<>();
        devices.endpoints().forEach(endpoint -> lines.add(endpoint.toString()));
        Files.write(data.resolve(ENDPOINTS), lines, StandardCharsets.UTF_8);
        Files.writeString(data.resolve(PANEL), Integer.toString(panel.port()), StandardCharsets.US_ASCII);
    }

    private static void announce(VirtualOptions options, VirtualDevices devices, FaultPanel panel) {
        PrintWriter out = options.out();
        if (!options.quiet()) {
            out.printf("Virtual devices of %s: %s.%n%n", options.plant(), devices.summary());
            printEndpoints(out, devices);
            out.printf(
                    """

                      Server         ./uatwin run %s --virtual %s
                      Faults         ./uatwin virtual fault TARGET KIND [NAME=VALUE]... --data %s
                      Ground truth   %s
                    %n""",
                    options.plant(), options.data(), options.data(), options.truth());
        }
        out.println("ready virtual 127.0.0.1:" + panel.port());
        out.flush();
    }

    /** Where which connection is, and what else is to be known of it. */
    static void printEndpoints(PrintWriter out, VirtualDevices devices) {
        Table table = Table.of("CONNECTION", "PROTOCOL", "ADDRESS");
        for (Endpoint endpoint : devices.endpoints()) {
            table.row(endpoint.connection(), endpoint.protocol(), endpoint.host() + ":" + endpoint.port());
        }
        table.print(out, "  ");
        devices.notes().forEach(note -> out.printf("  %s%n", note));
        devices.notServed().forEach(what -> out.printf("  Not served: %s%n", what));
    }

    static Optional<Integer> panelPort(Path data) throws IOException {
        Path file = data.resolve(PANEL);
        return Files.exists(file)
                ? Optional.of(Integer.valueOf(Files.readString(file).strip()))
                : Optional.empty();
    }

    static int fault(VirtualFaultOptions options) {
        List<String> words = options.words();
        List<String> answer = ask(options.data(), words);
        if (words.isEmpty()) {
            answer.stream().skip(1).filter(l -> !l.isEmpty()).forEach(options.out()::println);
            if (answer.stream().skip(1).allMatch(String::isEmpty)) {
                options.out().println("no faults at work");
            }
        } else {
            options.out().println(answer.get(0).substring("ok ".length()));
        }
        return Exit.OK;
    }

    /**
     * Asks the fault panel that runs with a data directory.
     *
     * @param words as {@code uatwin virtual fault} takes them.
     * @return its answer; the first line begins with {@code ok}.
     */
    private static List<String> ask(Path data, List<String> words) {
        String line = words.isEmpty()
                ? "list"
                : words.size() == 2 && words.get(1).equals("clear")
                        ? "clear " + words.get(0)
                        : "fault " + String.join(" ", words);
        List<String> answer;
        try {
            int port = panelPort(data)
                    .orElseThrow(() -> new CliException(
                            Exit.FAILED,
                            "no virtual devices run with the data directory %s. Fix: start them with uatwin virtual PLANT, or name their directory with --data DIR."
                                    .formatted(data)));
            answer = FaultPanel.ask(port, line);
        } catch (IOException e) {
            throw new CliException(
                    Exit.FAILED, "the virtual devices do not answer: " + e.getMessage() + ". Fix: start them.", e);
        }
        String first = answer.isEmpty() ? "error no answer" : answer.get(0);
        if (first.startsWith("error ")) {
            throw new CliException(Exit.FAILED, first.substring("error ".length()));
        }
        return answer;
    }

    /** Sets a fault of a demo plant in the few words the demo has for it. */
    static String demoFault(FaultOptions options) {
        String twin = options.twin();
        String severity = "severity=" + options.severity();
        List<String> words =
                switch (options.kind()) {
                    case WEAR -> List.of(twin, "wear", severity);
                    case JAM -> List.of(twin, "jam", severity);
                    case SENSOR_STUCK -> List.of(twin, "stuck");
                    case CABLE -> List.of(twin, "silent");
                    case IMPELLER_WEAR,
                            BEARING_WEAR,
                            PIPE_BLOCKED,
                            LUBRICATION_LOST,
                            ROLLERS_WORN,
                            COOLING_FOULED,
                            BELT_WEAR ->
                        throw new StartException(
                                "the virtual devices of a plant file know no faults of single parts.\n  Fix: use wear or jam, or try it in ./uatwin demo.");
                    case CLEAR -> List.of(twin, "clear");
                };
        return ask(options.data(), words).get(0).substring("ok ".length());
    }

    private static Map<String, Endpoint> endpoints(Path data) {
        Map<String, Endpoint> endpoints = new HashMap<>();
        try {
            for (String line : Files.readAllLines(data.resolve(ENDPOINTS), StandardCharsets.UTF_8)) {
                String[] words = line.split(" ");
                endpoints.put(words[0], new Endpoint(words[0], words[1], words[2], Integer.parseInt(words[3])));
            }
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new StartException(
                    "no virtual devices run with the data directory %s.%n  Fix: start them first: uatwin virtual PLANT --data %s"
                            .formatted(data, data),
                    e);
        }
        return endpoints;
    }

    /** The plant with its connections at running virtual devices. */
    static Plant atVirtualDevices(Plant plant, Path data) {
        Map<String, Endpoint> endpoints = endpoints(data);
        return plant.withConnections(connection -> {
            Endpoint endpoint = endpoints.get(connection.name());
            return endpoint == null ? connection : endpoint.instead(connection);
        });
    }

    /** Names the connections that go to the addresses of the plant file all the same. */
    static void warnOfOthers(Plant plant, Path data, PrintWriter out) {
        Map<String, Endpoint> endpoints = endpoints(data);
        List<String> left = plant.connections().stream()
                .filter(connection -> !endpoints.containsKey(connection.name()))
                .map(connection -> connection.name() + " (" + connection.endpoint() + ")")
                .toList();
        if (!left.isEmpty()) {
            out.printf("Not virtual, the addresses of the plant file are used: %s%n", String.join(", ", left));
        }
    }
}
