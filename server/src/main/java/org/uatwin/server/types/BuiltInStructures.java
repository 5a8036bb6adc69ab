package org.uatwin.server.types;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The structures of {@code urn:uatwin:types} by name, for those who build values of them. Immutable. */
public final class BuiltInStructures {
    private static final Map<String, StructureDeclaration> ALL = read();

    private BuiltInStructures() {}

    /** The structure of that name. */
    public static Optional<StructureDeclaration> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static Map<String, StructureDeclaration> read() {
        Map<String, StructureDeclaration> all = new LinkedHashMap<>();
        for (StructureDeclaration structure : ModelTables.structures("twins.model", NamespaceRegistry.TYPES)) {
            all.put(structure.name(), structure);
        }
        return all;
    }
}
