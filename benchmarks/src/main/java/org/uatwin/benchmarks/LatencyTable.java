package org.uatwin.benchmarks;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.uatwin.plcadapters.device.VirtualModbusServer;

/**
 * How old a value is on its way: 10 links, each one request of 100 points every 100 ms, each point another value every
 * time. From the receipt of the answer to the last {@code DataItem.setValue}, and to the client's listener.
 */
final class LatencyTable {
    private static final int LINKS = 10;
    private static final int POINTS = 100;
    private static final int PUBLISHING_MS = 100;
    private static final long WARM_UP_NANOS = 15_000_000_000L;
    private static final long NANOS = 5_000_000_000L;
    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+UseSerialGC");

    private LatencyTable() {}

    static void run(Path directory) throws IOException, UaException, InterruptedException {
        AtomicBoolean isOver = new AtomicBoolean();
        try (VirtualModbusServer device = VirtualModbusServer.start(InetAddress.getLoopbackAddress(), 0)) {
            Thread changes = new Thread(() -> change(device, isOver), "changes");
            changes.start();
            try (ServerProcess uatwin = ServerProcess.start(
                            FLAGS,
                            LatencyServer.class.getName(),
                            plant(directory, device.port()).toString(),
                            directory.resolve("data").toString());
                    Client client = Client.connect(uatwin.url())) {
                measure(uatwin, client);
            }
            isOver.set(true);
            changes.join();
        }
    }

    private static void measure(ServerProcess uatwin, Client client) throws IOException, UaException {
        Percentiles atClient = new Percentiles();
        OpcUaSubscription subscription = new OpcUaSubscription(client.milo, PUBLISHING_MS);
        subscription.setSubscriptionListener(new AgeListener(atClient));
        subscription.create();
        List<OpcUaMonitoredItem> items = new ArrayList<>();
        for (int link = 1; link <= LINKS; link++) {
            for (int p = 0; p < POINTS; p++) {
                OpcUaMonitoredItem item =
                        OpcUaMonitoredItem.newDataItem(Client.id("probe-%02d/Value%02d".formatted(link, p)));
                item.setSamplingInterval(0);
                item.setQueueSize(uint(10));
                items.add(item);
            }
        }
        subscription.addMonitoredItems(items);
        subscription.createMonitoredItems();
        pause(WARM_UP_NANOS);
        List<Double> toItems50 = new ArrayList<>();
        List<Double> toItems99 = new ArrayList<>();
        List<Double> toClient50 = new ArrayList<>();
        List<Double> toClient99 = new ArrayList<>();
        for (int run = 0; run < Report.RUNS; run++) {
            atClient.clear();
            uatwin.tell("begin");
            pause(NANOS);
            toItems50.add(uatwin.ask("p50"));
            toItems99.add(uatwin.ask("p99"));
            toClient50.add(atClient.ms(0.5));
            toClient99.add(atClient.ms(0.99));
            Report.line("  run %d: %.0f batches, %d notifications"
                    .formatted(run + 1, uatwin.ask("count"), atClient.count()));
        }
        Report.row("answer to DataItem.setValue, p50", "ms", toItems50);
        double items99 = Report.row("answer to DataItem.setValue, p99", "ms", toItems99);
        Report.row("answer to the client's listener, p50", "ms", toClient50);
        double client99 = Report.row("answer to the client's listener, p99", "ms", toClient99);
        Report.verdict("answer to DataItem.setValue, p99, ms", items99, "<= 2", items99 <= 2);
        int bar = PUBLISHING_MS + 10;
        Report.verdict("answer to the client, p99, ms", client99, "<= publishing + 10 = " + bar, client99 <= bar);
    }

    /** Every register another value every 20 ms. */
    private static void change(VirtualModbusServer device, AtomicBoolean isOver) {
        int[] registers = new int[POINTS];
        for (int round = 1; !isOver.get(); round++) {
            java.util.Arrays.fill(registers, round & 0x7FFF);
            for (int link = 1; link <= LINKS; link++) {
                device.unit(link).setInput(0, registers);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Waits so long. */
    static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static Path plant(Path directory, int port) throws IOException {
        StringBuilder text = new StringBuilder(
                """
                uatwin: 1
                siteId: bench
                server: {host: localhost, port: 0, securityNone: true, anonymous: Observer, historyInMemory: 0 s}
                connections:
                  line-{01..%02d}:
                    host: 127.0.0.1
                    port: %d
                    pollGroups: {fast: 100 ms}
                    devices:
                      plc: {unit: "{n}"}
                types:
                  Probe:
                    version: 1.0.0
                    points:
                """
                        .formatted(LINKS, port));
        for (int p = 0; p < POINTS; p++) {
            text.append("      Value%02d: {name: Value, unit: bar, euRange: [0, 65535]}%n".formatted(p));
        }
        text.append(
                """
                twins:
                  - ids: probe-{01..%02d}
                    type: Probe
                    device: line-{n:02}/plc
                    points:
                """
                        .formatted(LINKS));
        for (int p = 0; p < POINTS; p++) {
            text.append("      Value%02d: input %d%n".formatted(p, p));
        }
        return Files.writeString(directory.resolve("latency.yaml"), text);
    }
}
