package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uatwin.plcadapters.payload.RawValue;

/** Commands are read back from what the template makes of a value. */
class VirtualPayloadTest {
    private static Optional<RawValue> read(String template, String payload) {
        return new VirtualPayload.CommandReader(template).read(payload.getBytes(StandardCharsets.UTF_8));
    }

    /** What uatwin sends as a command is what a device reads, for any text. */
    @Property
    void everyTextSurvivesItsTemplate(@ForAll @StringLength(max = 40) String text) {
        for (String template : new String[] {"{\"a\": {\"v\": \"$value\"}, \"t\": $epoch}", "[\"$value\", 3]"}) {
            String payload = CommandPayload.text(template, text, true, java.time.Instant.EPOCH);
            assertThat(read(template, payload))
                    .hasValueSatisfying(v -> assertThat(v.text).isEqualTo(text));
        }
    }

    @Property
    void everyNumberSurvivesItsTemplate(@ForAll double number) {
        if (Double.isFinite(number)) {
            for (String template : new String[] {"{\"v\": $value}", "$value", "SET $value AT $time;"}) {
                String payload = CommandPayload.text(template, Double.toString(number), false, java.time.Instant.EPOCH);
                assertThat(read(template, payload))
                        .hasValueSatisfying(v -> assertThat(v.number).isEqualTo(number));
            }
        }
    }

    /** Another client writes the same command its own way. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"rate\": $value, \"at\": $epoch} | { \"at\" : 5,\"rate\":7 } | 7",
                "{\"rate\": \"$value\"} | {\"rate\": 7} | 7",
                "$value | '  7 ' | 7"
            })
    void commandsAreReadHoweverTheyAreSpaced(String template, String payload, double expected) {
        assertThat(read(template, payload))
                .hasValueSatisfying(v -> assertThat(v.number).isEqualTo(expected));
    }

    @Test
    void whatIsOfAnotherTemplateIsNoCommand() {
        assertThat(read("{\"rate\": $value}", "{\"speed\": 7}")).isEmpty();
        assertThat(read("{\"rate\": $value}", "7")).isEmpty();
        assertThat(read("SET $value", "GET 7")).isEmpty();
    }
}
