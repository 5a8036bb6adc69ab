package org.uatwin.server.address;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.uatwin.informationmodel.type.EngineeringUnit;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.type.TwinLevel;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.server.method.MethodSignature;

/**
 * Makes the layout of a twin type: points with their properties, groups, methods, ratings, and what the type's level
 * brings along (status object, name plate). The declarations of the type's ObjectType are made from the same layout.
 */
final class LayoutBuilder {
    static final String NODE_VERSION = "NodeVersion";
    static final String RUNS = "Runs";

    /** Methods that start runs or ask for them: twins of a type that has one have runs. */
    private static final Set<String> OF_RUNS = Set.of("Simulate", "Optimize", "GetRunStatus", "LearnBaseline");

    /** FunctionalGroupType of DI. */
    private static final NodeId FUNCTIONAL_GROUP_TYPE = new NodeId(NamespaceIndexes.DI, 1005);

    /** Group names OPC 10000-100 defines; their BrowseNames are in the DI namespace. */
    private static final Set<String> STANDARD_GROUPS = Set.of(
            "Configuration",
            "Tuning",
            "Maintenance",
            "Diagnostics",
            "Statistics",
            "Status",
            "Operational",
            "OperationCounters");

    private final TwinType type;
    private final Map<String, Slot> byPath = new LinkedHashMap<>();
    private final Slot[] points; // by ordinal
    private final Slot root;

    private LayoutBuilder(TwinType type, NodeId typeId) {
        this.type = type;
        points = new Slot[type.points().size()];
        root = new Slot(null, "", new QualifiedName(0, type.name()), NodeClass.Object, NodeId.NULL_VALUE, typeId);
        byPath.put("", root);
    }

    /**
     * @param typeId NodeId of the type's ObjectType.
     */
    static Layout build(TwinType type, NodeId typeId) {
        return new LayoutBuilder(type, typeId).build();
    }

    /** What ModelChangeEvents refer to (OPC UA Part 3, NodeVersion); no member of the type, so not declared there. */
    private void nodeVersion() {
        if (!byPath.containsKey(NODE_VERSION)) {
            property(root, 0, NODE_VERSION, NodeIds.String, new SlotValue.NodeVersion());
        }
    }

    private Layout build() {
        if (type.level() == TwinLevel.ASSET) {
            NamePlateSlots.add(this, root);
        }
        TwinStatusSlots.add(this, root);
        runs();
        for (Member.Point point : type.points()) {
            point(point);
        }
        for (Member.Rating rating : type.ratings()) {
            rating(rating);
        }
        SynchronisationSlots.add(this, root);
        FailureModeSlots.add(this, root);
        ControlSlots.add(this, root);
        methods();
        nodeVersion();
        return new Layout(type, root, byPath, points);
    }

    /** Where the runs of the twin hang; the runs themselves are no members of the type. */
    private void runs() {
        if (type.methods().stream().anyMatch(method -> OF_RUNS.contains(method.name()))) {
            Slot runs = object(
                    root,
                    NodeIds.HasComponent,
                    NamespaceIndexes.TYPES,
                    RUNS,
                    new NodeId(NamespaceIndexes.TYPES, BaseTypeIds.TWIN_RUN_FOLDER_TYPE));
            runs.description = Text.of("Simulations and optimisations of the twin.");
            property(runs, 0, NODE_VERSION, NodeIds.String, new SlotValue.RunsVersion());
        }
    }

    TwinType type() {
        return type;
    }

    /** Slot of a declared point. */
    Slot point(String name) {
        return slot(name);
    }

    /** A slot that is there already. */
    Slot slot(String path) {
        return java.util.Objects.requireNonNull(byPath.get(path), path);
    }

    private void point(Member.Point point) {
        int ordinal = type.pointOrdinal(point.name());
        boolean isOfServer = ordinal >= type.declaredPoints().size();
        Slot slot = isOfServer ? MaintenanceSlots.add(this, root, point, ordinal) : declared(point, ordinal);
        points[ordinal] = slot;
        slot.displayName = point.displayName();
        slot.description = point.description();
        slot.point = point;
        if (point.isArray()) {
            slot.valueRank = 1;
            slot.arrayDimensions = new UInteger[] {uint(point.arrayLength())};
        }
        group(point.group()).organizes(NodeIds.Organizes, slot);
        if (!isOfServer) {
            PointPropertySlots.add(this, slot, point, ordinal);
        }
    }

    private Slot declared(Member.Point point, int ordinal) {
        return variable(
                root,
                NodeIds.HasComponent,
                NamespaceIndexes.TYPES,
                point.name(),
                new NodeId(0, point.kind().typeDefinition()),
                new NodeId(0, point.dataType().builtinId()),
                new SlotValue.Live(ordinal));
    }

