package org.uatwin.server.contracts;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.FilterOperator;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElement;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryData;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.LiteralOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;
import org.jspecify.annotations.Nullable;

/** A Milo client logged on as operator. Received values are appended by the client's thread. */
final class PlantClient implements AutoCloseable {
    private static final int BATCH = 200;
    private static final int SITE = 2;
    private static final ViewDescription NO_VIEW = new ViewDescription(NodeId.NULL_VALUE, DateTime.MIN_VALUE, uint(0));

    final OpcUaClient milo;

    private PlantClient(OpcUaClient milo) {
        this.milo = milo;
    }

    static PlantClient operator(String url) throws Exception {
        return connect(url, "operator");
    }

    /** Without a user. */
    static PlantClient anonymous(String url) throws Exception {
        return connect(url, new AnonymousProvider());
    }

    /** Logs a user on whose password is the name. */
    static PlantClient connect(String url, String user, String... locales) throws Exception {
        return connect(url, new UsernameProvider(user, user), locales);
    }

    private static PlantClient connect(String url, IdentityProvider identity, String... locales) throws Exception {
        OpcUaClient client = OpcUaClient.create(
                url,
                endpoints -> endpoints.stream()
                        .filter(e -> SecurityPolicy.None.getUri().equals(e.getSecurityPolicyUri()))
                        .findFirst(),
                transport -> {},
                config -> config.setIdentityProvider(identity).setSessionLocaleIds(locales));
        client.connect();
        return new PlantClient(client);
    }

    static NodeId id(String path) {
        return new NodeId(SITE, path);
    }

    DataValue read(NodeId nodeId) throws Exception {
        return milo.readValue(0, TimestampsToReturn.Both, nodeId);
    }

    DataValue read(String path) throws Exception {
        return read(id(path));
    }

    StatusCode write(String path, Object value) throws Exception {
        return milo.writeValues(List.of(id(path)), List.of(DataValue.valueOnly(new Variant(value))))
                .get(0);
    }

    List<String> namespaceArray() throws Exception {
        return List.of((String[]) Objects.requireNonNull(
                read(NodeIds.Server_NamespaceArray).value().value()));
    }

    /** NodeId to BrowseName of everything that hierarchical references reach from Objects, but the base namespace. */
    Map<String, QualifiedName> browse() throws Exception {
        Map<String, QualifiedName> found = new TreeMap<>();
        List<NodeId> open = new ArrayList<>(List.of(NodeIds.ObjectsFolder));
        while (!open.isEmpty()) {
            List<NodeId> part = new ArrayList<>(open.subList(0, Math.min(BATCH, open.size())));
            open.subList(0, part.size()).clear();
            for (BrowseResult result : milo.browse(
                            NO_VIEW,
                            uint(0),
                            part.stream().map(PlantClient::children).toList())
                    .getResults()) {
                for (ReferenceDescription child : all(result)) {
                    NodeId id =
                            child.getNodeId().toNodeId(milo.getNamespaceTable()).orElseThrow();
                    if (id.getNamespaceIndex().intValue() >= SITE
                            && found.put(id.toParseableString(), child.getBrowseName()) == null) {
                        open.add(id);
                    }
                }
            }
        }
        return found;
    }

    private static BrowseDescription children(NodeId node) {
        return new BrowseDescription(
                node, BrowseDirection.Forward, NodeIds.HierarchicalReferences, true, uint(0), uint(63));
    }

    private List<ReferenceDescription> all(BrowseResult first) throws Exception {
        List<ReferenceDescription> all = new ArrayList<>();
        BrowseResult result = first;
        while (true) {
            ReferenceDescription[] references = result.getReferences();
            all.addAll(references == null ? List.of() : List.of(references));
            ByteString next = result.getContinuationPoint();
            if (next == null || next.isNullOrEmpty()) {
                return all;
            }
            result =
                    Objects.requireNonNull(milo.browseNext(false, List.of(next)).getResults())[0];
        }
    }

