package org.uatwin.benchmarks;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;

/**
 * What runs cost those who watch: the age of 10 000 values a second at a client's listener, with nothing else to do and with as many
 * simulations as the server takes of one user, turn by turn in the same processes. The publishing interval is the shortest there is,
 * so that it hides least.
 */
final class PublishTable {
    private static final int POINTS = 1_000;
    private static final int PUBLISHING_MS = 10;
    private static final int RUNS_OF_A_USER = 4;
    private static final double BAR = 1.2;
    private static final long WARM_UP_NANOS = 20_000_000_000L;
    private static final long LOOK_NANOS = 200_000_000L;
    private static final long SETTLE_NANOS = 1_000_000_000L;
    private static final long NANOS = 6_000_000_000L;
    private static final int TURNS = 9;
    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+UseSerialGC");
    private static final String LONG =
            "uatwin: 1\nhorizon: 500 h\nstep: 1 s\nreplicates: 1\nactions: [{set: ValvePosition, to: 70}]\n";

    private PublishTable() {}

    static void run(Path directory) throws IOException, UaException {
        try (ServerProcess uatwin = ServerProcess.start(
                        FLAGS,
                        PublishServer.class.getName(),
                        plant(directory).toString(),
                        directory.resolve("data").toString());
                Client client = Client.connect(uatwin.url());
                Client caller = Client.connect(uatwin.url())) {
            measure(client, caller);
        }
    }

    private static void measure(Client client, Client caller) throws UaException {
        Percentiles ages = new Percentiles();
        subscribe(client, ages);
        LatencyTable.pause(WARM_UP_NANOS / 2);
        List<String> warm = start(caller, RUNS_OF_A_USER); // the models' code as well
        LatencyTable.pause(WARM_UP_NANOS / 2);
        stop(caller, warm);
        List<Double> idle99 = new ArrayList<>();
        List<Double> busy99 = new ArrayList<>();
        List<Double> idle50 = new ArrayList<>();
        List<Double> busy50 = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            take(ages, idle50, idle99, LatencyTable::pause);
            List<String> runs = start(caller, RUNS_OF_A_USER);
            take(ages, busy50, busy99, nanos -> keepBusy(caller, runs, nanos));
            stop(caller, runs);
        }
        Report.row("values to a client, no runs, p50", "ms", idle50);
        Report.row("the same with %d runs".formatted(RUNS_OF_A_USER), "ms", busy50);
        Report.row("values to a client, no runs, p99", "ms", idle99);
        Report.row("the same with %d runs".formatted(RUNS_OF_A_USER), "ms", busy99);
        List<Double> ratios = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            ratios.add(busy99.get(turn) / idle99.get(turn));
        }
        double ratio = Report.row("p99 with runs, of that without, by turn", "", ratios);
        Report.verdict("p99 with runs, of that without", ratio, "< " + BAR, ratio < BAR);
    }

    private interface Wait {
        void pause(long nanos) throws UaException;
    }

    private static void take(Percentiles ages, List<Double> p50, List<Double> p99, Wait wait) throws UaException {
        wait.pause(SETTLE_NANOS);
        ages.clear();
        wait.pause(NANOS);
        p50.add(ages.ms(0.5));
        p99.add(ages.ms(0.99));
    }

    private static void subscribe(Client client, Percentiles ages) throws UaException {
        OpcUaSubscription subscription = new OpcUaSubscription(client.milo, PUBLISHING_MS);
        subscription.setSubscriptionListener(new AgeListener(ages));
        subscription.create();
        List<OpcUaMonitoredItem> items = new ArrayList<>();
        for (int p = 0; p < POINTS; p++) {
            OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(Client.id("probe-01/Value%03d".formatted(p)));
            item.setSamplingInterval(0);
            item.setQueueSize(uint(10));
            items.add(item);
        }
        subscription.addMonitoredItems(items);
        subscription.createMonitoredItems();
    }

    /** Waits, and puts a new run in the place of each that has ended: the pool is never idle. */
    private static void keepBusy(Client caller, List<String> ids, long nanos) throws UaException {
        long end = System.nanoTime() + nanos;
        while (end - System.nanoTime() > 0) {
            LatencyTable.pause(Math.min(LOOK_NANOS, Math.max(1, end - System.nanoTime())));
            for (String id : List.copyOf(ids)) {
                if (hasEnded(caller, id)) {
                    ids.remove(id);
                    ids.addAll(start(caller, 1));
                }
            }
        }
    }

    private static boolean hasEnded(Client caller, String id) throws UaException {
        Variant[] status = call(caller, "GetRunStatus", new Variant(id));
        return ((Number) Objects.requireNonNull(status[2].value())).intValue() > 1;
    }

    /** Starts long runs. */
    private static List<String> start(Client caller, int count) throws UaException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Variant[] outputs = call(
                    caller,
                    "Simulate",
                    new Variant(LONG),
                    new Variant(0.0),
                    new Variant(0.0),
                    new Variant(new String[0]),
                    new Variant(new Double[0]));
            if (!Boolean.TRUE.equals(outputs[0].value())) {
                throw new IllegalStateException("no run: " + outputs[1].value());
            }
            ids.add(String.valueOf(outputs[2].value()));
        }
        return ids;
    }

    /** Cancels what still runs. */
    private static void stop(Client caller, List<String> ids) throws UaException {
        for (String id : ids) {
            call(caller, "CancelRun", new Variant(id));
        }
    }

    private static Variant[] call(Client caller, String method, Variant... inputs) throws UaException {
        CallMethodResult[] results = caller.milo
                .call(List.of(
                        new CallMethodRequest(Client.id("pump-01"), Client.id("pump-01/MethodSet/" + method), inputs)))
                .getResults();
        Variant[] outputs = results == null ? null : results[0].getOutputArguments();
        if (outputs == null || outputs.length == 0) {
            throw new IllegalStateException(
                    method + " answered " + (results == null ? "nothing" : results[0].getStatusCode()));
        }
        return outputs;
    }

    private static Path plant(Path directory) throws IOException {
        StringBuilder text = new StringBuilder(
                """
                uatwin: 1
                siteId: bench
                server: {host: localhost, port: 0, securityNone: true, anonymous: Engineer, historyInMemory: 0 s}
                types:
                  Probe:
                    version: 1.0.0
                    points:
                """);
        for (int p = 0; p < POINTS; p++) {
            text.append("      Value%03d: {unit: bar, euRange: [0, 65535]}%n".formatted(p));
        }
        text.append(
                """
                twins:
                  - {id: pump-01, type: CentrifugalPump}
                  - {id: probe-01, type: Probe}
                """);
        return Files.writeString(directory.resolve("publish.yaml"), text);
    }
}
