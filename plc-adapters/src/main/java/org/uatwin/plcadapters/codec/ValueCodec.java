package org.uatwin.plcadapters.codec;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.RegisterFormat;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.WordOrder;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;

/**
 * Translates one kind of bound value in both directions; immutable.
 *
 * <p>Raw value (register type) and point value (data type) are related by {@code value = raw * scale + offset}. Without
 * scaling, integers pass exactly, all 64 bits of them. With scaling, a written value is rounded to the nearest raw
 * step; a value beyond the raw range is Bad_OutOfRange.
 *
 * @param format how the value lies in the table.
 * @param table the table it lies in.
 * @param type the point's data type.
 * @param isArray whether the value is an array object even if it has one element.
 */
public record ValueCodec(RegisterFormat format, ModbusTable table, ValueType type, boolean isArray) {
    public ValueCodec {
        RegisterType raw = format.type();
        if (table.isBits() && raw != RegisterType.BOOL) {
            throw new IllegalArgumentException("a %s holds BOOL only, not %s".formatted(table, raw));
        }
        if ((raw == RegisterType.STRING) != (type == ValueType.STRING)) {
            throw new IllegalArgumentException("%s registers can not be a %s".formatted(raw, type.uaName()));
        }
        if (!isArray && format.count() > 1) {
            throw new IllegalArgumentException("%d elements for a scalar point".formatted(format.count()));
        }
        int bytes = 2 * Math.max(1, raw.registers());
        if (!table.isBits() && raw != RegisterType.STRING && !format.order().fits(bytes)) {
            throw new IllegalArgumentException(
                    "order %s does not fit %s of %d bytes".formatted(format.order(), raw, bytes));
        }
        if (raw == RegisterType.STRING && stringBytes(format) % stringGroup(format.order()) != 0) {
            throw new IllegalArgumentException("order %s does not divide a string of %d characters"
                    .formatted(format.order(), format.stringLength()));
        }
    }

    /** Registers or bits the value takes. */
    public int quantity() {
        return format.quantity(table);
    }

    /** Registers or bits of one element. */
    public int elementQuantity() {
        return quantity() / format.count();
    }

    /**
     * Decodes a value.
     *
     * @param data big-endian registers, or bits packed lowest first.
     * @param at first register or bit of the value within {@code data}.
     */
    public void decode(byte[] data, int at, Decoded out) {
        out.outcome = Decoded.Outcome.VALUE;
        out.object = null;
        if (!isArray) {
            decodeElement(data, at, out);
            return;
        }
        int n = format.count();
        int step = elementQuantity();
        if (type == ValueType.BOOLEAN) {
            boolean[] values = new boolean[n];
            for (int i = 0; i < n; i++) {
                decodeElement(data, at + i * step, out);
                values[i] = out.bits != 0;
            }
            out.object = values;
        } else if (type.isFloating()) {
            double[] values = new double[n];
            for (int i = 0; i < n && out.outcome == Decoded.Outcome.VALUE; i++) {
                decodeElement(data, at + i * step, out);
                values[i] = Double.longBitsToDouble(out.bits);
            }
            out.object = values;
        } else if (type == ValueType.STRING) {
            String[] values = new String[n];
            for (int i = 0; i < n; i++) {
                decodeElement(data, at + i * step, out);
                values[i] = (String) out.object;
            }
            out.object = values;
        } else {
            long[] values = new long[n];
            for (int i = 0; i < n && out.outcome == Decoded.Outcome.VALUE; i++) {
                decodeElement(data, at + i * step, out);
                values[i] = out.bits;
            }
            out.object = values;
        }
        out.bits = 0;
    }

    private void decodeElement(byte[] data, int at, Decoded out) {
        if (table.isBits()) {
            fromInteger(RegisterBytes.bit(data, at) ? 1 : 0, false, out);
            return;
        }
        switch (format.type()) {
            case STRING -> {
                out.bits = 0;
                out.object = decodeString(data, 2 * at);
            }
            case BOOL -> {
                long field = field(data, at);
                fromInteger(field != 0 ? 1 : 0, false, out);
            }
            case FLOAT32 -> fromFloating(RegisterBytes.widen((int) raw(data, at, 4)), out);
            case FLOAT64 -> fromFloating(raw(data, at, 8), out);
            case INT16 -> fromInteger(raw(data, at, 2) << 48 >> 48, false, out);
            case INT32 -> fromInteger(raw(data, at, 4) << 32 >> 32, false, out);
            case INT64 -> fromInteger(raw(data, at, 8), false, out);
            case UINT16 -> fromInteger(field(data, at), true, out);
            case UINT32 -> fromInteger(raw(data, at, 4), true, out);
            case UINT64 -> fromInteger(raw(data, at, 8), true, out);
            case BCD16 -> fromBcd(data, at, 2, out);
            case BCD32 -> fromBcd(data, at, 4, out);
            case BCD64 -> fromBcd(data, at, 8, out);
        }
    }

