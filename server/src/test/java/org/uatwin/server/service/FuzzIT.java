package org.uatwin.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.FilterOperator;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElement;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.GetEndpointsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.LiteralOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.ModifySubscriptionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.RegisterNodesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.TranslateBrowsePathsToNodeIdsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.uatwin.server.wire.RawClient;

/**
 * Thousands of valid messages with a few wrong bytes. Whatever is sent, the server answers or closes that connection, says
 * Bad_InternalError to nobody, logs no stack trace and goes on serving others. {@code -Duatwin.fuzz.messages=N} sends more,
 * {@code -Duatwin.fuzz.seed=S} others; a failure names its seed and message.
 */
@SuppressWarnings("ByteBufferBackingArray") // all buffers here are whole arrays
class FuzzIT {
    private static final int MESSAGES = Integer.getInteger("uatwin.fuzz.messages", 3_000);
    private static final long SEED = Long.getLong("uatwin.fuzz.seed", 20_260_727L);
    private static final int BYSTANDER_EVERY = 200;
    private static final int NO_ANSWER_MS = 400; // a message that became a Publish waits for notifications

    private static final int[] NUMBERS = {
        0, 1, -1, -2, 2, 16, 255, 256, 65_535, 65_536, 1_000_001, 16_777_216, Integer.MAX_VALUE, Integer.MIN_VALUE
    };

    private UInteger subscription = uint(0); // of the session in use

    private final Map<String, Integer> seen = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    @Test
    void wrongBytesHarmNobodyElse() throws Exception {
        try (TestServer server = TestServer.start();
                TestClient bystander = TestClient.anonymous(server);
                QuietLog log = new QuietLog()) {
            RawClient client = null;
            for (int i = 0; i < MESSAGES; i++) {
                Random random = new Random(SEED + i);
                if (client == null) {
                    client = RawClient.session(server.port, server.url());
                    client.socket.setSoTimeout(NO_ANSWER_MS);
                    subscription = subscribe(client);
                }
                boolean isUsable = random.nextInt(12) == 0 ? handshake(server, random, i) : message(client, random, i);
                if (!isUsable) {
                    client.close();
                    client = null;
                }
                if (i % BYSTANDER_EVERY == 0) {
                    assertThat(bystander
                                    .read(NodeIds.Server_ServerStatus_CurrentTime, AttributeId.Value)
                                    .getStatusCode()
                                    .isGood())
                            .as("seed %d, message %d", SEED, i)
                            .isTrue();
                }
            }
            if (client != null) {
                client.close();
            }
            System.out.printf("fuzz: %d messages, seed %d, answers %s%n", MESSAGES, SEED, seen);
            assertThat(failures).as("seed %d", SEED).isEmpty();
            assertThat(log.loud()).as("seed %d", SEED).isEmpty();
            assertThat(server.server.connections().waitingBytes()).isZero();
            assertThat(seen).containsKey("BadDecoding").isNotEmpty();
        }
    }

    private static UInteger subscribe(RawClient client) throws IOException {
        return ((CreateSubscriptionResponse) client.call(new CreateSubscriptionRequest(
                        client.header(), 500.0, uint(60), uint(10), uint(0), true, ubyte(0))))
                .getSubscriptionId();
    }

    /** A wrong Hello or OpenSecureChannel on a connection of its own; the session's connection stays usable. */
    private boolean handshake(TestServer server, Random random, int number) throws IOException {
        try (RawClient fresh = new RawClient(server.port, server.url())) {
            fresh.socket.setSoTimeout(NO_ANSWER_MS);
            byte[] hello = fresh.hello();
            boolean isHello = random.nextBoolean();
            fresh.send(isHello ? mutated(hello, 0, random) : hello);
            if (!isHello) {
                fresh.read();
                fresh.send(mutated(fresh.openRequest(fresh.openMessage()), 0, random));
            }
            fresh.socket.shutdownOutput();
            count(fresh, "handshake", number);
        } catch (SocketException e) {
            seen.merge("closed", 1, Integer::sum);
        }
        return true;
    }

