package org.uatwin.plcadapters.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.RegisterFormat;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.WordOrder;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;

/** Every type, every order, both directions, and the edges of the ranges. */
class ValueCodecTest {
    private static final ModbusTable HOLDING = ModbusTable.HOLDING_REGISTER;

    private static List<WordOrder> orders(int bytes, SplittableRandom random) {
        List<WordOrder> orders = new ArrayList<>(List.of(
                WordOrder.of(false, false),
                WordOrder.of(true, false),
                WordOrder.of(false, true),
                WordOrder.of(true, true)));
        char[] letters = "ABCDEFGH".substring(0, bytes).toCharArray();
        for (int i = letters.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            char c = letters[i];
            letters[i] = letters[j];
            letters[j] = c;
        }
        orders.add(WordOrder.permutation(new String(letters)));
        return orders;
    }

    private static RegisterFormat format(RegisterType type, WordOrder order, int count) {
        return new RegisterFormat(type, order, count, 0, -1, 0, 1, 0);
    }

    private static Decoded roundTrip(ValueCodec codec, long bits, @Nullable Object object) {
        Encoded encoded = codec.encode(bits, object, -1);
        assertThat(encoded.status()).as("%s %s %s", codec, bits, object).isEqualTo(StatusCode.GOOD);
        assertThat(encoded.quantity()).isEqualTo(codec.quantity());
        Decoded decoded = new Decoded();
        codec.decode(encoded.data(), 0, decoded);
        assertThat(decoded.outcome).isEqualTo(Decoded.Outcome.VALUE);
        return decoded;
    }

    /** A value of the register type in the form of its natural value type, made from random bits. */
    private static long valueOf(RegisterType type, long random) {
        return switch (type) {
            case BOOL -> random & 1;
            case INT16 -> (short) random;
            case UINT16 -> random & 0xFFFF;
            case INT32 -> (int) random;
            case UINT32 -> random & 0xFFFF_FFFFL;
            case INT64, UINT64, FLOAT64 -> random;
            case FLOAT32 -> RegisterBytes.widen((int) random);
            case BCD16 -> Long.remainderUnsigned(random, 10_000);
            case BCD32 -> Long.remainderUnsigned(random, 100_000_000);
            case BCD64 -> Long.remainderUnsigned(random, 10_000_000_000_000_000L);
            case STRING -> throw new AssertionError(type);
        };
    }

    @Property(tries = 500)
    void decodeOfEncodeIsTheValueForEveryTypeAndOrder(@ForAll long random, @ForAll long seed) {
        SplittableRandom source = new SplittableRandom(seed);
        for (RegisterType type : RegisterType.values()) {
            if (type == RegisterType.STRING) {
                continue;
            }
            for (WordOrder order : orders(2 * Math.max(1, type.registers()), source)) {
                ValueCodec codec = new ValueCodec(format(type, order, 1), HOLDING, type.natural(), false);
                long value = valueOf(type, random);
                assertThat(roundTrip(codec, value, null).bits)
                        .as("%s %s", type, order)
                        .isEqualTo(value);
                ValueCodec array = new ValueCodec(format(type, order, 5), HOLDING, type.natural(), true);
                Object values = array(type, source, 5);
                assertThat(roundTrip(array, 0, values).object).isEqualTo(values);
            }
        }
    }

    private static Object array(RegisterType type, SplittableRandom source, int n) {
        if (type == RegisterType.BOOL) {
            boolean[] values = new boolean[n];
            for (int i = 0; i < n; i++) {
                values[i] = source.nextBoolean();
            }
            return values;
        }
        long[] values = source.longs(n).map(r -> valueOf(type, r)).toArray();
        if (type.natural().isFloating()) {
            double[] floats = new double[n];
            for (int i = 0; i < n; i++) {
                double value = Double.longBitsToDouble(values[i]);
                floats[i] = Double.isNaN(value) ? i : value;
            }
            return floats;
        }
        return values;
    }