    private long raw(byte[] data, int at, int bytes) {
        return RegisterBytes.read(data, 2 * at, bytes, format.order());
    }

    private long field(byte[] data, int at) {
        long register = raw(data, at, 2);
        return format.bitCount() == 0 ? register : (register >>> format.firstBit()) & ((1L << format.bitCount()) - 1);
    }

    private void fromBcd(byte[] data, int at, int bytes, Decoded out) {
        long value = RegisterBytes.fromBcd(raw(data, at, bytes), bytes);
        if (value < 0) {
            out.outcome = Decoded.Outcome.INVALID;
            return;
        }
        fromInteger(value, true, out);
    }

    private void fromInteger(long raw, boolean isUnsigned, Decoded out) {
        if (format.isScaled()) {
            fromDouble(isUnsigned ? ValueType.UINT64.toDouble(raw) : raw, out);
        } else if (type.isFloating()) {
            double value = isUnsigned ? ValueType.UINT64.toDouble(raw) : raw;
            out.bits = Double.doubleToRawLongBits(type == ValueType.FLOAT ? (float) value : value);
        } else if (type == ValueType.BOOLEAN) {
            out.bits = raw != 0 ? 1 : 0;
        } else if (IntegerRange.holds(type, raw, isUnsigned)) {
            out.bits = raw;
        } else {
            out.outcome = Decoded.Outcome.TOO_LARGE;
        }
    }

    private void fromFloating(long doubleBits, Decoded out) {
        if (!format.isScaled() && type.isFloating()) {
            double value = Double.longBitsToDouble(doubleBits);
            if (type == ValueType.FLOAT && format.type() == RegisterType.FLOAT64) {
                if (Double.isFinite(value) && Float.isInfinite((float) value)) {
                    out.outcome = Decoded.Outcome.TOO_LARGE;
                } else {
                    out.bits = RegisterBytes.widen(RegisterBytes.narrow(doubleBits));
                }
                return;
            }
            out.bits = doubleBits;
            return;
        }
        fromDouble(Double.longBitsToDouble(doubleBits), out);
    }

    private void fromDouble(double raw, Decoded out) {
        double value = raw * format.scale() + format.offset();
        if (type.isFloating()) {
            if (type == ValueType.FLOAT && Double.isFinite(value) && Float.isInfinite((float) value)) {
                out.outcome = Decoded.Outcome.TOO_LARGE;
            } else {
                out.bits = Double.doubleToRawLongBits(type == ValueType.FLOAT ? (float) value : value);
            }
            return;
        }
        double rounded = Math.floor(value + 0.5);
        if (type == ValueType.BOOLEAN) {
            out.bits = value != 0 ? 1 : 0;
        } else if (rounded >= type.minimum() && rounded <= type.maximum() && type != ValueType.DATE_TIME) {
            out.bits = type.fromDouble(rounded);
        } else {
            out.outcome = Decoded.Outcome.TOO_LARGE;
        }
    }

    private String decodeString(byte[] data, int at) {
        int group = stringGroup(format.order());
        char[] text = new char[format.stringLength()];
        int length = 0;
        while (length < text.length) {
            int wire = at + length - length % group + format.order().index(length % group, group);
            char c = (char) (data[wire] & 0xFF);
            if (c == 0) {
                break;
            }
            text[length++] = c;
        }
        return new String(text, 0, length);
    }

    private static int stringGroup(WordOrder order) {
        return order.fits(2) ? 2 : order.fits(4) ? 4 : 8;
    }

    private static int stringBytes(RegisterFormat format) {
        return (format.stringLength() + 1) & ~1;
    }

