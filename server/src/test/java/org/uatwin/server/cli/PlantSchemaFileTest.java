package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.PlantSchema;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.plcadapters.mqtt.MqttProtocol;

/** The schema that editors take holds the protocols that come with uatwin; {@link #main} writes it. */
class PlantSchemaFileTest {
    private static final Path FILE = Path.of("src/main/resources/org/uatwin/plant-file.schema.json");

    private static String pretty() throws JsonProcessingException {
        return new ObjectMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(PlantSchema.json(Protocols.of(List.of(new MqttProtocol()))))
                + "\n";
    }

    @Test
    void theShippedSchemaIsMadeFromTheKeys() throws IOException {
        assertThat(Files.readString(FILE)).isEqualTo(pretty());
    }

    /** Writes the file: run from the module's folder after a change of keys. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(FILE, pretty());
    }
}
