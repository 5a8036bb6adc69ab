package org.uatwin.server.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ulong;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;

class VariantsTest {
    /** Every bit pattern a type can hold must reach a client and come back unchanged. */
    @Property(tries = 2000)
    void scalarsSurviveTheRoundTrip(@ForAll ValueType type, @ForAll long raw) {
        if (type == ValueType.STRING) {
            return;
        }
        long bits = canonical(type, raw);
        Variant variant = Variants.of(type, false, bits, null);
        assertThat(variant.getDataType().map(OpcUaDataType::getTypeId)).contains(type.builtinId());
        assertThat(Variants.decode(variant, type, 0)).isEqualTo(new Variants.Value(bits, null));
    }

    @Property(tries = 500)
    void arraysSurviveTheRoundTrip(@ForAll ValueType type, @ForAll @Size(4) long[] raw) {
        Object array = array(type, raw);
        Variant variant = Variants.of(type, true, 0, array);
        assertThat(variant.getDataType().map(OpcUaDataType::getTypeId)).contains(type.builtinId());
        Variants.Value back = (Variants.Value) Variants.decode(variant, type, 4);
        assertThat(back.object()).isEqualTo(array);
    }

    private static long canonical(ValueType type, long raw) {
        return switch (type) {
            case BOOLEAN -> raw & 1;
            case SBYTE -> (byte) raw;
            case BYTE -> raw & 0xFF;
            case INT16 -> (short) raw;
            case UINT16 -> raw & 0xFFFF;
            case INT32 -> (int) raw;
            case UINT32 -> raw & 0xFFFF_FFFFL;
            case FLOAT -> Double.doubleToRawLongBits((float) raw / 3);
            case DOUBLE -> Double.doubleToRawLongBits(raw / 3.0);
            default -> raw;
        };
    }

    private static Object array(ValueType type, long[] raw) {
        if (type == ValueType.STRING) {
            String[] strings = new String[raw.length];
            for (int i = 0; i < raw.length; i++) {
                strings[i] = Long.toString(raw[i]);
            }
            return strings;
        }
        if (type == ValueType.BOOLEAN) {
            boolean[] booleans = new boolean[raw.length];
            for (int i = 0; i < raw.length; i++) {
                booleans[i] = (raw[i] & 1) != 0;
            }
            return booleans;
        }
        double[] doubles = new double[raw.length];
        long[] longs = new long[raw.length];
        for (int i = 0; i < raw.length; i++) {
            longs[i] = canonical(type, raw[i]);
            doubles[i] = Double.longBitsToDouble(longs[i]);
        }
        return type.isFloating() ? doubles : longs;
    }

    @Test
    void unsignedExtremesKeepTheirMagnitude() {
        assertThat(Variants.of(ValueType.BYTE, false, 255, null).value()).isEqualTo(ubyte(255));
        assertThat(Variants.of(ValueType.UINT16, false, 65_535, null).value()).isEqualTo(ushort(65_535));
        assertThat(Variants.of(ValueType.UINT32, false, 0xFFFF_FFFFL, null).value())
                .isEqualTo(uint(4_294_967_295L));
        assertThat(Variants.of(ValueType.UINT64, false, -1, null).value()).isEqualTo(ulong("18446744073709551615"));
        assertThat(Variants.of(ValueType.DATE_TIME, false, 1_234_567, null).value())
                .isEqualTo(new DateTime(1_234_567));
    }

    @Test
    void doubleNanAndNegativeZeroKeepTheirBits() {
        for (long bits : new long[] {Double.doubleToRawLongBits(-0.0), 0x7FF8_0000_0000_0001L}) {
            Variant variant = Variants.of(ValueType.DOUBLE, false, bits, null);
            assertThat(Variants.decode(variant, ValueType.DOUBLE, 0)).isEqualTo(new Variants.Value(bits, null));
        }
    }

    /** Part 4, 5.11.4: no silent conversion between data types; a setpoint must not be misread. */
    @ParameterizedTest
    @EnumSource(ValueType.class)
    void aValueOfAnotherTypeIsRefused(ValueType type) {
        Variant other = type == ValueType.INT16 ? new Variant(uint(1)) : new Variant((short) 1);
        Variants.Mismatch mismatch = Variants.decode(other, type, 0).mismatch().orElseThrow();
        assertThat(mismatch.status()).isEqualTo(StatusCode.BAD_TYPE_MISMATCH);
        assertThat(mismatch.reason()).contains(type.uaName());
    }

    @Test
    void scalarForArrayArrayForScalarWrongLengthNullAndMatrixAreRefused() {
        Integer[] three = {1, 2, 3};
        assertThat(Variants.decode(new Variant(1), ValueType.INT32, 3).mismatch())
                .isPresent();
        assertThat(Variants.decode(new Variant(three), ValueType.INT32, 0).mismatch())
                .isPresent();
        assertThat(Variants.decode(new Variant(three), ValueType.INT32, 4).mismatch())
                .get()
                .extracting(Variants.Mismatch::reason)
                .isEqualTo("expected Int32[4], got Integer[3]");
        assertThat(Variants.decode(new Variant(null), ValueType.INT32, 0).mismatch())
                .isPresent();
        assertThat(Variants.decode(
                                new Variant(new Matrix(new Integer[] {1, 2, 3, 4}, new int[] {2, 2})),
                                ValueType.INT32,
                                4)
                        .mismatch())
                .isPresent();
    }

    /** Part 4, 5.11.4.2: a ByteString is accepted where an array of Byte is expected. */
    @Test
    void byteStringIsAnArrayOfByte() {
        Variant bytes = new Variant(ByteString.of(new byte[] {0, (byte) 200}));
        Variants.Value value = (Variants.Value) Variants.decode(bytes, ValueType.BYTE, 2);
        assertThat(value.object()).isEqualTo(new long[] {0, 200});
        assertThat(Variants.decode(bytes, ValueType.SBYTE, 2).mismatch()).isPresent();
    }

    @Test
    void primitiveArraysOfInProcessCallersAreAccepted() {
        Variants.Value value = (Variants.Value) Variants.decode(new Variant(new double[] {1, 2}), ValueType.DOUBLE, 2);
        assertThat(value.object()).isEqualTo(new double[] {1, 2});
    }

    @Test
    void missingStringsAndArraysAreNullVariants() {
        assertThat(Variants.of(ValueType.STRING, false, 0, null).isNull()).isTrue();
        assertThat(Variants.of(ValueType.INT16, true, 0, null).isNull()).isTrue();
        assertThatThrownBy(() -> Variants.of(ValueType.INT16, true, 0, new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Int16");
    }
}
