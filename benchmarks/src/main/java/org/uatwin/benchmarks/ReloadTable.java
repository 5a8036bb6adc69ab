package org.uatwin.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.milo.opcua.stack.core.UaException;

/**
 * A reload that adds one twin, against the start-up of the same plant in the same process: how long it takes, and how long a
 * client that reads all the while has to wait at most.
 */
final class ReloadTable {
    private static final List<String> FLAGS = List.of("-Xmx350m", "-XX:+UseSerialGC");
    private static final int[] POINTS = {5_000, 100_000, 1_000_000};

    private ReloadTable() {}

    static void run(Path directory) throws Exception {
        for (int points : POINTS) {
            Path plant = Plants.write(directory, points, true);
            String data = directory.resolve("data-" + points).toString();
            start(plant, data).close(); // makes certificates, fills the disk cache
            try (ServerProcess server = start(plant, data)) {
                measure(server, plant, points);
            }
        }
    }

    private static ServerProcess start(Path plant, String data) throws IOException {
        return ServerProcess.start(FLAGS, ReloadServer.class.getName(), plant.toString(), data);
    }

    private static void measure(ServerProcess server, Path plant, int points) throws Exception {
        double heapBefore = server.ask("gc");
        List<Double> seconds = new ArrayList<>();
        List<Double> waits = new ArrayList<>();
        List<Double> quiet = new ArrayList<>();
        try (Client client = Client.connect(server.url())) {
            for (int run = 0; run < Report.RUNS; run++) {
                quiet.add(longestWait(client, points, () -> Thread.onSpinWait(), 500));
                Files.writeString(
                        plant,
                        "  - {id: added-%d, type: Probe, device: gateway-001/plc-1, points: {Value01: input 9000 float32}}%n"
                                .formatted(run),
                        StandardOpenOption.APPEND);
                waits.add(longestWait(client, points, () -> seconds.add(server.ask("reload")), 0));
            }
        }
        double heapAfter = server.ask("gc");
        double reload = Report.row("reload, one twin more, %d points".formatted(points), "s", seconds);
        double start = Report.row("start-up of it", "s", List.of(server.secondsToReady()));
        Report.row("longest Read while it reloads", "ms", waits);
        Report.row("longest Read of half a second without", "ms", quiet);
        Report.row(
                "live heap before and after %d reloads".formatted(Report.RUNS),
                "bytes",
                List.of(heapBefore, heapAfter));
        Report.verdict("reload / start-up", reload / start, "<= 0.5", reload <= 0.5 * start);
    }

    /** Work that may fail with what its parts fail with. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    /** The longest of the Reads of one value a client makes, one after the other, while the work is done. */
    private static double longestWait(Client client, int points, Work work, long leastMs) throws Exception {
        AtomicBoolean isDone = new AtomicBoolean();
        List<Double> longest = new ArrayList<>();
        Thread reader = new Thread(() -> {
            double most = 0;
            try {
                for (int i = 0; !isDone.get(); i++) {
                    long start = System.nanoTime();
                    client.read(List.of(Client.value(Client.id(Plants.id(i * 7919 % points)))));
                    most = Math.max(most, (System.nanoTime() - start) / 1e6);
                }
            } catch (UaException e) {
                most = Double.NaN;
            }
            longest.add(most);
        });
        long start = System.nanoTime();
        reader.start();
        work.run();
        while ((System.nanoTime() - start) / 1_000_000 < leastMs) {
            Thread.onSpinWait();
        }
        isDone.set(true);
        reader.join();
        return longest.get(0);
    }
}
