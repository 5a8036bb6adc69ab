package org.uatwin.server.address;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.List;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.method.MethodSignature;

/** The attributes of computed nodes (OPC UA Part 3, section 5). Any thread; nothing blocks. */
final class PlantAttributes {
    private static final int CURRENT_READ = 1;
    private static final int CURRENT_WRITE = 2;
    static final int HISTORY_READ = 4;

    private final PlantNodes nodes;
    private final LiveValues live;
    private final PlantAccess access;

    PlantAttributes(PlantNodes nodes, LiveValues live, PlantAccess access) {
        this.nodes = nodes;
        this.live = live;
        this.access = access;
    }

    /**
     * Reads one attribute as a client asked for it.
     *
     * @param indexRange empty or null for the whole value.
     * @param encoding null, or the encoding wanted for a structure.
     * @param timestamps which timestamps the Value attribute carries; others carry none.
     */
    DataValue read(
            @Nullable Session session,
            NodeId nodeId,
            int attribute,
            @Nullable String indexRange,
            @Nullable QualifiedName encoding,
            TimestampsToReturn timestamps) {
        PlantNodes.Ref ref = nodes.find(nodeId);
        if (ref == null) {
            return new DataValue(StatusCodes.Bad_NodeIdUnknown);
        }
        AttributeId id = AttributeId.from(attribute).orElse(null);
        if (id == null) {
            return new DataValue(StatusCodes.Bad_AttributeIdInvalid);
        }
        if (id == AttributeId.Value && ref instanceof PlantNodes.Ref.Member member && member.slot().value != null) {
            DataValue whole = value(session, member.instance(), member.slot());
            return ValueParts.stamped(
                    ValueParts.part(whole, member.slot().dataType, indexRange, encoding), timestamps, now());
        }
        if (encoding != null && encoding.isNotNull()) {
            return new DataValue(StatusCodes.Bad_DataEncodingInvalid);
        }
        if (indexRange != null && !indexRange.isEmpty()) {
            return new DataValue(StatusCodes.Bad_IndexRangeNoData);
        }
        if (id == AttributeId.Value && ref instanceof PlantNodes.Ref.FolderVersion version) {
            return ValueParts.stamped(live.fixed(new Variant(version.folder().nodeVersion)), timestamps, now());
        }
        Object value = value(session, ref, id);
        return value == null
                ? new DataValue(StatusCodes.Bad_AttributeIdInvalid)
                : DataValue.derivedNonValue(new DataValue(new Variant(value)), timestamps);
    }

    private DateTime now() {
        return new DateTime(live.now());
    }

    /** The whole value with both timestamps. */
    DataValue value(@Nullable Session session, TwinInstance instance, Slot slot) {
        SlotValue value = slot.value;
        return value == null
                ? new DataValue(StatusCodes.Bad_AttributeIdInvalid)
                : value.read(live, instance, locales(session));
    }

    static List<String> locales(@Nullable Session session) {
        String[] ids = session == null ? null : session.getLocaleIds();
        return ids == null ? List.of() : List.of(ids);
    }

    private @Nullable Object value(@Nullable Session session, PlantNodes.Ref ref, AttributeId id) {
        if (ref instanceof PlantNodes.Ref.Member member) {
            return member(session, member.instance(), member.slot(), id);
        }
        return ref instanceof PlantNodes.Ref.FolderVersion version
                ? folderVersion(session, version.folder(), id)
                : folder((PlantNodes.Ref.Folder) ref, id, locales(session));
    }

    private @Nullable Object folderVersion(@Nullable Session session, FolderTree.Folder folder, AttributeId id) {
        int level = access.mayRead(session) ? CURRENT_READ : 0;
        return switch (id) {
            case NodeId -> nodes.versionId(folder);
            case NodeClass -> NodeClass.Variable;
            case BrowseName -> new QualifiedName(0, LayoutBuilder.NODE_VERSION);
            case DisplayName -> Structures.text(Text.of(LayoutBuilder.NODE_VERSION), List.of());
            case DataType -> NodeIds.String;
            case ValueRank -> -1;
            case AccessLevel -> ubyte(CURRENT_READ);
            case AccessLevelEx -> uint(CURRENT_READ);
            case UserAccessLevel -> ubyte(level);
            case MinimumSamplingInterval -> 0.0;
            case Historizing -> false;
            default -> common(id);
        };
    }

