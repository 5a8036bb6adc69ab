package org.uatwin.server.cli.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import org.uatwin.server.cli.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code uatwin client diagnostics}. */
@Command(
        name = "diagnostics",
        description =
                "Show what waits inside a uatwin server, what was lost there, and how its connections and devices stand.",
        customSynopsis = "uatwin client diagnostics [OPTIONS] [ENDPOINT]",
        footer = {
            "",
            "The same values are nodes below :server, _CONNECTION and _CONNECTION.DEVICE.",
            "Example: uatwin client diagnostics --json --points"
        })
final class DiagnosticsCommand extends ClientAction {
    private static final String CONNECTIONS = ":connections";
    private static final Set<String> OWN = Set.of(Plant.FILE_TWIN, Plant.SERVER_TWIN);
    private static final List<String> OF_A_POINT = List.of("SourceAddress", "LastError", "LastPollTime");

    @Option(names = "--points", description = "Show the last error and poll of every bound point as well.")
    private boolean points;

    /** A node and the variables in it that are no properties, with their values. */
    private record Listing(
            String node, List<String> names, List<DataValue> values, List<String> units, List<String> states) {}

    /** A bound point: its node, its value, and the values of {@link #OF_A_POINT}. */
    private record PointRow(String node, DataValue value, List<DataValue> facts) {}

    @Override
    void check(List<String> arguments) {
        needs(arguments, 0, 0, "ENDPOINT");
    }

