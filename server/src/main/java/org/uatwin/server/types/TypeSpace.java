package org.uatwin.server.types;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.milo.opcua.sdk.server.AddressSpaceFilter;
import org.eclipse.milo.opcua.sdk.server.ManagedAddressSpaceFragmentWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.SimpleAddressSpaceFilter;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.IdType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;

/**
 * Type nodes, entry objects and namespace metadata.
 *
 * <p>{@link #startup()} writes the built-in models; then {@link #addTwinTypes} adds a plant's types and
 * {@link #addNamespaceMetadata} its sites, before the server accepts clients;
 * {@link #replaceTwinTypes} follows a changed plant. Answers only for the nodes it holds, so
 * other address spaces may hold nodes of the same namespaces.
 */
public final class TypeSpace extends ManagedAddressSpaceFragmentWithLifecycle implements TypeIdLookup {

    /** Highest numeric id of {@code urn:uatwin:types} that the built-in types may use. */
    public static final int LAST_BASE_ID = 999;

    private final NamespaceRegistry registry;
    private final AddressSpaceFilter filter;
    private final NodeWriter writer; // guarded by this
    private final ModelTables tables;

    /**
     * @param server with the registry already registered.
     * @param registry the indexes the built-in models and metadata use.
     * @param clock stamps the values of the nodes as they are written.
     */
    public TypeSpace(OpcUaServer server, NamespaceRegistry registry, InstantSource clock) {
        super(server);
        this.registry = registry;
        filter = SimpleAddressSpaceFilter.create(getNodeManager()::containsNode);
        writer = new NodeWriter(getNodeContext(), clock);
        tables = ModelTables.read(server.getStaticEncodingContext());
        getLifecycleManager().addStartupTask(this::writeBuiltInModels);
    }

    private synchronized void writeBuiltInModels() {
        StandardNodes.repair(getServer());
        registry.register(getServer());
        tables.enumerations().forEach(writer::addEnumeration);
        tables.structures().forEach(this::addStructure);
        tables.types().forEach(writer::addType);
        tables.entryObjects().forEach(object -> writer.addMember(NodeIds.ObjectsFolder, object));
        tables.metadata().forEach(this::addNamespaceMetadata);
        updateTypeTrees();
    }

    private void addStructure(StructureDeclaration structure) {
        writer.addStructure(structure);
        getServer()
                .getStaticDataTypeManager()
                .registerType(
                        structure.id(),
                        new StructureCodec(structure),
                        structure.encodingId(),
                        NodeId.NULL_VALUE,
                        NodeId.NULL_VALUE);
    }

    /** Whether a node of this id is here. */
    public boolean has(NodeId id) {
        return getNodeManager().containsNode(id);
    }

    /** Adds one type; see {@link #addTwinTypes}. */
    public void addTwinType(TypeDeclaration type) {
        addTwinTypes(List.of(type));
    }

    /**
     * Adds type nodes with their instance declarations and brings the server's type trees up to date.
     *
     * @param types in any order; a supertype is among them or already in the address space.
     * @throws IllegalArgumentException if a supertype is unknown or a NodeId is taken; nothing is added then.
     */
    public synchronized void addTwinTypes(Collection<TypeDeclaration> types) {
        Map<NodeId, String> added = new HashMap<>();
        for (TypeDeclaration type : types) {
            String name = String.valueOf(type.browseName().name());
            requireFree(type.typeId(), name, added);
            type.members().forEach(member -> requireFree(member, name, added));
        }
        for (TypeDeclaration type : types) {
            NodeId superType = type.superTypeId();
            if (!added.containsKey(superType)
                    && getServer()
                            .getAddressSpaceManager()
                            .getManagedNode(superType)
                            .isEmpty()) {
                throw new IllegalArgumentException("type %s: its supertype %s does not exist"
                        .formatted(type.browseName().name(), superType.toParseableString()));
            }
        }
        types.forEach(writer::addType);
        updateTypeTrees();
    }

    /**
     * Takes back types that are gone and brings changed ones to their new form; members that did not change keep their
     * nodes.
     *
     * @param before types as they are now, with {@code after} of the same NodeId for a changed one.
     * @param after types of the same NodeId as one of {@code before}; new types are for {@link #addTwinTypes}.
     */
    public synchronized void replaceTwinTypes(Collection<TypeDeclaration> before, Collection<TypeDeclaration> after) {
        Map<NodeId, TypeDeclaration> next = new HashMap<>();
        after.forEach(type -> next.put(type.typeId(), type));
        for (TypeDeclaration old : before) {
            TypeDeclaration now = next.get(old.typeId());
            if (now == null) {
                old.members().forEach(writer::removeMember);
                writer.remove(old.typeId());
            } else {
                replace(old, now);
            }
        }
        updateTypeTrees();
    }

