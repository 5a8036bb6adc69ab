package org.uatwin.server.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredEventItem;
import org.eclipse.milo.opcua.sdk.server.model.objects.BaseEventTypeNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/**
 * An event monitored item fed with fields, not with nodes. Milo's queue and notifications are used; its filter, its
 * where-clause and its overflow event (one node each time) are not.
 */
public final class TwinEventItem extends MonitoredEventItem {
    private final EventHub hub;
    private volatile CheckedEventFilter checked;
    private boolean hasOverflow; // guarded by this

    public TwinEventItem(
            OpcUaServer server,
            Session session,
            UInteger id,
            UInteger subscriptionId,
            ReadValueId readValueId,
            MonitoringMode monitoringMode,
            TimestampsToReturn timestamps,
            MonitoringParameters parameters,
            UInteger queueSize,
            CheckedEventFilter filter,
            EventHub hub) {
        super(
                server,
                session,
                id,
                subscriptionId,
                readValueId,
                monitoringMode,
                timestamps,
                parameters.getClientHandle(),
                0.0,
                queueSize,
                !Boolean.FALSE.equals(parameters.getDiscardOldest()));
        this.checked = filter;
        this.hub = hub;
    }

    CheckedEventFilter filter() {
        return checked;
    }

    /** ModifyMonitoredItems; the filter was checked before. */
    public synchronized void change(
            TimestampsToReturn timestampsToReturn,
            MonitoringParameters parameters,
            UInteger newQueueSize,
            CheckedEventFilter filter) {
        checked = filter;
        timestamps = timestampsToReturn;
        clientHandle = parameters.getClientHandle().longValue();
        discardOldest = !Boolean.FALSE.equals(parameters.getDiscardOldest());
        if (newQueueSize.longValue() != queueSize) {
            List<Variant[]> kept = new ArrayList<>();
            while (!queue.isEmpty()) {
                kept.add(queue.remove());
            }
            setQueueSize(newQueueSize);
            queue = new org.eclipse.milo.opcua.sdk.server.util.RingBuffer<>(queueSize);
            kept.forEach(this::enqueue);
        }
    }

    /** Puts the fields of one event into the queue. */
    synchronized void deliver(Variant[] fields) {
        enqueue(fields);
    }

    /** An event made by Milo's own code (its condition refresh); its fields are copied from the node. */
    @Override
    public void onEvent(BaseEventTypeNode eventNode) {
        hub.deliverNode(this, eventNode);
    }

    @Override
    protected synchronized void enqueue(Variant[] fields) {
        if (queue.size() < queue.maxSize()) {
            queue.add(fields);
            return;
        }
        hasOverflow |= getQueueSize() > 1;
        hub.eventLost();
        if (discardOldest) {
            queue.add(fields);
        } else {
            queue.set(queue.maxSize() - 1, fields);
        }
    }

    /** Lost events are told by one EventQueueOverflowEvent at the end where they were lost (Part 4, 7.22.3). */
    @Override
    public synchronized boolean getNotifications(List<UaStructuredType> notifications, int max) {
        boolean tell = hasOverflow;
        hasOverflow = false;
        if (tell && discardOldest) {
            notifications.add(wrapQueueValue(overflowFields()));
        }
        boolean isEmpty = super.getNotifications(notifications, max);
        if (tell && !discardOldest) {
            notifications.add(wrapQueueValue(overflowFields()));
        }
        return isEmpty;
    }

    private Variant[] overflowFields() {
        EventRecord overflow = EventRecord.of(NodeIds.EventQueueOverflowEventType, NodeIds.Server, "Server")
                .message(LocalizedText.english("Events were lost because the queue of the monitored item was full"))
                .severity(500)
                .build();
        return CheckedEventFilter.select(checked.selectClauses(), overflow, hub::isSubtype);
    }

    @Override
    public ExtensionObject getFilterResult() {
        return ExtensionObject.encode(Objects.requireNonNull(server).getStaticEncodingContext(), checked.result());
    }

    /** Milo never gets here: the filter comes with the constructor and {@link #change}. */
    @Override
    public void installFilter(MonitoringFilter filter) {
        throw new IllegalStateException("the filter of an event item is changed with change()");
    }
}
