package org.uatwin.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.uatwin.plcadapters.device.VirtualModbusServer;

/**
 * Requests a second over one loopback link that is asked for more than it can carry: 200 blocks of 40 registers every
 * 10 ms. The device answers in this JVM; product and bare master run in their own, one at a time.
 */
final class ModbusTable {
    private static final int BLOCKS = 200;
    private static final int QUANTITY = 40;
    private static final long WARM_UP_NANOS = 4_000_000_000L;
    private static final long NANOS = 3_000_000_000L;
    private static final List<String> FLAGS = List.of("-Xmx350m", "-XX:+UseSerialGC");

    private ModbusTable() {}

    static void run(Path directory) throws IOException {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        try (VirtualModbusServer device = VirtualModbusServer.start(InetAddress.getLoopbackAddress(), 0)) {
            device.unit(1).size(BLOCKS * QUANTITY);
            Path plant = plant(directory, device.port());
            for (int run = 0; run < Report.RUNS; run++) {
                try (ServerProcess uatwin = Main.product(directory, FLAGS, plant, 1)) {
                    ours.add(rate(device, uatwin));
                }
                try (ServerProcess master = ServerProcess.start(
                        FLAGS,
                        "org.uatwin.benchmarks.peer.BareMaster",
                        "" + device.port(),
                        "" + QUANTITY,
                        "" + BLOCKS)) {
                    theirs.add(rate(device, master));
                }
            }
        }
        double a = Report.row("uatwin, decoding into live points", "requests/s", ours);
        double b = Report.row("bare j2mod master", "requests/s", theirs);
        Report.verdict("uatwin / bare master", a / b, ">= 0.9", a >= 0.9 * b);
    }

    private static double rate(VirtualModbusServer device, ServerProcess client) {
        pause(WARM_UP_NANOS);
        long before = device.requests();
        long start = System.nanoTime();
        pause(NANOS);
        double rate = (device.requests() - before) / ((System.nanoTime() - start) / 1e9);
        if (!client.isAlive()) {
            throw new IllegalStateException("the client ended");
        }
        return rate;
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Every twin is one block: 20 Float points of two registers, and no gap is read through. */
    private static Path plant(Path directory, int port) throws IOException {
        StringBuilder text = new StringBuilder(
                """
                uatwin: 1
                siteId: bench
                server: {host: localhost, port: 0, securityNone: true, anonymous: Observer, historyInMemory: 0 s}
                connections:
                  line:
                    host: 127.0.0.1
                    port: %d
                    pollGroups: {fast: 10 ms}
                    devices:
                      plc: {unit: 1, limits: {registersPerRead: %d, gap: 0}}
                types:
                  Probe:
                    version: 1.0.0
                    points:
                """
                        .formatted(port, QUANTITY));
        for (int p = 0; p < QUANTITY / 2; p++) {
            text.append("      Value%02d: {name: Value, unit: bar, euRange: [0, 16]}%n".formatted(p));
        }
        text.append(
                """
                twins:
                  - ids: probe-{001..%d}
                    type: Probe
                    base: {input: "{i * %d}"}
                    points:
                """
                        .formatted(BLOCKS, QUANTITY));
        for (int p = 0; p < QUANTITY / 2; p++) {
            text.append("      Value%02d: input %d float32%n".formatted(p, 2 * p));
        }
        return Files.writeString(directory.resolve("link.yaml"), text);
    }
}
