package org.uatwin.server.wire;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryDecoder;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.jspecify.annotations.Nullable;

/**
 * Milo's binary decoder, with every length checked before memory is taken for it (OPC UA Part 6, 5.1.5 and 5.2.2.16):
 * against the announced limit, and against the bytes that are really there, so that a short message cannot ask for a large
 * array. Milo 1.1.2 compares lengths with the largest message only (#1745, #1784) and the dimensions of a matrix with
 * nothing (#1746, #1806). For one message; not for two threads.
 */
final class BoundedDecoder extends OpcUaBinaryDecoder {
    private static final int NULL_LENGTH = -1;
    private static final int LARGEST_RANK = 16;
    // Milo's decoder does not show its buffer; a Milo where the field has another name stops the server at its start.
    private static final VarHandle BUFFER = buffer();

    private final ByteBuf buffer;
    private final DecoderLimits limits;
    private long elementsLeft;
    private int depth;

    private BoundedDecoder(ByteBuf buffer, EncodingContext context, DecoderLimits limits) {
        super(context);
        setBuffer(buffer);
        this.buffer = buffer;
        this.limits = limits;
        this.elementsLeft = limits.elementsPerMessage();
    }

    /** A bounded decoder that goes on where this one stands. */
    static BoundedDecoder insteadOf(OpcUaBinaryDecoder decoder, EncodingContext context, DecoderLimits limits) {
        return new BoundedDecoder(bufferOf(decoder), context, limits);
    }

    static ByteBuf bufferOf(OpcUaBinaryDecoder decoder) {
        return (ByteBuf) BUFFER.get(decoder);
    }

