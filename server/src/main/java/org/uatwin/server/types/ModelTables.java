package org.uatwin.server.types;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * The built-in models as declarations: {@code di.model}, {@code ia.model}, {@code machinery.model} and {@code twins.model}.
 *
 * <p>A table holds one node a line; the grammar is in {@code docs/reference/namespaces.md}. Type names of all tables share
 * one name space, so a table may use another's types. Immutable once read.
 */
final class ModelTables implements TypeIdLookup {

    private static final String STRUCTURE = "Structure";

    private record Table(String resource, int namespace) {}

    private static final List<Table> TABLES = List.of(
            new Table("di.model", NamespaceRegistry.DI),
            new Table("ia.model", NamespaceRegistry.IA),
            new Table("machinery.model", NamespaceRegistry.MACHINERY),
            new Table("twins.model", NamespaceRegistry.TYPES));

    private final List<TypeDeclaration> types = new ArrayList<>();
    private final List<EnumerationDeclaration> enumerations = new ArrayList<>();
    private final List<StructureDeclaration> structures = new ArrayList<>();
    private final List<MemberDeclaration> entryObjects = new ArrayList<>();
    private final List<NamespaceMetadata> metadata = new ArrayList<>();
    private final Map<String, Integer> ownIds = new HashMap<>();

    private ModelTables() {}

    /** Reads all tables; structures among the values are encoded with the given context. */
    static ModelTables read(EncodingContext encoding) {
        Map<String, NodeId> names = baseNames();
        List<List<ModelLine>> lines = new ArrayList<>();
        for (Table table : TABLES) {
            List<ModelLine> tree = ModelLine.tree(table.resource(), load(table.resource()));
            lines.add(tree);
            for (ModelLine line : tree) {
                if (line.word(0).endsWith("Type")
                        || line.word(0).equals("Enumeration")
                        || line.word(0).equals(STRUCTURE)) {
                    NodeId id = new NodeId(table.namespace(), line.ids(1).get(0));
                    if (names.put(line.word(2), id) != null) {
                        throw line.error("a second type of this name");
                    }
                }
            }
        }
        ModelTables tables = new ModelTables();
        for (int i = 0; i < TABLES.size(); i++) {
            new ModelReader(TABLES.get(i).namespace(), names, encoding).read(lines.get(i), tables);
        }
        return tables;
    }

    private static List<String> load(String table) {
        try (InputStream in = ModelTables.class.getResourceAsStream(table)) {
            if (in == null) {
                throw new IllegalStateException("resource " + table + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(table, e);
        }
    }

    void add(TypeDeclaration type) {
        types.add(type);
        if (type.typeId().getNamespaceIndex().intValue() == NamespaceRegistry.TYPES) {
            index(String.valueOf(type.browseName().name()), type.typeId());
            type.members()
                    .forEach(member -> index(String.valueOf(type.browseName().name()), member));
        }
    }

    /** The structures of one table, whose fields are of built-in types alone. */
    static List<StructureDeclaration> structures(String resource, int namespace) {
        ModelReader reader = new ModelReader(namespace, baseNames(), DefaultEncodingContext.INSTANCE);
        return ModelLine.tree(resource, load(resource)).stream()
                .filter(line -> line.word(0).equals(STRUCTURE))
                .map(reader::structure)
                .toList();
    }

    private static Map<String, NodeId> baseNames() {
        Map<String, NodeId> names = new HashMap<>();
        BaseNames.IDS.forEach((name, id) -> names.put(name, new NodeId(0, id)));
        return names;
    }

    void add(StructureDeclaration type) {
        structures.add(type);
    }

    void add(EnumerationDeclaration type) {
        enumerations.add(type);
    }

    void addEntryObject(MemberDeclaration object) {
        entryObjects.add(object);
        if (object.id().getNamespaceIndex().intValue() == NamespaceRegistry.TYPES) {
            index(String.valueOf(object.browseName().name()), object.id());
        }
    }

    void add(NamespaceMetadata namespace) {
        metadata.add(namespace);
    }

    private void index(String parent, MemberDeclaration member) {
        String path = parent + "/" + member.browseName().name();
        index(path, member.id());
        member.children().forEach(child -> index(path, child));
    }

    private void index(String path, NodeId id) {
        if (id.getIdentifier() instanceof Number number) {
            ownIds.put(path, number.intValue());
        }
    }

    List<TypeDeclaration> types() {
        return types;
    }

    List<EnumerationDeclaration> enumerations() {
        return enumerations;
    }

    List<StructureDeclaration> structures() {
        return structures;
    }

    /** Objects that hang below the Objects folder by Organizes. */
    List<MemberDeclaration> entryObjects() {
        return entryObjects;
    }

    List<NamespaceMetadata> metadata() {
        return metadata;
    }

    @Override
    public OptionalInt id(String path) {
        Integer id = ownIds.get(path);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
