package org.uatwin.server.cli.client;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.unit.Units;
import org.uatwin.informationmodel.value.ValueType;

/** Walks the variables of a server: what each is, and what a point that mirrors it would be. */
final class UpstreamSurvey {
    private static final int MOST_OBJECTS = 20_000;
    private static final int WRITABLE = 0x02; // Part 3, 8.57: AccessLevel bit CurrentWrite

    /**
     * A variable that is no property.
     *
     * @param nodeId with the URI of its namespace.
     * @param parent BrowseName of the object it was found in, and the object's NodeId.
     * @param type what a point would have; empty if no point can.
     * @param dataType name of the DataType, for people.
     * @param arrayLength elements of an array as it is now; 0 for a scalar.
     * @param unit of the unit table; empty if the server names none that is in it.
     */
    record Variable(
            String nodeId,
            String name,
            String parent,
            String parentId,
            Optional<ValueType> type,
            String dataType,
            int arrayLength,
            Optional<Unit> unit,
            Optional<Range> euRange,
            boolean isWritable,
            String status,
            String value) {}

    /** What was found. */
    record Findings(List<Variable> variables, boolean isTruncated) {}

    private record Found(NodeId id, String name, String parent, NodeId parentId) {}

    private final OpcUaClient client;
    private final Nodes nodes;
    private final Values values;

    UpstreamSurvey(OpcUaClient client, Nodes nodes, Values values) {
        this.client = client;
        this.nodes = nodes;
        this.values = values;
    }

    /** Walks from {@code start} on; the Server object itself is left out unless one starts there. */
    Findings walk(NodeId start, int most) {
        List<Found> found = new ArrayList<>();
        Set<NodeId> seen = new HashSet<>(Set.of(start, NodeIds.Server));
        ArrayDeque<Found> open = new ArrayDeque<>();
        open.add(new Found(start, browseName(start), "", start));
        boolean isTruncated = false;
        while (!open.isEmpty() && !isTruncated) {
            Found at = open.removeFirst();
            for (ReferenceDescription child : nodes.browse(at.id())) {
                Optional<NodeId> id = nodes.local(child.getNodeId());
                boolean isProperty = NodeIds.HasProperty.equals(child.getReferenceTypeId());
                if (id.isEmpty() || isProperty || !seen.add(id.get())) {
                    continue;
                }
                Found next =
                        new Found(id.get(), String.valueOf(child.getBrowseName().name()), at.name(), at.id());
                if (child.getNodeClass() == NodeClass.Variable) {
                    isTruncated |= found.size() >= most;
                    if (!isTruncated) {
                        found.add(next);
                    }
                } else if (child.getNodeClass() == NodeClass.Object) {
                    isTruncated |= seen.size() > MOST_OBJECTS;
                    open.add(next);
                }
            }
        }
        return new Findings(describe(found), isTruncated);
    }

    private String browseName(NodeId id) {
        return nodes.read(id, AttributeId.BrowseName).getValue().getValue() instanceof QualifiedName name
                ? String.valueOf(name.name())
                : "Objects";
    }

