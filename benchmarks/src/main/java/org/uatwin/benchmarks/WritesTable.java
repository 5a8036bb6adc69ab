package org.uatwin.benchmarks;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.device.Fault;
import org.uatwin.plcadapters.device.VirtualModbusServer;

/**
 * Reads while others write to dead devices. 20 live links and 20 dead ones (10 hosts that accept and say nothing, 10
 * units that do not answer behind a host that lives), 5 setpoints each. One client reads 100 live values as fast as it
 * can; in turn nobody writes, or another client writes the dead setpoints, or all 200, in one request four times a second.
 */
final class WritesTable {
    private static final int LINKS = 20;
    private static final int SETPOINTS = 5;
    private static final long WARM_UP_NANOS = 10_000_000_000L;
    private static final long WINDOW_NANOS = 4_000_000_000L;
    private static final long EVERY_NANOS = 250_000_000L;
    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+UseSerialGC");

    /** Who is written to in a window. */
    private enum Load {
        NOBODY("nobody writes", 0, -1),
        DEAD("writes to the dead links", LINKS + 1, 2 * LINKS),
        ALL("writes to all links", 1, 2 * LINKS);

        final String text;
        final int first;
        final int last;

        Load(String text, int first, int last) {
            this.text = text;
            this.first = first;
            this.last = last;
        }
    }

    private volatile Percentiles reads = new Percentiles(); // a new one for each window
    private volatile Percentiles ages = new Percentiles();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger confirmed = new AtomicInteger();
    private final AtomicInteger unconfirmedLive = new AtomicInteger();
    private final AtomicInteger confirmedDead = new AtomicInteger();

    private WritesTable() {}

