package org.uatwin.informationmodel.type;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Numeric NodeIds of the namespace {@code urn:uatwin:types} (contracts section 1). The table is a resource to which
 * lines are only ever added: an id is never changed, never given to another path and never used again.
 *
 * <p>Paths are BrowseNames of a type and its members: {@code CentrifugalPumpType}, {@code CentrifugalPumpType/Flow},
 * {@code CentrifugalPumpType/Flow/EURange}. Types of a plant file have string ids in the site's namespace instead:
 * {@link #ownTypeId}.
 */
public final class TypeIds {
    public static final String NAMESPACE_URI = "urn:uatwin:types";

    /** The types below all twin types, with their members (information model 4.3 and 4.5). */
    private static final List<String> BASE_PATHS = List.of(
            "ITwinType",
            "ITwinType/Twin",
            "ITwinType/Predictions",
            "ITwinType/Runs",
            "TwinStatusType",
            "TwinStatusType/SyncState",
            "TwinStatusType/SyncState/EnumValues",
            "TwinStatusType/SyncState/ValueAsText",
            "TwinStatusType/LastSynchronized",
            "TwinStatusType/IntegrationLevel",
            "TwinStatusType/IntegrationLevel/EnumValues",
            "TwinStatusType/IntegrationLevel/ValueAsText",
            "TwinStatusType/ModelName",
            "TwinStatusType/ModelVersion",
            "TwinStatusType/ModelError",
            "TwinStatusType/Latency",
            "TwinStatusType/Latency/EngineeringUnits",
            "TwinRunFolderType",
            "TwinType",
            "ComponentTwinType",
            "AssetTwinType",
            "SystemTwinType",
            "ProcessTwinType",
            "TwinVariableType",
            "TwinVariableType/Expected",
            "TwinVariableType/Residual",
            "TwinVariableType/Forecast");

    private static final String RESOURCE = "/org/uatwin/types/ids.csv";
    private static final TypeIds BUILT_IN = load();

    private final Map<String, Integer> byPath;

    private TypeIds(Map<String, Integer> byPath) {
        this.byPath = byPath;
    }

    /** The checked-in table. */
    public static TypeIds builtIn() {
        return BUILT_IN;
    }

    /** The id of a path; empty if the table has none, as for types of a plant file. */
    public OptionalInt id(String path) {
        Integer id = byPath.get(path);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** Ids by path, in the order they were given. */
    public Map<String, Integer> all() {
        return new LinkedHashMap<>(byPath);
    }

    /**
     * String identifier, in the site's namespace, of a type of a plant file or of one of its members: {@code
     * types/MixerType/Speed}. No twin can have the id {@code types}.
     */
    public static String ownTypeId(String path) {
        return "types/" + path;
    }

    /** Paths of the types below all twin types. */
    public static List<String> basePaths() {
        return BASE_PATHS;
    }

    /** Every path a twin type has nodes for: itself, its groups, members and their properties. */
    public static List<String> pathsOf(TwinType type) {
        String root = type.typeBrowseName();
        List<String> paths = new ArrayList<>(List.of(root));
        TreeSet<String> groups = new TreeSet<>();
        type.points().forEach(point -> groups.add(point.group()));
        type.methods().forEach(method -> groups.add(method.group()));
        groups.forEach(group -> paths.add(root + "/" + group));
        for (Member.Point point : type.points()) {
            String path = root + "/" + point.name();
            paths.add(path);
            propertiesOf(point).forEach(property -> paths.add(path + "/" + property));
        }
        for (Member.Method method : type.methods()) {
            String path = root + "/" + method.name();
            paths.addAll(List.of(path, path + "/InputArguments", path + "/OutputArguments"));
        }
        for (Member.Rating rating : type.ratings()) {
            String path = root + "/" + rating.name();
            paths.addAll(List.of(path, path + "/EngineeringUnits"));
        }
        return paths;
    }

    /** BrowseNames of the properties a point has (OPC UA Part 8, and its limits as Part 9 names them). */
    public static List<String> propertiesOf(Member.Point point) {
        List<String> names = new ArrayList<>();
        point.unit().ifPresent(unit -> names.add("EngineeringUnits"));
        point.euRange().ifPresent(range -> names.add("EURange"));
        point.instrumentRange().ifPresent(range -> names.add("InstrumentRange"));
        point.limits().highHigh().ifPresent(limit -> names.add("HighHighLimit"));
        point.limits().high().ifPresent(limit -> names.add("HighLimit"));
        point.limits().low().ifPresent(limit -> names.add("LowLimit"));
        point.limits().lowLow().ifPresent(limit -> names.add("LowLowLimit"));
        if (point.kind() == PointKind.TWO_STATE) {
            names.addAll(List.of("TrueState", "FalseState"));
        }
        if (point.kind() == PointKind.MULTI_STATE) {
            names.addAll(List.of("EnumValues", "ValueAsText"));
        }
        return names;
    }

    private static TypeIds load() {
        Map<String, Integer> ids = new LinkedHashMap<>();
        try (InputStream in = TypeIds.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + RESOURCE);
            }
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> add(ids, line));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
        return new TypeIds(ids);
    }

    private static void add(Map<String, Integer> ids, String line) {
        int comma = line.indexOf(',');
        int id = Integer.parseInt(line.substring(0, comma));
        if (ids.containsValue(id) || ids.put(line.substring(comma + 1), id) != null) {
            throw new IllegalStateException("%s: id or path twice: %s".formatted(RESOURCE, line));
        }
    }
}
