package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.uatwin.informationmodel.plant.PlantSchema;
import org.uatwin.informationmodel.plant.ProtocolSyntax;
import org.uatwin.plcadapters.adapter.Protocol;
import org.uatwin.plcadapters.adapter.Protocols;

/**
 * The schema that editors take holds the protocols of uatwin, S7 too, which is not on this class path; its module tests
 * its part. {@link #main} writes the file.
 */
class PlantSchemaFileTest {
    private static final Path FILE = Path.of("src/main/resources/org/uatwin/plant-file.schema.json");
    private static final String ELSEWHERE = "s7 ";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Those of uatwin; the class path of the tests has one of somebody else as well. */
    private static Protocols ours() {
        return Protocols.of(ServiceLoader.load(Protocol.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(protocol -> protocol.getClass().getName().startsWith("org.uatwin."))
                .toList());
    }

    private static String pretty() throws JsonProcessingException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(PlantSchema.json(ours())) + "\n";
    }

    @Test
    void theShippedSchemaIsMadeFromTheKeys() throws IOException {
        assertThat(ours().protocols()).flatExtracting(ProtocolSyntax::names).contains("mqtt", "opcua");
        JsonNode shipped = JSON.readTree(FILE.toFile());
        assertThat(shipped.get("$defs").has("s7 connection")).isTrue();
        assertThat(shipped.get("$defs").has("s7 point")).isTrue();

        forget(shipped);

        assertThat(shipped).isEqualTo(JSON.readTree(pretty()));
    }

    /** Takes the definitions of adapters out that this module does not know. */
    private static void forget(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            names.stream().filter(name -> name.startsWith(ELSEWHERE)).forEach(object::remove);
        }
        for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
            JsonNode child = children.next();
            if (child.path("$ref").asText().startsWith("#/$defs/" + ELSEWHERE)) {
                children.remove();
            } else {
                forget(child);
            }
        }
    }

    /** An editor must not mark as wrong what a newcomer copies from us. */
    @Test
    void everyPlantFileWeShowIsGoodByIt() throws IOException {
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(JSON.readTree(FILE.toFile()));
        List<String> problems = new ArrayList<>();
        Map<String, String> plants = DocumentsTest.plantFiles();
        plants.forEach((name, text) -> {
            Object yaml = new Load(LoadSettings.builder().build()).loadFromString(text);
            for (ValidationMessage problem : schema.validate(JSON.valueToTree(yaml))) {
                problems.add(name + ": " + problem.getMessage());
            }
        });
        assertThat(problems).isEmpty();
        assertThat(plants.keySet())
                .anyMatch(name -> name.startsWith("README.md"))
                .anyMatch(name -> name.startsWith("docs/how-to/connect-an-s7.md"))
                .anyMatch(name -> name.startsWith("docs/how-to/mirror-an-opcua-server.md"))
                .anyMatch(name -> name.startsWith("examples/tank-farm.yaml"));
    }

    /** Writes the file: run from the module's folder after a change of keys, with the classes of plc-adapter-s7 as well. */
    public static void main(String[] arguments) throws IOException {
        if (ours().adapter("s7").isEmpty()) {
            throw new IllegalStateException("plc-adapter-s7/target/classes is not on the class path");
        }
        Files.writeString(FILE, pretty());
    }
}