    private @Nullable Object folder(PlantNodes.Ref.Folder ref, AttributeId id, List<String> locales) {
        FolderTree.Folder folder = ref.folder();
        return switch (id) {
            case NodeId -> nodes.id(folder);
            case NodeClass -> NodeClass.Object;
            case BrowseName -> new QualifiedName(NamespaceIndexes.TYPES, folder.browseName);
            case DisplayName -> Structures.text(folder.displayName, locales);
            case EventNotifier -> ubyte(0);
            default -> common(id);
        };
    }

    private static @Nullable Object common(AttributeId id) {
        return switch (id) {
            case WriteMask, UserWriteMask -> uint(0);
            default -> null;
        };
    }

    private @Nullable Object member(@Nullable Session session, TwinInstance instance, Slot slot, AttributeId id) {
        return switch (id) {
            case NodeId -> nodes.id(instance, slot);
            case NodeClass -> slot.nodeClass;
            case BrowseName ->
                slot.isRoot() ? new QualifiedName(nodes.namespaces().site(), instance.id()) : slot.browseName;
            case DisplayName -> Structures.text(displayName(instance, slot), locales(session));
            case Description -> Structures.text(description(instance, slot), locales(session));
            case EventNotifier ->
                slot.nodeClass == NodeClass.Object ? ubyte(raisesEvents(instance, slot) ? 1 : 0) : null;
            default ->
                slot.nodeClass == NodeClass.Variable
                        ? variable(session, slot, id)
                        : slot.nodeClass == NodeClass.Method ? method(session, slot, id) : common(id);
        };
    }

    private static boolean raisesEvents(TwinInstance instance, Slot slot) {
        return slot.isRoot()
                ? ControlSlots.raisesEvents(instance) || instance.twin().isWatched()
                : slot.path.equals(LayoutBuilder.RUNS);
    }

    private static Text displayName(TwinInstance instance, Slot slot) {
        if (!slot.isRoot()) {
            return slot.displayName;
        }
        return instance.displayName().isEmpty() ? Text.of(instance.id()) : instance.displayName();
    }

    private static Text description(TwinInstance instance, Slot slot) {
        if (!slot.isRoot()) {
            return slot.description;
        }
        return instance.twin().description().isEmpty()
                ? instance.type().description()
                : instance.twin().description();
    }

    private @Nullable Object variable(@Nullable Session session, Slot slot, AttributeId id) {
        return switch (id) {
            case DataType -> slot.dataType;
            case ValueRank -> slot.valueRank;
            case ArrayDimensions -> slot.arrayDimensions;
            case AccessLevel -> ubyte(ownAccessLevel(slot));
            case UserAccessLevel -> ubyte(userAccessLevel(session, slot));
            case AccessLevelEx -> uint(ownAccessLevel(slot));
            case MinimumSamplingInterval -> slot.value != null && slot.value.isSampled() ? 250.0 : 0.0;
            case Historizing -> slot.isHistorized() && nodes.keepsHistory();
            default -> common(id);
        };
    }

    private @Nullable Object method(@Nullable Session session, Slot slot, AttributeId id) {
        return switch (id) {
            case Executable -> true;
            case UserExecutable ->
                slot.isNamed(MethodSignature.RELOAD) ? access.mayAdminister(session) : access.mayCall(session);
            default -> common(id);
        };
    }

    private int ownAccessLevel(Slot slot) {
        return nodes.keepsHistory() ? accessLevel(slot) : accessLevel(slot) & ~HISTORY_READ;
    }

    static int accessLevel(Slot slot) {
        return CURRENT_READ | (slot.isWritable() ? CURRENT_WRITE : 0) | (slot.isHistorized() ? HISTORY_READ : 0);
    }

    int userAccessLevel(@Nullable Session session, Slot slot) {
        int level = ownAccessLevel(slot);
        if (!access.mayRead(session)) {
            level &= ~CURRENT_READ;
        }
        if (!access.mayWrite(session)) {
            level &= ~CURRENT_WRITE;
        }
        if (!access.mayReadHistory(session)) {
            level &= ~HISTORY_READ;
        }
        return level;
    }
}