    private List<Variable> describe(List<Found> found) {
        List<NodeId> ids = found.stream().map(Found::id).toList();
        List<DataValue> types = read(ids, AttributeId.DataType);
        List<DataValue> ranks = read(ids, AttributeId.ValueRank);
        List<DataValue> access = read(ids, AttributeId.UserAccessLevel);
        List<DataValue> present = read(ids, AttributeId.Value);
        List<@Nullable Object> units = properties(ids, "EngineeringUnits");
        List<@Nullable Object> ranges = properties(ids, "EURange");
        List<Variable> variables = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Object value = present.get(i).getValue().getValue();
            NodeId dataType = types.get(i).getValue().getValue() instanceof NodeId id ? id : NodeId.NULL_VALUE;
            int rank = ranks.get(i).getValue().getValue() instanceof Integer r ? r : -1;
            int length = rank >= 0 && value != null && value.getClass().isArray() ? Array.getLength(value) : 0;
            boolean fits = rank == -1 || (rank <= 1 && length > 0);
            variables.add(new Variable(
                    nodes.absoluteName(ids.get(i)),
                    found.get(i).name(),
                    found.get(i).parent(),
                    nodes.absoluteName(found.get(i).parentId()),
                    fits ? type(dataType, value) : Optional.empty(),
                    dataTypeName(dataType),
                    length,
                    unit(units.get(i)),
                    ranges.get(i) instanceof Range range && range.getLow() < range.getHigh()
                            ? Optional.of(range)
                            : Optional.empty(),
                    access.get(i).getValue().getValue() instanceof UByte bits && (bits.intValue() & WRITABLE) != 0,
                    Values.statusName(present.get(i).getStatusCode()),
                    values.text(value)));
        }
        return variables;
    }

    private List<DataValue> read(List<NodeId> ids, AttributeId attribute) {
        return nodes.read(ids.stream()
                .map(id -> new ReadValueId(id, attribute.uid(), null, QualifiedName.NULL_VALUE))
                .toList());
    }

    /** The decoded value of the property of that name of each node; null where there is none. */
    private List<@Nullable Object> properties(List<NodeId> ids, String name) {
        List<Optional<NodeId>> found = nodes.children(ids, new QualifiedName(0, name));
        List<DataValue> read = read(found.stream().flatMap(Optional::stream).toList(), AttributeId.Value);
        List<@Nullable Object> all = new ArrayList<>();
        int next = 0;
        for (Optional<NodeId> property : found) {
            all.add(
                    property.isPresent()
                            ? Values.decoded(client, read.get(next++).getValue().getValue())
                            : null);
        }
        return all;
    }

    /** Of a built-in type by its DataType; of an abstract one or a subtype by the value there is now. */
    private static Optional<ValueType> type(NodeId dataType, @Nullable Object value) {
        OptionalInt builtin = dataType.getNamespaceIndex().intValue() == 0
                        && dataType.getIdentifier()
                                instanceof org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger id
                ? OptionalInt.of(id.intValue())
                : OptionalInt.empty();
        for (ValueType type : ValueType.values()) {
            if (builtin.isPresent() && type.builtinId() == builtin.getAsInt()) {
                return Optional.of(type);
            }
        }
        if (NodeIds.UtcTime.equals(dataType)) {
            return Optional.of(ValueType.DATE_TIME);
        }
        if (NodeIds.LocalizedText.equals(dataType)) {
            return Optional.of(ValueType.STRING);
        }
        if (NodeIds.Duration.equals(dataType)) {
            return Optional.of(ValueType.DOUBLE);
        }
        return value instanceof Integer ? Optional.of(ValueType.INT32) : Optional.empty(); // an enumeration
    }

    private String dataTypeName(NodeId dataType) {
        return names.computeIfAbsent(
                dataType,
                id -> nodes.read(id, AttributeId.BrowseName).getValue().getValue() instanceof QualifiedName name
                        ? String.valueOf(name.name())
                        : nodes.name(id));
    }

    private final java.util.Map<NodeId, String> names = new java.util.HashMap<>();

    /** The unit of its UNECE code: the number is the code's characters (Part 8, 5.6.3). */
    private static Optional<Unit> unit(@Nullable Object value) {
        if (!(value instanceof EUInformation information)) {
            return Optional.empty();
        }
        int id = information.getUnitId() == null ? -1 : information.getUnitId();
        StringBuilder code = new StringBuilder();
        for (int shift = 24; shift >= 0; shift -= 8) {
            int c = id >> shift & 0xFF;
            if (id > 0 && c != 0) {
                code.append((char) c);
            }
        }
        return Units.find(code.toString());
    }

    /** A number below {@code Server/ServerCapabilities}; empty if the server does not say. */
    Optional<Number> limit(int id) {
        Object value = nodes.read(new NodeId(0, uint(id)), AttributeId.Value)
                .getValue()
                .getValue();
        return value instanceof Number number && number.doubleValue() > 0 ? Optional.of(number) : Optional.empty();
    }
}
