package org.uatwin.plcadapters.opcua;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OperationLimits;
import org.eclipse.milo.opcua.sdk.client.subscriptions.MonitoredItemServiceOperationResult;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.util.Unit;

/** The subscription of a session. Its listener runs on Milo's threads and only hands on. */
final class UpstreamSubscription implements OpcUaSubscription.SubscriptionListener {
    /** Part 4, 5.13.2: the lifetime is at least three keep-alives; more, so that a short outage does not end it. */
    private static final int LIFETIME_KEEP_ALIVES = 10;

    private static final UInteger ITEMS_AT_ONCE = UInteger.valueOf(1_000);

    private final UpstreamSession session;
    private final OpcUaClient client;
    private final UpstreamSettings settings;
    private final Consumer<UpstreamEvent> events;
    private final OpcUaSubscription subscription;

    UpstreamSubscription(
            UpstreamSession session, OpcUaClient client, UpstreamSettings settings, Consumer<UpstreamEvent> events) {
        this.session = session;
        this.client = client;
        this.settings = settings;
        this.events = events;
        double intervalMs = settings.publishingInterval().toNanos() / 1e6;
        subscription = new OpcUaSubscription(client, intervalMs);
        long keepAlives = Math.max(1, (long) Math.ceil(settings.keepAlive().toNanos() / 1e6 / intervalMs));
        subscription.setMaxKeepAliveCount(UInteger.valueOf(keepAlives));
        subscription.setLifetimeCount(UInteger.valueOf(keepAlives * LIFETIME_KEEP_ALIVES));
        subscription.setMaxMonitoredItemsPerCall(ITEMS_AT_ONCE);
        subscription.setSubscriptionListener(this);
    }

    CompletionStage<Unit> create() {
        return subscription.createAsync();
    }

    OperationLimits limits() throws UpstreamException {
        try {
            return client.getOperationLimits();
        } catch (UaException e) {
            throw new UpstreamException("reading the OperationLimits: " + Waiter.reason(e), e);
        }
    }

    /** Creates items for these points, in as many requests as the server's limits ask for; blocks for their timeouts at most. */
    List<StatusCode> add(List<MonitoredPoint> points) {
        List<OpcUaMonitoredItem> items =
                points.stream().map(p -> p.item(settings)).toList();
        subscription.addMonitoredItems(items);
        List<MonitoredItemServiceOperationResult> results = subscription.createMonitoredItems();
        List<StatusCode> codes = new ArrayList<>(items.size());
        List<OpcUaMonitoredItem> failed = new ArrayList<>();
        for (OpcUaMonitoredItem item : items) {
            StatusCode code = item.getCreateResult().orElseGet(() -> serviceResult(results, item));
            codes.add(code);
            if (code.isBad()) {
                failed.add(item);
            }
        }
        subscription.removeMonitoredItems(failed);
        return codes;
    }

    /** Ends the items of these points; blocks for the timeout at most. */
    void remove(Set<MonitoredPoint> points) {
        List<OpcUaMonitoredItem> items = subscription.getMonitoredItems().stream()
                .filter(item -> MonitoredPoint.of(item).filter(points::contains).isPresent())
                .toList();
        subscription.removeMonitoredItems(items);
        List<MonitoredItemServiceOperationResult> unused =
                subscription.deleteMonitoredItems(); // what stays is not listened to
    }

    private static StatusCode serviceResult(
            List<MonitoredItemServiceOperationResult> results, OpcUaMonitoredItem item) {
        return results.stream()
                .filter(r -> r.monitoredItem() == item)
                .map(MonitoredItemServiceOperationResult::serviceResult)
                .findFirst()
                .orElse(StatusCode.BAD);
    }

    Duration agreedKeepAlive() {
        double interval = subscription.getRevisedPublishingInterval().orElse(0.0);
        long count = subscription
                .getRevisedMaxKeepAliveCount()
                .map(UInteger::longValue)
                .orElse(1L);
        Duration agreed = Duration.ofNanos((long) (interval * count * 1e6));
        return agreed.compareTo(settings.keepAlive()) > 0 ? agreed : settings.keepAlive();
    }

    /** Stops its timers; the session takes the subscription with it. */
    void forget() {
        subscription.setSubscriptionListener(null);
        subscription.reset();
    }

    private void tell(UpstreamEvent.Kind kind, String text) {
        events.accept(UpstreamEvent.of(session, kind, text));
    }

    @Override
    public void onDataReceived(OpcUaSubscription from, List<OpcUaMonitoredItem> items, List<DataValue> values) {
        List<MonitoredPoint> points = new ArrayList<>(items.size());
        items.forEach(item -> MonitoredPoint.of(item).ifPresent(points::add));
        events.accept(new UpstreamEvent(session, UpstreamEvent.Kind.DATA, points, values, ""));
    }

    @Override
    public void onKeepAliveReceived(OpcUaSubscription from) {
        tell(UpstreamEvent.Kind.ALIVE, "");
    }

    @Override
    public void onStatusChanged(OpcUaSubscription from, StatusCode status) {
        tell(UpstreamEvent.Kind.LOST, "the server ended the subscription: " + Waiter.name(status));
    }

    @Override
    public void onTransferFailed(OpcUaSubscription from, StatusCode status) {
        tell(UpstreamEvent.Kind.LOST, "the server does not know the subscription any more: " + Waiter.name(status));
    }
}
