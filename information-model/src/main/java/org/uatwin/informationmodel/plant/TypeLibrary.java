package org.uatwin.informationmodel.plant;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
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

/**
 * The built-in twin types. They are YAML resources, read by the same code as the types of a plant file. The build adds the trees of these
 * files as bytes ({@link LibraryTrees}), which a program that has just started reads ten times as fast; without them the files are read.
 */
public final class TypeLibrary {
    static final String TREES = "library.trees";
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

    /** Made when first asked for: the build writes the trees without reading older ones. */
    private static final class BuiltIn {
        static final TypeLibrary LIBRARY = load();
    }

    private final Map<String, TwinType> byName;

    private TypeLibrary(Map<String, TwinType> byName) {
        this.byName = byName;
    }

    /** Types of machines and plants, and those of the system's own links and devices. */
    public static TypeLibrary builtIn() {
        return BuiltIn.LIBRARY;
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
        try (InputStream trees = TypeLibrary.class.getResourceAsStream(FOLDER + TREES)) {
            if (trees == null) {
                for (String file : FILES) {
                    types.putAll(read(file + ".yaml", text(file), types));
                }
            } else {
                DataInputStream in = new DataInputStream(new BufferedInputStream(trees, 1 << 16));
                for (String file : FILES) {
                    Findings findings = new Findings();
                    types.putAll(
                            types(file + ".yaml", Optional.of(YamlTree.read(file + ".yaml", in)), types, findings));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FOLDER + TREES, e);
        }
        return new TypeLibrary(types);
    }

    /** All files of the library as bytes. */
    static void writeTrees(DataOutputStream out) throws IOException {
        for (String file : FILES) {
            Findings findings = new Findings();
            Yaml root = YamlReader.read(file + ".yaml", text(file), findings)
                    .orElseThrow(() -> broken(file + ".yaml", findings));
            YamlTree.write(root, out);
        }
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
        return types(name, YamlReader.read(name, text, findings), known, findings);
    }

    private static Map<String, TwinType> types(
            String name, Optional<Yaml> tree, Map<String, TwinType> known, Findings findings) {
        Section.Context context =
                new Section.Context(findings, new Secrets(null, variable -> null, findings::hide, file -> {}));
        Map<String, TwinType> types = new LinkedHashMap<>();
        tree.ifPresent(root -> types.putAll(new TypeReader(
                        context, known, ModelCatalog.UNKNOWN, new PointDefaults(ModelCatalog.UNKNOWN), Optional.empty())
                .read(root)));
        if (!findings.sorted().isEmpty()) {
            throw broken(name, findings);
        }
        return types;
    }

    private static IllegalStateException broken(String name, Findings findings) {
        List<String> lines = new ArrayList<>();
        findings.sorted().forEach(finding -> lines.add(finding.toString()));
        return new IllegalStateException("the twin types of " + name + " are broken:\n" + String.join("\n", lines));
    }

    private static String text(String file) {
        String path = FOLDER + file + ".yaml";
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
