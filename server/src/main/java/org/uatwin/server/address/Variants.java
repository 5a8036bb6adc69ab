package org.uatwin.server.address;

import java.lang.reflect.Array;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;

/**
 * Our values as Milo Variants and back. The inner form is the one {@link ValueType} defines: 64 bits for scalars, an
 * object for Strings and arrays. Arrays become Milo's boxed arrays ({@code UShort[]}, {@code Double[]}, ...), the form
 * its decoder produces, so that a value read and written back is the same class.
 */
public final class Variants {
    private Variants() {}

    /** What a client's Variant is in the inner form, or why it does not fit. */
    public sealed interface Decoded {
        /** Bad_TypeMismatch with its reason, or empty if the value fits. */
        Optional<Mismatch> mismatch();
    }

    /**
     * A value that fits the variable.
     *
     * @param bits the scalar; 0 when {@code object} carries the value.
     * @param object a String or a fresh array nobody else holds, or null for a scalar in {@code bits}.
     */
    public record Value(long bits, @Nullable Object object) implements Decoded {
        @Override
        public Optional<Mismatch> mismatch() {
            return Optional.empty();
        }
    }

    /**
     * A value the variable cannot take.
     *
     * @param status Bad_TypeMismatch (OPC UA Part 4, 5.11.4.4: data type or array length differ).
     * @param reason what was expected and what came, for a log or a diagnostic text.
     */
    public record Mismatch(StatusCode status, String reason) implements Decoded {
        @Override
        public Optional<Mismatch> mismatch() {
            return Optional.of(this);
        }
    }

    /**
     * The Variant of a stored value.
     *
     * @param isArray whether the variable is a one-dimensional array.
     * @param bits the scalar; ignored for Strings and arrays.
     * @param object the String or array; null gives a null Variant where a String or array is due.
     * @throws IllegalArgumentException if {@code object} is not of the class {@link ValueType} defines for the type.
     */
    public static Variant of(ValueType type, boolean isArray, long bits, @Nullable Object object) {
        if (isArray) {
            return object == null ? Variant.NULL_VALUE : new Variant(array(type, object));
        }
        if (type.isPrimitive()) {
            return new Variant(scalar(type, bits));
        }
        if (object == null || object instanceof String) {
            return object == null ? Variant.NULL_VALUE : new Variant(object);
        }
        throw notOf(type, object);
    }

    private static Object scalar(ValueType type, long bits) {
        return switch (type) {
            case BOOLEAN -> bits != 0;
            case SBYTE -> (byte) bits;
            case BYTE -> UByte.valueOf((int) bits & 0xFF);
            case INT16 -> (short) bits;
            case UINT16 -> UShort.valueOf((int) bits & 0xFFFF);
            case INT32 -> (int) bits;
            case UINT32 -> UInteger.valueOf(bits & 0xFFFF_FFFFL);
            case INT64 -> bits;
            case UINT64 -> ULong.valueOf(bits);
            case FLOAT -> (float) Double.longBitsToDouble(bits);
            case DOUBLE -> Double.longBitsToDouble(bits);
            case DATE_TIME -> new DateTime(bits);
            case STRING -> throw new IllegalArgumentException("a String is not a scalar in bits");
        };
    }

    private static Object array(ValueType type, Object array) {
        boolean fits =
                switch (type) {
                    case BOOLEAN -> array instanceof boolean[];
                    case FLOAT, DOUBLE -> array instanceof double[];
                    case STRING -> array instanceof String[];
                    default -> array instanceof long[];
                };
        if (!fits) {
            throw notOf(type, array);
        }
        int n = Array.getLength(array);
        Object[] boxed = emptyArray(type, n);
        for (int i = 0; i < n; i++) {
            boxed[i] = element(type, array, i);
        }
        return boxed;
    }

    private static Object element(ValueType type, Object array, int i) {
        if (array instanceof boolean[] booleans) {
            return booleans[i];
        }
        if (array instanceof double[] doubles) {
            return scalar(type, Double.doubleToRawLongBits(doubles[i]));
        }
        if (array instanceof long[] longs) {
            return scalar(type, longs[i]);
        }
        return ((String[]) array)[i];
    }

    private static Object[] emptyArray(ValueType type, int n) {
        return switch (type) {
            case BOOLEAN -> new Boolean[n];
            case SBYTE -> new Byte[n];
            case BYTE -> new UByte[n];
            case INT16 -> new Short[n];
            case UINT16 -> new UShort[n];
            case INT32 -> new Integer[n];
            case UINT32 -> new UInteger[n];
            case INT64 -> new Long[n];
            case UINT64 -> new ULong[n];
            case FLOAT -> new Float[n];
            case DOUBLE -> new Double[n];
            case DATE_TIME -> new DateTime[n];
            case STRING -> new String[n];
        };
    }