    private void rating(Member.Rating rating) {
        Slot slot = variable(
                root,
                NodeIds.HasComponent,
                NamespaceIndexes.TYPES,
                rating.name(),
                NodeIds.AnalogUnitType,
                NodeIds.Double,
                new SlotValue.OfInstance((instance, locales) -> {
                    Double given = instance.twin().ratings().get(rating.name());
                    return given == null ? new Variant(rating.value().orElse(Double.NaN)) : new Variant(given);
                }));
        slot.displayName = rating.displayName();
        slot.description = rating.description();
        unit(slot, rating.unit());
        group("Configuration").organizes(NodeIds.Organizes, slot);
    }

    private void methods() {
        if (type.methods().isEmpty()) {
            return;
        }
        Slot set = object(root, NodeIds.HasComponent, NamespaceIndexes.DI, "MethodSet", NodeIds.BaseObjectType);
        for (Member.Method method : type.methods()) {
            MethodSignature signature = MethodSignature.named(method.name())
                    .orElseThrow(() -> new IllegalStateException(type + " names the unknown method " + method.name()));
            Slot slot = method(set, signature, method.group());
            if (signature.name().equals(MethodSignature.SET_MODE)) {
                slot.presence = ControlSlots.DECLARED;
            }
            boolean isOfMaintenance = MethodSignature.isOfMaintenance(signature.name());
            if (isOfMaintenance) {
                slot.presence = MaintenanceSlots.WATCHED;
            }
            slot.displayName = method.displayName();
            if (!method.description().isEmpty()) {
                slot.description = method.description();
            }
            signature.detailed().ifPresent(detailed -> method(set, detailed, method.group()).presence = slot.presence);
        }
    }

    private Slot method(Slot set, MethodSignature signature, String group) {
        Slot slot = add(
                set,
                NodeIds.HasComponent,
                new QualifiedName(NamespaceIndexes.TYPES, signature.name()),
                NodeClass.Method,
                NodeId.NULL_VALUE);
        slot.description = Text.of(signature.description());
        slot.method = signature;
        root.organizes(NodeIds.HasComponent, slot);
        group(group).organizes(NodeIds.Organizes, slot);
        arguments(slot, "InputArguments", signature.inputs());
        arguments(slot, "OutputArguments", signature.outputs());
        return slot;
    }

    private void arguments(Slot method, String name, List<MethodSignature.Arg> args) {
        if (args.isEmpty()) {
            return;
        }
        Variant value = Structures.arguments(args);
        Slot slot = property(method, 0, name, NodeIds.Argument, new SlotValue.OfType(locales -> value));
        slot.valueRank = 1;
        slot.arrayDimensions = new UInteger[] {uint(args.size())};
    }

    /** The functional group of that name, made on first use. */
    private Slot group(String name) {
        Slot existing = byPath.get(name);
        if (existing != null) {
            return existing;
        }
        int namespace = STANDARD_GROUPS.contains(name) ? NamespaceIndexes.DI : NamespaceIndexes.TYPES;
        return object(root, NodeIds.HasComponent, namespace, name, FUNCTIONAL_GROUP_TYPE);
    }

    void unit(Slot slot, EngineeringUnit unit) {
        property(
                slot,
                0,
                "EngineeringUnits",
                NodeIds.EUInformation,
                new SlotValue.OfType(locales -> Structures.unit(unit)));
    }

    Slot object(Slot parent, NodeId referenceType, int namespace, String name, NodeId typeDefinition) {
        return add(parent, referenceType, new QualifiedName(namespace, name), NodeClass.Object, typeDefinition);
    }

    Slot property(Slot parent, int namespace, String name, NodeId dataType, SlotValue value) {
        return variable(parent, NodeIds.HasProperty, namespace, name, NodeIds.PropertyType, dataType, value);
    }

    Slot variable(
            Slot parent,
            NodeId referenceType,
            int namespace,
            String name,
            NodeId typeDefinition,
            NodeId dataType,
            SlotValue value) {
        Slot slot = add(parent, referenceType, new QualifiedName(namespace, name), NodeClass.Variable, typeDefinition);
        slot.dataType = dataType;
        slot.value = value;
        return slot;
    }

    private Slot add(
            Slot parent, NodeId referenceType, QualifiedName browseName, NodeClass nodeClass, NodeId typeDefinition) {
        String name = String.valueOf(browseName.name());
        String path = parent.isRoot() ? name : parent.path + "/" + name;
        Slot slot = new Slot(parent, path, browseName, nodeClass, referenceType, typeDefinition);
        slot.displayName = Text.of(name);
        if (byPath.put(path, slot) != null) {
            throw new IllegalStateException("%s has two members called %s".formatted(type, path));
        }
        parent.children.add(slot);
        return slot;
    }
}
