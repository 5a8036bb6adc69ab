package org.uatwin.server.address;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.ModelChangeStructureDataType;
import org.eclipse.milo.opcua.stack.core.types.structured.SemanticChangeStructureDataType;
import org.uatwin.informationmodel.plant.TypeChange;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.server.access.PermissionClass;
import org.uatwin.server.engine.PlantSwap;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.event.EventRecord;

/**
 * The events that tell clients what a reload changed (OPC UA Part 3, ModelChangeEvents and SemanticChangeEvents; Part 5,
 * GeneralModelChangeEventType, SemanticChangeEventType). The nodes named are those with a NodeVersion: twins and folders,
 * a twin standing for its members; and the types.
 */
public final class ModelChanges {
    /** More changes than that are told by one event that names none: browse again. */
    static final int MOST_CHANGES = 10_000;

    private static final int CHANGES_PER_EVENT = 1_000;
    private static final int SEVERITY = 100;
    private static final int NODE_ADDED = 1;
    private static final int NODE_DELETED = 2;
    private static final int REFERENCE_ADDED = 4;
    private static final int REFERENCE_DELETED = 8;
    private static final int DATA_TYPE_CHANGED = 16;

    private final PlantNodes nodes;
    private final PlantNodes.State before;
    private final PlantNodes.State after;
    private final PlantSwap swap;
    private final List<ModelChangeStructureDataType> model = new ArrayList<>();
    private final List<SemanticChangeStructureDataType> semantics = new ArrayList<>();

    private ModelChanges(PlantNodes nodes, PlantNodes.State before, PlantNodes.State after, PlantSwap swap) {
        this.nodes = nodes;
        this.before = before;
        this.after = after;
        this.swap = swap;
    }

    /** The events of the step from one state to the next, ready to be raised; none if only bindings or texts changed. */
    public static List<EventRecord> events(
            PlantNodes nodes,
            PlantNodes.State before,
            PlantNodes.State after,
            PlantSwap swap,
            List<TypeChange> types,
            EncodingContext encoding) {
        ModelChanges changes = new ModelChanges(nodes, before, after, swap);
        if (swap.added().size() + swap.removed().size() + swap.changedNodes().size() > MOST_CHANGES) {
            return List.of(event(NodeIds.BaseModelChangeEventType, "The plant was reloaded: very many nodes changed")
                    .build());
        }
        changes.twins();
        changes.folders();
        types.forEach(changes::type);
        List<EventRecord> events = new ArrayList<>();
        changes.fill(events, changes.model, NodeIds.GeneralModelChangeEventType, "nodes changed", encoding);
        changes.fill(
                events, changes.semantics, NodeIds.SemanticChangeEventType, "units, ranges or texts changed", encoding);
        return events;
    }

    private void twins() {
        Set<TwinInstance> isNew = new HashSet<>(swap.added());
        swap.added().forEach(twin -> change(nodes.id(twin), type(twin), NODE_ADDED));
        swap.removed().forEach(twin -> change(nodes.id(twin), type(twin), NODE_DELETED));
        Map<String, TwinInstance> predecessors = new HashMap<>();
        for (PlantSwap.Replaced replaced : swap.replaced()) {
            predecessors.put(replaced.after().id(), replaced.before());
            if (!replaced.before().id().equals(replaced.after().id())) {
                change(nodes.id(replaced.before()), type(replaced.before()), NODE_DELETED);
                change(nodes.id(replaced.after()), type(replaced.after()), NODE_ADDED);
                isNew.add(replaced.after());
            }
            if (!replaced.before().type().equals(replaced.after().type())) {
                points(replaced);
            }
        }
        for (String id : swap.changedNodes()) {
            TwinInstance twin = after.live().instance(id);
            if (twin != null && !isNew.contains(twin)) {
                TwinInstance old = predecessors.getOrDefault(id, twin);
                references(nodes.id(twin), type(twin), content(before, old), content(after, twin));
            }
        }
    }

