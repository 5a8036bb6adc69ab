package org.uatwin.plcadapters.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.codec.FieldValue;

/** Values on their way from the upstream node to the table and back. */
class UpstreamValueTest {
    private static final Map<ValueType, OpcUaDataType> SAME = Map.of(
            ValueType.BOOLEAN, OpcUaDataType.Boolean,
            ValueType.SBYTE, OpcUaDataType.SByte,
            ValueType.BYTE, OpcUaDataType.Byte,
            ValueType.INT16, OpcUaDataType.Int16,
            ValueType.UINT16, OpcUaDataType.UInt16,
            ValueType.INT32, OpcUaDataType.Int32,
            ValueType.UINT32, OpcUaDataType.UInt32,
            ValueType.INT64, OpcUaDataType.Int64,
            ValueType.UINT64, OpcUaDataType.UInt64,
            ValueType.DATE_TIME, OpcUaDataType.DateTime);

    /** decode(encode(x)) = x for every type whose values are exact in 64 bits. */
    @Property
    void everyValueReturnsAsItWasWritten(@ForAll ValueType type, @ForAll long random) throws Exception {
        OpcUaDataType milo = SAME.get(type);
        if (milo != null) {
            long bits = type == ValueType.BOOLEAN
                    ? random & 1
                    : type.isInteger() && type.width() < 64
                            ? Math.floorMod(random, 1L << type.width()) + (long) type.minimum()
                            : random & (type == ValueType.DATE_TIME ? Long.MAX_VALUE : -1L);
            Object sent = Objects.requireNonNull(UpstreamValue.toMilo(FieldValue.ofPoint(bits, null, type), milo)
                    .getValue());
            Object received = UpstreamValue.ofMilo(sent).orElseThrow();
            assertThat(FieldValue.toPoint(received, type, 0).bits()).isEqualTo(bits);
        }
    }

    @Property
    void doublesReturnBitByBit(@ForAll double value) throws Exception {
        long bits = Double.doubleToRawLongBits(value);
        Object sent = Objects.requireNonNull(
                UpstreamValue.toMilo(FieldValue.ofPoint(bits, null, ValueType.DOUBLE), OpcUaDataType.Double)
                        .getValue());
        assertThat(FieldValue.toPoint(UpstreamValue.ofMilo(sent).orElseThrow(), ValueType.DOUBLE, 0)
                        .bits())
                .isEqualTo(bits);
    }

    /** A value that would change on its way is refused, on both ways. */
    @Test
    void whatDoesNotFitIsRefusedNotBent() {
        assertThatThrownBy(() -> FieldValue.toPoint(300L, ValueType.BYTE, 0)).hasMessageContaining("300");
        assertThatThrownBy(() -> FieldValue.toPoint(-1L, ValueType.UINT64, 0)).hasMessageContaining("-1");
        assertThatThrownBy(() -> FieldValue.toPoint(BigInteger.ONE.shiftLeft(63), ValueType.INT64, 0))
                .hasMessageContaining("Int64");
        assertThatThrownBy(() -> FieldValue.toPoint(1.5, ValueType.INT32, 0)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> FieldValue.toPoint("on", ValueType.BOOLEAN, 0)).hasMessageContaining("Boolean");
        assertThatThrownBy(() -> FieldValue.toPoint(List.of(1L, 2L), ValueType.INT32, 3))
                .hasMessageContaining("array: 2");
        assertThatThrownBy(() -> UpstreamValue.toMilo(70_000L, OpcUaDataType.UInt16))
                .hasMessageContaining("65535");
        assertThatThrownBy(() -> UpstreamValue.toMilo(1.5, OpcUaDataType.Int32)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> UpstreamValue.toMilo(1L, OpcUaDataType.ByteString))
                .hasMessageContaining("ByteString");
    }

    /** Clients must see that a sensor is at its limit, and not that the upstream's queue once overflowed. */
    @Test
    void statusKeepsLimitBitsAndDropsTheOverflowBit() {
        assertThat(UpstreamValue.status(new StatusCode(0x0000_0480L)).bits()).isZero();
        assertThat(UpstreamValue.status(new StatusCode(0x4093_0680L)).bits()).isEqualTo(0x4093_0600);
        assertThat(UpstreamValue.status(null).isGood()).isTrue();
    }
}