    @Override
    int run(Session session, List<String> arguments) {
        Nodes nodes = session.nodes();
        Listing server = listing(nodes, nodes.nodeId(Plant.SERVER_TWIN));
        List<Listing> connections = new ArrayList<>();
        NodeId folder = nodes.nodeId(CONNECTIONS);
        if (nodes.read(folder, AttributeId.NodeClass).getStatusCode().isGood()) {
            for (NodeId link : twins(nodes, folder)) {
                connections.add(listing(nodes, link));
                twins(nodes, link).forEach(device -> connections.add(listing(nodes, device)));
            }
        }
        List<PointRow> rows = points ? points(nodes) : List.of();
        if (session.isJson()) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("server", json(session, server));
            document.put(
                    "connections",
                    connections.stream().map(listing -> json(session, listing)).toList());
            if (points) {
                document.put(
                        "points", rows.stream().map(row -> json(session, row)).toList());
            }
            session.out().println(Json.pretty(document));
        } else {
            print(session, server);
            connections.forEach(listing -> print(session, listing));
            print(session, rows);
        }
        return Exit.OK;
    }

    private static Listing listing(Nodes nodes, NodeId id) {
        List<NodeId> variables = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (ReferenceDescription child : nodes.browse(id)) {
            Optional<NodeId> target = nodes.local(child.getNodeId());
            if (child.getNodeClass() == NodeClass.Variable
                    && !NodeIds.HasProperty.equals(child.getReferenceTypeId())
                    && target.isPresent()) {
                variables.add(target.get());
                names.add(String.valueOf(child.getBrowseName().name()));
            }
        }
        return new Listing(
                nodes.name(id), names, nodes.read(values(variables)), nodes.units(variables), states(nodes, variables));
    }

    /** Names of states, empty where a variable has none. */
    private static List<String> states(Nodes nodes, List<NodeId> variables) {
        List<Optional<NodeId>> texts = nodes.children(variables, new QualifiedName(0, "ValueAsText"));
        List<DataValue> read =
                nodes.read(values(texts.stream().flatMap(Optional::stream).toList()));
        List<String> states = new ArrayList<>();
        int next = 0;
        for (Optional<NodeId> text : texts) {
            Object value = text.isPresent() ? read.get(next++).getValue().getValue() : null;
            states.add(value instanceof LocalizedText known ? String.valueOf(known.getText()) : "");
        }
        return states;
    }

    private static List<ReadValueId> values(List<NodeId> ids) {
        return ids.stream()
                .map(id -> new ReadValueId(id, AttributeId.Value.uid(), null, QualifiedName.NULL_VALUE))
                .toList();
    }

    /** Folders and twins below a node: in this server the ids of members hold a slash, theirs do not. */
    private static List<NodeId> twins(Nodes nodes, NodeId parent) {
        List<NodeId> found = new ArrayList<>();
        for (ReferenceDescription child : nodes.browse(parent)) {
            Optional<NodeId> id = nodes.local(child.getNodeId());
            if (child.getNodeClass() == NodeClass.Object
                    && id.isPresent()
                    && id.get().getNamespaceIndex().equals(parent.getNamespaceIndex())
                    && !nodes.name(id.get()).contains("/")) {
                found.add(id.get());
            }
        }
        return found;
    }

    /** Every point of the plant's twins that has a source. */
    private static List<PointRow> points(Nodes nodes) {
        Set<NodeId> seen = new LinkedHashSet<>();
        Set<NodeId> ids = new LinkedHashSet<>();
        collect(nodes, nodes.nodeId(":site"), seen, ids);
        List<NodeId> wanted = new ArrayList<>();
        for (NodeId id : ids) {
            wanted.add(id);
            OF_A_POINT.forEach(name ->
                    wanted.add(new NodeId(id.getNamespaceIndex(), "%s/%s".formatted(id.getIdentifier(), name))));
        }
        List<DataValue> read = nodes.read(values(wanted));
        List<PointRow> rows = new ArrayList<>();
        int width = 1 + OF_A_POINT.size();
        for (int i = 0; i < read.size(); i += width) {
            List<DataValue> facts = read.subList(i + 1, i + width);
            if (facts.stream().allMatch(fact -> fact.getStatusCode().isGood())) {
                rows.add(new PointRow(nodes.name(wanted.get(i)), read.get(i), facts));
            }
        }
        return rows;
    }

    private static void collect(Nodes nodes, NodeId parent, Set<NodeId> seen, Set<NodeId> points) {
        for (NodeId id : twins(nodes, parent)) {
            String name = nodes.name(id);
            if (name.equals(CONNECTIONS) || OWN.contains(name) || !seen.add(id)) {
                continue;
            }
            for (ReferenceDescription child : nodes.browse(id)) {
                if (child.getNodeClass() == NodeClass.Variable
                        && !NodeIds.HasProperty.equals(child.getReferenceTypeId())) {
                    nodes.local(child.getNodeId()).ifPresent(points::add);
                }
            }
            collect(nodes, id, seen, points);
        }
    }

    private static Map<String, @Nullable Object> json(Session session, Listing listing) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("node", listing.node());
        for (int i = 0; i < listing.names().size(); i++) {
            DataValue value = listing.values().get(i);
            row.put(
                    listing.names().get(i),
                    session.values().json(value.getValue().getValue()));
        }
        return row;
    }

    private static Map<String, @Nullable Object> json(Session session, PointRow point) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("node", point.node());
        row.put("status", Values.statusName(point.value().getStatusCode()));
        row.put("source", session.values().json(point.facts().get(0).getValue().getValue()));
        row.put(
                "lastError",
                session.values().json(point.facts().get(1).getValue().getValue()));
        row.put(
                "lastPollTime",
                session.values().json(point.facts().get(2).getValue().getValue()));
        return row;
    }

    private static void print(Session session, Listing listing) {
        session.out().println(listing.node());
        Table table = new Table();
        for (int i = 0; i < listing.names().size(); i++) {
            DataValue value = listing.values().get(i);
            if (!value.getStatusCode().isGood()) { // a counter that nothing feeds here says nothing
                continue;
            }
            String text = session.values().text(value.getValue().getValue());
            String state = listing.states().get(i);
            table.row(
                    listing.names().get(i),
                    (text + " " + (state.isEmpty() ? listing.units().get(i) : state)).strip());
        }
        table.print(session.out(), "  ");
    }

    private static void print(Session session, List<PointRow> rows) {
        Table table = new Table();
        for (PointRow row : rows) {
            table.row(
                    row.node(),
                    Values.statusName(row.value().getStatusCode()),
                    session.values().text(row.facts().get(0).getValue().getValue()),
                    session.values().time(time(row.facts().get(2))),
                    session.values().text(row.facts().get(1).getValue().getValue()));
        }
        table.print(session.out());
    }

    private static @Nullable DateTime time(DataValue value) {
        return value.getValue().getValue() instanceof DateTime time ? time : null;
    }
}
