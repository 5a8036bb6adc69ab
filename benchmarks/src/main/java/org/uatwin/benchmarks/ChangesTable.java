package org.uatwin.benchmarks;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;

/**
 * Changes to one client: 10 000 points, each changed 5 or 10 times a second to 1, 2, 3 ... The product's items have
 * samplingInterval 0, the peer's as many samples a second as there are changes; queues hold 100 values. The publishing
 * interval is a SCADA's usual 1 s, and 100 ms.
 */
final class ChangesTable {
    private static final int POINTS = 10_000;
    private static final int SECONDS = 10;
    private static final int QUEUE = 100;
    private static final int WARM_UP = 5; // runs until the compiler has done most of its work
    private static final long OVERFLOW = 0x480;
    private static final List<String> FLAGS = List.of("-Xmx1g", "-XX:+UseSerialGC");

    private ChangesTable() {}

    static void run(Path directory) throws IOException, UaException {
        table(directory, 50_000, 1000);
        table(directory, 100_000, 1000);
        table(directory, 50_000, 100);
    }

    private static void table(Path directory, int rate, double publishing) throws IOException, UaException {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        long lost = 0;
        Path plant = Plants.write(directory, POINTS, false);
        try (ServerProcess uatwin = Main.product(directory, FLAGS, plant, rate);
                ServerProcess milo = Main.peer(directory, FLAGS, POINTS, rate)) {
            double sampling = 1000.0 * POINTS / rate;
            for (int run = 0; run < WARM_UP; run++) {
                new Watch(uatwin, Plants::id, 0, rate, publishing).measure();
                new Watch(milo, i -> "n" + i, sampling, rate, publishing).measure();
            }
            for (int run = 0; run < Report.RUNS; run++) {
                Watch a = new Watch(uatwin, Plants::id, 0, rate, publishing);
                ours.add(a.measure());
                lost += a.missing();
                a.report("uatwin", rate);
                Watch b = new Watch(milo, i -> "n" + i, sampling, rate, publishing);
                theirs.add(b.measure());
                b.report("bare Milo", rate);
            }
        }
        String at = "at %d/s, published every %.0f ms".formatted(rate, publishing);
        double a = Report.row("uatwin " + at + ", server CPU", "us/notif.", ours);
        double b = Report.row("bare Milo " + at + ", server CPU", "us/notif.", theirs);
        Report.verdict("changes lost " + at, (double) lost, "0", lost == 0);
        Report.verdict("CPU a notification, uatwin / bare Milo, " + at, a / b, "<= 0.333", a <= b / 3);
    }

    /** One subscription to all points for one feed. */
    private static final class Watch implements OpcUaSubscription.SubscriptionListener {
        private final ServerProcess server;
        private final IntFunction<String> id;
        private final double sampling;
        private final int rounds;
        private final double publishing;
        private final int[] last = new int[POINTS]; // owned by the client's delivery thread
        private final AtomicLong first = new AtomicLong();
        private final AtomicLong received = new AtomicLong();
        private final AtomicLong gaps = new AtomicLong();
        private final AtomicLong overflows = new AtomicLong();
        private final AtomicLong repeated =
                new AtomicLong(); // Milo's client delivers again what its threads turn around
        private volatile double fedSeconds;

        Watch(ServerProcess server, IntFunction<String> id, double sampling, int rate, double publishing) {
            this.server = server;
            this.id = id;
            this.sampling = sampling;
            this.rounds = SECONDS * rate / POINTS;
            this.publishing = publishing;
        }

        /** Server CPU a notification, in us. */
        double measure() throws IOException, UaException {
            try (Client client = Client.connect(server.url())) {
                OpcUaSubscription subscription = new OpcUaSubscription(client.milo, publishing);
                subscription.setSubscriptionListener(this);
                subscription.create();
                List<OpcUaMonitoredItem> items = new ArrayList<>();
                for (int i = 0; i < POINTS; i++) {
                    OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(Client.id(id.apply(i)));
                    item.setSamplingInterval(sampling);
                    item.setQueueSize(uint(QUEUE));
                    item.setUserObject(i);
                    items.add(item);
                }
                subscription.addMonitoredItems(items);
                subscription.createMonitoredItems();
                waitFor(first, POINTS);
                received.set(0);
                gaps.set(0);
                double before = server.ask("cpu");
                fedSeconds = server.ask("feed " + rounds);
                waitFor(received, (long) rounds * POINTS);
                double used = server.ask("cpu") - before;
                subscription.delete();
                return used / 1e3 / Math.max(1, received.get());
            }
        }

        /** Until there are that many, or none came for 3 s. */
        private static void waitFor(AtomicLong counter, long wanted) {
            long seen = -1;
            long quietSince = System.nanoTime();
            while (counter.get() < wanted && System.nanoTime() - quietSince < TimeUnit.SECONDS.toNanos(3)) {
                if (counter.get() != seen) {
                    seen = counter.get();
                    quietSince = System.nanoTime();
                }
                LockSupport.parkNanos(1_000_000);
            }
        }

        @Override
        public void onDataReceived(
                OpcUaSubscription subscription, List<OpcUaMonitoredItem> items, List<DataValue> values) {
            for (int k = 0; k < values.size(); k++) {
                int i = (Integer) items.get(k).getUserObject().orElseThrow();
                DataValue value = values.get(k);
                int number = value.value().value() instanceof Double d ? d.intValue() : 0;
                if (first.get() < POINTS) {
                    first.incrementAndGet(); // the value before the feed
                    last[i] = 0;
                    continue;
                }
                if (number <= last[i]) {
                    repeated.incrementAndGet();
                    continue;
                }
                received.incrementAndGet();
                if (number != last[i] + 1) {
                    gaps.incrementAndGet();
                }
                if ((value.statusCode().value() & OVERFLOW) == OVERFLOW) {
                    overflows.incrementAndGet();
                }
                last[i] = number;
            }
        }

        long missing() {
            return (long) rounds * POINTS - received.get() + gaps.get() + overflows.get();
        }

        void report(String name, int rate) {
            Report.line("  %-10s %d/s: sent %d in %.1f s, received %d, gaps %d, overflows %d, repeated by the client %d"
                    .formatted(
                            name,
                            rate,
                            (long) rounds * POINTS,
                            fedSeconds,
                            received.get(),
                            gaps.get(),
                            overflows.get(),
                            repeated.get()));
        }
    }
}
