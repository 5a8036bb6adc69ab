package org.uatwin.informationmodel.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class UaTimeTest {
    /** OPC UA Part 6, 5.2.2.5: ticks of 100 ns since 1601. */
    @Test
    void epochsAreTheStandards() {
        assertThat(UaTime.ofInstant(Instant.parse("1601-01-01T00:00:00Z"))).isZero();
        assertThat(UaTime.ofInstant(Instant.EPOCH)).isEqualTo(116_444_736_000_000_000L);
        assertThat(UaTime.ofEpochMillis(0)).isEqualTo(116_444_736_000_000_000L);
    }

    /** Year 1601 to 9999: every tick survives. */
    @Property
    void everyTickRoundTrips(@ForAll @LongRange(min = 0, max = 2_650_467_743_999_999_999L) long ticks) {
        assertThat(UaTime.ofInstant(UaTime.toInstant(ticks))).isEqualTo(ticks);
    }

    @Property
    void everyMillisecondRoundTrips(
            @ForAll @LongRange(min = -11_644_473_600_000L, max = 253_402_300_799_999L) long ms) {
        assertThat(UaTime.toEpochMillis(UaTime.ofEpochMillis(ms))).isEqualTo(ms);
    }
}