    private boolean message(RawClient client, Random random, int number) throws IOException {
        List<Function<RequestHeader, UaRequestMessageType>> requests = requests();
        int which = random.nextInt(requests.size());
        byte[] valid = RawClient.encode(requests.get(which).apply(client.header()));
        boolean isFrameHurt = random.nextInt(8) == 0;
        try {
            client.send(
                    isFrameHurt
                            ? mutated(client.message('F', valid), 0, random)
                            : client.message('F', mutated(valid, headerOf(valid), random)));
            if (isFrameHurt) {
                client.socket.shutdownOutput(); // or the server would wait for the rest of a longer message
            }
            return count(client, "request " + which, number) && !isFrameHurt;
        } catch (SocketException e) {
            seen.merge("closed", 1, Integer::sum);
            return false;
        }
    }

    /** Mostly the header stays whole, so that the body is reached with a valid session. */
    private static int headerOf(byte[] message) {
        return Math.min(message.length - 1, 74);
    }

    /** Whether the connection is still good: one answer came back. */
    private boolean count(RawClient client, String what, int number) throws IOException {
        try {
            ByteBuffer answer = client.read();
            if (answer.get(0) == 'E') {
                seen.merge("error", 1, Integer::sum);
                return false;
            }
            if (answer.get(0) != 'M') {
                seen.merge("other", 1, Integer::sum);
                return false;
            }
            long status = serviceResult(answer);
            String name = StatusCodes.lookup(status).map(names -> names[0]).orElse(Long.toHexString(status));
            seen.merge(name, 1, Integer::sum);
            seen.merge("BadDecoding", status == StatusCodes.Bad_DecodingError ? 1 : 0, Integer::sum);
            if (status == StatusCodes.Bad_InternalError || status == StatusCodes.Bad_UnexpectedError) {
                failures.add("message %d, %s: %s".formatted(number, what, name));
            }
            return true;
        } catch (EOFException | SocketException e) {
            seen.merge("closed", 1, Integer::sum);
            return false;
        } catch (SocketTimeoutException e) {
            seen.merge("no answer", 1, Integer::sum);
            return false;
        }
    }

    /** ServiceResult of a response: after the frame and sequence headers, the type id, the time and the handle. */
    private static long serviceResult(ByteBuffer answer) {
        int typeIdLength = 4; // ns=0, two bytes
        return Integer.toUnsignedLong(answer.order(ByteOrder.LITTLE_ENDIAN).getInt(24 + typeIdLength + 8 + 4));
    }

    private static byte[] mutated(byte[] message, int from, Random random) {
        byte[] result = message.clone();
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            int start = random.nextInt(10) == 0 ? 0 : Math.min(from, result.length - 1);
            int at = start + random.nextInt(Math.max(1, result.length - start));
            switch (random.nextInt(6)) {
                case 0 -> result[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> result[at] = (byte) random.nextInt();
                case 2, 3 -> {
                    if (at + 4 <= result.length) {
                        ByteBuffer.wrap(result)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putInt(at, NUMBERS[random.nextInt(NUMBERS.length)]);
                    }
                }
                case 4 -> result = Arrays.copyOf(result, Math.max(1, at));
                default -> {
                    byte[] longer = Arrays.copyOf(result, result.length + random.nextInt(40));
                    System.arraycopy(result, at, longer, longer.length - (result.length - at), result.length - at);
                    result = longer;
                }
            }
        }
        return result;
    }

    // -------- valid messages

    private static ExtensionObject object(UaStructuredType value) {
        return ExtensionObject.encode(DefaultEncodingContext.INSTANCE, value);
    }

