package org.uatwin.plcadapters.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.codec.Decoded;

/** Payloads to values and times. */
class PayloadTest {
    private static final String RFC6901 =
            "{\"foo\": [\"bar\", \"baz\"], \"\": 0, \"a/b\": 1, \"c%d\": 2, \"e^f\": 3, \"g|h\": 4, \"i\\\\j\": 5, \"k\\\"l\": 6, \" \": 7, \"m~n\": 8}";

    private static RawValue read(String payload, String field) {
        PayloadPlan plan = new PayloadPlan(List.of(Field.parse(field)), ',');
        RawValue[] out = plan.newOutput();
        plan.read(payload.getBytes(StandardCharsets.UTF_8), out);
        return out[0];
    }

    /** RFC 6901, section 5. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "/foo/0; \"bar\"",
                "/; 0",
                "/a~1b; 1",
                "/c%d; 2",
                "/e^f; 3",
                "/g|h; 4",
                "/i\\j; 5",
                "/k\"l; 6",
                "/ ; 7",
                "/m~0n; 8"
            })
    void jsonPointersOfTheStandard(String pointer, String value) {
        String exact = pointer.equals("/") && value.equals("7") ? "/ " : pointer;
        assertThat(read(RFC6901, value.equals("7") ? "/ " : exact)).hasToString(value);
        assertThat(read(RFC6901, "/foo")).hasToString("[\"bar\", \"baz\"]");
        assertThat(read(RFC6901, "")).hasToString("an object");
        assertThat(read(RFC6901, "/nope").kind).isEqualTo(RawValue.Kind.MISSING);
    }

    @Test
    void aPointerIsWrittenAsItIsRead() {
        for (String pointer : List.of("", "/", "/a~1b/~0c/0", "/x y")) {
            assertThat(Field.parse(pointer).fragment()).isEqualTo("#" + pointer);
        }
        assertThat(Field.parse("7").fragment()).isEqualTo("#7");
        assertThatThrownBy(() -> Field.parse("/a~2")).hasMessageContaining("~0");
        assertThatThrownBy(() -> Field.parse("a/b")).hasMessageContaining("no JSON Pointer");
        assertThatThrownBy(() -> Field.parse("0")).hasMessageContaining("1..10000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\": }", "{} {}", "nonsense", "[1, 2"})
    void whatIsNoJsonIsRefused(String payload) {
        assertThatThrownBy(() -> read(payload, "/a")).isInstanceOf(PayloadException.class);
    }

    /** A hostile payload must not take the stack along. */
    @Test
    void deepJsonIsRefused() {
        assertThatThrownBy(() -> read("[".repeat(100_000), "/a")).isInstanceOf(PayloadException.class);
    }

    @Test
    void textsAreNumbersOnlyIfTheyReadAsOne() {
        RawValue value = new RawValue();
        for (String number : List.of("1", "-2.5", " 3e2 ", "+7", ".5", "9223372036854775807")) {
            value.setFromText(number);
            assertThat(value.kind).as(number).isEqualTo(RawValue.Kind.NUMBER);
        }
        for (String text : List.of("", "1d", "0x10", "1,5", "12:30", "NaNo", "Infinit", "-")) {
            value.setFromText(text);
            assertThat(value.kind).as(text).isEqualTo(RawValue.Kind.TEXT);
        }
    }

    private static Decoded convert(ValueType type, String text) {
        RawValue raw = new RawValue();
        raw.setFromText(text);
        Decoded out = new Decoded();
        new ValueConverter(type, 0, 1, 0, Map.of("running", 3L)).convert(raw, out);
        return out;
    }

    @Test
    void integersAreExactAndNeverWrapAround() {
        assertThat(convert(ValueType.INT64, "-9007199254740993").bits).isEqualTo(-9007199254740993L);
        assertThat(convert(ValueType.UINT16, "65535").bits).isEqualTo(65_535);
        assertThat(convert(ValueType.UINT16, "65536").outcome).isEqualTo(Decoded.Outcome.TOO_LARGE);
        assertThat(convert(ValueType.BYTE, "-1").outcome).isEqualTo(Decoded.Outcome.TOO_LARGE);
        assertThat(convert(ValueType.INT32, "Running").bits).isEqualTo(3);
        assertThat(convert(ValueType.INT32, "Stopped").outcome).isEqualTo(Decoded.Outcome.INVALID);
        assertThat(convert(ValueType.BOOLEAN, "2").outcome).isEqualTo(Decoded.Outcome.INVALID);
        RawValue raw = new RawValue();
        PayloadPlan plan = new PayloadPlan(List.of(Field.parse("")), ',');
        RawValue[] out = {raw};
        plan.read("18446744073709551615".getBytes(StandardCharsets.UTF_8), out);
        Decoded decoded = new Decoded();
        new ValueConverter(ValueType.UINT64, 0, 1, 0, Map.of()).convert(raw, decoded);
        assertThat(decoded.bits).isEqualTo(-1L);
        new ValueConverter(ValueType.INT64, 0, 1, 0, Map.of()).convert(raw, decoded);
        assertThat(decoded.outcome).isEqualTo(Decoded.Outcome.TOO_LARGE);
    }

    /** What is written to a device and read back in the same way is what was written. */
    @Property
    void aValueSurvivesTheWayThere(
            @ForAll @DoubleRange(min = -1e9, max = 1e9) double value,
            @ForAll @DoubleRange(min = 0.01, max = 1000) double scale,
            @ForAll @DoubleRange(min = -100, max = 100) double offset) {
        ValueConverter converter = new ValueConverter(ValueType.DOUBLE, 0, scale, offset, Map.of());
        long bits = Double.doubleToRawLongBits(value);
        RawValue raw = new RawValue();
        raw.setFromText(converter.toText(bits, null));
        Decoded back = new Decoded();
        converter.convert(raw, back);
        assertThat(Double.longBitsToDouble(back.bits))
                .isEqualTo(value, org.assertj.core.data.Offset.offset(1e-9 * Math.max(1, Math.abs(value))));
    }

    @ParameterizedTest
    @CsvSource({
        "1767225600, AUTO",
        "1767225600000, AUTO",
        "1767225600000000, AUTO",
        "1767225600000000000, AUTO",
        "1767225600.0, AUTO",
        "2026-01-01T00:00:00Z, AUTO",
        "2026-01-01T01:00:00+01:00, AUTO",
        "2026-01-01 00:00:00, AUTO",
        "1767225600, SECONDS",
        "1767225600000, MILLISECONDS",
        "1767225600000000, MICROSECONDS",
        "1767225600000000000, NANOSECONDS",
        "2026-01-01T00:00:00.000Z, ISO"
    })
    void oneInstantInEveryWayDevicesWriteIt(String text, TimeFormat format) {
        RawValue raw = new RawValue();
        raw.setFromText(text);
        assertThat(format.ticks(raw)).isEqualTo(UaTime.ofInstant(Instant.parse("2026-01-01T00:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-13-01T00:00:00Z", "0", "-5", "1e300"})
    void whatIsNoTimeIsNone(String text) {
        RawValue raw = new RawValue();
        raw.setFromText(text);
        assertThat(TimeFormat.AUTO.ticks(raw)).isEqualTo(UaTime.NONE);
    }
}