    /** What hangs below a twin: its members that are present, and its parts. */
    private static Set<String> content(PlantNodes.State state, TwinInstance twin) {
        Set<String> content = new HashSet<>();
        for (Slot slot : state.layout(twin.type()).slots()) {
            if (slot.isPresent(twin)) {
                content.add(slot.path);
            }
        }
        state.live().children(twin).forEach(child -> content.add("/" + child.id()));
        return content;
    }

    private void points(PlantSwap.Replaced replaced) {
        Layout old = before.layout(replaced.before().type());
        Layout now = after.layout(replaced.after().type());
        for (Member.Point point : replaced.after().type().points()) {
            Slot was = old.slot(point.name());
            Slot is = now.slot(point.name());
            if (was == null || is == null) {
                continue;
            }
            NodeId id = nodes.id(replaced.after(), is);
            if (!was.dataType.equals(is.dataType)) {
                change(id, is.typeDefinition, DATA_TYPE_CHANGED);
            }
            if (!was.meansTheSame(is)) {
                semantics.add(new SemanticChangeStructureDataType(id, is.typeDefinition));
            }
        }
    }

    private void folders() {
        for (FolderTree.Folder folder : after.folders().folders()) {
            FolderTree.Folder old = before.folders().folder(folder.id);
            if (old == null) {
                change(nodes.id(folder), NodeIds.FolderType, NODE_ADDED);
            } else {
                references(nodes.id(folder), NodeIds.FolderType, content(old), content(folder));
            }
        }
        for (FolderTree.Folder folder : before.folders().folders()) {
            if (after.folders().folder(folder.id) == null) {
                change(nodes.id(folder), NodeIds.FolderType, NODE_DELETED);
            }
        }
    }

    private static Set<String> content(FolderTree.Folder folder) {
        Set<String> content = new HashSet<>();
        folder.folders.forEach(child -> content.add(child.id));
        folder.twins.forEach(twin -> content.add(twin.id()));
        return content;
    }

    private void type(TypeChange type) {
        NodeId id = nodes.typeIds().typeId(type.after().or(type::before).orElseThrow());
        if (type.before().isEmpty()) {
            change(id, NodeId.NULL_VALUE, NODE_ADDED);
        } else if (type.after().isEmpty()) {
            change(id, NodeId.NULL_VALUE, NODE_DELETED);
        } else {
            references(
                    id,
                    NodeId.NULL_VALUE,
                    names(before.layout(type.before().get())),
                    names(after.layout(type.after().get())));
        }
    }

    private static Set<String> names(Layout layout) {
        Set<String> names = new HashSet<>();
        layout.slots().forEach(slot -> names.add(slot.path));
        return names;
    }

    private void references(NodeId node, NodeId type, Set<String> was, Set<String> is) {
        int verb = (was.containsAll(is) ? 0 : REFERENCE_ADDED) | (is.containsAll(was) ? 0 : REFERENCE_DELETED);
        if (verb != 0) {
            change(node, type, verb);
        }
    }

    private NodeId type(TwinInstance twin) {
        return nodes.typeIds().typeId(twin.type());
    }

    private void change(NodeId node, NodeId type, int verb) {
        model.add(new ModelChangeStructureDataType(node, type, ubyte(verb)));
    }

    private void fill(
            List<EventRecord> events,
            List<? extends UaStructuredType> changes,
            NodeId type,
            String what,
            EncodingContext encoding) {
        for (int from = 0; from < changes.size(); from += CHANGES_PER_EVENT) {
            ExtensionObject[] some = changes.subList(from, Math.min(changes.size(), from + CHANGES_PER_EVENT)).stream()
                    .map(change -> ExtensionObject.encode(encoding, change))
                    .toArray(ExtensionObject[]::new);
            events.add(event(type, "The plant was reloaded: %d %s".formatted(changes.size(), what))
                    .field("Changes", some)
                    .build());
        }
    }

    private static EventRecord.Builder event(NodeId type, String text) {
        return EventRecord.of(type, NodeIds.Server, "Server")
                .audience(PermissionClass.PLANT_READ)
                .severity(SEVERITY)
                .message(LocalizedText.english(text));
    }
}