    /**
     * Monitors a value.
     *
     * @param sampling samplingInterval in ms.
     * @param trigger null for the default one.
     */
    List<DataValue> watch(String path, double sampling, int queue, @Nullable DataChangeTrigger trigger)
            throws Exception {
        OpcUaSubscription subscription = new OpcUaSubscription(milo);
        subscription.setPublishingInterval(100.0);
        subscription.create();
        List<DataValue> values = new CopyOnWriteArrayList<>();
        OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(id(path));
        item.setSamplingInterval(sampling);
        item.setQueueSize(uint(queue));
        if (trigger != null) {
            item.setFilter(new DataChangeFilter(trigger, uint(0), 0.0));
        }
        item.setDataValueListener((i, value) -> values.add(value));
        subscription.addMonitoredItem(item);
        subscription.synchronizeMonitoredItems();
        return values;
    }

    /** Receives events of a type and its subtypes at the Server object: their fields Changes and Message. */
    List<List<Variant>> watchEvents(NodeId type) throws Exception {
        OpcUaSubscription subscription = new OpcUaSubscription(milo);
        subscription.setPublishingInterval(100.0);
        subscription.create();
        List<List<Variant>> events = new CopyOnWriteArrayList<>();
        SimpleAttributeOperand[] fields = Stream.of("Changes", "Message")
                .map(name -> new SimpleAttributeOperand(
                        type, new QualifiedName[] {new QualifiedName(0, name)}, AttributeId.Value.uid(), null))
                .toArray(SimpleAttributeOperand[]::new);
        ContentFilterElement ofType = new ContentFilterElement(FilterOperator.OfType, new ExtensionObject[] {
            ExtensionObject.encode(milo.getStaticEncodingContext(), new LiteralOperand(new Variant(type)))
        });
        OpcUaMonitoredItem item = OpcUaMonitoredItem.newEventItem(
                NodeIds.Server, new EventFilter(fields, new ContentFilter(new ContentFilterElement[] {ofType})));
        item.setQueueSize(uint(100));
        item.setEventValueListener((i, values) -> events.add(List.of(values)));
        subscription.addMonitoredItem(item);
        subscription.synchronizeMonitoredItems();
        return events;
    }

    /** The structures in the field Changes of such events. */
    <T> List<T> structures(List<List<Variant>> events, Class<T> type) {
        List<T> found = new ArrayList<>();
        for (List<Variant> event : events) {
            for (Object one : (Object[]) Objects.requireNonNull(event.get(0).value())) {
                found.add(type.cast(((ExtensionObject) one).decode(milo.getStaticEncodingContext())));
            }
        }
        return found;
    }

    @Nullable
    Object attribute(String path, AttributeId attribute) throws Exception {
        return Objects.requireNonNull(milo.read(
                                0,
                                TimestampsToReturn.Both,
                                List.of(new ReadValueId(id(path), attribute.uid(), null, QualifiedName.NULL_VALUE)))
                        .getResults())[0]
                .value()
                .value();
    }

    /** Calls a method of a twin. */
    CallMethodResult call(String twin, String method, Object... arguments) throws Exception {
        Variant[] inputs = Arrays.stream(arguments).map(Variant::new).toArray(Variant[]::new);
        return Objects.requireNonNull(
                milo.call(List.of(new CallMethodRequest(id(twin), id(twin + "/MethodSet/" + method), inputs)))
                        .getResults())[0];
    }

    /** Raw history of the last hour, oldest first. */
    List<DataValue> history(String path) throws Exception {
        HistoryReadResult result = Objects.requireNonNull(milo.historyRead(
                        new ReadRawModifiedDetails(
                                false,
                                new DateTime(Instant.now().minusSeconds(3600)),
                                DateTime.now(),
                                uint(10_000),
                                false),
                        TimestampsToReturn.Both,
                        false,
                        List.of(new HistoryReadValueId(
                                id(path), null, QualifiedName.NULL_VALUE, ByteString.NULL_VALUE)))
                .getResults())[0];
        HistoryData data =
                (HistoryData) Objects.requireNonNull(result.getHistoryData()).decode(milo.getStaticEncodingContext());
        DataValue[] values = data.getDataValues();
        return values == null ? List.of() : List.of(values);
    }

    @Override
    public void close() throws Exception {
        milo.disconnect();
    }
}
