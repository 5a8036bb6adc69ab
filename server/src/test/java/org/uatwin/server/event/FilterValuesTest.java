package org.uatwin.server.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ulong;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operands of where-clauses, OPC UA Part 4, 7.7.3. */
class FilterValuesTest {

    /** Severity is UInt16 and SCADA clients send Int32 or Double. */
    @Test
    void numbersCompareByValueWhateverTheirTypes() {
        assertThat(FilterValues.compare(ushort(500), 500)).isZero();
        assertThat(FilterValues.compare(ushort(500), 500.5)).isNegative();
        assertThat(FilterValues.compare(ulong(Long.MAX_VALUE), -1L)).isPositive();
        assertThat(FilterValues.compare(Double.POSITIVE_INFINITY, 1)).isPositive();
        assertThat(FilterValues.compare(Double.NaN, 1)).isNull();
    }

    @Test
    void textsAndNumbersMeetAsTheStandardSays() {
        assertThat(FilterValues.equal(LocalizedText.english("jam"), "jam")).isTrue();
        assertThat(FilterValues.equal("12", 12)).isTrue();
        assertThat(FilterValues.equal("twelve", 12)).isNull();
        assertThat(FilterValues.equal(NodeIds.Server, "i=2253")).isTrue();
        assertThat(FilterValues.equal(null, 12)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "pump-01,   pump%,        true",
        "pump-01,   %-0_,         true",
        "pump-01,   pump,         false",
        "pump-01,   pump-[0-3]1,  true",
        "pump-01,   pump-[^0]1,   false",
        "a.c,       a.c,          true",
        "abc,       a.c,          false",
        "50%,       50\\%,        true",
        "505,       50\\%,        false"
    })
    void likeFollowsItsPattern(String text, String pattern, boolean matches) {
        assertThat(FilterValues.like(text, pattern)).isEqualTo(matches);
    }

    @Test
    void castIsNullOutOfRange() {
        assertThat(FilterValues.cast(300, NodeIds.Byte)).isNull();
        assertThat(FilterValues.cast("300", NodeIds.Int16)).isEqualTo(300L);
        assertThat(FilterValues.cast("x", NodeIds.Int16)).isNull();
        assertThat(FilterValues.cast(1, NodeIds.Boolean)).isEqualTo(true);
    }

    @Test
    void bitwiseNeedsIntegers() {
        assertThat(FilterValues.bitwise(ubyte(6), 3, true)).isEqualTo(2L);
        assertThat(FilterValues.bitwise(6, 3, false)).isEqualTo(7L);
        assertThat(FilterValues.bitwise(6.0, 3, true)).isNull();
    }
}
