package org.uatwin.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
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
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.FilterOperator;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElement;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ElementOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.EventNotificationList;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.LiteralOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.QueryFirstRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One test per hole of Milo 1.1.2 that is closed in the services; docs/milo-holes.md refers to them by name. */
class MiloHolesIT {
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

    // -------- access (Part 3, 8.55)

    /** Milo never compares the role of a permission entry with the roles of the session (#1749). */
    @Test
    void observerReadsButDoesNotWriteWhatAnOperatorWrites() throws Exception {
        try (TestClient observer = TestClient.user(server, "observer");
                TestClient operator = TestClient.user(server, "operator")) {
            assertThat(observer.read(id("Setpoint"), AttributeId.Value)
                            .statusCode()
                            .isGood())
                    .isTrue();
            assertThat(observer.write(id("Setpoint"), 2.0, null)).isEqualTo(StatusCodes.Bad_UserAccessDenied);
            assertThat(operator.write(id("Setpoint"), 2.0, null)).isZero();
            assertThat(operator.write(id("Measured"), 2.0, null)).isEqualTo(StatusCodes.Bad_NotWritable);
        }
    }

    /** UserAccessLevel says what this user may do, not what the node can. */
    @Test
    void userAccessLevelFollowsTheRole() throws Exception {
        try (TestClient observer = TestClient.user(server, "observer");
                TestClient operator = TestClient.user(server, "operator")) {
            assertThat(observer.read(id("Setpoint"), AttributeId.UserAccessLevel)
                            .value()
                            .value())
                    .isEqualTo(UByte.valueOf(1));
            assertThat(operator.read(id("Setpoint"), AttributeId.UserAccessLevel)
                            .value()
                            .value())
                    .isEqualTo(UByte.valueOf(3));
        }
    }

    /** CVE-2026-63248: anybody could switch diagnostics on, and read the security diagnostics of others. */
    @Test
    void diagnosticsAreGuarded() throws Exception {
        NodeId security = NodeIds.Server_ServerDiagnostics_SessionsDiagnosticsSummary_SessionSecurityDiagnosticsArray;
        try (TestClient operator = TestClient.user(server, "operator");
                TestClient admin = TestClient.user(server, "admin")) {
            assertThat(admin.write(NodeIds.Server_ServerDiagnostics_EnabledFlag, true, null))
                    .isZero();
            assertThat(operator.write(NodeIds.Server_ServerDiagnostics_EnabledFlag, false, null))
                    .isEqualTo(StatusCodes.Bad_UserAccessDenied);
            // the node itself asks for encryption, so on this channel not even SecurityAdmin may
            assertThat(operator.read(security, AttributeId.Value).statusCode().getValue())
                    .isEqualTo(StatusCodes.Bad_SecurityModeInsufficient);
            BrowseResult[] seen = operator.browse(
                    0,
                    TestClient.forward(
                            NodeIds.Server_ServerDiagnostics_SessionsDiagnosticsSummary,
                            NodeIds.HierarchicalReferences));
            assertThat(seen[0].getReferences()).noneMatch(r -> "SessionSecurityDiagnosticsArray"
                    .equals(r.getBrowseName().getName()));
        }
    }

    /** CVE-2026-62927: a denied method ran when batched with an allowed one. */
    @Test
    void aDeniedMethodDoesNotRunBesideAnAllowedOne() throws Exception {
        try (TestClient observer = TestClient.user(server, "observer")) {
            int before = server.namespace.calls.get();
            UInteger subscription = observer.subscribe(1000);
            CallMethodResult[] results = observer.milo
                    .call(List.of(
                            new CallMethodRequest(NodeIds.Server, NodeIds.Server_GetMonitoredItems, new Variant[] {
                                new Variant(subscription)
                            }),
                            new CallMethodRequest(id("Device"), id("Device/Square"), new Variant[] {new Variant(3.0)})))
                    .getResults();
            assertThat(results[0].getStatusCode().isGood()).isTrue();
            assertThat(results[1].getStatusCode().getValue()).isEqualTo(StatusCodes.Bad_UserAccessDenied);
            assertThat(server.namespace.calls.get()).isEqualTo(before);
        }
    }