    @Property(tries = 300)
    void stringsOfEveryLengthComeBack(@ForAll long seed) {
        SplittableRandom source = new SplittableRandom(seed);
        int length = 1 + source.nextInt(246);
        StringBuilder text = new StringBuilder();
        int used = source.nextInt(length + 1);
        for (int i = 0; i < used; i++) {
            text.append((char) (1 + source.nextInt(255)));
        }
        for (WordOrder order : List.of(WordOrder.BIG_ENDIAN, WordOrder.of(false, true), WordOrder.of(true, true))) {
            RegisterFormat format = new RegisterFormat(RegisterType.STRING, order, 1, length, -1, 0, 1, 0);
            ValueCodec codec = new ValueCodec(format, HOLDING, ValueType.STRING, false);
            assertThat(roundTrip(codec, 0, text.toString()).object).isEqualTo(text.toString());
        }
    }

    @Property(tries = 300)
    void bitFieldsTouchOnlyTheirBits(@ForAll long seed) {
        SplittableRandom source = new SplittableRandom(seed);
        int first = source.nextInt(16);
        int count = 1 + source.nextInt(16 - first);
        WordOrder order = WordOrder.of(false, source.nextBoolean());
        RegisterFormat format = new RegisterFormat(RegisterType.UINT16, order, 1, 0, first, count, 1, 0);
        ValueCodec codec = new ValueCodec(format, HOLDING, ValueType.UINT16, false);
        long value = source.nextLong() & ((1L << count) - 1);
        Encoded encoded = codec.encode(value, null, -1);
        int sent = (encoded.data()[0] & 0xFF) << 8 | (encoded.data()[1] & 0xFF);
        assertThat(sent & ~encoded.mask()).isZero();
        assertThat(Integer.bitCount(encoded.mask())).isEqualTo(count);
        int noise = source.nextInt(0x10000);
        int register = (noise & ~encoded.mask()) | sent;
        Decoded decoded = new Decoded();
        codec.decode(new byte[] {(byte) (register >> 8), (byte) register}, 0, decoded);
        assertThat(decoded.bits).isEqualTo(value);
        assertThat(codec.encode(1L << count, null, -1).status()).isEqualTo(StatusCode.BAD_OUT_OF_RANGE);
    }

    @Property(tries = 300)
    void coilsOfAnyLengthComeBackFromAnyPlaceInAnAnswer(@ForAll long seed) {
        SplittableRandom source = new SplittableRandom(seed);
        int n = 1 + source.nextInt(70);
        int at = source.nextInt(20);
        RegisterFormat format = format(RegisterType.BOOL, WordOrder.BIG_ENDIAN, n);
        ValueCodec codec = new ValueCodec(format, ModbusTable.COIL, ValueType.BOOLEAN, true);
        boolean[] values = (boolean[]) array(RegisterType.BOOL, source, n);
        assertThat(roundTrip(codec, 0, values).object).isEqualTo(values);
        byte[] answer = new byte[(at + n + 7) / 8];
        for (int i = 0; i < n; i++) {
            RegisterBytes.setBit(answer, at + i, values[i]);
        }
        Decoded decoded = new Decoded();
        codec.decode(answer, at, decoded);
        assertThat(decoded.object).isEqualTo(values);
    }

    /** The orders of the field: which bytes stand on the wire for 1.2345678 and for 0x0102030405060708. */
    @Test
    void goldenBytesOfTheFourOrders() {
        long pi = Double.doubleToRawLongBits(1.5f);
        assertThat(hex(RegisterType.FLOAT32, WordOrder.of(false, false), ValueType.FLOAT, pi))
                .isEqualTo("3fc00000");
        assertThat(hex(RegisterType.FLOAT32, WordOrder.of(true, false), ValueType.FLOAT, pi))
                .isEqualTo("00003fc0");
        assertThat(hex(RegisterType.FLOAT32, WordOrder.of(false, true), ValueType.FLOAT, pi))
                .isEqualTo("c03f0000");
        assertThat(hex(RegisterType.FLOAT32, WordOrder.of(true, true), ValueType.FLOAT, pi))
                .isEqualTo("0000c03f");
        long big = 0x0102_0304_0506_0708L;
        assertThat(hex(RegisterType.UINT64, WordOrder.of(false, false), ValueType.UINT64, big))
                .isEqualTo("0102030405060708");
        assertThat(hex(RegisterType.UINT64, WordOrder.of(true, false), ValueType.UINT64, big))
                .isEqualTo("0708050603040102");
        assertThat(hex(RegisterType.UINT64, WordOrder.of(false, true), ValueType.UINT64, big))
                .isEqualTo("0201040306050807");
        assertThat(hex(RegisterType.UINT64, WordOrder.of(true, true), ValueType.UINT64, big))
                .isEqualTo("0807060504030201");
        assertThat(hex(RegisterType.UINT16, WordOrder.of(false, true), ValueType.UINT16, 0x1234))
                .isEqualTo("3412");
        assertThat(hex(RegisterType.BCD32, WordOrder.BIG_ENDIAN, ValueType.UINT32, 12_345_678))
                .isEqualTo("12345678");
        assertThat(hex(RegisterType.UINT32, WordOrder.permutation("BADC"), ValueType.UINT32, 0x0A0B_0C0DL))
                .isEqualTo("0b0a0d0c");
    }

