package org.uatwin.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryData;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.uatwin.historian.memory.MemoryHistoryStore;
import org.uatwin.historian.store.HistoryBatch;
import org.uatwin.historian.store.HistoryTag;
import org.uatwin.historian.store.TagDefinition;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;

/** A Milo client reads history over the wire, and what the server says about history is what it does. */
class HistoryAccessIT {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final MemoryHistoryStore store =
            new MemoryHistoryStore(Duration.ofHours(1), 1 << 20, InstantSource.fixed(NOON.plusSeconds(600)));
    private final HistoryTag tag = store.register(new TagDefinition("plant", "pump-01", "Flow", ValueType.FLOAT, 0));

    /** Answers HistoryRead by the class under test, waiting for it as the plain Milo service does. */
    private static final class Historian extends ManagedNamespaceWithLifecycle {
        private final HistoryAccess access;

        Historian(OpcUaServer server, HistoryAccess access) {
            super(server, "urn:uatwin:test");
            this.access = access;
        }

        @Override
        public List<HistoryReadResult> historyRead(
                HistoryReadContext context,
                HistoryReadDetails details,
                TimestampsToReturn timestamps,
                List<HistoryReadValueId> entries) {
            List<HistoryReadResult> results = new ArrayList<>();
            for (HistoryReadValueId entry : entries) {
                results.add(access.read(
                                context.getSession().orElseThrow(),
                                details,
                                timestamps,
                                entry,
                                false,
                                entries.size(),
                                System.nanoTime() + TimeUnit.SECONDS.toNanos(10))
                        .toCompletableFuture()
                        .join());
            }
            return results;
        }

        @Override
        public void onDataItemsCreated(List<DataItem> items) {}

        @Override
        public void onDataItemsModified(List<DataItem> items) {}

        @Override
        public void onDataItemsDeleted(List<DataItem> items) {}

        @Override
        public void onMonitoringModeChanged(List<MonitoredItem> items) {}
    }

    private static OpcUaServer server(int port) {
        OpcUaServerConfig config = OpcUaServerConfig.builder()
                .setApplicationUri("urn:uatwin:test-server")
                .setApplicationName(LocalizedText.english("uatwin history test"))
                .setProductUri("urn:uatwin:product")
                .setEndpoints(Set.of(EndpointConfig.newBuilder()
                        .setBindAddress("127.0.0.1")
                        .setBindPort(port)
                        .setHostname("127.0.0.1")
                        .setPath("/test")
                        .setSecurityPolicy(SecurityPolicy.None)
                        .setSecurityMode(MessageSecurityMode.None)
                        .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS)
                        .build()))
                .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine()))
                .setIdentityValidator(AnonymousIdentityValidator.INSTANCE)
                .build();
        return new OpcUaServer(
                config,
                profile -> new OpcTcpServerTransport(
                        OpcTcpServerTransportConfig.newBuilder().build()));
    }

    @Test
    void aClientReadsPagesAndItsContinuationPointsGoWithItsSession() throws Exception {
        HistoryBatch batch = new HistoryBatch(5);
        for (int i = 1; i <= 5; i++) {
            long time = UaTime.ofInstant(NOON.plusSeconds(i));
            batch.add(tag.id(), Double.doubleToRawLongBits(i), null, 0, time, time);
        }
        store.append(batch);
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        OpcUaServer server = server(port);
        HistoryLimits limits = new HistoryLimits(2, 1 << 20, 10, 10, 1, 10);
        NodeId flow = new NodeId(2, "pump-01/Flow");
        HistoricalNodes nodes = new HistoricalNodes() {
            @Override
            public @Nullable HistoricalVariable variable(NodeId nodeId) {
                return nodeId.equals(flow) ? new HistoricalVariable(tag, ValueType.FLOAT, 0) : null;
            }

            @Override
            public boolean exists(NodeId nodeId) {
                return false;
            }
        };
        HistoryAccess access = new HistoryAccess(
                store, nodes, (session, node) -> true, limits, server.getStaticEncodingContext(), System::nanoTime);
        Historian namespace = new Historian(server, access);
        namespace.startup();
        assertThat(HistoryCapabilities.of(limits).writeTo(server)).isEmpty();
        server.startup().get(30, TimeUnit.SECONDS);
        try {
            OpcUaClient client = OpcUaClient.create("opc.tcp://127.0.0.1:" + port + "/test");
            client.connect();
            HistoryReadResult first = read(client, flow, ByteString.NULL_VALUE);
            HistoryReadResult second = read(client, flow, first.getContinuationPoint());
            assertThat(values(client, first)).containsExactly(1f, 2f);
            assertThat(values(client, second)).containsExactly(3f, 4f);
            assertThat(second.getContinuationPoint().isNotNull()).isTrue();
            assertThat(read(client, flow, first.getContinuationPoint())
                            .getStatusCode()
                            .getValue())
                    .isEqualTo(StatusCodes.Bad_ContinuationPointInvalid);
            assertThat(client.readValue(
                                    0,
                                    TimestampsToReturn.Neither,
                                    NodeIds.HistoryServerCapabilities_AccessHistoryDataCapability)
                            .value()
                            .value())
                    .isEqualTo(true);
            assertThat(client.readValue(
                                    0,
                                    TimestampsToReturn.Neither,
                                    NodeIds.HistoryServerCapabilities_MaxReturnDataValues)
                            .value()
                            .value())
                    .isEqualTo(uint(2));
            assertThat(access.statistics().continuationPoints()).isEqualTo(1);
            client.disconnect();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> access.statistics().continuationPoints() == 0);
        } finally {
            access.close();
            namespace.shutdown();
            server.shutdown().get(30, TimeUnit.SECONDS);
        }
    }

    private static HistoryReadResult read(OpcUaClient client, NodeId node, ByteString point) throws Exception {
        ReadRawModifiedDetails details = new ReadRawModifiedDetails(
                false, new DateTime(NOON), new DateTime(NOON.plusSeconds(100)), uint(0), false);
        HistoryReadResponse response = client.historyRead(
                details,
                TimestampsToReturn.Both,
                false,
                List.of(new HistoryReadValueId(node, null, QualifiedName.NULL_VALUE, point)));
        return response.getResults()[0];
    }

    private static List<Object> values(OpcUaClient client, HistoryReadResult result) {
        HistoryData data = (HistoryData) result.getHistoryData().decode(client.getStaticEncodingContext());
        List<Object> values = new ArrayList<>();
        for (DataValue value : data.getDataValues()) {
            values.add(value.value().value());
        }
        return values;
    }
}
