package org.uatwin.server.service;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.List;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.items.BaseMonitoredItem;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.AccessController.AccessResult;
import org.eclipse.milo.opcua.sdk.server.subscriptions.Subscription;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemModifyResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.access.Permission;
import org.uatwin.server.access.TwinAccessController;
import org.uatwin.server.event.CheckedEventFilter;
import org.uatwin.server.event.EventHub;
import org.uatwin.server.event.TwinEventItem;

/** Creates and changes event monitored items, which get their events from the {@link EventHub}. */
final class EventItems {
    private static final int SUBSCRIBE_TO_EVENTS = 1;
    private static final UInteger DEFAULT_QUEUE = uint(1_000);

    private final TwinServer server;
    private final ServerLimits limits;
    private final TwinAccessController access;
    private final References references;
    private final EventHub hub;

    EventItems(
            TwinServer server, ServerLimits limits, TwinAccessController access, References references, EventHub hub) {
        this.server = server;
        this.limits = limits;
        this.access = access;
        this.references = references;
        this.hub = hub;
    }

    MonitoredItemCreateResult create(
            Session session, Subscription subscription, TimestampsToReturn timestamps, MonitoredItemCreateRequest item)
            throws UaException {
        ReadValueId id = item.getItemToMonitor();
        requireNotifier(session, id);
        if (item.getMonitoringMode() == null) {
            throw new UaException(StatusCodes.Bad_MonitoringModeInvalid);
        }
        MonitoringParameters parameters = item.getRequestedParameters();
        CheckedEventFilter filter = check(parameters.getFilter());
        if (!filter.isAccepted()) {
            return new MonitoredItemCreateResult(
                    new StatusCode(StatusCodes.Bad_EventFilterInvalid), uint(0), 0.0, uint(0), encoded(filter));
        }
        TwinEventItem created = new TwinEventItem(
                server,
                session,
                uint(subscription.nextItemId()),
                subscription.getId(),
                id,
                item.getMonitoringMode(),
                timestamps,
                parameters,
                queueSize(parameters.getQueueSize()),
                filter,
                hub);
        subscription.addMonitoredItems(List.of(created));
        server.getMonitoredItemCount().incrementAndGet();
        hub.register(created);
        server.getAddressSpaceManager().onEventItemsCreated(List.of(created));
        return new MonitoredItemCreateResult(
                StatusCode.GOOD, created.getId(), 0.0, uint(created.getQueueSize()), created.getFilterResult());
    }

    private void requireNotifier(Session session, ReadValueId id) throws UaException {
        if (Requests.isNull(id.getNodeId())) {
            throw new UaException(StatusCodes.Bad_NodeIdInvalid);
        }
        List<@Nullable Object> attributes = references.attributes(
                session, List.of(id.getNodeId()), AttributeId.NodeClass, AttributeId.EventNotifier);
        if (!(attributes.get(0) instanceof NodeClass)) {
            throw new UaException(StatusCodes.Bad_NodeIdUnknown);
        }
        if (!(attributes.get(1) instanceof UByte notifier) || (notifier.intValue() & SUBSCRIBE_TO_EVENTS) == 0) {
            throw new UaException(StatusCodes.Bad_AttributeIdInvalid);
        }
        if (Requests.isGiven(id.getDataEncoding())) {
            throw new UaException(StatusCodes.Bad_DataEncodingInvalid);
        }
        NodeId nodeId = id.getNodeId();
        if (access.checkPermission(session, nodeId, Permission.RECEIVE_EVENTS) instanceof AccessResult.Denied denied) {
            throw new UaException(denied.statusCode());
        }
    }

    private CheckedEventFilter check(@Nullable ExtensionObject filter) throws UaException {
        if (filter == null || filter.isNull()) {
            throw new UaException(StatusCodes.Bad_EventFilterInvalid);
        }
        Object decoded = decode(server, filter);
        if (!(decoded instanceof EventFilter eventFilter)) {
            throw new UaException(StatusCodes.Bad_FilterNotAllowed);
        }
        if (eventFilter.getSelectClauses() == null || eventFilter.getSelectClauses().length == 0) {
            throw new UaException(StatusCodes.Bad_EventFilterInvalid);
        }
        return CheckedEventFilter.of(server, eventFilter);
    }

    MonitoredItemModifyResult modify(
            BaseMonitoredItem<?> item, TimestampsToReturn timestamps, MonitoringParameters parameters)
            throws UaException {
        if (!(item instanceof TwinEventItem event)) {
            throw new UaException(StatusCodes.Bad_MonitoredItemIdInvalid);
        }
        CheckedEventFilter filter = check(parameters.getFilter());
        if (!filter.isAccepted()) {
            return new MonitoredItemModifyResult(
                    new StatusCode(StatusCodes.Bad_EventFilterInvalid), 0.0, uint(0), encoded(filter));
        }
        event.change(timestamps, parameters, queueSize(parameters.getQueueSize()), filter);
        return new MonitoredItemModifyResult(StatusCode.GOOD, 0.0, uint(event.getQueueSize()), event.getFilterResult());
    }

    void deleted(BaseMonitoredItem<?> item) {
        if (item instanceof TwinEventItem event) {
            hub.unregister(event);
        }
    }

    /** 0 asks for the server's default (Part 4, 5.13.1.5). */
    private UInteger queueSize(UInteger requested) {
        long asked = requested.longValue();
        return asked == 0 ? DEFAULT_QUEUE : uint(Math.min(asked, limits.monitoredItemQueue()));
    }

    private ExtensionObject encoded(CheckedEventFilter filter) {
        return ExtensionObject.encode(server.getStaticEncodingContext(), filter.result());
    }

    /** The filter in the request; one that cannot be decoded is Bad_MonitoredItemFilterInvalid. */
    static Object decode(TwinServer server, ExtensionObject filter) throws UaException {
        try {
            return filter.decode(server.getStaticEncodingContext());
        } catch (RuntimeException | StackOverflowError e) {
            throw new UaException(StatusCodes.Bad_MonitoredItemFilterInvalid, e);
        }
    }
}