    static void run(Path directory) throws IOException, UaException, InterruptedException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (VirtualModbusServer device = VirtualModbusServer.start(loopback, 0);
                ServerSocket blackHole = new ServerSocket(0, 100, loopback)) {
            for (int unit = 1; unit <= LINKS; unit++) {
                device.unit(unit);
            }
            device.unit(100).fault(Fault.SILENT);
            Path plant = plant(directory, device.port(), blackHole.getLocalPort());
            try (ServerProcess uatwin = Main.product(directory, FLAGS, plant, 1);
                    Client reader = Client.connect(uatwin.url());
                    Client writer = Client.connect(uatwin.url())) {
                new WritesTable().measure(uatwin, reader, writer);
            }
        }
    }

    private void measure(ServerProcess uatwin, Client reader, Client writer) throws IOException, InterruptedException {
        Thread reading = new Thread(() -> read(reader), "reads");
        reading.start();
        window(writer, Load.ALL, WARM_UP_NANOS);
        confirmed.set(0);
        unconfirmedLive.set(0);
        confirmedDead.set(0);
        Map<Load, List<Double>> readP99 = new EnumMap<>(Load.class);
        Map<Load, List<Double>> ageP99 = new EnumMap<>(Load.class);
        Map<Load, List<Double>> cpu = new EnumMap<>(Load.class);
        for (int run = 0; run < Report.RUNS; run++) {
            for (Load load : Load.values()) {
                double before = uatwin.ask("cpu");
                window(writer, load, WINDOW_NANOS);
                add(cpu, load, (uatwin.ask("cpu") - before) / WINDOW_NANOS * 100);
                add(readP99, load, reads.ms(0.99));
                add(ageP99, load, ages.ms(0.99));
            }
        }
        isOver.set(true);
        reading.join();
        for (Load load : Load.values()) {
            Report.row("Read of 100 values, p99, " + load.text, "ms", of(readP99, load));
            Report.row("age of a live value, p99, " + load.text, "ms", of(ageP99, load));
            Report.row("server CPU, " + load.text, "% of a core", of(cpu, load));
        }
        Report.line("%d live setpoints confirmed, %d not, %d dead ones confirmed"
                .formatted(confirmed.get(), unconfirmedLive.get(), confirmedDead.get()));
        double dead = ratio(readP99, Load.DEAD);
        Report.verdict("p99 of a Read, writes to dead links / nobody", dead, "<= 1.25", dead <= 1.25);
        double age = ratio(ageP99, Load.ALL);
        Report.verdict("p99 of the age, writes to all links / nobody", age, "<= 1.25", age <= 1.25);
        // Not a bar: 100 confirmed writes are 200 exchanges within a few ms on the cores that also answer the Reads.
        Report.line("p99 of a Read, writes to all links / nobody: %.2f".formatted(ratio(readP99, Load.ALL)));
        Report.verdict(
                "live setpoints not confirmed",
                unconfirmedLive.get(),
                "0",
                unconfirmedLive.get() == 0 && confirmedDead.get() == 0 && confirmed.get() > 0);
    }

    private static void add(Map<Load, List<Double>> rows, Load load, double value) {
        rows.computeIfAbsent(load, l -> new ArrayList<>()).add(value);
    }

    private static List<Double> of(Map<Load, List<Double>> rows, Load load) {
        return rows.getOrDefault(load, List.of());
    }

    private static double ratio(Map<Load, List<Double>> rows, Load load) {
        List<Double> calm = of(rows, Load.NOBODY);
        List<Double> busy = of(rows, load);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < calm.size(); i++) {
            ratios.add(busy.get(i) / calm.get(i));
        }
        return Report.median(ratios);
    }

    private void window(Client writer, Load load, long nanos) {
        reads = new Percentiles();
        ages = new Percentiles();
        long end = System.nanoTime() + nanos;
        List<CompletableFuture<?>> under = new ArrayList<>();
        for (int n = 1; System.nanoTime() < end; n++) {
            if (load != Load.NOBODY) {
                under.add(write(writer, load, n));
            }
            long next = Math.min(end, System.nanoTime() + EVERY_NANOS);
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
        CompletableFuture.allOf(under.toArray(CompletableFuture[]::new)).join();
    }

    private CompletableFuture<?> write(Client writer, Load load, int value) {
        List<NodeId> ids = new ArrayList<>();
        List<DataValue> values = new ArrayList<>();
        for (int link = load.first; link <= load.last; link++) {
            for (int p = 0; p < SETPOINTS; p++) {
                ids.add(id(link, p));
                values.add(DataValue.valueOnly(Variant.of(ushort(value & 0xFFFF))));
            }
        }
        return writer.milo.writeValuesAsync(ids, values).thenAccept(codes -> {
            for (int i = 0; i < codes.size(); i++) {
                StatusCode code = codes.get(i);
                boolean isLive = load.first + i / SETPOINTS <= LINKS;
                if (code.isGood()) {
                    (isLive ? confirmed : confirmedDead).incrementAndGet();
                } else if (isLive) {
                    unconfirmedLive.incrementAndGet();
                }
            }
        });
    }

    private void read(Client reader) {
        List<ReadValueId> ids = new ArrayList<>();
        for (int link = 1; link <= LINKS; link++) {
            for (int p = 0; p < SETPOINTS; p++) {
                ids.add(Client.value(id(link, p)));
            }
        }
        try {
            while (!isOver.get()) {
                long begun = System.nanoTime();
                DataValue[] values = reader.read(ids);
                reads.add((System.nanoTime() - begun) / 1_000);
                long now = UaTime.ofInstant(Instant.now());
                for (DataValue value : values) {
                    DateTime source = value.sourceTime();
                    if (source != null && value.statusCode().isGood()) {
                        ages.add((now - source.getUtcTime()) / 10);
                    }
                }
                LockSupport.parkNanos(1_000_000);
            }
        } catch (UaException e) {
            throw new IllegalStateException("a read failed", e);
        }
    }

    private static NodeId id(int link, int p) {
        return Client.id("drive-%02d/Setpoint%d".formatted(link, p));
    }

    private static Path plant(Path directory, int live, int blackHole) throws IOException {
        StringBuilder text = new StringBuilder(
                """
                uatwin: 1
                siteId: bench
                server: {host: localhost, port: 0, securityNone: true, anonymous: Operator, historyInMemory: 0 s}
                connections:
                  live-{01..%1$d}:
                    {host: 127.0.0.1, port: %2$d, pollGroups: {fast: 100 ms}, timeout: 1 s, devices: {drive: {unit: "{n}"}}}
                  silent-{01..%3$d}:
                    {host: 127.0.0.1, port: %2$d, pollGroups: {fast: 100 ms}, timeout: 1 s, devices: {drive: {unit: 100}}}
                  hole-{01..%3$d}:
                    {host: 127.0.0.1, port: %4$d, pollGroups: {fast: 100 ms}, timeout: 1 s, devices: {drive: {unit: 1}}}
                types:
                  Drive:
                    version: 1.0.0
                    points:
                """
                        .formatted(LINKS, live, LINKS / 2, blackHole));
        for (int p = 0; p < SETPOINTS; p++) {
            text.append("      Setpoint%d: {type: UInt16, writable: true}%n".formatted(p));
        }
        text.append(
                """
                twins:
                  - {ids: "drive-{01..%1$d}", type: Drive, device: "live-{n:02}/drive", points: &points {%5$s}}
                  - {ids: "drive-{%2$d..%3$d}", type: Drive, device: "silent-{n - %1$d:02}/drive", points: *points}
                  - {ids: "drive-{%4$d..%6$d}", type: Drive, device: "hole-{n - %3$d:02}/drive", points: *points}
                """
                        .formatted(LINKS, LINKS + 1, LINKS + LINKS / 2, LINKS + LINKS / 2 + 1, points(), 2 * LINKS));
        return Files.writeString(directory.resolve("writes.yaml"), text);
    }

    private static String points() {
        StringBuilder text = new StringBuilder();
        for (int p = 0; p < SETPOINTS; p++) {
            text.append(p == 0 ? "" : ", ").append("Setpoint%d: holding %d".formatted(p, p));
        }
        return text.toString();
    }
}