    @Test
    void batchedCallsAreAnsweredInOrder() throws Exception {
        try (TestClient operator = TestClient.user(server, "operator")) {
            CallMethodResult[] results = operator.milo
                    .call(List.of(
                            new CallMethodRequest(id("Device"), id("Nothing"), new Variant[0]),
                            new CallMethodRequest(id("Device"), id("Device/Square"), new Variant[] {new Variant(3.0)}),
                            new CallMethodRequest(id("Plant"), id("Device/Square"), new Variant[] {new Variant(3.0)})))
                    .getResults();
            assertThat(results[0].getStatusCode().getValue()).isEqualTo(StatusCodes.Bad_MethodInvalid);
            assertThat(results[1].getOutputArguments()[0].value()).isEqualTo(9.0);
            assertThat(results[2].getStatusCode().getValue()).isEqualTo(StatusCodes.Bad_MethodInvalid);
        }
    }

    // -------- views

    /** Bug A: after one bad entry all later results belonged to the wrong node and one was missing. */
    @Test
    void browseResultsStayWithTheirEntries() throws Exception {
        try (TestClient client = TestClient.anonymous(server)) {
            BrowseResult[] results = client.browse(
                    0,
                    TestClient.forward(id("Plant"), NodeIds.Server),
                    TestClient.forward(id("Device"), NodeIds.HasComponent));
            assertThat(results).hasSize(2);
            assertThat(results[0].getStatusCode().getValue()).isEqualTo(StatusCodes.Bad_ReferenceTypeIdInvalid);
            assertThat(results[1].getReferences())
                    .extracting(r -> r.getBrowseName().getName())
                    .containsExactly("Square");
        }
    }

    /** Milo answers a whole folder in one response when the client asks for no limit. */
    @Test
    void aLargeFolderComesInPages() throws Exception {
        try (TestClient client = TestClient.anonymous(server)) {
            List<Object> names = new ArrayList<>();
            BrowseResult page = client.browse(0, TestClient.forward(id("Large"), NodeIds.Organizes))[0];
            int pages = 1;
            while (true) {
                assertThat(page.getReferences().length)
                        .isLessThanOrEqualTo(ServerLimits.defaults().referencesPerNode());
                for (var reference : page.getReferences()) {
                    names.add(reference.getBrowseName().getName());
                }
                if (page.getContinuationPoint() == null
                        || page.getContinuationPoint().isNull()) {
                    break;
                }
                page = client.milo.browseNext(false, List.of(page.getContinuationPoint()))
                        .getResults()[0];
                pages++;
            }
            assertThat(names).hasSize(TestNamespace.LARGE_FOLDER).doesNotHaveDuplicates();
            assertThat(pages).isEqualTo(3);
        }
    }

    /** Part 4, 7.9: old points may be given up for new requests, never those of the request being answered. */
    @Test
    void continuationPointsAreBoundedPerSession() throws Exception {
        try (TestClient client = TestClient.anonymous(server)) {
            ByteString first =
                    client.browse(1, TestClient.forward(id("Large"), NodeIds.Organizes))[0].getContinuationPoint();
            int limit = ServerLimits.defaults().browseContinuationPoints();
            var nodes = new org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription[limit + 1];
            java.util.Arrays.fill(nodes, TestClient.forward(id("Large"), NodeIds.Organizes));
            BrowseResult[] results = client.browse(1, nodes);
            assertThat(results[limit - 1].getStatusCode().isGood()).isTrue();
            assertThat(results[limit].getStatusCode().getValue()).isEqualTo(StatusCodes.Bad_NoContinuationPoints);
            assertThat(client.milo
                            .browseNext(false, List.of(first))
                            .getResults()[0]
                            .getStatusCode()
                            .getValue())
                    .isEqualTo(StatusCodes.Bad_ContinuationPointInvalid);
        }
    }

    @Test
    void queryIsUnsupportedNotUnimplemented() throws Exception {
        try (TestClient client = TestClient.anonymous(server)) {
            assertThat(client.serviceResult(header -> new QueryFirstRequest(
                            header, References.NO_VIEW, null, new ContentFilter(null), uint(0), uint(0))))
                    .isEqualTo(StatusCodes.Bad_ServiceUnsupported);
        }
    }

