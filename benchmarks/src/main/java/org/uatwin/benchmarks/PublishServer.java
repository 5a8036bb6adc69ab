package org.uatwin.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.engine.TwinInstance;

/**
 * The product for a plant of one pump and one twin with many points: {@code PublishServer PLANT DIR}. Feeds the points as a link
 * would, a part every 10 ms, and the pump with readings that a simulation can start from. Ends with its input.
 */
final class PublishServer {
    private static final int SHARD = 0; // what no link writes
    private static final int PARTS = 10;
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final Map<String, Double> PUMP = Map.of(
            "SpeedSetpoint", 2950.0, "Speed", 2950.0, "Flow", 100.0, "SuctionPressure", 1.0, "ValvePosition", 80.0);

    private PublishServer() {}

    public static void main(String[] args) throws Exception {
        Plant plant = PlantFile.read(Path.of(args[0])).plant().orElseThrow();
        UatwinServer server = UatwinServer.start(plant, new ServerOptions(Path.of(args[1]), List.of()));
        AtomicBoolean isOver = new AtomicBoolean();
        Thread feeder = new Thread(() -> feed(server, isOver), "feeder");
        feeder.start();
        System.out.println("ready " + server.endpointUrl());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            // nothing is asked of it
        }
        isOver.set(true);
        feeder.join();
        server.close();
    }

    private static void feed(UatwinServer server, AtomicBoolean isOver) {
        PointTable table = server.live().table();
        TwinInstance pump = server.live().instance("pump-01");
        TwinInstance probe = server.live().instance("probe-01");
        if (pump == null || probe == null) {
            throw new IllegalStateException("the plant has no pump-01 or probe-01");
        }
        int part = probe.type().points().size() / PARTS;
        long due = System.nanoTime();
        for (int round = 0; !isOver.get(); round++) {
            long now = UaTime.ofInstant(Instant.now());
            SampleBatch batch = new SampleBatch(part + PUMP.size());
            for (int i = 0; i < part; i++) {
                int row = probe.firstRow() + (round % PARTS) * part + i;
                batch.add(row, Double.doubleToRawLongBits(round), StatusCode.GOOD, now, now);
            }
            if (round % 100 == 0) {
                PUMP.forEach((name, value) ->
                        batch.add(pump.row(name), Double.doubleToRawLongBits(value), StatusCode.GOOD, now, now));
            }
            table.submit(SHARD, batch);
            due += PERIOD_NANOS;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
