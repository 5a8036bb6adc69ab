package org.uatwin.server.address;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;

/**
 * From NodeId to node and back, for the site's namespace. A lookup is a hash of the twin id and one of the member
 * path; nothing is stored per node. Any thread.
 */
public final class PlantNodes {
    /** A computed node: a slot of an instance, or a folder. */
    sealed interface Ref {
        /** A slot of an instance; the root slot is the twin itself. */
        record Member(TwinInstance instance, Slot slot) implements Ref {}

        /** A folder of the tree. */
        record Folder(FolderTree.Folder folder) implements Ref {}
    }

    private final LivePlant live;
    private final FolderTree folders;
    private final NamespaceIndexes namespaces;
    private final UShort siteIndex;
    private final TwinTypeIds typeIds;
    private final Map<TwinType, Layout> layouts = new HashMap<>();

    public PlantNodes(LivePlant live, NamespaceIndexes namespaces, TwinTypeIds typeIds) {
        this.live = live;
        this.namespaces = namespaces;
        this.siteIndex = Unsigned.ushort(namespaces.site());
        this.typeIds = typeIds;
        for (TwinType type : live.plant().types()) {
            layouts.put(type, LayoutBuilder.build(type, typeIds.typeId(type)));
        }
        folders = new FolderTree(live);
    }

    LivePlant live() {
        return live;
    }

    FolderTree folders() {
        return folders;
    }

    NamespaceIndexes namespaces() {
        return namespaces;
    }

    /** Whether past values of this plant are kept at all. */
    boolean keepsHistory() {
        return !live.plant().server().historyInMemory().isZero();
    }

    TwinTypeIds typeIds() {
        return typeIds;
    }

    Layout layout(TwinType type) {
        Layout layout = layouts.get(type);
        if (layout == null) {
            throw new IllegalArgumentException("no layout of " + type);
        }
        return layout;
    }

    /** Whether the id is in the site's namespace, so that only this plant can answer for it. */
    public boolean owns(NodeId nodeId) {
        return siteIndex.equals(nodeId.getNamespaceIndex());
    }

    /** The node of an id; null if the plant has no such node. */
    @Nullable
    Ref find(NodeId nodeId) {
        if (!owns(nodeId) || !(nodeId.getIdentifier() instanceof String id)) {
            return null;
        }
        if (!id.isEmpty() && id.charAt(0) == ':') {
            FolderTree.Folder folder = folders.folder(id);
            return folder == null ? null : new Ref.Folder(folder);
        }
        int slash = id.indexOf('/');
        TwinInstance instance = live.instance(slash < 0 ? id : id.substring(0, slash));
        if (instance == null) {
            return null;
        }
        Slot slot = layout(instance.type()).slot(slash < 0 ? "" : id.substring(slash + 1));
        return slot == null || slash == id.length() - 1 || !slot.isPresent(instance)
                ? null
                : new Ref.Member(instance, slot);
    }

    NodeId id(TwinInstance instance) {
        return new NodeId(siteIndex, instance.id());
    }

    NodeId id(TwinInstance instance, Slot slot) {
        return slot.isRoot() ? id(instance) : new NodeId(siteIndex, instance.id() + "/" + slot.path);
    }

    NodeId id(FolderTree.Folder folder) {
        return new NodeId(siteIndex, folder.id);
    }
}
