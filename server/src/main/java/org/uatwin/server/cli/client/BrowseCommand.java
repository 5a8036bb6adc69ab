package org.uatwin.server.cli.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import org.uatwin.server.cli.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code uatwin client browse}. */
@Command(
        name = "browse",
        description = "Show the tree below a node: names, classes, types, values and units.",
        customSynopsis = "uatwin client browse [OPTIONS] [ENDPOINT] [NODE]",
        footer = {
            "",
            "Without NODE it begins at Twins, or at Objects if the server has no twins.",
            "Example: uatwin client browse pump-01 --depth 1"
        })
final class BrowseCommand extends ClientAction {
    @Option(
            names = {"-d", "--depth"},
            paramLabel = "N",
            description = "Levels below the node, 1..20. Default: 1 below NODE, 4 without one.")
    private @Nullable Integer depth;

    @Option(names = "--properties", description = "Show properties as well, such as EURange.")
    private boolean properties;

    @Override
    void check(List<String> arguments) {
        needs(arguments, 0, 1, "NODE");
        if (depth != null && (depth < 1 || depth > 20)) {
            throw usage("--depth must be 1..20: " + depth);
        }
    }

    /** One line of the tree. {@code children} is filled while walking. */
    private record Entry(int level, NodeId id, String name, NodeClass nodeClass, String type, List<Entry> children) {}

    @Override
    int run(Session session, List<String> arguments) {
        Nodes nodes = session.nodes();
        NodeId start = arguments.isEmpty() ? twins(nodes) : nodes.nodeId(arguments.get(0));
        int levels = depth != null ? depth : arguments.isEmpty() ? 4 : 1;
        List<Entry> all = new ArrayList<>();
        List<Entry> top = walk(session, start, levels, 0, new HashSet<>(Set.of(start)), all);
        List<DataValue> values = nodes.read(all.stream()
                .map(e -> new ReadValueId(e.id(), AttributeId.Value.uid(), null, QualifiedName.NULL_VALUE))
                .toList());
        List<String> units = nodes.units(all.stream().map(Entry::id).toList());
        if (session.isJson()) {
            IdentityHashMap<Entry, Integer> index = new IdentityHashMap<>();
            for (int i = 0; i < all.size(); i++) {
                index.put(all.get(i), i);
            }
            session.out().println(Json.pretty(json(session, top, index, values, units)));
            return Exit.OK;
        }
        session.out().println(nodes.name(start));
        Table table = new Table();
        for (int i = 0; i < all.size(); i++) {
            Entry e = all.get(i);
            boolean isVariable = e.nodeClass() == NodeClass.Variable;
            DataValue v = values.get(i);
            table.row(
                    "  ".repeat(e.level() + 1) + e.name(),
                    String.valueOf(e.nodeClass()).toLowerCase(java.util.Locale.ROOT),
                    e.type(),
                    isVariable
                            ? (shorten(session.values().text(v.getValue().getValue())) + " " + units.get(i)).strip()
                            : "",
                    isVariable && !v.getStatusCode().isGood() ? Values.statusName(v.getStatusCode()) : "");
        }
        table.print(session.out());
        if (all.isEmpty()) {
            session.out().println("  (nothing below it that this user may see)");
        }
        return Exit.OK;
    }

    private static NodeId twins(Nodes nodes) {
        for (ReferenceDescription child : nodes.browse(NodeIds.ObjectsFolder)) {
            if ("Twins".equals(child.getBrowseName().name())) {
                return nodes.local(child.getNodeId()).orElse(NodeIds.ObjectsFolder);
            }
        }
        return NodeIds.ObjectsFolder;
    }

    private List<Entry> walk(Session session, NodeId parent, int levels, int level, Set<NodeId> path, List<Entry> all) {
        List<Entry> entries = new ArrayList<>();
        for (ReferenceDescription reference : session.nodes().browse(parent)) {
            Optional<NodeId> id = session.nodes().local(reference.getNodeId());
            boolean isProperty = NodeIds.HasProperty.equals(reference.getReferenceTypeId());
            if (id.isEmpty() || (isProperty && !properties)) {
                continue;
            }
            Entry entry = new Entry(
                    level,
                    id.get(),
                    String.valueOf(reference.getBrowseName().name()),
                    reference.getNodeClass(),
                    typeName(session, reference),
                    new ArrayList<>());
            entries.add(entry);
            all.add(entry);
            // Methods lead to their arguments only; a node above itself would never end.
            if (level + 1 < levels && entry.nodeClass() != NodeClass.Method && path.add(entry.id())) {
                entry.children().addAll(walk(session, entry.id(), levels, level + 1, path, all));
                path.remove(entry.id());
            }
        }
        return entries;
    }

    private final Map<NodeId, String> typeNames = new java.util.HashMap<>();

    private String typeName(Session session, ReferenceDescription reference) {
        Optional<NodeId> type = session.nodes().local(reference.getTypeDefinition());
        if (type.isEmpty() || type.get().isNull()) {
            return "";
        }
        return typeNames.computeIfAbsent(
                type.get(),
                id -> session.nodes()
                                        .read(id, AttributeId.BrowseName)
                                        .getValue()
                                        .getValue()
                                instanceof QualifiedName name
                        ? String.valueOf(name.name())
                        : session.nodes().name(id));
    }

    private static String shorten(String text) {
        String line = text.replace('\n', ' ');
        return line.length() > 60 ? line.substring(0, 59) + "…" : line;
    }

    private static List<Map<String, @Nullable Object>> json(
            Session session,
            List<Entry> entries,
            IdentityHashMap<Entry, Integer> index,
            List<DataValue> values,
            List<String> units) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Entry e : entries) {
            int i = index.getOrDefault(e, 0);
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("name", e.name());
            row.put("node", session.nodes().name(e.id()));
            row.put("nodeId", session.nodes().absoluteName(e.id()));
            row.put("nodeClass", String.valueOf(e.nodeClass()));
            row.put("type", e.type());
            if (e.nodeClass() == NodeClass.Variable) {
                row.put("value", session.values().json(values.get(i).getValue().getValue()));
                row.put("unit", units.get(i));
                row.put("status", Values.statusName(values.get(i).getStatusCode()));
            }
            row.put("children", json(session, e.children(), index, values, units));
            rows.add(row);
        }
        return rows;
    }
}
