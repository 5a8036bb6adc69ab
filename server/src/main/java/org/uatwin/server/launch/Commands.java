package org.uatwin.server.launch;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.uatwin.informationmodel.plant.ModelCatalog;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.plant.ServerSettings;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.plcadapters.recording.Recorder;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.StartException;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.DemoOptions;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.FaultOptions;
import org.uatwin.server.cli.ReplayOptions;
import org.uatwin.server.cli.RunOptions;
import org.uatwin.server.cli.ServerCommands;
import org.uatwin.server.cli.VirtualFaultOptions;
import org.uatwin.server.cli.VirtualOptions;
import org.uatwin.server.demo.DemoFault;
import org.uatwin.server.demo.DemoServer;
import org.uatwin.server.method.SimulationModels;
import org.uatwin.server.reload.PlantSource;
import org.uatwin.server.reload.PlantWatch;
import org.uatwin.server.security.SignatureProvider;

/** The server commands; made by name from the command line. */
public final class Commands implements ServerCommands {
    /** File in the data directory that tells {@code uatwin client} where the running server listens. */
    private static final String ENDPOINT_FILE = "endpoint";

    private static final long STOP_SECONDS = 5;
    private static final Duration RECORDER_WAIT = Duration.ofSeconds(3);

    @Override
    public int demo(DemoOptions options) {
        Preparation.begin();
        if (options.plant().isPresent()) {
            return plantDemo(options, DemoPlants.find(options.plant().get()));
        }
        PrintWriter out = options.out();
        return guarded(() -> {
            int port = options.port().orElse(ServerSettings.DEFAULT.port());
            DemoServer demo = DemoServer.start(options.data(), port, options.host());
            Ending ending = new Ending(demo, options.data());
            if (!options.quiet()) {
                DemoGuide.print(out, demo);
            }
            announce(out, demo.server(), options.data());
            if (!options.quiet()) {
                new LiveLine(out, demo.server()).runUntil(ending.requested());
            }
            ending.await();
        });
    }

    private static int plantDemo(DemoOptions options, Path plantFile) {
        PrintWriter out = options.out();
        return guarded(() -> {
            int port = options.port().orElse(ServerSettings.DEFAULT.port());
            PlantDemo demo = PlantDemo.start(plantFile, options.data(), port, options.host());
            Ending ending = new Ending(demo, options.data());
            if (!options.quiet()) {
                DemoGuide.print(out, demo, options.data());
            }
            announce(out, demo.server(), options.data());
            ending.await();
        });
    }

    @Override
    public List<String> demos() {
        return DemoPlants.names();
    }

    @Override
    public int run(RunOptions options) {
        PrintWriter out = options.out();
        Preparation.begin();
        PlantSource source = source(options);
        PlantReading reading;
        try {
            reading = source.read();
        } catch (StartException e) { // no virtual devices run there
            throw new CliException(Exit.FAILED, String.valueOf(e.getMessage()), e);
        }
        reading.findings().forEach(finding -> out.println(finding));
        if (reading.plant().isEmpty()) {
            throw new CliException(
                    reading.exitCode(), "%s cannot be used; mend what is listed above".formatted(options.plant()));
        }
        return guarded(() -> {
            Plant plant = reading.plant().orElseThrow();
            ServerOptions given =
                    new ServerOptions(options.data(), List.of(), options.plant().toString(), Optional.of(source));
            Optional<Recorder> recorder =
                    options.recording().map(wish -> ReplayLaunch.recorder(wish, plant, options.quiet(), out));
            UatwinServer server;
            try {
                server = UatwinServer.start(
                        plant,
                        recorder.map(r -> ReplayLaunch.recorded(given, r)).orElse(given));
            } catch (RuntimeException e) {
                recorder.ifPresent(r -> r.close(RECORDER_WAIT));
                throw e;
            }
            recorder.ifPresent(server::shows);
            if (options.watch()) {
                watch(server, reading, source);
            }
            Ending ending = new Ending(
                    () -> {
                        server.close();
                        recorder.ifPresent(
                                r -> r.close(RECORDER_WAIT)); // after the links: their last words are recorded
                    },
                    options.data());
            if (!options.quiet() && options.virtual().isPresent()) {
                VirtualLaunch.warnOfOthers(plant, options.virtual().get(), out);
            }
            if (!options.quiet()) {
                out.printf(
                        "%s: %d twins, %d points, %d connections. Data directory: %s%n",
                        plant.siteId(),
                        plant.twins().size(),
                        plant.pointCount(),
                        plant.connections().size(),
                        options.data());
                if (options.watch()) {
                    out.printf("Watching %s and the files it names.%n", options.plant());
                }
            }
            if (!options.quiet() && !server.hasPasswordUsers()) {
                out.printf(
                        "No user can log on with a password yet. Add one: uatwin users add NAME --role Operator --data %s%n",
                        options.data());
            }
            announce(out, server, options.data());
            ending.await();
        });
    }

