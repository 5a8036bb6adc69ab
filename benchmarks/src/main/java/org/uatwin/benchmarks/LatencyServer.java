package org.uatwin.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;

/**
 * The product for a plant file with real links: {@code LatencyServer PLANT DIR}. Takes the time from the receipt of an
 * answer to the moment every monitored item has its value: a listener of live values behind that of the items, which
 * runs when {@code DataItem.setValue} has returned for the last of the batch.
 *
 * <p>Obeys {@code begin} (forgets), {@code p50}, {@code p99}, {@code worst} (ms) and {@code count} of its input.
 */
final class LatencyServer {
    private LatencyServer() {}

    public static void main(String[] args) throws Exception {
        Plant plant = PlantFile.read(Path.of(args[0])).plant().orElseThrow();
        UatwinServer server = UatwinServer.start(plant, new ServerOptions(Path.of(args[1]), List.of()));
        Percentiles times = new Percentiles();
        server.live().table().addListener((shard, batch) -> {
            if (!batch.isEmpty()) {
                times.add((UaTime.ofInstant(Instant.now()) - batch.receiveTime(0)) / 10);
            }
        });
        System.out.println("ready " + server.endpointUrl());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = in.readLine()) != null) {
            switch (line) {
                case "begin" -> times.clear();
                case "p50" -> System.out.println("p50 " + times.ms(0.5));
                case "p99" -> System.out.println("p99 " + times.ms(0.99));
                case "worst" -> System.out.println("worst " + times.ms(1));
                case "count" -> System.out.println("count " + times.count());
                default -> System.out.println("unknown " + line);
            }
        }
        server.close();
    }
}
