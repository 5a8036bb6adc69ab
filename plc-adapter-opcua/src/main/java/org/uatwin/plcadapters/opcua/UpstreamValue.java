package org.uatwin.plcadapters.opcua;

import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.codec.FieldValue;

/** Values and status codes of Milo as ours, and back. */
final class UpstreamValue {
    /** Limit bits, valid with InfoType DataValue (Part 4, 7.39); the overflow bit tells of the upstream's queue, not of ours. */
    private static final int LIMIT_BITS = 0x0300;

    private static final int INFO_TYPE_DATA_VALUE = 0x0400;

    private UpstreamValue() {}

    /**
     * A value as {@link FieldValue} has it; empty if points cannot have such a value.
     *
     * @param value of a Variant; not null.
     */
    static Optional<Object> ofMilo(Object value) {
        if (value.getClass().isArray()) {
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                Object element = Array.get(value, i);
                Optional<Object> one = element == null ? Optional.empty() : scalar(element);
                if (one.isEmpty()) {
                    return Optional.empty();
                }
                elements.add(one.get());
            }
            return Optional.of(elements);
        }
        return scalar(value);
    }

    private static Optional<Object> scalar(Object value) {
        if (value instanceof Boolean || value instanceof String || value instanceof Double || value instanceof Long) {
            return Optional.of(value);
        }
        if (value instanceof Float f) {
            return Optional.of(f.doubleValue());
        }
        if (value instanceof ULong large) {
            BigInteger exact = large.toBigInteger();
            return Optional.of(exact.bitLength() < 64 ? (Object) exact.longValue() : exact);
        }
        if (value instanceof Number integer) { // what is left of them fits a long
            return Optional.of(integer.longValue());
        }
        if (value instanceof DateTime time) {
            return Optional.of(new FieldValue.Time(time.getUtcTime()));
        }
        if (value instanceof org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode code) {
            return Optional.of(code.value());
        }
        if (value instanceof LocalizedText text) {
            return Optional.of(text.text() == null ? "" : text.text());
        }
        if (value instanceof QualifiedName name) {
            return Optional.of(name.toParseableString());
        }
        if (value instanceof NodeId id) {
            return Optional.of(id.toParseableString());
        }
        return value instanceof UUID id ? Optional.of(id.toString()) : Optional.empty();
    }

    /**
     * A value as the upstream node takes it.
     *
     * @param type data type of the node.
     * @throws IllegalArgumentException if the type cannot take it.
     */
    static Variant toMilo(Object value, OpcUaDataType type) {
        if (!(value instanceof List<?> elements)) {
            return new Variant(scalar(value, type));
        }
        Object array = Array.newInstance(type.getBackingClass(), elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(array, i, scalar(elements.get(i), type));
        }
        return new Variant(array);
    }

    private static Object scalar(Object value, OpcUaDataType type) {
        return switch (type) {
            case Boolean -> cast(value, Boolean.class, type);
            case String -> cast(value, String.class, type);
            case LocalizedText -> LocalizedText.english(cast(value, String.class, type));
            case DateTime ->
                new DateTime(cast(value, FieldValue.Time.class, type).ticks());
            case Float -> cast(value, Number.class, type).floatValue();
            case Double -> cast(value, Number.class, type).doubleValue();
            case SByte -> (byte) integer(value, type, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case Byte -> UByte.valueOf((int) integer(value, type, 0, 255));
            case Int16 -> (short) integer(value, type, Short.MIN_VALUE, Short.MAX_VALUE);
            case UInt16 -> UShort.valueOf((int) integer(value, type, 0, 65_535));
            case Int32 -> (int) integer(value, type, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case UInt32 -> UInteger.valueOf(integer(value, type, 0, 0xFFFF_FFFFL));
            case Int64 -> integer(value, type, Long.MIN_VALUE, Long.MAX_VALUE);
            case UInt64 ->
                value instanceof BigInteger large
                        ? ULong.valueOf(large)
                        : ULong.valueOf(integer(value, type, 0, Long.MAX_VALUE));
            default ->
                throw new IllegalArgumentException(
                        "the upstream node is a %s, which cannot be written".formatted(type));
        };
    }

    private static <T> T cast(Object value, Class<T> wanted, OpcUaDataType type) {
        if (!wanted.isInstance(value)) {
            throw new IllegalArgumentException("the upstream node is a %s and does not take %s".formatted(type, value));
        }
        return wanted.cast(value);
    }

    /** A number without a fraction in these limits; a Double that has none is taken as well. */
    private static long integer(Object value, OpcUaDataType type, long low, long high) {
        long whole;
        if (value instanceof Double d && d == Math.rint(d) && Math.abs(d) < 0x1p63) {
            whole = d.longValue();
        } else if (value instanceof Long l) {
            whole = l;
        } else {
            throw new IllegalArgumentException("the upstream node is a %s and does not take %s".formatted(type, value));
        }
        if (whole < low || whole > high) {
            throw new IllegalArgumentException(
                    "%d does not fit the upstream node, a %s (%d..%d)".formatted(whole, type, low, high));
        }
        return whole;
    }

    /** The code with its limit bits. */
    static StatusCode status(org.eclipse.milo.opcua.stack.core.types.builtin.@Nullable StatusCode code) {
        if (code == null) {
            return StatusCode.GOOD;
        }
        int bits = (int) code.value();
        boolean hasLimits = (bits & INFO_TYPE_DATA_VALUE) != 0 && (bits & LIMIT_BITS) != 0;
        return StatusCode.of((bits & 0xFFFF_0000) | (hasLimits ? INFO_TYPE_DATA_VALUE | (bits & LIMIT_BITS) : 0));
    }
}