    private static PlantSource source(RunOptions options) {
        ModelCatalog models = SimulationModels.builtIn();
        Protocols protocols = Protocols.onClassPath();
        return () -> PlantFile.read(options.plant(), models, protocols).with(plant -> options.virtual()
                .map(folder -> VirtualLaunch.atVirtualDevices(plant, folder))
                .orElse(plant)
                .withServer(settings -> {
                    ServerSettings changed = settings.withHost(options.host().orElse(settings.host()));
                    return changed.withPort(options.port().orElse(settings.port()));
                }));
    }

    private static void watch(UatwinServer server, PlantReading first, PlantSource source) {
        PlantWatch watch = new PlantWatch(first, source, reading -> server.reloader()
                .reload(
                        reading,
                        false,
                        diff -> PlantWatch.objection(
                                diff, server.live().plant().twins().size())));
        server.closesWith(watch);
        watch.start();
    }

    @Override
    public int virtual(VirtualOptions options) {
        return guarded(() -> VirtualLaunch.run(options));
    }

    @Override
    public int replay(ReplayOptions options) {
        return guarded(() -> ReplayLaunch.run(options));
    }

    @Override
    public int virtualFault(VirtualFaultOptions options) {
        return VirtualLaunch.fault(options);
    }

    @Override
    public int fault(FaultOptions options) {
        try {
            boolean isPlant = VirtualLaunch.panelPort(options.data()).isPresent();
            String text = isPlant
                    ? VirtualLaunch.demoFault(options)
                    : DemoFault.send(
                            options.data(), options.twin(), options.kind().toString(), options.severity());
            options.out()
                    .println(
                            options.isJson()
                                    ? "{\"twin\":\"%s\",\"fault\":\"%s\"}".formatted(options.twin(), options.kind())
                                    : text);
            return 0;
        } catch (StartException e) {
            throw new CliException(Exit.FAILED, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new CliException(Exit.FAILED, "%s cannot be read: %s".formatted(options.data(), e.getMessage()), e);
        }
    }

    /** Work that may be interrupted while it waits. */
    private interface Work {
        void run() throws InterruptedException;
    }

    private static int guarded(Work work) {
        try {
            work.run();
            return 0;
        } catch (StartException e) {
            throw new CliException(Exit.FAILED, String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    static void announce(PrintWriter out, UatwinServer server, Path data) {
        try {
            Files.writeString(data.resolve(ENDPOINT_FILE), server.endpointUrl() + "\n");
        } catch (IOException e) {
            throw new StartException("%s cannot be written: %s".formatted(data.resolve(ENDPOINT_FILE), e), e);
        }
        out.println("ready " + server.endpointUrl());
        out.flush();
        SignatureProvider.installInBackground();
    }

    /** Closes what runs when the process is told to end. */
    static final class Ending {
        private final CountDownLatch requested = new CountDownLatch(1);
        private final CountDownLatch done = new CountDownLatch(1);

        Ending(AutoCloseable running, Path data) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                requested.countDown();
                                close(running, data);
                                done.countDown();
                            },
                            "uatwin-stop"));
        }

        private static void close(AutoCloseable running, Path data) {
            try {
                running.close();
                Files.deleteIfExists(data.resolve(ENDPOINT_FILE));
            } catch (Exception e) {
                System.err.println("uatwin: did not stop cleanly: " + e);
            }
        }

        CountDownLatch requested() {
            return requested;
        }

        void await() throws InterruptedException {
            requested.await();
            if (!done.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("uatwin: still stopping after %d s".formatted(STOP_SECONDS));
            }
        }
    }
}