    // -------- attributes

    @Test
    void invalidTimestampsAndEncodingsAreRefused() throws Exception {
        try (TestClient client = TestClient.anonymous(server)) {
            ReadValueId time =
                    new ReadValueId(NodeIds.Server_ServerStatus_CurrentTime, AttributeId.Value.uid(), null, null);
            assertThat(client.serviceResult(header ->
                            new ReadRequest(header, 0.0, TimestampsToReturn.Invalid, new ReadValueId[] {time})))
                    .isEqualTo(StatusCodes.Bad_TimestampsToReturnInvalid);
            ReadValueId odd = new ReadValueId(
                    NodeIds.Server_ServerStatus, AttributeId.Value.uid(), null, new QualifiedName(0, "No Such"));
            assertThat(client.milo
                            .read(0, TimestampsToReturn.Both, List.of(odd))
                            .getResults()[0]
                            .statusCode()
                            .getValue())
                    .isEqualTo(StatusCodes.Bad_DataEncodingUnsupported);
        }
    }

    @Test
    void anArrayDoesNotFitIntoAScalar() throws Exception {
        try (TestClient operator = TestClient.user(server, "operator")) {
            assertThat(operator.write(id("Setpoint"), new Double[] {1.0, 2.0}, null))
                    .isEqualTo(StatusCodes.Bad_TypeMismatch);
        }
    }

    @Test
    void anIndexRangeWriteTouchesOnlyItsRange() throws Exception {
        try (TestClient operator = TestClient.user(server, "operator")) {
            assertThat(operator.write(id("Curve"), new Double[] {1.0, 2.0, 3.0, 4.0}, null))
                    .isZero();
            assertThat(operator.write(id("Curve"), new Double[] {9.0}, "1")).isZero();
            assertThat(operator.read(id("Curve"), AttributeId.Value).value().value())
                    .isEqualTo(new Double[] {1.0, 9.0, 3.0, 4.0});
            assertThat(operator.write(id("Curve"), new Double[] {9.0}, "4"))
                    .isEqualTo(StatusCodes.Bad_IndexRangeNoData);
            assertThat(operator.write(id("Curve"), new Double[] {9.0}, "1:2"))
                    .isEqualTo(StatusCodes.Bad_IndexRangeDataMismatch);
            assertThat(operator.write(id("Curve"), new Double[] {9.0}, "2:1"))
                    .isEqualTo(StatusCodes.Bad_IndexRangeInvalid);
        }
    }

