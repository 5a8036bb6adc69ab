package org.uatwin.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryDecoder;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryEncoder;
import org.eclipse.milo.opcua.stack.core.types.UaMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedDecoderTest {
    private static final DecoderLimits LIMITS = new DecoderLimits(1_000, 100, 200, 16);
    private static final BoundedContext CONTEXT = new BoundedContext(DefaultEncodingContext.INSTANCE, LIMITS);

    private static BoundedDecoder over(Consumer<ByteBuf> bytes) {
        ByteBuf buffer = Unpooled.buffer();
        bytes.accept(buffer);
        OpcUaBinaryDecoder milo = new OpcUaBinaryDecoder(CONTEXT);
        milo.setBuffer(buffer);
        return BoundedDecoder.insteadOf(milo, CONTEXT, LIMITS);
    }

    private static void assertRefused(long status, Runnable decode) {
        assertThatThrownBy(decode::run).isInstanceOfSatisfying(UaSerializationException.class, e -> assertThat(
                        e.getStatusCode().getValue())
                .as(e.getMessage())
                .isEqualTo(status));
    }

    /** #1746, #1806: eight bytes asked Milo for an array of two thousand million dimensions. */
    @Test
    void dimensionsAreCheckedBeforeMemoryIsTaken() {
        Consumer<ByteBuf> oneInt =
                b -> b.writeByte(0x80 | 0x40 | 6).writeIntLE(1).writeIntLE(42);
        for (int rank : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, 1_000_000, -2}) {
            assertRefused(StatusCodes.Bad_DecodingError, () -> over(oneInt.andThen(b -> b.writeIntLE(rank)))
                    .decodeVariant());
        }
        assertRefused(StatusCodes.Bad_DecodingError, () -> over(oneInt.andThen(
                        b -> b.writeIntLE(2).writeIntLE(1).writeIntLE(2)))
                .decodeVariant());
        assertRefused(
                StatusCodes.Bad_EncodingLimitsExceeded, // 65 536 * 65 536 is 0 in 32 bits
                () -> over(oneInt.andThen(
                                b -> b.writeIntLE(2).writeIntLE(65_536).writeIntLE(65_536)))
                        .decodeVariant());
        assertRefused(StatusCodes.Bad_DecodingError, () -> over(oneInt.andThen(
                        b -> b.writeIntLE(2).writeIntLE(-1).writeIntLE(-1)))
                .decodeVariant());
    }

    /** Part 6, 5.2.2.16: only an array has dimensions. */
    @Test
    void aScalarWithDimensionsIsNoVariant() {
        assertRefused(
                StatusCodes.Bad_DecodingError,
                () -> over(b -> b.writeByte(0x40 | 6).writeIntLE(42)).decodeVariant());
    }

    @Test
    void dimensionsOfAMatrixFieldAreChecked() {
        for (int[] dimensions : List.of(
                new int[] {65_536, 65_536}, new int[] {1_001}, new int[] {46_341, 46_341}, new int[] {100, 100})) {
            assertRefused(StatusCodes.Bad_EncodingLimitsExceeded, () -> over(b -> {
                        b.writeIntLE(dimensions.length);
                        for (int dimension : dimensions) {
                            b.writeIntLE(dimension);
                        }
                    })
                    .decodeMatrix("", OpcUaDataType.Int32));
        }
        assertRefused(
                StatusCodes.Bad_DecodingError,
                () -> over(b -> b.writeIntLE(2).writeIntLE(10).writeIntLE(10)).decodeMatrix("", OpcUaDataType.Int32));
        assertRefused(StatusCodes.Bad_DecodingError, () -> over(b -> b.writeIntLE(Integer.MAX_VALUE))
                .decodeStructMatrix(
                        "",
                        ReadValueId.TYPE_ID
                                .toNodeId(CONTEXT.getNamespaceTable())
                                .orElseThrow()));
    }

    /** #1745: a message of a few bytes must not reserve room for millions of elements. */
    @Test
    void anArrayIsNeverLongerThanTheBytesThatAreThere() {
        List<Consumer<BoundedDecoder>> arrays = List.of(
                d -> d.decodeBooleanArray(""),
                d -> d.decodeSByteArray(""),
                d -> d.decodeByteArray(""),
                d -> d.decodeInt16Array(""),
                d -> d.decodeUInt16Array(""),
                d -> d.decodeInt32Array(""),
                d -> d.decodeUInt32Array(""),
                d -> d.decodeInt64Array(""),
                d -> d.decodeUInt64Array(""),
                d -> d.decodeFloatArray(""),
                d -> d.decodeDoubleArray(""),
                d -> d.decodeStringArray(""),
                d -> d.decodeDateTimeArray(""),
                d -> d.decodeGuidArray(""),
                d -> d.decodeByteStringArray(""),
                d -> d.decodeXmlElementArray(""),
                d -> d.decodeNodeIdArray(""),
                d -> d.decodeExpandedNodeIdArray(""),
                d -> d.decodeStatusCodeArray(""),
                d -> d.decodeQualifiedNameArray(""),
                d -> d.decodeLocalizedTextArray(""),
                d -> d.decodeExtensionObjectArray(""),
                d -> d.decodeDataValueArray(""),
                d -> d.decodeVariantArray(""),
                d -> d.decodeDiagnosticInfoArray(""),
                d -> d.decodeEnumArray(""),
                d -> d.decodeStructArray(
                        "",
                        ReadValueId.TYPE_ID
                                .toNodeId(CONTEXT.getNamespaceTable())
                                .orElseThrow()),
                d -> d.decodeArray(d::decodeInt32, Integer.class));
        for (int length : new int[] {Integer.MAX_VALUE, 100_000_000, 11, -2, Integer.MIN_VALUE}) {
            for (Consumer<BoundedDecoder> array : arrays) {
                assertRefused(
                        StatusCodes.Bad_DecodingError,
                        () -> array.accept(over(b -> b.writeIntLE(length).writeZero(10))));
            }
        }
        for (Consumer<BoundedDecoder> array : arrays) {
            assertRefused(
                    StatusCodes.Bad_EncodingLimitsExceeded,
                    () -> array.accept(over(b -> b.writeIntLE(1_001).writeZero(20_000))));
        }
    }

    /** What ServerCapabilities announces is what is refused, to the element. */
    @Test
    void theAnnouncedLengthsAreAccepted() {
        assertThat(over(b -> b.writeIntLE(1_000).writeZero(1_000)).decodeBooleanArray(""))
                .hasSize(1_000);
        assertThat(over(b -> b.writeIntLE(100).writeZero(100)).decodeString()).hasSize(100);
        assertThat(over(b -> b.writeIntLE(200).writeZero(200))
                        .decodeByteString()
                        .length())
                .isEqualTo(200);
        assertRefused(
                StatusCodes.Bad_EncodingLimitsExceeded,
                () -> over(b -> b.writeIntLE(101).writeZero(101)).decodeString());
        assertRefused(
                StatusCodes.Bad_EncodingLimitsExceeded,
                () -> over(b -> b.writeIntLE(201).writeZero(201)).decodeByteString());
        assertRefused(
                StatusCodes.Bad_DecodingError,
                () -> over(b -> b.writeIntLE(50).writeZero(49)).decodeString());
        assertRefused(
                StatusCodes.Bad_DecodingError, () -> over(b -> b.writeIntLE(-2)).decodeByteString());
    }

    /** Many arrays, each within its limit, would take as much memory as one long one. */
    @Test
    void allArraysOfAMessageTogetherAreBounded() {
        BoundedDecoder decoder = over(b -> {
            for (int i = 0; i < 5; i++) {
                b.writeIntLE(1_000).writeZero(1_000);
            }
        });
        for (int i = 0; i < 4; i++) {
            decoder.decodeBooleanArray("");
        }
        assertRefused(StatusCodes.Bad_EncodingLimitsExceeded, () -> decoder.decodeBooleanArray(""));
    }

    @Test
    void variantsAndDiagnosticInfosNestNoDeeperThanTheLimit() {
        // an array of one variant, in an array of one variant...
        Consumer<ByteBuf> deep = b -> {
            for (int i = 0; i < 200; i++) {
                b.writeByte(0x80 | 24).writeIntLE(1);
            }
            b.writeByte(0);
        };
        assertRefused(StatusCodes.Bad_EncodingLimitsExceeded, () -> over(deep).decodeVariant());
        Consumer<ByteBuf> values = b -> {
            for (int i = 0; i < 200; i++) {
                b.writeByte(23).writeByte(1); // a variant of a data value of a variant...
            }
            b.writeByte(0);
        };
        assertRefused(StatusCodes.Bad_EncodingLimitsExceeded, () -> over(values).decodeVariant());
        assertRefused(
                StatusCodes.Bad_EncodingLimitsExceeded,
                () -> over(b -> b.writeBytes(repeated((byte) 0x40, 100_000))).decodeDiagnosticInfo());
    }

    private static byte[] repeated(byte value, int count) {
        byte[] bytes = new byte[count];
        java.util.Arrays.fill(bytes, value);
        return bytes;
    }

    /** Whatever Milo encodes within the limits is read back as Milo would. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void variantsAreReadAsMiloReadsThem(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 250; i++) {
            Variant variant = variant(random, 0);
            ByteBuf buffer = Unpooled.buffer();
            OpcUaBinaryEncoder encoder = new OpcUaBinaryEncoder(DefaultEncodingContext.INSTANCE);
            encoder.setBuffer(buffer);
            encoder.encodeVariant(variant);
            Variant byMilo = new OpcUaBinaryDecoder(DefaultEncodingContext.INSTANCE)
                    .setBuffer(buffer.duplicate())
                    .decodeVariant();
            BoundedDecoder bounded = over(b -> b.writeBytes(buffer.duplicate()));
            assertThat(bounded.decodeVariant())
                    .as("seed %d, variant %d", seed, i)
                    .isEqualTo(byMilo);
        }
    }

    private static Variant variant(Random random, int depth) {
        Object[] scalars = {
            random.nextBoolean(),
            (byte) random.nextInt(),
            random.nextInt(),
            random.nextLong(),
            random.nextDouble(),
            uint(random.nextInt() & 0x7FFF_FFFF),
            "text" + random.nextInt(),
            new DateTime(random.nextLong() >>> 2),
            new UUID(random.nextLong(), random.nextLong()),
            ByteString.of(new byte[random.nextInt(20)]),
            new NodeId(2, "node" + random.nextInt()),
            new QualifiedName(1, "name"),
            LocalizedText.english("text"),
            new StatusCode(random.nextInt()),
            new DataValue(depth < 3 ? variant(random, depth + 1) : Variant.NULL_VALUE)
        };
        Object scalar = scalars[random.nextInt(scalars.length)];
        int length = random.nextInt(6);
        return switch (random.nextInt(4)) {
            case 0 -> Variant.NULL_VALUE;
            case 1 -> {
                Object array = java.lang.reflect.Array.newInstance(scalar.getClass(), length);
                for (int i = 0; i < length; i++) {
                    java.lang.reflect.Array.set(array, i, scalar);
                }
                yield new Variant(array);
            }
            case 2 -> new Variant(Matrix.ofInt32(new Integer[][] {{1, 2, 3}, {4, 5, 6}}));
            default -> new Variant(scalar);
        };
    }

    // -------- messages

    private static UaMessageType message(ByteBuf buffer) {
        MessageContext context = new MessageContext(DefaultEncodingContext.INSTANCE, LIMITS);
        return new OpcUaBinaryDecoder(context).setBuffer(buffer).decodeMessage(null);
    }

    private static ByteBuf encoded(UaMessageType message) {
        ByteBuf buffer = Unpooled.buffer();
        OpcUaBinaryEncoder encoder = new OpcUaBinaryEncoder(DefaultEncodingContext.INSTANCE);
        encoder.setBuffer(buffer);
        encoder.encodeMessage(null, message);
        return buffer;
    }

    private static ReadRequest read(int nodes) {
        List<ReadValueId> ids = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            ids.add(new ReadValueId(new NodeId(0, 2258), uint(13), null, null));
        }
        RequestHeader header =
                new RequestHeader(NodeId.NULL_VALUE, DateTime.now(), uint(77), uint(0), null, uint(0), null);
        return new ReadRequest(header, 0.0, TimestampsToReturn.Both, ids.toArray(new ReadValueId[0]));
    }

    /** Part 4, 7.38: the client is told by a ServiceFault with its own request handle, and keeps its connection. */
    @Test
    void anUnreadableRequestKeepsItsHeader() {
        assertThat(message(encoded(read(1_000)))).isInstanceOf(ReadRequest.class);
        assertThat(message(encoded(read(1_001))))
                .isInstanceOfSatisfying(UnreadableRequest.class, request -> assertThat(List.of(
                                request.status(),
                                request.getRequestHeader().getRequestHandle().longValue()))
                        .containsExactly(StatusCodes.Bad_EncodingLimitsExceeded, 77L));
        ByteBuf whole = encoded(read(3));
        assertThat(message(whole.copy(0, whole.readableBytes() - 1)))
                .isInstanceOfSatisfying(UnreadableRequest.class, request -> assertThat(request.status())
                        .isEqualTo(StatusCodes.Bad_DecodingError));
    }

    @Test
    void anUnknownMessageIsAnUnsupportedService() {
        ByteBuf unknown = Unpooled.buffer();
        unknown.writeByte(1).writeByte(0).writeShortLE(65_000);
        ByteBuf valid = encoded(read(1));
        unknown.writeBytes(valid.skipBytes(4));
        assertThat(message(unknown))
                .isInstanceOfSatisfying(UnreadableRequest.class, request -> assertThat(request.status())
                        .isEqualTo(StatusCodes.Bad_ServiceUnsupported));
    }

    /** The bodies of extension objects are decoded through the context of the server. */
    @Test
    void anExtensionObjectIsBoundedToo() {
        ByteBuf body = Unpooled.buffer();
        body.writeIntLE(100_000_000);
        ExtensionObject filter = ExtensionObject.of(
                ByteString.of(io.netty.buffer.ByteBufUtil.getBytes(body)),
                org.eclipse.milo.opcua.stack.core.NodeIds.EventFilter_Encoding_DefaultBinary);
        assertThatThrownBy(() -> {
                    Object decoded = filter.decode(CONTEXT);
                    throw new AssertionError(decoded);
                })
                .isInstanceOf(UaSerializationException.class)
                .hasMessageContaining("100000000");
    }
}
