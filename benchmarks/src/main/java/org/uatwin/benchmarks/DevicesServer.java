package org.uatwin.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;

/**
 * The product for many devices: {@code DevicesServer PLANT DIR LIVE}. Follows the first point of each of the first LIVE
 * twins and times the samples that come for it.
 *
 * <p>Obeys {@code begin} (forgets); {@code worst}, {@code p99}, {@code p50} (period of a device in ms, by the devices'
 * means; {@code worst} the largest deviation of a mean from 1 s in %); {@code count} (samples that were not Good);
 * {@code cpu}; {@code threads}; {@code heap} (live, MB).
 */
final class DevicesServer {
    /** Arrivals at one point. */
    private static final class Arrivals {
        long first; // all guarded by this
        long last;
        int periods;
        int notGood;
    }

    private DevicesServer() {}

    public static void main(String[] args) throws Exception {
        Plant plant = PlantFile.read(Path.of(args[0])).plant().orElseThrow();
        UatwinServer server = UatwinServer.start(plant, new ServerOptions(Path.of(args[1]), List.of()));
        int live = Integer.parseInt(args[2]);
        Map<Integer, Arrivals> byRow = new ConcurrentHashMap<>();
        server.live().instances().stream()
                .filter(i -> i.twin() != null && !i.isSystem())
                .limit(live)
                .forEach(i -> byRow.put(i.firstRow(), new Arrivals()));
        server.live().table().addListener((shard, batch) -> {
            for (int i = 0; i < batch.size(); i++) {
                Arrivals arrivals = byRow.get(batch.row(i));
                if (arrivals != null) {
                    arrived(arrivals, batch.status(i).isGood());
                }
            }
        });
        System.out.println("ready " + server.endpointUrl());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = in.readLine()) != null) {
            System.out.println(answer(line, byRow.values()));
        }
        server.close();
    }

    private static void arrived(Arrivals arrivals, boolean isGood) {
        synchronized (arrivals) {
            long now = System.nanoTime();
            arrivals.notGood += isGood ? 0 : 1;
            if (arrivals.first == 0) {
                arrivals.first = now;
            } else {
                arrivals.periods++;
            }
            arrivals.last = now;
        }
    }

    private static String answer(String line, Iterable<Arrivals> all) {
        List<Double> means = new ArrayList<>();
        int notGood = 0;
        for (Arrivals arrivals : all) {
            synchronized (arrivals) {
                notGood += arrivals.notGood;
                means.add((arrivals.last - arrivals.first) / 1e6 / Math.max(1, arrivals.periods));
                if (line.equals("begin")) {
                    arrivals.first = 0;
                    arrivals.periods = 0;
                    arrivals.notGood = 0;
                }
            }
        }
        means.sort(null);
        return line + " "
                + switch (line) {
                    case "p50" -> means.get(means.size() / 2);
                    case "p99" -> means.get(means.size() * 99 / 100);
                    case "worst" ->
                        means.stream()
                                .mapToDouble(m -> Math.abs(m - 1000) / 10)
                                .max()
                                .orElse(0);
                    case "count" -> notGood;
                    case "cpu" ->
                        ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                                .getProcessCpuTime();
                    case "threads" -> ManagementFactory.getThreadMXBean().getThreadCount();
                    case "heap" -> heap();
                    default -> 0;
                };
    }

    private static double heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }
}
