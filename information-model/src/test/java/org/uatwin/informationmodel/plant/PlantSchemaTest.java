package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema for editors: it is what the key tables say, takes every good file and refuses what it can see. */
class PlantSchemaTest {
    private static Set<?> problems(Path file) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(PlantSchema.json(ProtocolCatalog.MODBUS_ONLY));
        Findings findings = new Findings();
        Yaml yaml = YamlReader.read(file.toString(), Files.readString(file), findings)
                .orElseThrow();
        return schema.validate(json(yaml));
    }

    /** YAML 1.2 core schema, as an editor resolves it. */
    private static JsonNode json(Yaml node) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (node instanceof Yaml.Mapping mapping) {
            ObjectNode object = json.objectNode();
            mapping.entries().forEach(e -> object.set(e.key().text(), json(e.value())));
            return object;
        }
        if (node instanceof Yaml.Sequence list) {
            var array = json.arrayNode();
            list.items().forEach(item -> array.add(json(item)));
            return array;
        }
        if (node instanceof Yaml.Scalar scalar) {
            String text = scalar.text();
            if (scalar.isEmptyValue()) {
                return json.nullNode();
            }
            if (!scalar.isPlain()) {
                return json.textNode(text);
            }
            if (text.matches("[-+]?\\d{1,18}")) {
                return json.numberNode(Long.parseLong(text));
            }
            if (text.matches("[-+]?(\\.\\d+|\\d+(\\.\\d*)?)([eE][-+]?\\d+)?")) {
                return json.numberNode(Double.parseDouble(text));
            }
            return text.equals("true") || text.equals("false")
                    ? json.booleanNode(text.equals("true"))
                    : json.textNode(text);
        }
        throw new AssertionError(node);
    }

    static Stream<Path> examples() throws IOException {
        return ExamplesTest.files();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleValidates(Path file) throws IOException {
        assertThat(problems(file)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown-key",
                "password-in-the-file",
                "port-out-of-range",
                "bad-duration",
                "missing-site-id",
                "newer-major",
                "major-zero",
                "unknown-method",
                "address-and-value",
                "a-list",
                "unquoted-placeholder"
            })
    void brokenFilesASchemaCanSeeFail(String name) throws IOException {
        assertThat(problems(BrokenPlantFilesTest.FOLDER.resolve(name + ".yaml")))
                .isNotEmpty();
    }

    /** Writes the reference pages: run from the module's folder after a change of the key tables. */
    public static void main(String[] arguments) throws IOException {
        ReferencePagesTest.write();
    }
}
