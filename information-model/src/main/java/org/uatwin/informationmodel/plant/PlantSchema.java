package org.uatwin.informationmodel.plant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON Schema (2020-12) of the plant file, made from the key tables. Editors use it for completion and first
 * checks; it knows keys, kinds and ranges, the reader knows the rest.
 */
public final class PlantSchema {
    private static final String DURATION = "^\\d+(\\.\\d+)? ?(ms|s|min|h|d)$";
    private static final String MONEY = "^\\d+(\\.\\d+)? ?[A-Z]{3}";
    private static final String PLACEHOLDER = "[{]";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, ObjectNode> definitions = new LinkedHashMap<>();

    private final List<ProtocolSyntax> protocols; // by name, whatever order they were found in

    private PlantSchema(ProtocolCatalog protocols) {
        this.protocols = protocols.protocols().stream()
                .sorted(Comparator.comparing(p -> p.names().get(0)))
                .toList();
    }

    /** The schema as a tree, of Modbus and these protocols. */
    public static JsonNode json(ProtocolCatalog protocols) {
        PlantSchema schema = new PlantSchema(protocols);
        ObjectNode root = JSON.objectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("$id", "urn:uatwin:plant-file:" + PlantFile.VERSION);
        root.put("title", "uatwin plant file");
        root.setAll(schema.section(Keys.ROOT));
        ObjectNode all = root.putObject("$defs");
        schema.definitions.forEach(all::set);
        return root;
    }

    private ObjectNode section(Keys keys) {
        ObjectNode node = JSON.objectNode();
        node.put("type", "object");
        node.put("additionalProperties", false);
        ObjectNode properties = node.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (Keys.Key key : keys.all()) {
            ObjectNode value = value(key);
            value.put("description", key.fallback().isEmpty() ? key.doc() : key.doc() + "; default " + key.fallback());
            properties.set(key.name(), value);
            if (key.isRequired()) {
                required.add(key.name());
            }
        }
        if (!required.isEmpty()) {
            node.set("required", required);
        }
        if (keys == Keys.TWIN) {
            oneOf(node, "id", "ids", "table");
        } else if (keys.has("address") && keys.has("value")) {
            oneOf(node, "address", "value", "expression", "vote", "inference");
            orVibrationAlone(node);
        }
        return node;
    }

    private static void oneOf(ObjectNode node, String... names) {
        ArrayNode choices = node.putArray("oneOf");
        for (String name : names) {
            choices.addObject().putArray("required").add(name);
        }
    }

    /** A waveform that a reduced channel fills has no address, and yet its analysis may differ from the type's. */
    private static void orVibrationAlone(ObjectNode node) {
        ArrayNode choices = (ArrayNode) node.get("oneOf");
        ObjectNode alone = JSON.objectNode();
        alone.putArray("required").add("vibration");
        alone.putObject("not").set("anyOf", choices.deepCopy());
        choices.add(alone);
    }

    private ObjectNode ref(Optional<Keys> section) {
        Keys keys = section.orElseThrow();
        if (!definitions.containsKey(keys.name())) {
            definitions.put(keys.name(), JSON.objectNode());
            definitions.put(keys.name(), section(keys));
        }
        return JSON.objectNode().put("$ref", "#/$defs/" + keys.name());
    }

