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
 *
 * <p>All answers come from one {@link State}, which a reload replaces as a whole: a lookup sees the plant before or after
 * it, never a mixture.
 */
public final class PlantNodes {
    /** A computed node: a slot of an instance, or a folder. */
    sealed interface Ref {
        /** A slot of an instance; the root slot is the twin itself. */
        record Member(TwinInstance instance, Slot slot, Layout layout) implements Ref {}

        /** A folder of the tree. */
        record Folder(FolderTree.Folder folder) implements Ref {}

        /** The NodeVersion property of a folder. */
        record FolderVersion(FolderTree.Folder folder) implements Ref {}
    }

    /** What the nodes of one plant are made of. Immutable. */
    public static final class State {
        private final LivePlant live;
        private final FolderTree folders;
        private final Map<TwinType, Layout> layouts;

        private State(LivePlant live, FolderTree folders, Map<TwinType, Layout> layouts) {
            this.live = live;
            this.folders = folders;
            this.layouts = layouts;
        }

        public LivePlant live() {
            return live;
        }

        FolderTree folders() {
            return folders;
        }

        Layout layout(TwinType type) {
            Layout layout = layouts.get(type);
            if (layout == null) {
                throw new IllegalArgumentException("no layout of " + type);
            }
            return layout;
        }
    }

    private static final String FOLDER_VERSION = "/" + LayoutBuilder.NODE_VERSION;

    private volatile State state;
    private final NamespaceIndexes namespaces;
    private final UShort siteIndex;
    private final TwinTypeIds typeIds;

    public PlantNodes(LivePlant live, NamespaceIndexes namespaces, TwinTypeIds typeIds) {
        this.namespaces = namespaces;
        this.siteIndex = Unsigned.ushort(namespaces.site());
        this.typeIds = typeIds;
        state = state(live, null);
    }

    /**
     * What the nodes of the next plant will be made of.
     *
     * @throws IllegalStateException if a type cannot be shown, for example because a member has the name of one that every
     *     twin has.
     */
    public State prepare(LivePlant next) {
        return state(next, state);
    }

    private State state(LivePlant live, @Nullable State before) {
        Map<TwinType, Layout> layouts = new HashMap<>();
        for (TwinType type : live.plant().types()) {
            Layout known = before == null ? null : before.layouts.get(type);
            layouts.put(type, known != null ? known : LayoutBuilder.build(type, typeIds.typeId(type)));
        }
        return new State(live, new FolderTree(live, before == null ? null : before.folders), layouts);
    }

    /** From now on lookups see this plant. */
    void use(State next) {
        state = next;
    }

    /** What the nodes are made of now. */
    public State state() {
        return state;
    }

    /** The plant as it is now. */
    public LivePlant live() {
        return state.live;
    }

    NamespaceIndexes namespaces() {
        return namespaces;
    }

    /** Whether past values of this plant are kept at all. */
    boolean keepsHistory() {
        return live().plant().server().history().isKept();
    }

    TwinTypeIds typeIds() {
        return typeIds;
    }

    Layout layout(TwinType type) {
        return state.layout(type);
    }

    /** Whether the id is in the site's namespace, so that only this plant can answer for it. */
    public boolean owns(NodeId nodeId) {
        return siteIndex.equals(nodeId.getNamespaceIndex());
    }

    /** The node of an id; null if the plant has no such node. */
    @Nullable
    Ref find(NodeId nodeId) {
        return find(state, nodeId);
    }

    @Nullable
    Ref find(State in, NodeId nodeId) {
        if (!owns(nodeId) || !(nodeId.getIdentifier() instanceof String id)) {
            return null;
        }
        if (!id.isEmpty() && id.charAt(0) == ':') {
            FolderTree.Folder folder = in.folders.folder(id);
            if (folder != null) {
                return new Ref.Folder(folder);
            }
            FolderTree.Folder owner = id.endsWith(FOLDER_VERSION)
                    ? in.folders.folder(id.substring(0, id.length() - FOLDER_VERSION.length()))
                    : null;
            if (owner != null) {
                return new Ref.FolderVersion(owner);
            }
        }
        int slash = id.indexOf('/');
        TwinInstance instance = in.live.instance(slash < 0 ? id : id.substring(0, slash));
        if (instance == null) {
            return null;
        }
        Layout layout = in.layout(instance.type());
        Slot slot = layout.slot(slash < 0 ? "" : id.substring(slash + 1));
        return slot == null || slash == id.length() - 1 || !slot.isPresent(instance)
                ? null
                : new Ref.Member(instance, slot, layout);
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

    /** NodeId of a folder's NodeVersion. */
    NodeId versionId(FolderTree.Folder folder) {
        return new NodeId(siteIndex, folder.id + FOLDER_VERSION);
    }
}
