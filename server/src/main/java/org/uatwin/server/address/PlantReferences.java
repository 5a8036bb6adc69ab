package org.uatwin.server.address;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.uatwin.informationmodel.type.TwinLevel;
import org.uatwin.server.engine.TwinInstance;

/** The references of computed nodes, both directions, made on demand. Any thread. */
final class PlantReferences {
    static final NodeId TWINS = new NodeId(NamespaceIndexes.TYPES, BaseTypeIds.TWINS_FOLDER);
    /** Machines of OPC 40001-1. */
    static final NodeId MACHINES = new NodeId(NamespaceIndexes.MACHINERY, 1001);
    /** DeviceSet of OPC 10000-100. */
    static final NodeId DEVICE_SET = new NodeId(NamespaceIndexes.DI, 5001);

    private final PlantNodes nodes;

    PlantReferences(PlantNodes nodes) {
        this.nodes = nodes;
    }

    /** The references of a node of {@code state}. */
    List<Reference> of(PlantNodes.State state, PlantNodes.Ref ref) {
        List<Reference> references = new ArrayList<>();
        if (ref instanceof PlantNodes.Ref.Folder folder) {
            ofFolder(folder.folder(), references);
        } else if (ref instanceof PlantNodes.Ref.FolderVersion version) {
            NodeId id = nodes.versionId(version.folder());
            forward(references, id, NodeIds.HasTypeDefinition, NodeIds.PropertyType);
            inverse(references, id, NodeIds.HasProperty, nodes.id(version.folder()));
        } else if (ref instanceof PlantNodes.Ref.Member member) {
            ofMember(state, member.instance(), member.slot(), references);
        } else {
            throw new AssertionError(ref);
        }
        return references;
    }

    /** References from nodes of other namespaces into the plant. */
    List<Reference> from(NodeId foreign) {
        List<Reference> references = new ArrayList<>();
        PlantNodes.State state = nodes.state();
        if (foreign.equals(TWINS)) {
            forward(
                    references,
                    foreign,
                    NodeIds.Organizes,
                    nodes.id(state.folders().site()));
        } else if (foreign.equals(MACHINES)) {
            for (TwinInstance instance : state.live().instances()) {
                if (isMachine(instance)) {
                    forward(references, foreign, NodeIds.Organizes, nodes.id(instance));
                }
            }
        } else if (foreign.equals(DEVICE_SET)) {
            state.live().links().forEach(link -> link.devices()
                    .values()
                    .forEach(device -> forward(references, foreign, NodeIds.Organizes, nodes.id(device))));
        }
        return references;
    }

    private void ofFolder(FolderTree.Folder folder, List<Reference> references) {
        NodeId id = nodes.id(folder);
        forward(references, id, NodeIds.HasTypeDefinition, NodeIds.FolderType);
        inverse(references, id, NodeIds.Organizes, folder.parent == null ? TWINS : nodes.id(folder.parent));
        forward(references, id, NodeIds.HasProperty, nodes.versionId(folder));
        folder.folders.forEach(child -> forward(references, id, NodeIds.Organizes, nodes.id(child)));
        folder.twins.forEach(twin -> forward(references, id, NodeIds.Organizes, nodes.id(twin)));
    }

    private void ofMember(PlantNodes.State state, TwinInstance instance, Slot slot, List<Reference> references) {
        NodeId id = nodes.id(instance, slot);
        if (slot.typeDefinition.isNotNull()) {
            forward(references, id, NodeIds.HasTypeDefinition, slot.typeDefinition);
        }
        if (slot.parent == null) {
            ofRoot(state, instance, id, references);
        } else {
            inverse(references, id, slot.referenceType, nodes.id(instance, slot.parent));
        }
        for (Slot child : slot.children) {
            if (child.presence.isPresent(instance)) {
                forward(references, id, child.referenceType, nodes.id(instance, child));
            }
        }
        for (Slot.Extra extra : slot.extras) {
            if (extra.target().isPresent(instance)) {
                forward(references, id, extra.referenceType(), nodes.id(instance, extra.target()));
            }
        }
        for (Slot.Extra extra : slot.inverseExtras) {
            inverse(references, id, extra.referenceType(), nodes.id(instance, extra.target()));
        }
    }

    private void ofRoot(PlantNodes.State state, TwinInstance instance, NodeId id, List<Reference> references) {
        TwinInstance parent = state.live().parent(instance);
        FolderTree.Folder folder = state.folders().folderOf(instance);
        if (parent != null) {
            inverse(references, id, NodeIds.HasComponent, nodes.id(parent));
        } else if (folder != null) {
            inverse(references, id, NodeIds.Organizes, nodes.id(folder));
        }
        if (isMachine(instance)) {
            inverse(references, id, NodeIds.Organizes, MACHINES);
        }
        if (instance.isSystem() && parent != null) {
            inverse(references, id, NodeIds.Organizes, DEVICE_SET);
        }
        state.live()
                .children(instance)
                .forEach(child -> forward(references, id, NodeIds.HasComponent, nodes.id(child)));
    }

    /** Machines hold the machine level only: assets of the plant file. */
    private static boolean isMachine(TwinInstance instance) {
        return !instance.isSystem() && instance.type().level() == TwinLevel.ASSET;
    }

    private static void forward(List<Reference> references, NodeId source, NodeId type, NodeId target) {
        references.add(new Reference(source, type, target.expanded(), Reference.Direction.FORWARD));
    }

    private static void inverse(List<Reference> references, NodeId source, NodeId type, NodeId target) {
        references.add(new Reference(source, type, target.expanded(), Reference.Direction.INVERSE));
    }
}