    private static String hex(RegisterType type, WordOrder order, ValueType valueType, long bits) {
        ValueCodec codec = new ValueCodec(format(type, order, 1), HOLDING, valueType, false);
        return HexFormat.of().formatHex(codec.encode(bits, null, -1).data());
    }

    @Test
    void nanPayloadsSurviveBothWays() {
        for (int raw : new int[] {0x7FC0_0001, 0x7F80_0001, 0xFFAB_CDEF}) {
            ValueCodec codec = new ValueCodec(
                    format(RegisterType.FLOAT32, WordOrder.BIG_ENDIAN, 1), HOLDING, ValueType.DOUBLE, false);
            byte[] wire = {(byte) (raw >> 24), (byte) (raw >> 16), (byte) (raw >> 8), (byte) raw};
            Decoded decoded = new Decoded();
            codec.decode(wire, 0, decoded);
            assertThat(Double.longBitsToDouble(decoded.bits)).isNaN();
            assertThat(codec.encode(decoded.bits, null, -1).data()).isEqualTo(wire);
        }
    }

    @Test
    void invalidBcdDigitsAreNoValue() {
        ValueCodec codec =
                new ValueCodec(format(RegisterType.BCD16, WordOrder.BIG_ENDIAN, 1), HOLDING, ValueType.UINT16, false);
        Decoded decoded = new Decoded();
        codec.decode(new byte[] {0x12, (byte) 0x3A}, 0, decoded);
        assertThat(decoded.outcome).isEqualTo(Decoded.Outcome.INVALID);
    }

    /** A value that does not fit is refused, never clamped or wrapped: a wrong setpoint is worse than none. */
    @Test
    void whatDoesNotFitIsRefused() {
        assertRefused(RegisterType.INT16, ValueType.INT32, 32_768);
        assertRefused(RegisterType.INT16, ValueType.INT32, -32_769);
        assertRefused(RegisterType.UINT16, ValueType.INT32, -1);
        assertRefused(RegisterType.UINT16, ValueType.INT32, 65_536);
        assertRefused(RegisterType.UINT32, ValueType.INT64, -1);
        assertRefused(RegisterType.INT64, ValueType.UINT64, -1);
        assertRefused(RegisterType.UINT64, ValueType.INT64, -1);
        assertRefused(RegisterType.BCD16, ValueType.UINT16, 10_000);
        assertRefused(RegisterType.BCD64, ValueType.UINT64, 10_000_000_000_000_000L);
        assertRefused(RegisterType.UINT16, ValueType.DOUBLE, Double.doubleToRawLongBits(Double.NaN));
        assertRefused(RegisterType.UINT16, ValueType.DOUBLE, Double.doubleToRawLongBits(65_535.5));
        assertRefused(RegisterType.INT64, ValueType.DOUBLE, Double.doubleToRawLongBits(0x1p63));
        assertRefused(RegisterType.FLOAT32, ValueType.DOUBLE, Double.doubleToRawLongBits(1e39));
        assertThat(codec(RegisterType.UINT16, ValueType.DOUBLE)
                        .encode(Double.doubleToRawLongBits(65_535.4), null, -1)
                        .isGood())
                .isTrue();
    }

    private static ValueCodec codec(RegisterType type, ValueType valueType) {
        return new ValueCodec(format(type, WordOrder.BIG_ENDIAN, 1), HOLDING, valueType, false);
    }

    private static void assertRefused(RegisterType type, ValueType valueType, long bits) {
        assertThat(codec(type, valueType).encode(bits, null, -1).status())
                .as("%s in %s", bits, type)
                .isEqualTo(StatusCode.BAD_OUT_OF_RANGE);
    }