    private ObjectNode value(Keys.Key key) {
        return switch (key.kind()) {
            case TEXT, FILE -> text();
            case SECRET -> pattern("^\\$\\{(env|file):[^}]+}$");
            case LOCALIZED -> any(text(), mapOf(text()));
            case INTEGER -> any(bounded("integer", key), placeholder());
            case NUMBER -> any(type("number"), placeholder());
            case BOOLEAN -> any(type("boolean"), placeholder());
            case DURATION -> any(pattern(DURATION), placeholder());
            case CHOICE -> choice(key);
            case MONEY -> any(pattern(MONEY + "$"), placeholder());
            case MONEY_PER_HOUR -> any(pattern(MONEY + "/h$"), placeholder());
            case RANGE -> pair();
            case SECTION -> ref(key.section());
            case SECTIONS -> mapOf(key.section().orElseThrow() == Keys.CONNECTION ? connections() : ref(key.section()));
            case SECTION_LIST -> listOf(ref(key.section()));
            case TEXT_LIST -> any(text(), listOf(text()));
            case TABLES -> mapOf(text());
            case NUMBERS -> mapOf(any(type("number"), placeholder()));
            case NUMBER_LIST -> any(type("number"), placeholder(), listOf(type("number")));
            case PAIR -> pair();
            case PAIRS -> listOf(pair());
            case SECTION_OR_NONE -> any(type("string").put("const", "none"), ref(key.section()));
            case NAME_OR_SECTION -> any(text(), ref(key.section()));
            case SECTION_OR_BOOLEAN -> any(type("boolean"), ref(key.section()));
            case ENUM_TEXTS -> enumTexts();
            case ORDER -> any(pattern("^[A-H]{2,8}$"), ref(key.section()));
            case POLL_GROUPS -> mapOf(any(pattern(DURATION), placeholder(), ref(key.section())));
            case BINDINGS -> mapOf(bindings(key));
            case VALUE -> any(text(), listOf(text()));
            case METHODS -> methods();
        };
    }

    private ObjectNode connections() {
        List<ObjectNode> choices = new ArrayList<>();
        choices.add(ref(Optional.of(Keys.CONNECTION)));
        protocols.forEach(p -> choices.add(ref(Optional.of(SettingKeys.connection(p)))));
        return any(choices.toArray(ObjectNode[]::new));
    }

    private ObjectNode bindings(Keys.Key key) {
        List<ObjectNode> choices = new ArrayList<>();
        choices.add(type("string"));
        choices.add(ref(key.section()));
        protocols.forEach(p -> choices.add(ref(Optional.of(SettingKeys.point(p)))));
        return any(choices.toArray(ObjectNode[]::new));
    }

    private static ObjectNode type(String name) {
        return JSON.objectNode().put("type", name);
    }

    /** What the reader takes as text: YAML makes numbers of unquoted digits. */
    private static ObjectNode text() {
        ObjectNode node = JSON.objectNode();
        node.putArray("type").add("string").add("number").add("boolean");
        return node;
    }

    private static ObjectNode pattern(String pattern) {
        return type("string").put("pattern", pattern);
    }

    private static ObjectNode placeholder() {
        return pattern(PLACEHOLDER);
    }

    private static ObjectNode any(ObjectNode... choices) {
        ObjectNode node = JSON.objectNode();
        ArrayNode list = node.putArray("anyOf");
        for (ObjectNode choice : choices) {
            list.add(choice);
        }
        return node;
    }

    private static ObjectNode mapOf(ObjectNode value) {
        ObjectNode node = type("object");
        node.set("additionalProperties", value);
        return node;
    }

    private static ObjectNode listOf(ObjectNode value) {
        ObjectNode node = type("array");
        node.set("items", value);
        return node;
    }

    private static ObjectNode bounded(String type, Keys.Key key) {
        return type(type).put("minimum", (long) key.low()).put("maximum", (long) key.high());
    }

    private static ObjectNode choice(Keys.Key key) {
        ObjectNode node = JSON.objectNode();
        ArrayNode values = node.putArray("enum");
        for (String choice : key.choices()) {
            if (choice.chars().allMatch(Character::isDigit)) {
                values.add(Long.parseLong(choice));
            }
            values.add(choice);
        }
        return any(node, placeholder());
    }

    private static ObjectNode pair() {
        return listOf(type("number")).put("minItems", 2).put("maxItems", 2);
    }

    private static ObjectNode enumTexts() {
        ObjectNode node = type("object").put("additionalProperties", false);
        node.putObject("patternProperties").set("^-?\\d{1,9}$", any(text(), mapOf(text())));
        return node;
    }

    private static ObjectNode methods() {
        ObjectNode names = JSON.objectNode();
        ArrayNode values = names.putArray("enum");
        TwinMethods.names().forEach(values::add);
        return listOf(names);
    }
}
