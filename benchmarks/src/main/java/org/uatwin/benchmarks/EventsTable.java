package org.uatwin.benchmarks;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.event.EventHub;
import org.uatwin.server.event.EventRecord;

/** What one event costs the thread that raises it: selection of 20 fields and delivery, for one and for many items. */
final class EventsTable {
    private static final int WARM_UP = 20_000;
    private static final int EVENTS = 20_000;
    private static final double BAR_US = 20;
    private static final List<String> FIELDS =
            List.of("EventId", "EventType", "SourceNode", "SourceName", "Time", "ReceiveTime", "Message", "Severity");
    private static final List<String> AUDIT_FIELDS =
            List.of("ActionTimeStamp", "Status", "ServerId", "ClientAuditEntryId", "ClientUserId", "StatusCodeId");
    private static final List<String> SESSION_FIELDS = List.of(
            "SessionId",
            "SecureChannelId",
            "ClientCertificate",
            "ClientCertificateThumbprint",
            "RevisedSessionTimeout",
            "EventId");

    private EventsTable() {}

    static void run(Path directory) throws Exception {
        Path plant = directory.resolve("plant.yaml");
        Files.writeString(
                plant,
                """
                uatwin: 1
                siteId: bench
                server: {host: localhost, securityNone: true, anonymous: Observer}
                twins:
                  - {id: pump-01, type: CentrifugalPump}
                """);
        try (UatwinServer server = UatwinServer.start(
                PlantFile.read(plant).plant().orElseThrow().withServer(s -> s.withPort(0)),
                new ServerOptions(directory.resolve("data"), List.of()))) {
            OpcUaClient client = OpcUaClient.create(
                    server.endpointUrl(),
                    endpoints -> endpoints.stream()
                            .filter(e -> SecurityPolicy.None.getUri().equals(e.getSecurityPolicyUri()))
                            .findFirst(),
                    transport -> {},
                    config -> {});
            client.connect();
            EventHub hub = server.server().events();
            OpcUaSubscription subscription = new OpcUaSubscription(client);
            subscription.setPublishingInterval(60_000.0); // only the thread that raises is measured
            subscription.create();
            addItems(subscription, 1);
            double one = measure(hub, "event, 20 fields, 1 item");
            Report.verdict("event, 20 fields, us", one, "<= 20", one <= BAR_US);
            addItems(subscription, 99);
            measure(hub, "event, 20 fields, 100 equal items");
            client.disconnect();
        }
    }

    private static void addItems(OpcUaSubscription subscription, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            OpcUaMonitoredItem item = OpcUaMonitoredItem.newEventItem(NodeIds.Server, filter());
            item.setQueueSize(uint(10));
            subscription.addMonitoredItem(item);
        }
        subscription.synchronizeMonitoredItems();
    }

    private static EventFilter filter() {
        Stream<SimpleAttributeOperand> clauses = Stream.of(
                        FIELDS.stream().map(name -> field("BaseEventType", name)),
                        AUDIT_FIELDS.stream().map(name -> field("AuditEventType", name)),
                        SESSION_FIELDS.stream().map(name -> field("AuditCreateSessionEventType", name)))
                .flatMap(stream -> stream);
        return new EventFilter(clauses.toArray(SimpleAttributeOperand[]::new), new ContentFilter(null));
    }

    private static SimpleAttributeOperand field(String type, String name) {
        return new SimpleAttributeOperand(
                switch (type) {
                    case "AuditEventType" -> NodeIds.AuditEventType;
                    case "AuditCreateSessionEventType" -> NodeIds.AuditCreateSessionEventType;
                    default -> NodeIds.BaseEventType;
                },
                new QualifiedName[] {new QualifiedName(0, name)},
                AttributeId.Value.uid(),
                null);
    }

    private static double measure(EventHub hub, String name) {
        raise(hub, WARM_UP);
        List<Double> micros = new ArrayList<>();
        for (int run = 0; run < Report.RUNS; run++) {
            long start = System.nanoTime();
            raise(hub, EVENTS);
            micros.add((System.nanoTime() - start) / 1e3 / EVENTS);
        }
        return Report.row(name, "us/event", micros);
    }

    private static void raise(EventHub hub, int count) {
        for (int i = 0; i < count; i++) {
            hub.raise(EventRecord.of(NodeIds.AuditCreateSessionEventType, NodeIds.Server, "Session/CreateSession")
                    .severity(100)
                    .field("Status", true)
                    .field("ServerId", "urn:uatwin:bench")
                    .field("ClientUserId", "operator")
                    .field("SecureChannelId", "17")
                    .field("RevisedSessionTimeout", 60_000.0)
                    .build());
        }
    }
}
