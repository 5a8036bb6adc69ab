package org.uatwin.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.QueryFirstRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;
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
