package org.uatwin.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.milo.opcua.sdk.server.subscriptions.Subscription;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.FilterOperator;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElement;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ElementOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.EventNotificationList;
import org.eclipse.milo.opcua.stack.core.types.structured.LiteralOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One test per hole of Milo 1.1.2 in subscriptions and events; docs/milo-holes.md refers to them by name. */
class MiloSubscriptionHolesIT {
    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static NodeId id(String name) {
        return server.namespace.id(name);
    }

    // -------- monitored items and subscriptions

    /** SubscriptionModel of 1.1.2 spins when it samples at 0. */
    @Test
    void samplingIntervalZeroNeverReachesMilosSampler() throws Exception {
        try (TestClient client = TestClient.anonymous(server)) {
            UInteger subscription = client.subscribe(100);
            assertThat(client.monitor(subscription, id("Setpoint"), AttributeId.Value, 0, null)
                            .getRevisedSamplingInterval())
                    .isGreaterThanOrEqualTo(100);
            assertThat(client.monitor(subscription, id("Setpoint"), AttributeId.DisplayName, 0, null)
                            .getRevisedSamplingInterval())
                    .isGreaterThanOrEqualTo(100);
        }
    }

    @Test
    void maxMonitoredItemsPerCallIsEnforced() throws Exception {
        try (TestClient client = TestClient.anonymous(server)) {
            UInteger subscription = client.subscribe(1000);
            var items = new MonitoredItemCreateRequest[ServerLimits.defaults().monitoredItemsPerCall() + 1];
            java.util.Arrays.fill(items, client.item(id("Setpoint"), AttributeId.Value, 1000, null));
            assertThat(client.serviceResult(header ->
                            new CreateMonitoredItemsRequest(header, subscription, TimestampsToReturn.Both, items)))
                    .isEqualTo(StatusCodes.Bad_TooManyOperations);
        }
    }

    /** Bugs A and B: the range of another node, or none for more than 250 items. */
    @Test
    void percentDeadbandBecomesAbsoluteForAnyNumberOfItems() throws Exception {
        try (TestClient client = TestClient.anonymous(server)) {
            UInteger subscription = client.subscribe(1000);
            DataChangeFilter tenPercent = new DataChangeFilter(DataChangeTrigger.StatusValue, uint(2), 10.0);
            List<MonitoredItemCreateRequest> items = new ArrayList<>();
            items.add(client.item(id("Setpoint"), AttributeId.Value, 1000, tenPercent));
            for (int i = 0; i < 300; i++) {
                items.add(client.item(id("Pressure"), AttributeId.Value, 1000, tenPercent));
            }
            items.add(client.item(
                    id("Pressure"),
                    AttributeId.Value,
                    1000,
                    new DataChangeFilter(DataChangeTrigger.StatusValue, uint(2), 101.0)));
            items.add(client.item(
                    id("Label"),
                    AttributeId.Value,
                    1000,
                    new DataChangeFilter(DataChangeTrigger.StatusValue, uint(1), 1.0)));
            MonitoredItemCreateResult[] results = client.milo
                    .createMonitoredItems(subscription, TimestampsToReturn.Both, items)
                    .getResults();
            assertThat(results[0].getStatusCode().getValue()).isEqualTo(StatusCodes.Bad_MonitoredItemFilterUnsupported);
            for (int i = 1; i <= 300; i++) {
                assertThat(results[i].getStatusCode().isGood()).isTrue();
            }
            assertThat(results[301].getStatusCode().getValue()).isEqualTo(StatusCodes.Bad_DeadbandFilterInvalid);
            assertThat(results[302].getStatusCode().getValue()).isEqualTo(StatusCodes.Bad_FilterNotAllowed);
        }
    }

    /** CVE-2026-61387: a request that made Milo throw ate quota for good. */
    @Test
    void malformedFiltersEatNoQuota() throws Exception {
        try (TestClient client = TestClient.anonymous(server)) {
            UInteger subscription = client.subscribe(1000);
            ExtensionObject garbage =
                    ExtensionObject.of(ByteString.of(new byte[] {1, 2, 3}), NodeIds.EventFilter_Encoding_DefaultBinary);
            MonitoredItemCreateRequest bad = new MonitoredItemCreateRequest(
                    new ReadValueId(NodeIds.Server, AttributeId.EventNotifier.uid(), null, null),
                    MonitoringMode.Reporting,
                    new MonitoringParameters(uint(1), 0.0, garbage, uint(1), true));
            MonitoredItemCreateRequest none = client.item(NodeIds.Server, AttributeId.EventNotifier, 0, null);
            MonitoredItemCreateResult[] results = client.milo
                    .createMonitoredItems(subscription, TimestampsToReturn.Both, List.of(bad, none))
                    .getResults();
            assertThat(results).allMatch(r -> r.getStatusCode().isBad());
            Subscription created =
                    Objects.requireNonNull(server.server.getSubscriptions().get(subscription));
            assertThat(created.getMonitoredItems()).isEmpty();
        }
    }