    private static IllegalArgumentException notOf(ValueType type, Object object) {
        return new IllegalArgumentException(
                "%s does not carry a %s".formatted(object.getClass().getSimpleName(), type.uaName()));
    }

    /**
     * A client's value in the inner form. Types are not converted: an Int32 is no Int16 (OPC UA Part 4, 5.11.4), with
     * the one exception the standard demands, a ByteString for an array of Byte. A null String element becomes the
     * empty String.
     *
     * @param arrayLength 0 for a scalar, else the exact number of elements required.
     */
    public static Decoded decode(Variant variant, ValueType type, int arrayLength) {
        Object value = variant.value();
        if (value == null) {
            return mismatch(type, arrayLength, "null");
        }
        if (arrayLength > 0) {
            return decodeArray(value, type, arrayLength);
        }
        if (type == ValueType.STRING) {
            return value instanceof String ? new Value(0, value) : mismatch(type, arrayLength, nameOf(value));
        }
        if (!fits(value, type)) {
            return mismatch(type, arrayLength, nameOf(value));
        }
        return new Value(bits(value, type), null);
    }

    private static Decoded decodeArray(Object value, ValueType type, int arrayLength) {
        Object source = value;
        if (type == ValueType.BYTE && value instanceof ByteString string) {
            source = unsigned(string.bytesOrEmpty());
        }
        if (!source.getClass().isArray() || Array.getLength(source) != arrayLength) {
            return mismatch(type, arrayLength, nameOf(source));
        }
        for (int i = 0; i < arrayLength; i++) {
            Object element = Array.get(source, i);
            boolean fits =
                    element == null ? type == ValueType.STRING && source instanceof String[] : fits(element, type);
            if (!fits) {
                return mismatch(type, arrayLength, nameOf(source));
            }
        }
        return new Value(0, inner(source, type, arrayLength));
    }

    private static Object inner(Object source, ValueType type, int n) {
        if (type == ValueType.STRING) {
            String[] strings = new String[n];
            for (int i = 0; i < n; i++) {
                Object element = Array.get(source, i);
                strings[i] = element == null ? "" : (String) element;
            }
            return strings;
        }
        if (type == ValueType.BOOLEAN) {
            boolean[] booleans = new boolean[n];
            for (int i = 0; i < n; i++) {
                booleans[i] = (Boolean) Array.get(source, i);
            }
            return booleans;
        }
        if (type.isFloating()) {
            double[] doubles = new double[n];
            for (int i = 0; i < n; i++) {
                doubles[i] = ((Number) Array.get(source, i)).doubleValue();
            }
            return doubles;
        }
        long[] longs = new long[n];
        for (int i = 0; i < n; i++) {
            longs[i] = bits(Array.get(source, i), type);
        }
        return longs;
    }

    private static boolean fits(Object value, ValueType type) {
        return switch (type) {
            case BOOLEAN -> value instanceof Boolean;
            case SBYTE -> value instanceof Byte;
            case BYTE -> value instanceof UByte;
            case INT16 -> value instanceof Short;
            case UINT16 -> value instanceof UShort;
            case INT32 -> value instanceof Integer;
            case UINT32 -> value instanceof UInteger;
            case INT64 -> value instanceof Long;
            case UINT64 -> value instanceof ULong;
            case FLOAT -> value instanceof Float;
            case DOUBLE -> value instanceof Double;
            case DATE_TIME -> value instanceof DateTime;
            case STRING -> value instanceof String;
        };
    }

    private static long bits(Object value, ValueType type) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof DateTime time) {
            return time.getUtcTime();
        }
        Number number = (Number) value;
        return type.isFloating() ? Double.doubleToRawLongBits(number.doubleValue()) : number.longValue();
    }

    private static UByte[] unsigned(byte[] bytes) {
        UByte[] values = new UByte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            values[i] = UByte.valueOf(bytes[i] & 0xFF);
        }
        return values;
    }

    private static Mismatch mismatch(ValueType type, int arrayLength, String got) {
        String expected = arrayLength == 0 ? type.uaName() : "%s[%d]".formatted(type.uaName(), arrayLength);
        return new Mismatch(StatusCode.BAD_TYPE_MISMATCH, "expected %s, got %s".formatted(expected, got));
    }

    private static String nameOf(Object value) {
        Class<?> type = value.getClass();
        return type.isArray()
                ? "%s[%d]".formatted(type.getComponentType().getSimpleName(), Array.getLength(value))
                : type.getSimpleName();
    }
}
