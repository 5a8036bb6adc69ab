package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.event.EventRecord;

/** Contracts section 5: events are computed, selected once for equal clauses, and announced only where they come from. */
class EventsGoldenIT {
    private static final List<String> FIELDS =
            List.of("EventId", "EventType", "SourceNode", "SourceName", "Time", "Message", "Severity");

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static GoldenPlant plant;

    @SuppressWarnings("NullAway.Init")
    private static UatwinServer server;

    @SuppressWarnings("NullAway.Init")
    private static OpcUaClient client;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        plant = GoldenPlant.open();
        server = plant.start(data, "events", GoldenPlant.PUMP);
        client = OpcUaClient.create(
                server.endpointUrl(),
                endpoints -> endpoints.stream()
                        .filter(e -> SecurityPolicy.None.getUri().equals(e.getSecurityPolicyUri()))
                        .findFirst(),
                transport -> {},
                config -> config.setIdentityProvider(new UsernameProvider("operator", "operator")));
        client.connect();
    }

    @AfterAll
    static void stop() throws Exception {
        client.disconnect();
        server.close();
        plant.close();
    }

    private static EventFilter filter(List<String> fields) {
        return new EventFilter(
                fields.stream()
                        .map(name -> new SimpleAttributeOperand(
                                NodeIds.BaseEventType,
                                new QualifiedName[] {new QualifiedName(0, name)},
                                AttributeId.Value.uid(),
                                null))
                        .toArray(SimpleAttributeOperand[]::new),
                new ContentFilter(null));
    }

    private static List<List<Variant[]>> listeners(int count) throws Exception {
        OpcUaSubscription subscription = new OpcUaSubscription(client);
        subscription.setPublishingInterval(50.0);
        subscription.create();
        List<List<Variant[]>> seen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Variant[]> mine = new java.util.concurrent.CopyOnWriteArrayList<>();
            OpcUaMonitoredItem item = OpcUaMonitoredItem.newEventItem(NodeIds.Server, filter(FIELDS));
            item.setQueueSize(uint(100));
            item.setEventValueListener((one, values) -> mine.add(values));
            subscription.addMonitoredItem(item);
            seen.add(mine);
        }
        subscription.synchronizeMonitoredItems();
        return seen;
    }

    // The cost of an event must not grow with the clients that watch it in the same way.
    @Test
    void equalSelectClausesAreEvaluatedOncePerEvent() throws Exception {
        List<List<Variant[]>> seen = listeners(10);
        int before =
                server.server().getOpcUaNamespace().getNodeManager().getNodes().size();
        EventRecord event = EventRecord.of(NodeIds.SystemEventType, NodeIds.Server, "Server")
                .severity(700)
                .build();
        long selectionsBefore = server.server().events().selections();
        server.server().events().raise(event);
        assertThat(server.server().events().selections() - selectionsBefore)
                .as("evaluations for ten equal items")
                .isEqualTo(1);

        Awaitility.await().untilAsserted(() -> assertThat(seen)
                .allSatisfy(mine -> assertThat(mine).hasSize(1)));
        Set<Object> ids = ConcurrentHashMap.newKeySet();
        for (List<Variant[]> mine : seen) {
            ids.add(Objects.requireNonNull(mine.get(0)[0].value()));
            assertThat(mine.get(0)[1].value()).isEqualTo(NodeIds.SystemEventType);
            assertThat(mine.get(0)[3].value()).isEqualTo("Server");
        }
        assertThat(ids).hasSize(1);
        assertThat(server.server()
                        .getOpcUaNamespace()
                        .getNodeManager()
                        .getNodes()
                        .size())
                .as("an event is no node")
                .isEqualTo(before);
    }

    // A client that believes an EventNotifier subscribes there and waits for ever.
    @Test
    void onlyWhatRaisesEventsIsANotifier() throws Exception {
        try (PlantClient operator = PlantClient.operator(server.endpointUrl())) {
            assertThat(operator.attribute("pump-01", AttributeId.EventNotifier))
                    .as("its health is watched")
                    .isEqualTo(ubyte(1));
            for (String path : List.of("pump-01/MethodSet", "pump-01/Identification")) {
                assertThat(operator.attribute(path, AttributeId.EventNotifier))
                        .as(path)
                        .isEqualTo(ubyte(0));
            }
        }
        assertThat(client.getAddressSpace()
                        .getNode(NodeIds.Server)
                        .readAttribute(AttributeId.EventNotifier)
                        .value()
                        .value())
                .isEqualTo(ubyte(1));
    }

    // Filters name event types by NodeId; a type that is no node cannot be named.
    @Test
    void everyEventTypeWeRaiseIsANode() throws Exception {
        for (NodeId type : Stream.of(
                        NodeIds.AuditWriteUpdateEventType,
                        NodeIds.AuditUpdateMethodEventType,
                        NodeIds.AuditCreateSessionEventType,
                        NodeIds.AuditActivateSessionEventType,
                        NodeIds.AuditSessionEventType,
                        NodeIds.AuditOpenSecureChannelEventType,
                        NodeIds.AuditCertificateExpiredEventType,
                        NodeIds.AuditCertificateInvalidEventType,
                        NodeIds.AuditCertificateUntrustedEventType,
                        NodeIds.AuditCertificateRevokedEventType,
                        NodeIds.AuditCertificateMismatchEventType,
                        NodeIds.AuditCertificateDataMismatchEventType,
                        NodeIds.EventQueueOverflowEventType)
                .toList()) {
            assertThat(client.getAddressSpace().getNode(type).getNodeClass()).isEqualTo(NodeClass.ObjectType);
        }
    }
}
