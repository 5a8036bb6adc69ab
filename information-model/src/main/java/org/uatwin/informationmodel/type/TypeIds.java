package org.uatwin.informationmodel.type;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

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

    private static TypeIds load() {
        Map<String, Integer> ids = new LinkedHashMap<>();
        BitSet taken = new BitSet();
        try (InputStream in = TypeIds.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + RESOURCE);
            }
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> add(ids, taken, line));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
        return new TypeIds(ids);
    }

    private static void add(Map<String, Integer> ids, BitSet taken, String line) {
        int comma = line.indexOf(',');
        int id = Integer.parseInt(line.substring(0, comma));
        boolean isTaken = taken.get(id);
        taken.set(id);
        if (isTaken || ids.put(line.substring(comma + 1), id) != null) {
            throw new IllegalStateException("%s: id or path twice: %s".formatted(RESOURCE, line));
        }
    }
}
