package org.uatwin.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.method.SimulationModels;
import org.uatwin.server.reload.PlantSource;
import org.uatwin.server.reload.ReloadResult;

/**
 * The product for a plant file, {@code ReloadServer PLANT DIR}: on the line {@code reload} of its input it reloads the file and
 * answers {@code reload} and the seconds that took, on {@code gc} the live heap in bytes.
 */
final class ReloadServer {
    private ReloadServer() {}

    public static void main(String[] args) throws Exception {
        Path plant = Path.of(args[0]);
        PlantSource source = () -> PlantFile.read(plant, SimulationModels.builtIn(), Protocols.onClassPath());
        try (UatwinServer server = UatwinServer.start(
                source.read().plant().orElseThrow(),
                new ServerOptions(Path.of(args[1]), List.of(), plant.toString(), Optional.of(source)))) {
            System.out.println("ready " + server.endpointUrl());
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals("gc")) {
                    System.out.println("gc " + Pacer.liveHeap());
                    continue;
                }
                long start = System.nanoTime();
                ReloadResult result = server.reloader().reload(false);
                double seconds = (System.nanoTime() - start) / 1e9;
                if (result.outcome() != ReloadResult.Outcome.APPLIED) {
                    throw new IllegalStateException(result.toString());
                }
                System.out.println("reload " + seconds);
            }
        }
    }
}