    private List<Function<RequestHeader, UaRequestMessageType>> requests() {
        NodeId time = NodeIds.Server_ServerStatus_CurrentTime;
        ReadValueId value =
                new ReadValueId(time, AttributeId.Value.uid(), "1:2", new QualifiedName(0, "Default Binary"));
        return List.of(
                header -> new ReadRequest(header, 0.0, TimestampsToReturn.Both, new ReadValueId[] {
                    value, new ReadValueId(new NodeId(2, "Double"), AttributeId.Value.uid(), null, null)
                }),
                header -> new BrowseRequest(header, References.NO_VIEW, uint(10), new BrowseDescription[] {
                    new BrowseDescription(
                            NodeIds.Server, BrowseDirection.Both, NodeIds.References, true, uint(0), uint(63))
                }),
                header -> new CallRequest(header, new CallMethodRequest[] {
                    new CallMethodRequest(NodeIds.Server, NodeIds.Server_GetMonitoredItems, new Variant[] {
                        new Variant(uint(1)), new Variant(new Integer[] {1, 2})
                    })
                }),
                header -> new WriteRequest(header, new WriteValue[] {
                    new WriteValue(
                            new NodeId(2, "Double"),
                            AttributeId.Value.uid(),
                            null,
                            DataValue.valueOnly(new Variant(new Double[] {1.0, 2.0})))
                }),
                header -> items(header, dataFilter()),
                header -> items(header, eventFilter()),
                FuzzIT::history,
                header -> new TranslateBrowsePathsToNodeIdsRequest(header, new BrowsePath[] {
                    new BrowsePath(NodeIds.ObjectsFolder, new RelativePath(new RelativePathElement[] {
                        new RelativePathElement(
                                NodeIds.HierarchicalReferences, false, true, new QualifiedName(0, "Server"))
                    }))
                }),
                header -> new RegisterNodesRequest(header, new NodeId[] {time, NodeIds.Server}),
                header -> new CreateSubscriptionRequest(header, 500.0, uint(100), uint(10), uint(0), true, ubyte(0)),
                header -> new ModifySubscriptionRequest(
                        header, subscription, 500.0, uint(100), uint(10), uint(0), ubyte(0)),
                header -> new GetEndpointsRequest(
                        header, "opc.tcp://localhost/test", new String[] {"en"}, new String[] {"x"}));
    }

    private static UaRequestMessageType history(RequestHeader header) {
        return new HistoryReadRequest(
                header,
                object(new ReadRawModifiedDetails(false, new DateTime(1), new DateTime(2), uint(10), false)),
                TimestampsToReturn.Both,
                false,
                new HistoryReadValueId[] {
                    new HistoryReadValueId(
                            NodeIds.Server, null, new QualifiedName(0, null), ByteString.of(new byte[] {1, 2, 3}))
                });
    }

    private static UaStructuredType dataFilter() {
        return new DataChangeFilter(DataChangeTrigger.StatusValue, uint(1), 1.5);
    }

    private static UaStructuredType eventFilter() {
        SimpleAttributeOperand field = new SimpleAttributeOperand(
                NodeIds.BaseEventType,
                new QualifiedName[] {new QualifiedName(0, "Severity")},
                AttributeId.Value.uid(),
                null);
        return new EventFilter(new SimpleAttributeOperand[] {field}, new ContentFilter(new ContentFilterElement[] {
            new ContentFilterElement(
                    FilterOperator.GreaterThan,
                    new ExtensionObject[] {object(field), object(new LiteralOperand(new Variant(100)))})
        }));
    }

    private UaRequestMessageType items(RequestHeader header, @Nullable UaStructuredType filter) {
        boolean isEvent = filter instanceof EventFilter;
        return new CreateMonitoredItemsRequest(
                header, subscription, TimestampsToReturn.Both, new MonitoredItemCreateRequest[] {
                    new MonitoredItemCreateRequest(
                            new ReadValueId(
                                    NodeIds.Server,
                                    isEvent ? AttributeId.EventNotifier.uid() : AttributeId.BrowseName.uid(),
                                    null,
                                    null),
                            MonitoringMode.Reporting,
                            new MonitoringParameters(
                                    uint(1), 100.0, filter == null ? null : object(filter), uint(10), true))
                });
    }
}
