package org.uatwin.plcadapters.s7;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uatwin.informationmodel.plant.PlantSchema;
import org.uatwin.plcadapters.adapter.Protocols;

/** What the plant file may say: each mistake is reported where it stands, with its fix. */
class S7ProtocolTest {
    @Test
    void everyTypeAndBothMnemonicsAreRead() {
        assertThat(S7Plant.messages("slot: 2", S7Plant.ALL)).isEmpty();
        assertThat(S7Plant.messages("remoteTsap: 02.00", "Marker: \"A3.7\", Count: \"%DB1.DBW2\", Beyond: \"EW4\""))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Count: DB1.DBW65535 | runs past byte 65535",
                "Count: DB0.DBW0 | there is no DB0",
                "Count: DB1.DBD0:INT | a INT is no D",
                "Count: DB1.DBD0:DINT | cannot take every DINT",
                "Count: DB1.DBX0.1 | cannot take every BOOL",
                "Running: DB1.DBB0:BOOL | a BOOL needs a bit",
                "Running: DB1.DBX0.8 | bit 8",
                "Force: DB1.DBW0 | does not say which type",
                "Name: DB1.DBB0:STRING(255) | 1..254",
                "Recipe: '{address: \"DB1.DBW0:INT[3]\"}' | has 3 elements",
                "Count: DB1.DBW0:FOO | FOO is no data type",
                "Count: 40001 | is no S7 address",
                "Count: IW2 | is an input",
            })
    void mistakesInAddressesAreReported(String point, String message) {
        String quoted = point.contains("{") ? point.replace("'", "") : point.replaceFirst(": (.*)", ": \"$1\"");
        assertThat(S7Plant.messages("", quoted)).anyMatch(m -> m.contains(message) && m.contains("Fix: "));
    }

    /** Editors take the schema the server ships, whether this module is installed or not; PlantSchemaFileTest writes it. */
    @Test
    void theShippedSchemaHoldsTheKeys() throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode shipped = json.readTree(Path.of("../server/src/main/resources/org/uatwin/plant-file.schema.json")
                .toFile());
        JsonNode own = json.readTree(
                PlantSchema.json(Protocols.of(List.of(new S7Protocol()))).toString());
        for (String name : List.of("s7 connection", "s7 point")) {
            assertThat(shipped.get("$defs").get(name))
                    .as(name)
                    .isEqualTo(own.get("$defs").get(name));
            assertThat(shipped.toString()).contains("{\"$ref\":\"#/$defs/%s\"}".formatted(name));
        }
    }

    @Test
    void mistakesInTheConnectionAreReported() {
        String point = "Count: DB1.DBW0";
        assertThat(S7Plant.messages("remoteTsap: 2000x", point)).anyMatch(m -> m.contains("is no TSAP"));
        assertThat(S7Plant.messages("remoteTsap: 02.00\n    slot: 2", point))
                .anyMatch(m -> m.contains("slot beside remoteTsap"));
        assertThat(S7Plant.messages("slott: 2", point)).anyMatch(m -> m.contains("\"slot\""));
    }
}