    /** MaxNodesPerHistoryReadData is announced; Milo enforces MaxNodesPerRead in its place. */
    @Test
    void historyReadKeepsItsLimitAndAnswersPerNode() throws Exception {
        try (TestClient client = TestClient.anonymous(server)) {
            var details = new ReadRawModifiedDetails(
                    false,
                    org.eclipse.milo.opcua.stack.core.types.builtin.DateTime.now(),
                    org.eclipse.milo.opcua.stack.core.types.builtin.DateTime.now(),
                    uint(1),
                    false);
            HistoryReadValueId known =
                    new HistoryReadValueId(id("Setpoint"), null, QualifiedName.NULL_VALUE, ByteString.NULL_VALUE);
            HistoryReadValueId unknown =
                    new HistoryReadValueId(id("Nothing"), null, QualifiedName.NULL_VALUE, ByteString.NULL_VALUE);
            var results = client.milo
                    .historyRead(details, TimestampsToReturn.Both, false, List.of(known, unknown))
                    .getResults();
            assertThat(results[0].getStatusCode().getValue()).isEqualTo(StatusCodes.Bad_HistoryOperationUnsupported);
            assertThat(results[1].getStatusCode().getValue()).isEqualTo(StatusCodes.Bad_NodeIdUnknown);
            List<HistoryReadValueId> many = new ArrayList<>(
                    java.util.Collections.nCopies(ServerLimits.defaults().nodesPerHistoryReadData() + 1, known));
            assertThatThrownBy(() -> client.milo.historyRead(details, TimestampsToReturn.Both, false, many))
                    .hasMessageContaining("Bad_TooManyOperations");
        }
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

    // -------- asynchronous services

    /** contracts 3: a request thread never waits on a device, and the deadline answers for a silent one. */
    @Test
    void aSilentDeviceIsAnsweredAtTheDeadlineAndTheOthersInOrder() throws Exception {
        ServicePorts before = server.server.ports();
        CompletableFuture<AsyncWriter.Outcome> silent = new CompletableFuture<>();
        server.server.use(before.withWriter(
                (session, value, deadline) -> value.getNodeId().equals(id("Level"))
                        ? silent
                        : CompletableFuture.completedFuture(
                                AsyncWriter.Outcome.of(new StatusCode(StatusCodes.Good_CompletesAsynchronously)))));
        try (TestClient operator = TestClient.user(server, "operator")) {
            var header = new org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader(
                    operator.milo.getSession().getAuthenticationToken(),
                    org.eclipse.milo.opcua.stack.core.types.builtin.DateTime.now(),
                    uint(1),
                    uint(0),
                    null,
                    uint(2_000),
                    null);
            var value = org.eclipse.milo.opcua.stack.core.types.builtin.DataValue.valueOnly(new Variant(1.0));
            var request = new org.eclipse.milo.opcua.stack.core.types.structured.WriteRequest(header, new WriteValue[] {
                new WriteValue(id("Level"), AttributeId.Value.uid(), null, value),
                new WriteValue(id("Setpoint"), AttributeId.Value.uid(), null, value),
                new WriteValue(id("Measured"), AttributeId.Value.uid(), null, value)
            });
            var response = (org.eclipse.milo.opcua.stack.core.types.structured.WriteResponse)
                    operator.milo.getTransport().sendRequestMessage(request).get(10, TimeUnit.SECONDS);
            assertThat(response.getResults())
                    .extracting(StatusCode::getValue)
                    .containsExactly(
                            StatusCodes.Bad_Timeout,
                            StatusCodes.Good_CompletesAsynchronously,
                            StatusCodes.Bad_NotWritable);
        } finally {
            server.server.use(before);
        }
    }

    @Test
    void serverCapabilitiesAnnounceTheLimits() throws Exception {
        ServerLimits limits = ServerLimits.defaults();
        try (TestClient client = TestClient.anonymous(server)) {
            assertThat(client.read(
                                    NodeIds.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall,
                                    AttributeId.Value)
                            .value()
                            .value())
                    .isEqualTo(uint(limits.monitoredItemsPerCall()));
            assertThat(client.read(NodeIds.Server_Auditing, AttributeId.Value)
                            .value()
                            .value())
                    .isEqualTo(true);
            assertThat(client.read(NodeIds.Server_LocalTime, AttributeId.Value)
                            .statusCode()
                            .getValue())
                    .isEqualTo(StatusCodes.Bad_NodeIdUnknown);
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

    /** Part 4, 5.9.4: what a user may not browse, a browse path does not find for it either. */
    @Test
    void browsePathsNeedBrowseAtEveryStep() throws Exception {
        RelativePath path = new RelativePath(new RelativePathElement[] {
            new RelativePathElement(
                    NodeIds.HierarchicalReferences, false, true, new QualifiedName(0, "SessionsDiagnosticsSummary")),
            new RelativePathElement(
                    NodeIds.HierarchicalReferences,
                    false,
                    true,
                    new QualifiedName(0, "SessionSecurityDiagnosticsArray"))
        });
        BrowsePath browsePath = new BrowsePath(NodeIds.Server_ServerDiagnostics, path);
        try (TestClient client = TestClient.anonymous(server)) {
            assertThat(client.milo
                            .translateBrowsePaths(List.of(browsePath))
                            .getResults()[0]
                            .getStatusCode()
                            .getValue())
                    .isEqualTo(StatusCodes.Bad_NoMatch);
        }
        try (TestClient security = TestClient.user(server, "security")) {
            assertThat(security.milo
                            .translateBrowsePaths(List.of(browsePath))
                            .getResults()[0]
                            .getStatusCode()
                            .isGood())
                    .isTrue();
        }
    }
}
