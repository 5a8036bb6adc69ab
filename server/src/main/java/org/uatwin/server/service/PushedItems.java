package org.uatwin.server.service;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.List;
import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.server.AddressSpace.RevisedDataItemParameters;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredDataItem;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.AccessController.AccessResult;
import org.eclipse.milo.opcua.sdk.server.subscriptions.Subscription;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;

/** Makes the monitored items of nodes that bring their own kind of item ({@link PushedNodes#itemsOf}). */
final class PushedItems {
    private final TwinServer server;

    PushedItems(TwinServer server) {
        this.server = server;
    }

    /** What makes the item that is asked for; null if Milo does. */
    @Nullable
    Function<NewItem, MonitoredDataItem> makerFor(MonitoredItemCreateRequest request) {
        ReadValueId id = request.getItemToMonitor();
        boolean isWhole = AttributeId.Value.uid().equals(id.getAttributeId())
                && !IndexRange.isGiven(id.getIndexRange())
                && !Requests.isGiven(id.getDataEncoding());
        return isWhole ? server.ports().pushed().itemsOf(id.getNodeId()) : null;
    }

    /**
     * Makes an item that the client does not see yet.
     *
     * @param request checked, its filter rewritten.
     * @throws UaException if the session may not read the node.
     */
    MonitoredDataItem make(
            Session session,
            Subscription subscription,
            TimestampsToReturn timestamps,
            MonitoredItemCreateRequest request,
            Function<NewItem, MonitoredDataItem> maker)
            throws UaException {
        ReadValueId id = request.getItemToMonitor();
        if (server.access().checkRead(session, id.getNodeId(), id.getAttributeId())
                instanceof AccessResult.Denied denied) {
            throw new UaException(denied.statusCode());
        }
        MonitoringParameters parameters = request.getRequestedParameters();
        ExtensionObject filter = parameters.getFilter();
        DataChangeFilter change = filter == null || filter.isNull()
                ? MonitoredDataItem.DEFAULT_FILTER
                : (DataChangeFilter) EventItems.decode(server, filter);
        double wanted = parameters.getSamplingInterval();
        RevisedDataItemParameters revised = server.getAddressSpaceManager()
                .onCreateDataItem(
                        id, wanted < 0 ? subscription.getPublishingInterval() : wanted, parameters.getQueueSize());
        MonitoredDataItem item = maker.apply(new NewItem(
                server,
                session,
                uint(subscription.nextItemId()),
                subscription.getId(),
                id,
                request.getMonitoringMode(),
                timestamps,
                parameters.getClientHandle(),
                revised.revisedSamplingInterval(),
                revised.revisedQueueSize(),
                parameters.getDiscardOldest(),
                () -> subscription
                        .getSubscriptionDiagnostics()
                        .getMonitoringQueueOverflowCount()
                        .increment()));
        item.installFilter(change);
        return item;
    }

    /** Adds items to their subscription and lets their values come. */
    void begin(Subscription subscription, List<MonitoredDataItem> items) {
        subscription.addMonitoredItems(List.copyOf(items));
        items.forEach(item -> server.getMonitoredItemCount().incrementAndGet());
        server.getAddressSpaceManager().onDataItemsCreated(List.copyOf(items));
    }
}
