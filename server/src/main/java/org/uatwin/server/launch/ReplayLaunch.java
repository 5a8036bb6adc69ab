package org.uatwin.server.launch;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.plant.ServerSettings;
import org.uatwin.plcadapters.adapter.LinkOpener;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.plcadapters.recording.Recorder;
import org.uatwin.plcadapters.recording.RecordingException;
import org.uatwin.plcadapters.recording.RecordingReader;
import org.uatwin.server.assembly.PlantWithoutServer;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.StartException;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.RecordOptions;
import org.uatwin.server.cli.ReplayOptions;
import org.uatwin.server.method.SimulationModels;
import org.uatwin.server.replay.ReplayEngine;
import org.uatwin.server.replay.SampleFile;

/** What {@code uatwin replay} and {@code uatwin run --record} do. */
final class ReplayLaunch {
    private ReplayLaunch() {}

    /** Begins to record. */
    static Recorder recorder(RecordOptions.Recording wish, Plant plant, boolean isQuiet, PrintWriter out) {
        try {
            Recorder recorder = Recorder.start(
                    wish.folder(), plant.siteId(), wish.limits(), InstantSource.system(), System::nanoTime);
            if (!isQuiet) {
                out.printf(
                        "Recording into %s, at most %d MB and %d h.%n",
                        wish.folder(),
                        wish.limits().bytes() / 1_000_000,
                        wish.limits().age().toHours());
            }
            return recorder;
        } catch (RecordingException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The same server with every link listened to. */
    static ServerOptions recorded(ServerOptions options, Recorder recorder) {
        LinkOpener links = options.links();
        return options.withLinks(opening -> links.open(opening.withTap(
                recorder.tap(opening.connection().name(), opening.connection().protocol()))));
    }

    static void run(ReplayOptions options) throws InterruptedException {
        PrintWriter out = options.out();
        PlantReading reading = PlantFile.read(options.plant(), SimulationModels.builtIn(), Protocols.onClassPath());
        if (reading.plant().isEmpty()) {
            reading.findings().forEach(finding -> out.println(finding));
            throw new CliException(
                    reading.exitCode(), "%s cannot be used; mend what is listed above".formatted(options.plant()));
        }
        Plant plant = reading.plant().get().withServer(settings -> {
            ServerSettings changed = settings.withHost(options.host().orElse(settings.host()));
            return changed.withPort(options.port().orElse(settings.port()));
        });
        ReplayEngine engine;
        try {
            engine = new ReplayEngine(Protocols.onClassPath(), RecordingReader.open(options.recording()));
        } catch (RecordingException e) {
            throw new CliException(Exit.USAGE, String.valueOf(e.getMessage()), e);
        }
        if (!engine.siteId().equals(plant.siteId())) {
            engine.close();
            throw new StartException(
                    "the recording was made at the site \"%s\", the plant file is of \"%s\".%n  Fix: give the plant file it was recorded with."
                            .formatted(engine.siteId(), plant.siteId()));
        }
        if (options.to().isPresent()) {
            try (engine) {
                toFile(plant, engine, options.to().get(), options.quiet(), out);
            }
            return;
        }
        serve(plant, engine, options);
    }

    private static void toFile(Plant plant, ReplayEngine engine, Path file, boolean isQuiet, PrintWriter out) {
        try (PlantWithoutServer headless = new PlantWithoutServer(plant, engine, engine.clock());
                SampleFile samples = new SampleFile(file, headless.live())) {
            headless.live().table().addListener(samples);
            headless.start();
            engine.runToEnd();
            headless.live().table().removeListener(samples);
            if (!isQuiet) {
                report(engine, out);
                out.printf("%d samples in %s%n", samples.samples(), file);
            }
        } catch (IOException e) {
            throw new StartException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static void report(ReplayEngine engine, PrintWriter out) {
        engine.problems().forEach(problem -> out.println("recording: " + problem));
        if (!engine.silent().isEmpty()) {
            out.printf("Not replayed, their adapters record nothing: %s%n", String.join(", ", engine.silent()));
        }
    }

    private static void serve(Plant plant, ReplayEngine engine, ReplayOptions options) throws InterruptedException {
        PrintWriter out = options.out();
        UatwinServer server;
        try {
            server = UatwinServer.start(
                    plant, new ServerOptions(options.data(), List.of()).withLinks(engine, engine.clock()));
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
        Commands.Ending ending = new Commands.Ending(
                () -> {
                    engine.close();
                    server.close();
                },
                options.data());
        if (!options.quiet()) {
            out.printf(
                    "Replay of %s from %s on.%n",
                    options.recording(), engine.clock().instant());
            report(engine, out);
        }
        Commands.announce(out, server, options.data());
        engine.start(options.speed());
        engine.await();
        if (!options.quiet()) {
            report(engine, out);
            out.printf(
                    "End of the recording, %s. The server goes on with the last values; end it with Ctrl-C.%n",
                    engine.clock().instant());
            out.flush();
        }
        ending.await();
    }
}
