package org.uatwin.informationmodel.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTypeTest {
    @ParameterizedTest
    @CsvSource({
        "INT16,-32768,32767",
        "UINT16,0,65535",
        "INT32,-2147483648,2147483647",
        "UINT32,0,4294967295",
        "SBYTE,-128,127",
        "BYTE,0,255",
        "BOOLEAN,0,1"
    })
    void integersTakeTheirRangeAndNothingBeyond(ValueType type, double low, double high) {
        assertThat(type.toDouble(type.fromDouble(low))).isEqualTo(low);
        assertThat(type.toDouble(type.fromDouble(high))).isEqualTo(high);
        assertThatThrownBy(() -> type.fromDouble(high + 1)).hasMessageContaining(type.uaName());
        assertThatThrownBy(() -> type.fromDouble(low - 1)).hasMessageContaining(type.uaName());
        assertThatThrownBy(() -> type.fromDouble(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Counters above 2^63 are real: a UInt64 must not come out negative. */
    @Test
    void unsigned64BitValuesStayPositive() {
        assertThat(ValueType.UINT64.toDouble(-1L)).isEqualTo(0x1p64);
        assertThat(ValueType.UINT64.fromDouble(0x1p63)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void integersRoundHalfUp() {
        assertThat(ValueType.INT16.fromDouble(2.5)).isEqualTo(3);
        assertThat(ValueType.INT16.fromDouble(-2.5)).isEqualTo(-2);
    }

    @Test
    void statusCodesNameThemselvesAndIgnoreInfoBits() {
        assertThat(StatusCode.of(0x8031_0000).name()).isEqualTo("Bad_NoCommunication");
        assertThat(StatusCode.of(0x8031_0480).sameCode(StatusCode.BAD_NO_COMMUNICATION))
                .isTrue();
        assertThat(StatusCode.of(0x80FE_0000).name()).isEqualTo("0x80FE0000");
    }
}
