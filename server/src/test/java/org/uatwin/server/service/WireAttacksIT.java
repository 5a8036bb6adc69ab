package org.uatwin.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.FilterOperator;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.CloseSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElement;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ElementOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;
import org.eclipse.milo.opcua.stack.core.types.structured.ServiceFault;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.TranslateBrowsePathsToNodeIdsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.uatwin.server.wire.RawClient;

/**
 * The attacks that brought down OPC UA servers before, after the list published with claroty/opcua-exploit-framework. Over
 * raw sockets, without a user. After each of them another client still reads, the memory taken is free again and the log
 * has neither an ERROR nor a stack trace.
 */
@SuppressWarnings("ByteBufferBackingArray") // all buffers here are whole arrays
class WireAttacksIT {
    private static final long MEMORY_LEFT_BEHIND = 48L * 1024 * 1024;

    private static TestServer server;
    private static TestClient bystander;

    private QuietLog log;
    private long memoryBefore;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
        bystander = TestClient.anonymous(server);
    }

    @AfterAll
    static void stop() throws Exception {
        bystander.close();
        server.close();
    }

    @BeforeEach
    void before() throws Exception {
        log = new QuietLog();
        assertBystanderReads();
        memoryBefore = usedMemory();
    }

    @AfterEach
    void after() throws Exception {
        assertBystanderReads();
        assertThat(server.server.connections().waitingBytes()).isZero();
        assertThat(usedMemory() - memoryBefore).as("bytes left behind").isLessThan(MEMORY_LEFT_BEHIND);
        assertThat(log.loud()).isEmpty();
        log.close();
    }

    private static void assertBystanderReads() throws Exception {
        assertThat(bystander
                        .read(NodeIds.Server_ServerStatus_CurrentTime, AttributeId.Value)
                        .getStatusCode()
                        .isGood())
                .isTrue();
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long status(UaResponseMessageType response) {
        return response.getResponseHeader().getServiceResult().getValue();
    }

    // -------- chunks

    @Test
    void malformedAndHugeChunkSizesEndTheConnection() throws Exception {
        for (long size : new long[] {0, 1, 7, 8, 12, 65_536, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL}) {
            for (String type : List.of("HELF", "OPNF", "MSGF", "MSGC", "CLOF")) {
                try (RawClient client = type.startsWith("HEL")
                        ? new RawClient(server.port, server.url())
                        : RawClient.open(server.port, server.url())) {
                    ByteBuffer header = RawClient.little(8);
                    header.put(type.getBytes(StandardCharsets.US_ASCII)).putInt((int) size);
                    client.send(header.array());
                    assertThat(client.end()).as("%s %d", type, size).isNotNull();
                }
            }
        }
    }

    @Test
    void endlessChunksEndTheConnection() throws Exception {
        try (RawClient client = RawClient.open(server.port, server.url())) {
            byte[] part = new byte[60_000];
            long sent = 0;
            try {
                while (sent < 100_000_000) {
                    client.send(client.message('C', part));
                    sent += part.length;
                }
            } catch (IOException expected) {
                // the server has closed
            }
            assertThat(sent).isLessThan(20_000_000);
        }
    }

    /** CVE-2026-63252: a hundred connections that end in the middle of a message. */
    @Test
    void unfinishedMessagesAreFreedWithTheirConnection() throws Exception {
        for (int i = 0; i < 100; i++) {
            try (RawClient client = RawClient.session(server.port, server.url())) {
                for (int chunk = 0; chunk < 8; chunk++) {
                    client.send(client.message('C', new byte[60_000]));
                }
            }
        }
        Awaitility.await().until(() -> server.server.connections().waitingBytes() == 0);
    }

    @Test
    void aFloodOfConnectionsLeavesRoomForNewClients() throws Exception {
        List<RawClient> flood = new ArrayList<>();
        try {
            for (int i = 0; i < 400; i++) {
                flood.add(new RawClient(server.port, server.url()));
            }
            assertThat(server.server.connections().count())
                    .isLessThanOrEqualTo(server.server.limits().wire().connections());
            try (TestClient late = TestClient.anonymous(server)) {
                assertThat(late.read(NodeIds.Server_ServerStatus_State, AttributeId.Value)
                                .getStatusCode()
                                .isGood())
                        .isTrue();
            }
        } finally {
            for (RawClient client : flood) {
                client.close();
            }
        }
    }

    // -------- nesting and lengths

    private static byte[] writeOf(byte[] variant) {
        WriteRequest request = new WriteRequest(new RawHeader().header(), new WriteValue[] {
            new WriteValue(
                    NodeIds.Server_Auditing, AttributeId.Value.uid(), null, DataValue.valueOnly(new Variant("MARK")))
        });
        byte[] message = RawClient.encode(request);
        byte[] mark = {12, 4, 0, 0, 0, 'M', 'A', 'R', 'K'};
        for (int i = 0; i + mark.length <= message.length; i++) {
            if (Arrays.equals(message, i, i + mark.length, mark, 0, mark.length)) {
                ByteBuffer out = ByteBuffer.allocate(message.length - mark.length + variant.length);
                out.put(message, 0, i).put(variant);
                return out.put(message, i + mark.length, message.length - i - mark.length)
                        .array();
            }
        }
        throw new AssertionError("no mark");
    }

    /** Header for requests that never reach a session. */
    private static final class RawHeader {
        org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader header() {
            return new org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader(
                    NodeId.NULL_VALUE,
                    org.eclipse.milo.opcua.stack.core.types.builtin.DateTime.now(),
                    uint(7),
                    uint(0),
                    null,
                    uint(0),
                    null);
        }
    }

    private static byte[] nested(int depth, int... layer) {
        ByteBuffer bytes = RawClient.little(depth * layer.length + 1);
        for (int i = 0; i < depth; i++) {
            for (int value : layer) {
                bytes.put((byte) value);
            }
        }
        return bytes.array();
    }

    @Test
    void deepNestingIsAnsweredWithAFaultAndTheConnectionStays() throws Exception {
        int[][] layers = {
            {0x80 | 24, 1, 0, 0, 0}, // array of one variant
            {23, 1}, // variant of a data value of a variant
            {0x80 | 23, 1, 0, 0, 0, 1} // array of one data value of a variant
        };
        try (RawClient client = RawClient.open(server.port, server.url())) {
            for (int[] layer : layers) {
                for (int depth : new int[] {65, 1_000, 40_000}) {
                    client.sendMessage(writeOf(nested(depth, layer)));
                    UaResponseMessageType answer = client.response();
                    assertThat(answer).isInstanceOf(ServiceFault.class);
                    assertThat(status(answer)).isEqualTo(StatusCodes.Bad_EncodingLimitsExceeded);
                }
            }
            byte[] diagnostics = nested(40_000, 0x40);
            diagnostics[0] = 25; // a variant of a diagnostic info with an inner one, with an inner one...
            client.sendMessage(writeOf(diagnostics));
            assertThat(status(client.response())).isEqualTo(StatusCodes.Bad_EncodingLimitsExceeded);
        }
    }

    @Test
    void hugeCountsAreAnsweredWithAFault() throws Exception {
        byte[] valid = RawClient.encode(
                new ReadRequest(new RawHeader().header(), 0.0, TimestampsToReturn.Both, new ReadValueId[] {
                    new ReadValueId(NodeIds.Server, uint(1), null, null)
                }));
        int count = valid.length - 4 - 4 - 4 - (2 + 2) - 2 - 4; // the count lies before the only entry
        while (ByteBuffer.wrap(valid).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(count) != 1) {
            count++;
        }
        try (RawClient client = RawClient.open(server.port, server.url())) {
            for (int length : new int[] {Integer.MAX_VALUE, 16_000_000, 1_000_001, -2, Integer.MIN_VALUE}) {
                byte[] message = valid.clone();
                ByteBuffer.wrap(message).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(count, length);
                client.send(client.message('F', message));
                assertThat(client.response()).as("count %d", length).isInstanceOf(ServiceFault.class);
            }
            byte[] huge = {(byte) (0x80 | 0x40 | 6), 1, 0, 0, 0, 1, 0, 0, 0, -1, -1, -1, 127};
            client.send(client.message('F', writeOf(huge)));
            assertThat(status(client.response())).isEqualTo(StatusCodes.Bad_DecodingError);
        }
    }

    @Test
    void invalidNodeIdsAreRefusedOneByOne() throws Exception {
        NodeId[] ids = {
            NodeId.NULL_VALUE,
            new NodeId(65_535, uint(1)),
            new NodeId(0, ""),
            new NodeId(2, "x".repeat(100_000)),
            new NodeId(0, new java.util.UUID(0, 0)),
            new NodeId(2, org.eclipse.milo.opcua.stack.core.types.builtin.ByteString.of(new byte[50_000])),
            new NodeId(2, "a/b/../../\0\u00e9\ud83d\ude00")
        };
        try (RawClient client = RawClient.session(server.port, server.url())) {
            ReadValueId[] reads = Arrays.stream(ids)
                    .map(id -> new ReadValueId(id, AttributeId.Value.uid(), null, null))
                    .toArray(ReadValueId[]::new);
            UaResponseMessageType answer =
                    client.call(new ReadRequest(client.header(), 0.0, TimestampsToReturn.Both, reads));
            DataValue[] values =
                    ((org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse) answer).getResults();
            assertThat(values).hasSize(ids.length).allSatisfy(value -> assertThat(
                            value.getStatusCode().getValue())
                    .isIn(StatusCodes.Bad_NodeIdUnknown, StatusCodes.Bad_NodeIdInvalid));
        }
        try (RawClient client = RawClient.open(server.port, server.url())) {
            byte[] message = RawClient.encode(
                    new ReadRequest(new RawHeader().header(), 0.0, TimestampsToReturn.Both, new ReadValueId[0]));
            message[4] = 0x0F; // the authentication token is a NodeId of no known format: no header, no answer
            client.send(client.message('F', message));
            assertThat(client.end()).isEqualTo(StatusCodes.Bad_DecodingError);
        }
    }

    // -------- services

    @Test
    void aFilterOfThousandsOfNestedOperandsIsRefusedOrWorks() throws Exception {
        ExtensionObject next;
        ContentFilterElement[] elements = new ContentFilterElement[5_000];
        for (int i = 0; i < elements.length; i++) {
            next = ExtensionObject.encode(
                    DefaultEncodingContext.INSTANCE, new ElementOperand(uint(Math.min(i + 1, elements.length - 1))));
            elements[i] = new ContentFilterElement(FilterOperator.Not, new ExtensionObject[] {next});
        }
        EventFilter filter = new EventFilter(
                new SimpleAttributeOperand[] {
                    new SimpleAttributeOperand(
                            NodeIds.BaseEventType,
                            new QualifiedName[] {new QualifiedName(0, "EventId")},
                            AttributeId.Value.uid(),
                            null)
                },
                new ContentFilter(elements));
        try (RawClient client = RawClient.session(server.port, server.url())) {
            CreateSubscriptionResponse subscription = (CreateSubscriptionResponse) client.call(
                    new CreateSubscriptionRequest(client.header(), 100.0, uint(60), uint(10), uint(0), true, ubyte(0)));
            CreateMonitoredItemsResponse created =
                    (CreateMonitoredItemsResponse) client.call(new CreateMonitoredItemsRequest(
                            client.header(),
                            subscription.getSubscriptionId(),
                            TimestampsToReturn.Both,
                            new MonitoredItemCreateRequest[] {
                                new MonitoredItemCreateRequest(
                                        new ReadValueId(NodeIds.Server, AttributeId.EventNotifier.uid(), null, null),
                                        MonitoringMode.Reporting,
                                        new MonitoringParameters(
                                                uint(1),
                                                0.0,
                                                ExtensionObject.encode(DefaultEncodingContext.INSTANCE, filter),
                                                uint(10),
                                                true))
                            }));
            assertThat(created.getResults()[0].getStatusCode().isBad()).isTrue();
        }
    }

    @Test
    void aStormOfLongBrowsePathsIsAnswered() throws Exception {
        RelativePathElement[] steps = new RelativePathElement[1_000];
        Arrays.fill(steps, new RelativePathElement(NodeIds.References, false, true, new QualifiedName(0, "Server")));
        RelativePathElement[] inverse = new RelativePathElement[1_000];
        Arrays.fill(inverse, new RelativePathElement(NodeIds.References, true, true, new QualifiedName(0, "Objects")));
        BrowsePath[] paths = new BrowsePath[100];
        for (int i = 0; i < paths.length; i++) {
            paths[i] = new BrowsePath(NodeIds.ObjectsFolder, new RelativePath(i % 2 == 0 ? steps : inverse));
        }
        try (RawClient client = RawClient.session(server.port, server.url())) {
            for (int i = 0; i < 10; i++) {
                client.sendMessage(RawClient.encode(new TranslateBrowsePathsToNodeIdsRequest(client.header(), paths)));
            }
            assertBystanderReads();
            for (int i = 0; i < 10; i++) {
                assertThat(client.response()).isNotNull();
            }
        }
    }

    @Test
    void aFloodOfRequestsOnOneConnectionIsBounded() throws Exception {
        int threadsBefore = Thread.activeCount();
        try (RawClient client = RawClient.session(server.port, server.url())) {
            int sent = 3_000;
            for (int i = 0; i < sent; i++) {
                client.send(client.message(
                        'F',
                        RawClient.encode(
                                new ReadRequest(client.header(), 0.0, TimestampsToReturn.Both, new ReadValueId[] {
                                    new ReadValueId(NodeIds.Server_NamespaceArray, AttributeId.Value.uid(), null, null)
                                }))));
            }
            assertThat(Thread.activeCount() - threadsBefore).isLessThan(100);
            for (int i = 0; i < sent; i++) {
                long answered = status(client.response());
                assertThat(answered).isIn(0L, StatusCodes.Bad_TooManyOperations);
            }
        }
    }

    @Test
    void closingASessionWhileItIsUsedAnswersEverything() throws Exception {
        Random random = new Random(42);
        for (int round = 0; round < 40; round++) {
            try (RawClient client = RawClient.session(server.port, server.url())) {
                int close = random.nextInt(20);
                for (int i = 0; i < 20; i++) {
                    client.send(client.message(
                            'F',
                            i == close
                                    ? RawClient.encode(new CloseSessionRequest(client.header(), true))
                                    : RawClient.encode(new CreateSubscriptionRequest(
                                            client.header(), 100.0, uint(60), uint(10), uint(0), true, ubyte(0)))));
                }
                if (round % 2 == 0) {
                    for (int i = 0; i < 20; i++) {
                        assertThat(client.response()).isNotNull();
                    }
                } // else the connection is cut while the server works
            }
        }
        Awaitility.await()
                .until(() -> server.server.getSessionManager().getAllSessions().size() <= 21);
    }

    // -------- certificates

    @Test
    void malformedCertificatesEndTheConnection() throws Exception {
        Random random = new Random(7);
        byte[] noise = new byte[1_000];
        random.nextBytes(noise);
        byte[] deepDer = nested(15_000, 0x30, 0x80); // indefinite-length sequences in sequences
        byte[] hugeLength = {0x30, (byte) 0x84, 127, -1, -1, -1, 2, 1, 1};
        byte[][] certificates = {noise, deepDer, hugeLength, new byte[0], new byte[60_000]};
        String policy = "http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256";
        for (byte[] certificate : certificates) {
            try (RawClient client = new RawClient(server.port, server.url())) {
                client.send(client.hello());
                client.read();
                byte[] uri = policy.getBytes(StandardCharsets.UTF_8);
                ByteBuffer body = RawClient.little(4 + 4 + uri.length + 4 + certificate.length + 4 + 20 + 300);
                body.putInt(0).putInt(uri.length).put(uri);
                body.putInt(certificate.length).put(certificate).putInt(20).put(new byte[20]);
                client.send(RawClient.frame("OPN", 'F', body.array()));
                client.end();
            }
        }
    }

    /** The bound on what a stranger may keep open is a matter of seconds, not of the session timeout. */
    @Test
    void theDefaultsAreShortForStrangers() {
        assertThat(server.server.limits().wire().handshake()).isLessThanOrEqualTo(Duration.ofSeconds(15));
        assertThat(server.server.limits().wire().withoutSession()).isLessThanOrEqualTo(Duration.ofMinutes(2));
    }
}
