package org.uatwin.informationmodel.plant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uatwin.informationmodel.type.TwinType;

/** The built-in twin types. They are YAML resources, read by the same code as the types of a plant file. */
public final class TypeLibrary {
    private static final String FOLDER = "/org/uatwin/types/";
    private static final List<String> FILES = List.of(
            "conveyor",
            "motor",
            "centrifugal-pump",
            "tank",
            "modbus-link",
            "modbus-device",
            "field-link",
            "field-device",
            "mqtt-link",
            "mqtt-device",
            "plant-file",
            "server-queues",
            "rolling-bearing",
            "wind-turbine",
            "wind-blade",
            "wind-farm",
            "robot-arm",
            "production-line",
            "station",
            "feeder",
            "feeder-node",
            "grid-frequency",
            "households",
            "building",
            "room",
            "sensor-node",
            "radio-gateway",
            "sensor-network",
            "process-loop",
            "linear-system",
            "wear-part",
            "pump-station");
    private static final TypeLibrary BUILT_IN = load();

    private final Map<String, TwinType> byName;

    private TypeLibrary(Map<String, TwinType> byName) {
        this.byName = byName;
    }

    /** Types of machines and plants, and those of the system's own links and devices. */
    public static TypeLibrary builtIn() {
        return BUILT_IN;
    }

    public List<TwinType> types() {
        return List.copyOf(byName.values());
    }

    public Optional<TwinType> type(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Map<String, TwinType> byName() {
        return byName;
    }

    private static TypeLibrary load() {
        Map<String, TwinType> types = new LinkedHashMap<>();
        for (String file : FILES) {
            types.putAll(read(file + ".yaml", resource(FOLDER + file + ".yaml"), types));
        }
        return new TypeLibrary(types);
    }

    /**
     * Types that come with the product or a protocol.
     *
     * @param name of the text, for messages.
     * @param known types they may extend.
     * @throws IllegalStateException if there is anything to mend in them.
     */
    static Map<String, TwinType> read(String name, String text, Map<String, TwinType> known) {
        Findings findings = new Findings();
        Section.Context context =
                new Section.Context(findings, new Secrets(null, variable -> null, findings::hide, file -> {}));
        Map<String, TwinType> types = new LinkedHashMap<>();
        YamlReader.read(name, text, findings)
                .ifPresent(root -> types.putAll(
                        new TypeReader(context, known, ModelCatalog.UNKNOWN, new PointDefaults()).read(root)));
        if (!findings.sorted().isEmpty()) {
            List<String> lines = new ArrayList<>();
            findings.sorted().forEach(finding -> lines.add(finding.toString()));
            throw new IllegalStateException("the twin types of " + name + " are broken:\n" + String.join("\n", lines));
        }
        return types;
    }

    private static String resource(String path) {
        try (InputStream in = TypeLibrary.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