    private static VarHandle buffer() {
        try {
            return MethodHandles.privateLookupIn(OpcUaBinaryDecoder.class, MethodHandles.lookup())
                    .findVarHandle(OpcUaBinaryDecoder.class, "buffer", ByteBuf.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // -------- checks

    private static UaSerializationException refused(long status, String what) {
        return new UaSerializationException(status, what);
    }

    /** Looks at the length before the reader index, without moving it. */
    private void checkArray(int smallestElement) {
        checkElements(buffer.getIntLE(buffer.readerIndex()), smallestElement, buffer.readableBytes() - Integer.BYTES);
    }

    private void checkElements(long length, int smallestElement, int bytesLeft) {
        if (length == NULL_LENGTH) {
            return;
        }
        if (length < 0 || length * smallestElement > bytesLeft) {
            throw refused(
                    StatusCodes.Bad_DecodingError, "array of %d elements in %d bytes".formatted(length, bytesLeft));
        }
        elementsLeft -= length;
        if (length > limits.arrayLength() || elementsLeft < 0) {
            throw refused(
                    StatusCodes.Bad_EncodingLimitsExceeded,
                    "array of %d elements, at most %d".formatted(length, limits.arrayLength()));
        }
    }

    private void checkBytes(int most) {
        int length = buffer.getIntLE(buffer.readerIndex());
        if (length > most) {
            throw refused(
                    StatusCodes.Bad_EncodingLimitsExceeded, "string of %d bytes, at most %d".formatted(length, most));
        }
        if (length < NULL_LENGTH || length > buffer.readableBytes() - Integer.BYTES) {
            throw refused(
                    StatusCodes.Bad_DecodingError,
                    "string of %d bytes in %d".formatted(length, buffer.readableBytes() - Integer.BYTES));
        }
    }

    @Override
    public String decodeString() {
        checkBytes(limits.stringLength());
        return super.decodeString();
    }

    @Override
    public ByteString decodeByteString() {
        checkBytes(limits.byteStringLength());
        return super.decodeByteString();
    }

    @Override
    public XmlElement decodeXmlElement() {
        checkBytes(limits.stringLength());
        return super.decodeXmlElement();
    }

    // -------- variants

    /** As Milo's, with the dimensions checked against the elements (Part 6, 5.2.2.16). */
    @Override
    public Variant decodeVariant() {
        if (depth >= limits.depth()) {
            throw refused(StatusCodes.Bad_EncodingLimitsExceeded, "nested more than %d deep".formatted(depth));
        }
        depth++;
        try {
            int mask = buffer.readUnsignedByte();
            int typeId = mask & 0x3F;
            boolean hasDimensions = (mask & 0x40) != 0;
            if ((mask & 0x80) == 0) {
                if (hasDimensions) {
                    throw refused(StatusCodes.Bad_DecodingError, "dimensions of a scalar");
                }
                return typeId == 0 ? Variant.NULL_VALUE : new Variant(builtIn(typeId));
            }
            return array(typeId, hasDimensions);
        } finally {
            depth--;
        }
    }

    private Variant array(int typeId, boolean hasDimensions) {
        requireBuiltIn(typeId);
        checkArray(smallest(typeId));
        int length = decodeInt32();
        if (length == NULL_LENGTH) {
            if (hasDimensions) {
                dimensions(0);
            }
            return Variant.NULL_VALUE;
        }
        Object elements = elements(typeId, length);
        int[] dimensions = hasDimensions ? dimensions(length) : new int[] {length};
        return new Variant(
                dimensions.length > 1 ? new Matrix(elements, dimensions, OpcUaDataType.fromTypeId(typeId)) : elements);
    }

    private Object elements(int typeId, int length) {
        Object elements = Array.newInstance(OpcUaDataType.getBackingClass(typeId), length);
        for (int i = 0; i < length; i++) {
            Array.set(elements, i, builtIn(typeId));
        }
        return elements;
    }

    private int[] dimensions(int expected) {
        checkArray(Integer.BYTES);
        int rank = decodeInt32();
        if (rank > LARGEST_RANK) {
            throw refused(
                    StatusCodes.Bad_EncodingLimitsExceeded,
                    "matrix of %d dimensions, at most %d".formatted(rank, LARGEST_RANK));
        }
        int[] dimensions = new int[Math.max(rank, 0)];
        for (int i = 0; i < rank; i++) {
            dimensions[i] = decodeInt32();
        }
        if (rank > 0 && product(dimensions) != expected) {
            throw refused(StatusCodes.Bad_DecodingError, "dimensions do not match %d elements".formatted(expected));
        }
        return dimensions;
    }

    /** Exact as long as no length is out of its limit; -1 for a negative dimension. */
    private long product(int[] dimensions) {
        long product = 1;
        for (int dimension : dimensions) {
            if (dimension < 0) {
                return -1;
            }
            product *= dimension;
            if (product > limits.arrayLength()) {
                throw refused(
                        StatusCodes.Bad_EncodingLimitsExceeded,
                        "matrix of more than %d elements".formatted(limits.arrayLength()));
            }
        }
        return product;
    }

    private static void requireBuiltIn(int typeId) {
        if (typeId < 1 || typeId > 25) {
            throw refused(StatusCodes.Bad_DecodingError, "no built-in type %d".formatted(typeId));
        }
    }

    private static int smallest(int typeId) {
        return switch (typeId) {
            case 4, 5, 17, 18 -> 2;
            case 22 -> 3;
            case 6, 7, 10, 12, 15, 16, 19 -> 4;
            case 20 -> 6;
            case 8, 9, 11, 13 -> 8;
            case 14 -> 16;
            default -> 1;
        };
    }

    private @Nullable Object builtIn(int typeId) {
        return switch (typeId) {
            case 1 -> decodeBoolean();
            case 2 -> decodeSByte();
            case 3 -> decodeByte();
            case 4 -> decodeInt16();
            case 5 -> decodeUInt16();
            case 6 -> decodeInt32();
            case 7 -> decodeUInt32();
            case 8 -> decodeInt64();
            case 9 -> decodeUInt64();
            case 10 -> decodeFloat();
            case 11 -> decodeDouble();
            case 12 -> decodeString();
            case 13 -> decodeDateTime();
            case 14 -> decodeGuid();
            case 15 -> decodeByteString();
            case 16 -> decodeXmlElement();
            case 17 -> decodeNodeId();
            case 18 -> decodeExpandedNodeId();
            case 19 -> decodeStatusCode();
            case 20 -> decodeQualifiedName();
            case 21 -> decodeLocalizedText();
            case 22 -> decodeExtensionObject();
            case 23 -> decodeDataValue();
            case 24 -> decodeVariant();
            case 25 -> decodeDiagnosticInfo();
            default -> throw refused(StatusCodes.Bad_DecodingError, "no built-in type %d".formatted(typeId));
        };
    }

    // -------- matrices

    private void checkMatrix(int smallestElement) {
        checkArray(Integer.BYTES);
        int start = buffer.readerIndex();
        int rank = buffer.getIntLE(start);
        if (rank == NULL_LENGTH) {
            return;
        }
        if (rank > LARGEST_RANK) {
            throw refused(StatusCodes.Bad_EncodingLimitsExceeded, "matrix of %d dimensions".formatted(rank));
        }
        int[] dimensions = new int[rank];
        for (int i = 0; i < rank; i++) {
            dimensions[i] = buffer.getIntLE(start + Integer.BYTES * (i + 1));
        }
        int header = Integer.BYTES * (rank + 1);
        long product = product(dimensions);
        checkElements(product < 0 ? -2 : product, smallestElement, buffer.readableBytes() - header);
    }

    @Override
    public Matrix decodeMatrix(String field, OpcUaDataType dataType) {
        checkMatrix(smallest(dataType.getTypeId()));
        return super.decodeMatrix(field, dataType);
    }

    @Override
    public Matrix decodeStructMatrix(String field, NodeId dataTypeId) {
        checkMatrix(1);
        return super.decodeStructMatrix(field, dataTypeId);
    }

    // -------- arrays of structures and of built-in types

    @Override
    public <T> T[] decodeArray(Supplier<T> read, Class<T> type) {
        checkArray(1);
        return super.decodeArray(read, type);
    }

    @Override
    public UaStructuredType @Nullable [] decodeStructArray(String field, NodeId dataTypeId) {
        checkArray(1);
        return super.decodeStructArray(field, dataTypeId);
    }

    @Override
    public Boolean[] decodeBooleanArray(String field) {
        checkArray(1);
        return super.decodeBooleanArray(field);
    }

    @Override
    public Byte[] decodeSByteArray(String field) {
        checkArray(1);
        return super.decodeSByteArray(field);
    }

    @Override
    public Short[] decodeInt16Array(String field) {
        checkArray(2);
        return super.decodeInt16Array(field);
    }

    @Override
    public Integer[] decodeInt32Array(String field) {
        checkArray(4);
        return super.decodeInt32Array(field);
    }

    @Override
    public Long[] decodeInt64Array(String field) {
        checkArray(8);
        return super.decodeInt64Array(field);
    }

    @Override
    public UByte[] decodeByteArray(String field) {
        checkArray(1);
        return super.decodeByteArray(field);
    }

    @Override
    public UShort[] decodeUInt16Array(String field) {
        checkArray(2);
        return super.decodeUInt16Array(field);
    }

    @Override
    public UInteger[] decodeUInt32Array(String field) {
        checkArray(4);
        return super.decodeUInt32Array(field);
    }

    @Override
    public ULong[] decodeUInt64Array(String field) {
        checkArray(8);
        return super.decodeUInt64Array(field);
    }

    @Override
    public Float[] decodeFloatArray(String field) {
        checkArray(4);
        return super.decodeFloatArray(field);
    }

    @Override
    public Double[] decodeDoubleArray(String field) {
        checkArray(8);
        return super.decodeDoubleArray(field);
    }

    @Override
    public String[] decodeStringArray(String field) {
        checkArray(4);
        return super.decodeStringArray(field);
    }

    @Override
    public DateTime[] decodeDateTimeArray(String field) {
        checkArray(8);
        return super.decodeDateTimeArray(field);
    }

    @Override
    public UUID[] decodeGuidArray(String field) {
        checkArray(16);
        return super.decodeGuidArray(field);
    }

    @Override
    public ByteString[] decodeByteStringArray(String field) {
        checkArray(4);
        return super.decodeByteStringArray(field);
    }

    @Override
    public XmlElement[] decodeXmlElementArray(String field) {
        checkArray(4);
        return super.decodeXmlElementArray(field);
    }

    @Override
    public NodeId[] decodeNodeIdArray(String field) {
        checkArray(2);
        return super.decodeNodeIdArray(field);
    }

    @Override
    public ExpandedNodeId[] decodeExpandedNodeIdArray(String field) {
        checkArray(2);
        return super.decodeExpandedNodeIdArray(field);
    }

    @Override
    public StatusCode[] decodeStatusCodeArray(String field) {
        checkArray(4);
        return super.decodeStatusCodeArray(field);
    }

    @Override
    public QualifiedName[] decodeQualifiedNameArray(String field) {
        checkArray(6);
        return super.decodeQualifiedNameArray(field);
    }

    @Override
    public LocalizedText[] decodeLocalizedTextArray(String field) {
        checkArray(1);
        return super.decodeLocalizedTextArray(field);
    }

    @Override
    public ExtensionObject[] decodeExtensionObjectArray(String field) {
        checkArray(3);
        return super.decodeExtensionObjectArray(field);
    }

    @Override
    public DataValue[] decodeDataValueArray(String field) {
        checkArray(1);
        return super.decodeDataValueArray(field);
    }

    @Override
    public Variant[] decodeVariantArray(String field) {
        checkArray(1);
        return super.decodeVariantArray(field);
    }

    @Override
    public DiagnosticInfo[] decodeDiagnosticInfoArray(String field) {
        checkArray(1);
        return super.decodeDiagnosticInfoArray(field);
    }
}
