package org.uatwin.server.cli.client;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code uatwin client watch}. */
@Command(
        name = "watch",
        description = "Print values as they change, until Ctrl-C.",
        customSynopsis = "uatwin client watch [OPTIONS] [ENDPOINT] NODE...",
        footer = {"", "With --json one document per line.", "Example: uatwin client watch pump-01/Flow --for 10s"})
final class WatchCommand extends ClientAction {
    private static final int QUEUE = 10_000;

    @Option(names = "--for", paramLabel = "TIME", description = "End after this time, for example 10s, 5m, 1h.")
    private @Nullable String time;

    @Option(names = "--count", paramLabel = "N", description = "End after N lines.")
    private @Nullable Integer count;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "0ms",
            description = "Sampling interval; 0ms is every sample the server takes. Default: ${DEFAULT-VALUE}.")
    private String interval = "0ms";

    @Override
    void check(List<String> arguments) {
        needs(arguments, 1, Integer.MAX_VALUE, "NODE");
        Durations.parse("--interval", interval);
        if (time != null) {
            Durations.parse("--for", time);
        }
        if (count != null && count < 1) {
            throw usage("--count must be 1 or more: " + count);
        }
    }

    private record Change(Nodes.Target target, String unit, DataValue value) {}

    @Override
    int run(Session session, List<String> arguments) {
        List<Nodes.Target> targets =
                arguments.stream().map(session.nodes()::target).toList();
        List<String> units =
                session.nodes().units(targets.stream().map(Nodes.Target::nodeId).toList());
        // Filled by Milo's notification thread, emptied here; when the terminal is too slow the newest are dropped.
        BlockingQueue<Change> changes = new ArrayBlockingQueue<>(QUEUE);
        AtomicLong dropped = new AtomicLong();
        double sampling = Durations.parse("--interval", interval).toNanos() / 1e6;
        OpcUaSubscription subscription =
                new OpcUaSubscription(session.connection().client(), Math.max(100, Math.min(sampling, 1_000)));
        List<OpcUaMonitoredItem> items = new ArrayList<>();
        try {
            subscription.create();
            for (int i = 0; i < targets.size(); i++) {
                Nodes.Target target = targets.get(i);
                String unit = units.get(i);
                OpcUaMonitoredItem item = new OpcUaMonitoredItem(target.value());
                item.setSamplingInterval(sampling);
                item.setQueueSize(uint(1_000));
                item.setDataValueListener((watched, value) -> {
                    if (!changes.offer(new Change(target, unit, value))) {
                        dropped.incrementAndGet();
                    }
                });
                items.add(item);
            }
            subscription.addMonitoredItems(items);
            subscription.createMonitoredItems();
        } catch (UaException e) {
            throw Nodes.failure("cannot subscribe", e);
        }
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            OpcUaMonitoredItem item = items.get(i);
            String name = targets.get(i).name();
            item.getCreateResult()
                    .filter(status -> status.isBad())
                    .ifPresent(status -> refused.add("%s: %s".formatted(name, Values.statusName(status))));
        }
        if (!refused.isEmpty()) {
            throw new CliException(Exit.FAILED, String.join("\n", refused));
        }
        return print(session, changes, dropped);
    }

    private int print(Session session, BlockingQueue<Change> changes, AtomicLong dropped) {
        long end = time == null
                ? Long.MAX_VALUE
                : System.nanoTime() + Durations.parse("--for", time).toNanos();
        int left = count == null ? Integer.MAX_VALUE : count;
        int width = 0;
        try {
            while (left > 0) {
                long wait = end == Long.MAX_VALUE ? Duration.ofSeconds(1).toNanos() : end - System.nanoTime();
                if (wait <= 0) {
                    break;
                }
                Change change = changes.poll(wait, TimeUnit.NANOSECONDS);
                if (change == null) {
                    continue;
                }
                left--;
                if (session.isJson()) {
                    session.out()
                            .println(Json.line(
                                    ReadCommand.json(session, change.target(), change.value(), change.unit())));
                    continue;
                }
                width = Math.max(width, change.target().name().length());
                String value = session.values().text(change.value().getValue().getValue());
                session.out()
                        .println(("%s  %-" + width + "s  %s %s  %s")
                                .formatted(
                                        session.values().time(change.value().getSourceTime()),
                                        change.target().name(),
                                        value,
                                        change.unit(),
                                        change.value().getStatusCode().isGood()
                                                ? ""
                                                : Values.statusName(
                                                        change.value().getStatusCode()))
                                .stripTrailing());
                long lost = dropped.getAndSet(0);
                if (lost > 0) {
                    session.out().println("# %d values came faster than they could be printed".formatted(lost));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Exit.OK;
    }
}