    private void replace(TypeDeclaration old, TypeDeclaration now) {
        Map<NodeId, MemberDeclaration> kept = new HashMap<>();
        old.members().forEach(member -> kept.put(member.id(), member));
        for (MemberDeclaration member : now.members()) {
            MemberDeclaration before = kept.remove(member.id());
            if (before != null && !before.equals(member)) {
                writer.removeMember(before);
            }
            if (!member.equals(before)) {
                writer.addMember(now.typeId(), member);
            }
        }
        kept.values().forEach(writer::removeMember);
        if (!old.superTypeId().equals(now.superTypeId())) {
            writer.disconnect(old.superTypeId(), NodeIds.HasSubtype, old.typeId());
            writer.bothEnds(now.superTypeId(), NodeIds.HasSubtype, now.typeId());
        }
        old.references().stream()
                .filter(reference -> !now.references().contains(reference))
                .forEach(r -> writer.disconnect(old.typeId(), r.referenceType(), r.target()));
        now.references().forEach(r -> writer.bothEnds(now.typeId(), r.referenceType(), r.target()));
        now.members().forEach(member -> writer.connect(member.id(), member));
        getNodeManager().getNode(now.typeId()).ifPresent(node -> {
            node.setDisplayName(now.displayName());
            node.setDescription(now.description());
        });
    }

    private void requireFree(MemberDeclaration member, String parent, Map<NodeId, String> added) {
        String path = parent + "/" + member.browseName().name();
        requireFree(member.id(), path, added);
        if (member.inputArguments() != null) {
            requireFree(member.inputArguments().propertyId(), path + "/InputArguments", added);
        }
        if (member.outputArguments() != null) {
            requireFree(member.outputArguments().propertyId(), path + "/OutputArguments", added);
        }
        member.children().forEach(child -> requireFree(child, path, added));
    }

    private void requireFree(NodeId id, String path, Map<NodeId, String> added) {
        String other = added.put(id, path);
        if (other == null && getNodeManager().containsNode(id)) {
            other = String.valueOf(
                    getNodeManager().getNode(id).orElseThrow().getBrowseName().name());
        }
        if (other != null) {
            throw new IllegalArgumentException(
                    "%s: its NodeId %s is taken by %s".formatted(path, id.toParseableString(), other));
        }
    }

    private void updateTypeTrees() {
        getServer().updateReferenceTypeTree();
        getServer().updateDataTypeTree();
        getServer().updateObjectTypeTree();
        getServer().updateVariableTypeTree();
    }

    /** Adds the NamespaceMetadataType object of one namespace below Server/Namespaces. */
    public synchronized void addNamespaceMetadata(NamespaceMetadata metadata) {
        int namespace = registry.find(metadata.uri())
                .orElseThrow(() -> new IllegalArgumentException(metadata.uri() + " has no namespace index"));
        List<IdType> idTypes = new ArrayList<>();
        if (metadata.staticNumeric()) {
            idTypes.add(IdType.Numeric);
        }
        if (metadata.staticString()) {
            idTypes.add(IdType.String);
        }
        VariableShape text = VariableShape.scalar(NodeIds.String);
        String[] ranges = metadata.staticNumeric() ? new String[] {"1:2147483647"} : new String[0];
        List<VariableShape> shapes = List.of(
                text.withValue(new Variant(metadata.uri())),
                text.withValue(new Variant(metadata.version())),
                VariableShape.scalar(NodeIds.DateTime).withValue(new Variant(new DateTime(metadata.published()))),
                VariableShape.scalar(NodeIds.Boolean).withValue(new Variant(metadata.isSubset())),
                VariableShape.array(NodeIds.IdType)
                        .withValue(new Variant(
                                idTypes.stream().map(IdType::getValue).toArray(Integer[]::new))),
                VariableShape.array(NodeIds.NumericRange).withValue(new Variant(ranges)),
                text.withValue(new Variant(metadata.staticString() ? "%" : "")));
        List<MemberDeclaration> properties = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            QualifiedName name = new QualifiedName(0, NamespaceMetadata.PROPERTIES.get(i));
            properties.add(MemberDeclaration.property(metadata.nodeIds().get(i + 1), name, shapes.get(i))
                    .withRule(null));
        }
        writer.addMember(
                NodeIds.Server_Namespaces,
                MemberDeclaration.object(
                                metadata.nodeIds().get(0),
                                new QualifiedName(namespace, metadata.uri()),
                                NodeIds.NamespaceMetadataType)
                        .withTexts(LocalizedText.english(metadata.uri()), LocalizedText.NULL_VALUE)
                        .withRule(null)
                        .withChildren(properties));
    }

    /** The ids of the built-in twin types; all are at most {@link #LAST_BASE_ID}. */
    @Override
    public OptionalInt id(String path) {
        return tables.id(path);
    }

    @Override
    public AddressSpaceFilter getFilter() {
        return filter;
    }

    /** Values here do not change while a client watches: the first notification is the only one, and nothing is sampled. */
    @Override
    public void onDataItemsCreated(List<DataItem> items) {
        items.stream().filter(MonitoredItem::isSamplingEnabled).forEach(this::deliver);
    }

    @Override
    public void onDataItemsModified(List<DataItem> items) {
        items.stream().filter(MonitoredItem::isSamplingEnabled).forEach(this::deliver);
    }

    @Override
    public void onDataItemsDeleted(List<DataItem> items) {}

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> items) {
        for (MonitoredItem item : items) {
            if (item instanceof DataItem dataItem && item.isSamplingEnabled()) {
                deliver(dataItem);
            }
        }
    }

    private void deliver(DataItem item) {
        ReadContext context = new ReadContext(getServer(), item.getSession());
        TimestampsToReturn timestamps =
                item.getTimestampsToReturn() == null ? TimestampsToReturn.Both : item.getTimestampsToReturn();
        DataValue value =
                read(context, 0.0, timestamps, List.of(item.getReadValueId())).get(0);
        item.setValue(value);
    }
}