    /**
     * Encodes a value or a run of elements of it.
     *
     * @param bits scalar value if {@code object} is null.
     * @param object String or array, in the form of the point's data type.
     * @param firstElement -1 for the whole value, else the first element of an array.
     */
    public Encoded encode(long bits, @Nullable Object object, int firstElement) {
        int elements = object == null || object instanceof String ? 1 : lengthOf(object);
        if (elements < 0) {
            return Encoded.refused(StatusCode.BAD_TYPE_MISMATCH, "not a %s".formatted(type.uaName()));
        }
        boolean isArrayValue = object != null && !(object instanceof String);
        if (firstElement < 0 && isArrayValue != isArray) {
            return Encoded.refused(
                    StatusCode.BAD_TYPE_MISMATCH, isArray ? "an array is expected" : "a scalar is expected");
        }
        if (firstElement < 0 && elements != format.count()) {
            return Encoded.refused(
                    StatusCode.BAD_OUT_OF_RANGE,
                    "%d elements given, the array has %d".formatted(elements, format.count()));
        }
        int first = Math.max(0, firstElement);
        if (elements == 0 || first > format.count() - elements) {
            return Encoded.refused(
                    StatusCode.BAD_OUT_OF_RANGE,
                    "elements %d..%d leave the array 0..%d".formatted(first, first + elements - 1, format.count() - 1));
        }
        int step = elementQuantity();
        int quantity = elements * step;
        byte[] data = new byte[table.isBits() ? (quantity + 7) >> 3 : 2 * quantity];
        for (int i = 0; i < elements; i++) {
            Encoded refusal = encodeElement(bits, object, i, data, i * step);
            if (refusal != null) {
                return refusal;
            }
        }
        return new Encoded(StatusCode.GOOD, "", first * step, quantity, data, mask());
    }

    /** Bits of a register that belong to the value, as they lie in the register on the wire. */
    private int mask() {
        if (table.isBits() || format.bitCount() == 0) {
            return 0xFFFF;
        }
        byte[] register = new byte[2];
        RegisterBytes.write(register, 0, 2, format.order(), ((1L << format.bitCount()) - 1) << format.firstBit());
        return (register[0] & 0xFF) << 8 | (register[1] & 0xFF);
    }

    private static int lengthOf(Object array) {
        if (array instanceof long[] a) {
            return a.length;
        }
        if (array instanceof double[] a) {
            return a.length;
        }
        if (array instanceof boolean[] a) {
            return a.length;
        }
        if (array instanceof String[] a) {
            return a.length;
        }
        return -1;
    }

    private @Nullable Encoded encodeElement(long bits, @Nullable Object object, int i, byte[] data, int at) {
        if (type == ValueType.STRING) {
            String text = object instanceof String s ? s : object instanceof String[] a ? a[i] : null;
            return text == null
                    ? Encoded.refused(StatusCode.BAD_TYPE_MISMATCH, "not a String")
                    : encodeString(text, data, 2 * at);
        }
        long value;
        if (object == null) {
            value = bits;
        } else if (object instanceof boolean[] a && type == ValueType.BOOLEAN) {
            value = a[i] ? 1 : 0;
        } else if (object instanceof double[] a && type.isFloating()) {
            value = Double.doubleToRawLongBits(a[i]);
        } else if (object instanceof long[] a && !type.isFloating() && type != ValueType.BOOLEAN) {
            value = a[i];
        } else {
            return Encoded.refused(StatusCode.BAD_TYPE_MISMATCH, "not a %s".formatted(type.uaName()));
        }
        return encodeNumber(value, data, at);
    }

    private @Nullable Encoded encodeNumber(long value, byte[] data, int at) {
        RegisterType raw = format.type();
        if (raw == RegisterType.FLOAT32 || raw == RegisterType.FLOAT64) {
            return encodeFloating(value, data, at);
        }
        long minimum = rawMinimum();
        long maximum = rawMaximum();
        boolean isRawUnsigned = raw != RegisterType.INT16 && raw != RegisterType.INT32 && raw != RegisterType.INT64;
        long integer = value;
        if (format.isScaled() || type.isFloating()) {
            double unscaled = (type.toDouble(value) - format.offset()) / format.scale();
            double rounded = Math.floor(unscaled + 0.5);
            ValueType bounds = isRawUnsigned ? ValueType.UINT64 : ValueType.INT64;
            if (!(rounded >= bounds.minimum() && rounded <= bounds.maximum())) {
                return outOfRange(value);
            }
            integer = bounds.fromDouble(rounded);
        } else if (isRawUnsigned && value < 0 && type != ValueType.UINT64) {
            return outOfRange(value);
        } else if (!isRawUnsigned && value < 0 && type == ValueType.UINT64) {
            return outOfRange(value);
        }
        boolean fits =
                isRawUnsigned ? Long.compareUnsigned(integer, maximum) <= 0 : integer >= minimum && integer <= maximum;
        if (!fits) {
            return outOfRange(value);
        }
        put(integer, data, at);
        return null;
    }

