package org.uatwin.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * 200 devices of 50 points, each on a connection of its own, every second; then the same with one in ten dead. The devices
 * run in a second JVM on the same machine.
 */
final class DevicesTable {
    private static final int DEVICES = 200;
    private static final int DEAD = 20;
    private static final int POINTS = 50;
    private static final long WARM_UP_NANOS = 15_000_000_000L;
    private static final long NANOS = 10_000_000_000L;
    private static final List<String> FLAGS = List.of("-Xmx350m", "-XX:+UseSerialGC");

    private DevicesTable() {}

    static void run(Path directory) throws IOException {
        measure(directory, "all alive", DEVICES, 0);
        measure(directory, "one in ten dead", DEVICES - DEAD, DEAD);
    }

    private static void measure(Path directory, String name, int live, int dead) throws IOException {
        List<Double> median = new ArrayList<>();
        List<Double> worst = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        double notGood = 0;
        double requests = 0;
        try (ServerProcess farm = ServerProcess.start(
                        List.of("-XX:+UseSerialGC"), DeviceFarm.class.getName(), "" + live, "" + dead);
                ServerProcess uatwin = ServerProcess.start(
                        FLAGS,
                        DevicesServer.class.getName(),
                        plant(directory, farm.url().split(",")).toString(),
                        directory.resolve("data").toString(),
                        "" + live)) {
            pause(WARM_UP_NANOS);
            for (int run = 0; run < Report.RUNS; run++) {
                uatwin.ask("begin");
                double before = uatwin.ask("cpu");
                double asked = farm.ask("requests");
                pause(NANOS);
                median.add(uatwin.ask("p50"));
                worst.add(uatwin.ask("worst"));
                cpu.add((uatwin.ask("cpu") - before) / NANOS * 100);
                notGood += uatwin.ask("count");
                requests += farm.ask("requests") - asked;
            }
            Report.line("%s: %.0f requests, %.0f threads, %.0f MB live heap"
                    .formatted(name, requests, uatwin.ask("threads"), uatwin.ask("heap")));
        }
        Report.row("%s: period of a device, median".formatted(name), "ms", median);
        double seen = Report.row("%s: worst device, off 1 s by".formatted(name), "%", worst);
        Report.row("%s: CPU".formatted(name), "% of a core", cpu);
        Report.verdict("%s: worst device, %% off".formatted(name), seen, "<= 5", seen <= 5);
        Report.verdict("%s: samples of live devices not Good".formatted(name), notGood, "0", notGood == 0);
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static Path plant(Path directory, String[] ports) throws IOException {
        StringBuilder text = new StringBuilder(
                """
                uatwin: 1
                siteId: bench
                server: {host: localhost, port: 0, securityNone: true, anonymous: Observer}
                connections:
                """);
        for (int i = 0; i < ports.length; i++) {
            text.append("  line-%03d: {host: 127.0.0.1, port: %s, devices: {plc: {unit: 1}}}%n".formatted(i, ports[i]));
        }
        text.append("types:\n  Probe:\n    version: 1.0.0\n    points:\n");
        for (int p = 0; p < POINTS; p++) {
            text.append("      Value%02d: {name: Value, unit: bar, euRange: [0, 16]}%n".formatted(p));
        }
        text.append("twins:\n  - ids: probe-{000..%03d}\n    type: Probe\n    device: line-{i:03}/plc\n    points:\n"
                .formatted(ports.length - 1));
        for (int p = 0; p < POINTS; p++) {
            text.append("      Value%02d: input %d float32%n".formatted(p, 2 * p));
        }
        return Files.writeString(directory.resolve("devices.yaml"), text);
    }
}