    @Test
    void aReadValueTooLargeForThePointIsSaidSo() {
        Decoded decoded = new Decoded();
        codec(RegisterType.UINT32, ValueType.INT16).decode(new byte[] {0, 1, 0, 0}, 0, decoded);
        assertThat(decoded.outcome).isEqualTo(Decoded.Outcome.TOO_LARGE);
        codec(RegisterType.UINT64, ValueType.INT64).decode(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}, 0, decoded);
        assertThat(decoded.outcome).isEqualTo(Decoded.Outcome.TOO_LARGE);
    }

    @Test
    void scaleAndOffsetApplyBothWays() {
        RegisterFormat tenths = new RegisterFormat(RegisterType.INT16, WordOrder.BIG_ENDIAN, 1, 0, -1, 0, 0.1, -40);
        ValueCodec codec = new ValueCodec(tenths, HOLDING, ValueType.DOUBLE, false);
        Decoded decoded = new Decoded();
        codec.decode(new byte[] {0x02, (byte) 0x8A}, 0, decoded); // 650 raw
        assertThat(Double.longBitsToDouble(decoded.bits)).isEqualTo(650 * 0.1 - 40);
        Encoded encoded = codec.encode(Double.doubleToRawLongBits(25.0), null, -1);
        assertThat(encoded.data()).isEqualTo(new byte[] {0x02, (byte) 0x8A});
        assertThat(codec.encode(Double.doubleToRawLongBits(4000), null, -1).status())
                .isEqualTo(StatusCode.BAD_OUT_OF_RANGE);
    }

    @Test
    void partOfAnArrayIsEncodedAtItsPlace() {
        ValueCodec codec =
                new ValueCodec(format(RegisterType.INT32, WordOrder.BIG_ENDIAN, 4), HOLDING, ValueType.INT32, true);
        Encoded encoded = codec.encode(0, new long[] {7, 8}, 2);
        assertThat(encoded.skip()).isEqualTo(4);
        assertThat(encoded.quantity()).isEqualTo(4);
        assertThat(encoded.data()).isEqualTo(new byte[] {0, 0, 0, 7, 0, 0, 0, 8});
        assertThat(codec.encode(0, new long[] {7, 8}, 3).status()).isEqualTo(StatusCode.BAD_OUT_OF_RANGE);
        assertThat(codec.encode(0, new long[] {7, 8}, -1).status()).isEqualTo(StatusCode.BAD_OUT_OF_RANGE);
        assertThat(codec.encode(0, "text", -1).status()).isEqualTo(StatusCode.BAD_TYPE_MISMATCH);
        assertThat(codec.encode(0, new boolean[4], -1).status()).isEqualTo(StatusCode.BAD_TYPE_MISMATCH);
    }

    @Test
    void stringsThatDoNotFitAreRefused() {
        RegisterFormat format = new RegisterFormat(RegisterType.STRING, WordOrder.BIG_ENDIAN, 1, 5, -1, 0, 1, 0);
        ValueCodec codec = new ValueCodec(format, HOLDING, ValueType.STRING, false);
        assertThat(codec.encode(0, "123456", -1).status()).isEqualTo(StatusCode.BAD_OUT_OF_RANGE);
        assertThat(codec.encode(0, "\u20ac", -1).status()).isEqualTo(StatusCode.BAD_OUT_OF_RANGE);
        assertThat(codec.encode(0, "a\0b", -1).status()).isEqualTo(StatusCode.BAD_OUT_OF_RANGE);
        assertThat(Arrays.toString(codec.encode(0, "ab", -1).data())).isEqualTo("[97, 98, 0, 0, 0, 0]");
    }

    @Test
    void combinationsThatMakeNoSenseAreRefusedWhenMade() {
        assertThatIllegalArgumentException().isThrownBy(() -> codec(RegisterType.STRING, ValueType.INT16));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ValueCodec(
                        format(RegisterType.UINT16, WordOrder.BIG_ENDIAN, 1),
                        ModbusTable.COIL,
                        ValueType.UINT16,
                        false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ValueCodec(
                        format(RegisterType.INT32, WordOrder.permutation("BA"), 1), HOLDING, ValueType.INT32, false));
    }
}
