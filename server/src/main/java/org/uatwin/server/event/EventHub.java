package org.uatwin.server.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.sdk.core.nodes.VariableNode;
import org.eclipse.milo.opcua.sdk.server.EventListener;
import org.eclipse.milo.opcua.sdk.server.EventNotifier;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.model.objects.BaseEventTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.subscriptions.Subscription;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.server.access.Permission;
import org.uatwin.server.access.PermissionClass;
import org.uatwin.server.access.TwinAccessController;

/**
 * Where events are raised and from where the event monitored items get them. {@link #raise} returns when the fields are in
 * the queues; it may be called from any thread and never blocks on a client.
 */
public final class EventHub implements EventNotifier {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);

    private final OpcUaServer server;
    private final TwinAccessController access;
    private final Supplier<NotifierTree> tree;
    private final EventTypes types;
    private final CopyOnWriteArrayList<TwinEventItem> items = new CopyOnWriteArrayList<>();
    private final List<EventSink> sinks = new CopyOnWriteArrayList<>();
    private final Map<TypePair, Boolean> subtypes = new ConcurrentHashMap<>();

    private final LongAdder selections = new LongAdder();
    private final LongAdder lost = new LongAdder();

    private record TypePair(NodeId type, NodeId superType) {}

    /** Gets every event, whoever may receive it: the alarm log, the audit file, event history. */
    @FunctionalInterface
    public interface EventSink {
        void onEvent(EventRecord event);
    }

    public EventHub(OpcUaServer server, TwinAccessController access, Supplier<NotifierTree> tree) {
        this.server = server;
        this.access = access;
        this.tree = tree;
        this.types = new EventTypes(server);
    }

    public void addSink(EventSink sink) {
        sinks.add(sink);
    }

    /** Whether anybody would notice an event of this class; spares the making of events nobody hears. */
    public boolean hasListeners() {
        return !items.isEmpty() || !sinks.isEmpty();
    }

    /** How often select clauses have been evaluated: once per event and distinct list of clauses, however many items. */
    public long selections() {
        return selections.sum();
    }

    /** Events discarded because the queue of a monitored item was full. */
    public long lost() {
        return lost.sum();
    }

    void eventLost() {
        lost.increment();
    }

    /** The event types have changed: forget what was derived from them. */
    public void typesChanged() {
        subtypes.clear();
    }

    boolean isSubtype(NodeId type, NodeId superType) {
        return subtypes.computeIfAbsent(
                new TypePair(type, superType), pair -> types.isSubtype(pair.type(), pair.superType()));
    }

    /** Delivers one event to every item that may see it and whose filter lets it through. */
    public void raise(EventRecord event) {
        for (EventSink sink : sinks) {
            try {
                sink.onEvent(event);
            } catch (RuntimeException e) {
                LOG.warn("event sink {} failed for {}", sink, event, e);
            }
        }
        Map<List<SelectClause>, Variant[]> selected = new HashMap<>();
        Map<Session, Boolean> allowed = new HashMap<>();
        BiPredicate<NodeId, NodeId> isSubtype = this::isSubtype;
        for (TwinEventItem item : items) {
            if (!item.isSamplingEnabled()
                    || !NotifierTree.delivers(tree.get(), item.getReadValueId().getNodeId(), event.sourceNode())) {
                continue;
            }
            if (isOrphan(item)) {
                items.remove(item);
                continue;
            }
            if (allowed.computeIfAbsent(item.getSession(), session -> mayReceive(session, event))
                    && item.filter().where().matches(event, isSubtype)) {
                item.deliver(selected.computeIfAbsent(item.filter().selectClauses(), clauses -> {
                    selections.increment();
                    return CheckedEventFilter.select(clauses, event, isSubtype);
                }));
            }
        }
    }

    /** Events with an audience beyond the public need ReceiveEvents on it as well as on their source. */
    private boolean mayReceive(Session session, EventRecord event) {
        boolean ofAudience = event.audience() == PermissionClass.SERVER_PUBLIC
                || (access.permissions(session, event.audience()) & Permission.RECEIVE_EVENTS) != 0;
        return ofAudience
                && event.isFor(session)
                && (event.audience() == PermissionClass.AUDIT
                        || access.checkPermission(session, event.sourceNode(), Permission.RECEIVE_EVENTS)
                                .isAllowed());
    }

    /** Subscriptions end in several places of Milo; an item whose subscription is gone is nobody's. */
    private boolean isOrphan(TwinEventItem item) {
        Subscription subscription = server.getSubscriptions().get(item.getSubscriptionId());
        return subscription == null || subscription.getMonitoredItems().get(item.getId()) != item;
    }

    /** An event given as a node by code of Milo: its variables become fields. */
    void deliverNode(TwinEventItem item, BaseEventTypeNode node) {
        EventRecord event = record(node);
        if (item.filter().where().matches(event, this::isSubtype)) {
            item.deliver(CheckedEventFilter.select(item.filter().selectClauses(), event, this::isSubtype));
        }
    }

    private static EventRecord record(BaseEventTypeNode node) {
        NodeId source = node.getSourceNode() == null ? NodeId.NULL_VALUE : node.getSourceNode();
        NodeId type = node.getEventType() == null ? node.getTypeDefinitionNode().getNodeId() : node.getEventType();
        EventRecord.Builder builder = EventRecord.of(type, source, String.valueOf(node.getSourceName()));
        for (UaNode child : node.getPropertyNodes().stream()
                .filter(UaNode.class::isInstance)
                .map(UaNode.class::cast)
                .toList()) {
            if (child instanceof VariableNode variable && variable.getValue() != null) {
                builder.field(variable.getValue().value(), child.getBrowseName());
            }
        }
        return builder.build();
    }

    // -------- Milo's notifier

    /** Fires an event given as a node; {@link #raise} is the cheaper way. */
    @Override
    public void fire(BaseEventTypeNode event) {
        raise(record(event));
    }

    @Override
    public void register(EventListener listener) {
        if (listener instanceof TwinEventItem item && !items.contains(item)) {
            items.add(item);
        }
    }

    /** Called by Milo when an item is deleted and when it is disabled; the latter stays, disabled items are skipped. */
    @Override
    public void unregister(EventListener listener) {
        if (listener instanceof TwinEventItem item && isOrphan(item)) {
            items.remove(item);
        }
    }
}
