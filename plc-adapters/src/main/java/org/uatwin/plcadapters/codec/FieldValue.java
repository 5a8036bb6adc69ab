package org.uatwin.plcadapters.codec;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.ValueType;

/**
 * Values of protocols that know their own data types, on the way to a point and back. As the field has them, they are a
 * Boolean, a Long (every integer up to 64 bits signed), a BigInteger (unsigned ones beyond), a Double, a String, {@link Time}, or a
 * list of one of these.
 *
 * <p>A value arrives unchanged or not at all: an integer goes into every type that holds it and into Float and Double;
 * a number with a fraction never becomes an integer, because nobody would notice what it lost.
 */
public final class FieldValue {
    private FieldValue() {}

    /** A time of the field, in {@code UaTime} ticks. */
    public record Time(long ticks) {}

    /** A value in the form of the PointTable: bits, or an object for Strings and arrays. */
    public record Form(long bits, @Nullable Object object) {}

    /** A value that does not fit its point; the message says why and what to do. */
    public static final class MisfitException extends Exception {
        private static final long serialVersionUID = 1;

        MisfitException(String text) {
            super(text);
        }

        public String text() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * The form of a value for a point of that type.
     *
     * @param arrayLength 0 for a scalar, else the number of elements the point has.
     */
    public static Form toPoint(Object value, ValueType type, int arrayLength) throws MisfitException {
        if (!(value instanceof List<?> elements)) {
            if (arrayLength > 0) {
                throw new MisfitException("a single value arrived, the point has %d elements".formatted(arrayLength));
            }
            return type == ValueType.STRING ? new Form(0, text(value)) : new Form(bits(value, type), null);
        }
        if (elements.size() != arrayLength) {
            throw new MisfitException("%d elements arrived, the point %s. Fix: array: %1$d for the point"
                    .formatted(
                            elements.size(), arrayLength == 0 ? "is a single value" : "has %d".formatted(arrayLength)));
        }
        return new Form(0, array(elements, type));
    }

    private static Object array(List<?> elements, ValueType type) throws MisfitException {
        int n = elements.size();
        switch (type) {
            case STRING -> {
                String[] texts = new String[n];
                for (int i = 0; i < n; i++) {
                    texts[i] = text(elements.get(i));
                }
                return texts;
            }
            case BOOLEAN -> {
                boolean[] flags = new boolean[n];
                for (int i = 0; i < n; i++) {
                    flags[i] = bits(elements.get(i), type) != 0;
                }
                return flags;
            }
            case FLOAT, DOUBLE -> {
                double[] numbers = new double[n];
                for (int i = 0; i < n; i++) {
                    numbers[i] = Double.longBitsToDouble(bits(elements.get(i), type));
                }
                return numbers;
            }
            default -> {
                long[] integers = new long[n];
                for (int i = 0; i < n; i++) {
                    integers[i] = bits(elements.get(i), type);
                }
                return integers;
            }
        }
    }

    private static String text(Object value) throws MisfitException {
        if (value instanceof String text) {
            return text;
        }
        throw new MisfitException("%s arrived, the point is a String".formatted(kind(value)));
    }

    private static long bits(Object value, ValueType type) throws MisfitException {
        if (type == ValueType.BOOLEAN && value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (type == ValueType.DATE_TIME && value instanceof Time time) {
            return time.ticks();
        }
        if (type.isFloating() && value instanceof Number number) {
            double d = number.doubleValue();
            return Double.doubleToRawLongBits(type == ValueType.FLOAT ? (float) d : d);
        }
        if (type.isInteger() && value instanceof Long integer) {
            boolean isWithin =
                    switch (type) {
                        case INT64 -> true;
                        case UINT64 -> integer >= 0;
                        default -> integer >= (long) type.minimum() && integer <= (long) type.maximum();
                    };
            if (isWithin) {
                return integer;
            }
        } else if (type == ValueType.UINT64 && value instanceof BigInteger large && large.bitLength() <= 64) {
            return large.longValue();
        } else if (!type.isInteger() || !(value instanceof BigInteger)) {
            throw new MisfitException("%s arrived, the point is %s. Fix: another type for the point"
                    .formatted(kind(value), type.uaName()));
        }
        throw new MisfitException(
                "%s does not fit %s. Fix: a wider type for the point".formatted(value, type.uaName()));
    }

    private static String kind(Object value) {
        return value instanceof Boolean
                ? "a Boolean"
                : value instanceof Double
                        ? "a number with a fraction (%s)".formatted(value)
                        : value instanceof Long || value instanceof BigInteger
                                ? "an integer"
                                : value instanceof String ? "a text" : value instanceof Time ? "a time" : "a list";
    }

    /** The value of a point as the field has it: the opposite of {@link #toPoint}. */
    public static Object ofPoint(long bits, @Nullable Object object, ValueType type) {
        if (object == null) {
            return scalar(bits, type);
        }
        if (object instanceof boolean[] flags) {
            Object[] all = new Object[flags.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = flags[i];
            }
            return List.of(all);
        }
        if (object instanceof double[] numbers) {
            Object[] all = new Object[numbers.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = numbers[i];
            }
            return List.of(all);
        }
        if (object instanceof long[] integers) {
            Object[] all = new Object[integers.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = scalar(integers[i], type);
            }
            return List.of(all);
        }
        return object instanceof String[] texts ? List.of((Object[]) texts) : object;
    }

    private static Object scalar(long bits, ValueType type) {
        if (type == ValueType.BOOLEAN) {
            return bits != 0;
        }
        if (type.isFloating()) {
            return Double.longBitsToDouble(bits);
        }
        if (type == ValueType.DATE_TIME) {
            return new Time(bits);
        }
        return type == ValueType.UINT64 && bits < 0 ? new BigInteger(Long.toUnsignedString(bits)) : (Object) bits;
    }
}
