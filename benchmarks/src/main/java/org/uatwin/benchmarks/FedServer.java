package org.uatwin.benchmarks;

import java.nio.file.Path;
import java.util.List;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.engine.LivePlant;

/**
 * The product, whole, for a plant file: {@code FedServer PLANT DIR CHANGES_PER_S}. Feeds its unbound points as a link
 * would: in batches through the point table. Point {@code i} is the i-th row of the first twin on.
 */
final class FedServer {
    private static final int SHARD = 0; // what no link writes

    private FedServer() {}

    public static void main(String[] args) throws Exception {
        Plant plant = PlantFile.read(Path.of(args[0])).plant().orElseThrow();
        UatwinServer server = UatwinServer.start(plant, new ServerOptions(Path.of(args[1]), List.of()));
        LivePlant live = server.live();
        int first = live.instances().stream()
                .filter(i -> !i.isSystem())
                .mapToInt(i -> i.firstRow())
                .findFirst()
                .orElse(0);
        System.out.println("ready " + server.endpointUrl());
        Pacer.serve(
                (from, to, value) -> {
                    SampleBatch batch = new SampleBatch(to - from);
                    long now = UaTime.ofInstant(java.time.Instant.now());
                    for (int i = from; i < to; i++) {
                        batch.add(first + i, Double.doubleToRawLongBits(value), StatusCode.GOOD, now, now);
                    }
                    live.table().submit(SHARD, batch);
                },
                live.table().size() - first,
                Integer.parseInt(args[2]));
        server.close();
    }
}