    private long rawMinimum() {
        return switch (format.type()) {
            case INT16 -> Short.MIN_VALUE;
            case INT32 -> Integer.MIN_VALUE;
            case INT64 -> Long.MIN_VALUE;
            default -> 0;
        };
    }

    private long rawMaximum() {
        return switch (format.type()) {
            case BOOL -> 1;
            case INT16 -> Short.MAX_VALUE;
            case INT32 -> Integer.MAX_VALUE;
            case INT64 -> Long.MAX_VALUE;
            case UINT16 -> format.bitCount() == 0 ? 0xFFFF : (1L << format.bitCount()) - 1;
            case UINT32 -> 0xFFFF_FFFFL;
            case UINT64 -> -1L;
            case BCD16 -> RegisterBytes.bcdMaximum(2);
            case BCD32 -> RegisterBytes.bcdMaximum(4);
            case BCD64 -> RegisterBytes.bcdMaximum(8);
            case FLOAT32, FLOAT64, STRING -> throw new AssertionError(format.type());
        };
    }

    private void put(long integer, byte[] data, int at) {
        if (table.isBits()) {
            RegisterBytes.setBit(data, at, integer != 0);
            return;
        }
        RegisterType raw = format.type();
        int bytes = 2 * Math.max(1, raw.registers());
        long pattern = raw.isBcd() ? RegisterBytes.toBcd(integer) : integer;
        if (format.bitCount() > 0) {
            pattern = integer << format.firstBit();
        }
        RegisterBytes.write(data, 2 * at, bytes, format.order(), pattern);
    }

    private @Nullable Encoded encodeFloating(long value, byte[] data, int at) {
        long doubleBits = value;
        if (format.isScaled() || !type.isFloating()) {
            doubleBits = Double.doubleToRawLongBits((type.toDouble(value) - format.offset()) / format.scale());
        }
        if (format.type() == RegisterType.FLOAT64) {
            RegisterBytes.write(data, 2 * at, 8, format.order(), doubleBits);
            return null;
        }
        double number = Double.longBitsToDouble(doubleBits);
        if (Double.isFinite(number) && Float.isInfinite((float) number)) {
            return outOfRange(value);
        }
        RegisterBytes.write(data, 2 * at, 4, format.order(), RegisterBytes.narrow(doubleBits) & 0xFFFF_FFFFL);
        return null;
    }

    private Encoded outOfRange(long value) {
        String shown = type == ValueType.UINT64
                ? Long.toUnsignedString(value)
                : type.isFloating() ? String.valueOf(type.toDouble(value)) : String.valueOf(value);
        return Encoded.refused(
                StatusCode.BAD_OUT_OF_RANGE,
                "%s does not fit %s%s"
                        .formatted(
                                shown,
                                format.type().name().toLowerCase(Locale.ROOT),
                                format.isScaled()
                                        ? " scaled by %s, offset %s".formatted(format.scale(), format.offset())
                                        : ""));
    }

    private @Nullable Encoded encodeString(String text, byte[] data, int at) {
        if (text.length() > format.stringLength()) {
            return Encoded.refused(
                    StatusCode.BAD_OUT_OF_RANGE,
                    "%d characters, at most %d fit".formatted(text.length(), format.stringLength()));
        }
        byte[] characters = text.getBytes(StandardCharsets.ISO_8859_1);
        int group = stringGroup(format.order());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || c > 0xFF) {
                return Encoded.refused(
                        StatusCode.BAD_OUT_OF_RANGE, "character U+%04X is not Latin-1".formatted((int) c));
            }
            data[at + i - i % group + format.order().index(i % group, group)] = characters[i];
        }
        return null;
    }
}
