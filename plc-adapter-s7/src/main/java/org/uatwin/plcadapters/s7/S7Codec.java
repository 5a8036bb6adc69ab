package org.uatwin.plcadapters.s7;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bytes of a CPU and values as {@code FieldValue} has them: big-endian, bits from the least significant on. */
final class S7Codec {
    private S7Codec() {}

    /**
     * The value at an address.
     *
     * @param data bytes that begin at {@code dataOffset} of the area.
     * @throws IllegalArgumentException if the bytes hold no value of the type.
     */
    static Object decode(S7Address address, byte[] data, int dataOffset) {
        int at = address.offset() - dataOffset;
        if (at < 0 || at + address.bytes() > data.length) {
            throw new IllegalArgumentException(
                    "%d bytes from %d do not hold %s".formatted(data.length, dataOffset, address.label()));
        }
        List<Object> elements = new ArrayList<>(address.count());
        for (int i = 0; i < address.count(); i++) {
            elements.add(
                    address.type() == S7Type.BOOL
                            ? (Object) isSet(data, 8 * at + address.bit() + i)
                            : element(address, data, at + i * address.type().bytes(address.length())));
        }
        return address.count() == 1 ? elements.get(0) : elements;
    }

    private static boolean isSet(byte[] data, int bit) {
        return (data[bit / 8] >> (bit % 8) & 1) != 0;
    }

    private static Object element(S7Address address, byte[] data, int at) {
        ByteBuffer b = ByteBuffer.wrap(data);
        return switch (address.type()) {
            case BYTE, USINT -> (long) (b.get(at) & 0xFF);
            case SINT -> (long) b.get(at);
            case WORD, UINT -> (long) (b.getShort(at) & 0xFFFF);
            case INT -> (long) b.getShort(at);
            case DWORD, UDINT -> b.getInt(at) & 0xFFFF_FFFFL;
            case DINT, TIME -> (long) b.getInt(at);
            case LINT -> b.getLong(at);
            case LWORD, ULINT -> {
                long bits = b.getLong(at);
                yield bits >= 0 ? (Object) bits : new BigInteger(Long.toUnsignedString(bits));
            }
            case REAL -> (double) b.getFloat(at);
            case LREAL -> b.getDouble(at);
            case CHAR -> new String(data, at, 1, StandardCharsets.ISO_8859_1);
            case STRING -> text(address, data, at + 2, b.get(at + 1) & 0xFF, 1);
            case WSTRING -> text(address, data, at + 4, b.getShort(at + 2) & 0xFFFF, 2);
            case BOOL -> throw new AssertionError("bits are read by themselves");
        };
    }

    private static String text(S7Address address, byte[] data, int at, int characters, int width) {
        if (characters > address.length()) {
            throw new IllegalArgumentException("%s says it holds %d characters".formatted(address.label(), characters));
        }
        return new String(
                data, at, characters * width, width == 1 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16BE);
    }

    /**
     * The bytes of one element that is no BOOL. Of a STRING they begin behind its declared length, which belongs to the
     * program.
     *
     * @throws IllegalArgumentException if the type cannot take the value.
     */
    static byte[] encode(S7Address address, Object value) {
        S7Type type = address.type();
        return switch (type.kind()) {
            case TEXT -> text(address, String.valueOf(value));
            case FLOATING -> {
                double number = ((Number) value).doubleValue();
                yield type == S7Type.REAL
                        ? ByteBuffer.allocate(4).putFloat((float) number).array()
                        : ByteBuffer.allocate(8).putDouble(number).array();
            }
            case SIGNED, UNSIGNED -> integer(address, whole(address, value));
            case BIT -> throw new AssertionError("bits are written by themselves");
        };
    }

    /** Where the bytes of {@link #encode} go, from the element's first byte on. */
    static int skipped(S7Type type) {
        return type == S7Type.STRING ? 1 : type == S7Type.WSTRING ? 2 : 0;
    }

    private static BigInteger whole(S7Address address, Object value) {
        if (value instanceof BigInteger large) {
            return large;
        }
        if (value instanceof Long integer) {
            return BigInteger.valueOf(integer);
        }
        if (value instanceof Double number && number == Math.rint(number) && Double.isFinite(number)) {
            return new java.math.BigDecimal(number).toBigIntegerExact();
        }
        throw new IllegalArgumentException("%s takes whole numbers, not %s".formatted(address.label(), value));
    }

    private static byte[] integer(S7Address address, BigInteger value) {
        int bits = 8 * address.type().bytes(0);
        boolean isSigned = address.type().kind() == S7Type.Kind.SIGNED;
        BigInteger low = isSigned ? BigInteger.ONE.shiftLeft(bits - 1).negate() : BigInteger.ZERO;
        BigInteger high = BigInteger.ONE.shiftLeft(isSigned ? bits - 1 : bits).subtract(BigInteger.ONE);
        if (value.compareTo(low) < 0 || value.compareTo(high) > 0) {
            throw new IllegalArgumentException(
                    "%s does not fit %s (%s..%s)".formatted(value, address.label(), low, high));
        }
        byte[] all = ByteBuffer.allocate(8).putLong(value.longValue()).array();
        return java.util.Arrays.copyOfRange(all, 8 - bits / 8, 8);
    }

    private static byte[] text(S7Address address, String text) {
        boolean isWide = address.type() == S7Type.WSTRING;
        int longest = address.type() == S7Type.CHAR ? 1 : address.length();
        if (text.length() > longest || (address.type() == S7Type.CHAR && text.length() != 1)) {
            throw new IllegalArgumentException(
                    "\"%s\" has %d characters, %s takes %d".formatted(text, text.length(), address.label(), longest));
        }
        if (!isWide && !StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(
                    "\"%s\" has characters that %s cannot hold; it is ISO 8859-1".formatted(text, address.label()));
        }
        byte[] characters = text.getBytes(isWide ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1);
        if (address.type() == S7Type.CHAR) {
            return characters;
        }
        ByteBuffer b = ByteBuffer.allocate((isWide ? 2 : 1) + characters.length);
        if (isWide) {
            b.putShort((short) text.length());
        } else {
            b.put((byte) text.length());
        }
        return b.put(characters).array();
    }
}