    /** #1733: subscriptions of closed sessions never left the server, nor did their items. */
    @Test
    void orphanSubscriptionsGoWhenTheirLifetimeIsOver() throws Exception {
        try (TestClient client = TestClient.user(server, "operator")) {
            UInteger subscription = client.subscribe(100);
            client.monitor(subscription, id("Setpoint"), AttributeId.Value, 100, null);
            assertThat(client.serviceResult(header ->
                            new org.eclipse.milo.opcua.stack.core.types.structured.CloseSessionRequest(header, false)))
                    .isZero();
            assertThat(server.server.getSubscriptions()).containsKey(subscription);
            Awaitility.await()
                    .atMost(20, TimeUnit.SECONDS)
                    .until(() -> !server.server.getSubscriptions().containsKey(subscription));
        }
    }

    // -------- events

    private static SimpleAttributeOperand field(NodeId type, String name) {
        return new SimpleAttributeOperand(
                type, new QualifiedName[] {new QualifiedName(0, name)}, AttributeId.Value.uid(), null);
    }

    /** And, Or, InList, Like were refused by Milo after the item was created, so SCADA clients heard nothing. */
    @Test
    void auditEventsPassAWhereClauseOfSeveralOperators() throws Exception {
        try (TestClient admin = TestClient.user(server, "admin");
                TestClient operator = TestClient.user(server, "operator")) {
            var encoding = admin.milo.getStaticEncodingContext();
            ExtensionObject type = ExtensionObject.encode(
                    encoding, new LiteralOperand(new Variant(NodeIds.AuditWriteUpdateEventType)));
            ExtensionObject pattern = ExtensionObject.encode(encoding, new LiteralOperand(new Variant("Attribute/%")));
            ExtensionObject source = ExtensionObject.encode(encoding, field(NodeIds.BaseEventType, "SourceName"));
            ContentFilter where = new ContentFilter(new ContentFilterElement[] {
                new ContentFilterElement(FilterOperator.And, new ExtensionObject[] {
                    ExtensionObject.encode(encoding, new ElementOperand(uint(1))),
                    ExtensionObject.encode(encoding, new ElementOperand(uint(2)))
                }),
                new ContentFilterElement(FilterOperator.OfType, new ExtensionObject[] {type}),
                new ContentFilterElement(FilterOperator.Like, new ExtensionObject[] {source, pattern})
            });
            EventFilter filter = new EventFilter(
                    new SimpleAttributeOperand[] {
                        field(NodeIds.BaseEventType, "SourceNode"),
                        field(NodeIds.AuditWriteUpdateEventType, "NewValue"),
                        field(NodeIds.AuditWriteUpdateEventType, "OldValue"),
                        field(NodeIds.AuditEventType, "ClientUserId"),
                        field(NodeIds.BaseEventType, "NoSuchField")
                    },
                    where);
            UInteger subscription = admin.subscribe(50);
            MonitoredItemCreateResult created =
                    admin.monitor(subscription, NodeIds.Server, AttributeId.EventNotifier, 0, filter);
            assertThat(created.getStatusCode().isGood()).as("%s", created).isTrue();

            operator.write(id("Counter"), 41, null);
            operator.write(id("Counter"), 42, null);

            var fields = new ArrayList<Variant[]>();
            Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> {
                for (ExtensionObject data :
                        admin.milo.publish(List.of()).getNotificationMessage().getNotificationData()) {
                    EventNotificationList list = (EventNotificationList) data.decode(encoding);
                    for (var event : list.getEvents()) {
                        fields.add(event.getEventFields());
                    }
                }
                return fields.size() >= 2;
            });
            Variant[] last = fields.get(1);
            assertThat(last[0].value()).isEqualTo(id("Counter"));
            assertThat(last[1].value()).isEqualTo(42);
            assertThat(last[2].value()).isEqualTo(41);
            assertThat(last[3].value()).isEqualTo("operator");
            assertThat(last[4].isNull()).isTrue();
        }
    }

    @Test
    void anUnsupportedOperatorRefusesTheItem() throws Exception {
        try (TestClient client = TestClient.anonymous(server)) {
            var encoding = client.milo.getStaticEncodingContext();
            ExtensionObject operand = ExtensionObject.encode(encoding, new LiteralOperand(new Variant(NodeIds.Server)));
            EventFilter filter = new EventFilter(
                    new SimpleAttributeOperand[] {field(NodeIds.BaseEventType, "EventId")},
                    new ContentFilter(new ContentFilterElement[] {
                        new ContentFilterElement(FilterOperator.InView, new ExtensionObject[] {operand})
                    }));
            MonitoredItemCreateResult result =
                    client.monitor(client.subscribe(1000), NodeIds.Server, AttributeId.EventNotifier, 0, filter);
            assertThat(result.getStatusCode().getValue()).isEqualTo(StatusCodes.Bad_EventFilterInvalid);
            assertThat(result.getFilterResult().isNull()).isFalse();
        }
    }

    /** One Publish response of 65 535 notifications would not fit into the messages clients accept. */
    @Test
    void notificationsPerPublishAreCapped() throws Exception {
        try (TestClient client = TestClient.anonymous(server)) {
            for (int asked : new int[] {0, 65_535, 1_000_000, 5}) {
                UInteger id = client.milo
                        .createSubscription(500, uint(100), uint(10), uint(asked), true, ubyte(0))
                        .getSubscriptionId();
                assertThat(java.util.Objects.requireNonNull(
                                        server.server.getSubscriptions().get(id))
                                .getMaxNotificationsPerPublish())
                        .as("asked for %d", asked)
                        .isEqualTo(asked == 5 ? 5 : server.server.limits().notificationsPerPublish());
            }
        }
    }
}
