package org.uatwin.server.types;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.nodes.UaDataTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableTypeNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Turns declarations into nodes of one node manager. References are stored once from each end, except HasTypeDefinition and
 * HasModellingRule, whose targets would collect every node of the server.
 *
 * <p>Owned by {@link TypeSpace}, which serialises the calls.
 */
final class NodeWriter {

    private static final UInteger NOTHING_WRITABLE = uint(0);
    private static final double ON_CHANGE = 0.0; // values here change rarely; monitored items are told at once

    private final UaNodeContext context;
    private final Set<Reference> written = new HashSet<>();

    private final InstantSource clock;

    NodeWriter(UaNodeContext context, InstantSource clock) {
        this.context = context;
        this.clock = clock;
    }

    void addType(TypeDeclaration type) {
        VariableShape variable = type.variable();
        if (variable == null) {
            add(new UaObjectTypeNode(
                    context,
                    type.typeId(),
                    type.browseName(),
                    type.displayName(),
                    type.description(),
                    NOTHING_WRITABLE,
                    NOTHING_WRITABLE,
                    type.isAbstract()));
        } else {
            add(new UaVariableTypeNode(
                    context,
                    type.typeId(),
                    type.browseName(),
                    type.displayName(),
                    type.description(),
                    NOTHING_WRITABLE,
                    NOTHING_WRITABLE,
                    variable.value(),
                    variable.dataType(),
                    variable.valueRank(),
                    dimensions(variable),
                    type.isAbstract()));
        }
        bothEnds(type.superTypeId(), NodeIds.HasSubtype, type.typeId());
        type.members().forEach(member -> addMember(type.typeId(), member));
        type.references().forEach(r -> bothEnds(type.typeId(), r.referenceType(), r.target()));
    }

    void addMember(NodeId parent, MemberDeclaration member) {
        VariableShape variable = member.variable();
        if (variable != null) {
            addVariable(member, variable);
        } else if (member.typeDefinition() != null) {
            add(new UaObjectNode(
                    context,
                    member.id(),
                    member.browseName(),
                    member.displayName(),
                    member.description(),
                    NOTHING_WRITABLE,
                    NOTHING_WRITABLE,
                    ubyte(0)));
        } else {
            add(new UaMethodNode(
                    context,
                    member.id(),
                    member.browseName(),
                    member.displayName(),
                    member.description(),
                    NOTHING_WRITABLE,
                    NOTHING_WRITABLE,
                    true,
                    true));
            addArguments(member.id(), "InputArguments", member.inputArguments());
            addArguments(member.id(), "OutputArguments", member.outputArguments());
        }
        bothEnds(parent, member.referenceType(), member.id());
        if (member.typeDefinition() != null) {
            oneEnd(member.id(), NodeIds.HasTypeDefinition, member.typeDefinition());
        }
        if (member.modellingRule() != null) {
            oneEnd(member.id(), NodeIds.HasModellingRule, member.modellingRule().nodeId());
        }
        member.children().forEach(child -> addMember(member.id(), child));
        member.references().forEach(r -> bothEnds(member.id(), r.referenceType(), r.target()));
    }

    /** An enumeration counted from 0, with its EnumStrings property. */
    void addEnumeration(EnumerationDeclaration type) {
        UaDataTypeNode node = new UaDataTypeNode(
                context,
                type.id(),
                type.browseName(),
                LocalizedText.english(String.valueOf(type.browseName().name())),
                type.description(),
                NOTHING_WRITABLE,
                NOTHING_WRITABLE,
                false);
        node.setDataTypeDefinition(new EnumDefinition(type.fields()));
        add(node);
        bothEnds(type.superTypeId(), NodeIds.HasSubtype, type.id());
        addMember(type.id(), type.strings());
    }

    /** A structure with its definition and its one encoding. */
    void addStructure(StructureDeclaration type) {
        UaDataTypeNode node = new UaDataTypeNode(
                context,
                type.id(),
                type.browseName(),
                LocalizedText.english(type.name()),
                type.description(),
                NOTHING_WRITABLE,
                NOTHING_WRITABLE,
                false);
        node.setDataTypeDefinition(type.definition());
        add(node);
        bothEnds(NodeIds.Structure, NodeIds.HasSubtype, type.id());
        addMember(
                type.id(),
                MemberDeclaration.object(
                                type.encodingId(), new QualifiedName(0, "Default Binary"), NodeIds.DataTypeEncodingType)
                        .withReferenceType(NodeIds.HasEncoding)
                        .withRule(null));
    }

    private void addVariable(MemberDeclaration member, VariableShape variable) {
        UByte accessLevel = ubyte(variable.accessLevel());
        add(new UaVariableNode(
                context,
                member.id(),
                member.browseName(),
                member.displayName(),
                member.description(),
                NOTHING_WRITABLE,
                NOTHING_WRITABLE,
                stamped(variable.value()),
                variable.dataType(),
                variable.valueRank(),
                dimensions(variable),
                accessLevel,
                accessLevel,
                ON_CHANGE,
                false));
    }

    private void addArguments(NodeId method, String name, @Nullable MethodArguments arguments) {
        if (arguments == null) {
            return;
        }
        List<Argument> list = arguments.arguments();
        ExtensionObject[] encoded = list.stream()
                .map(argument -> ExtensionObject.encode(context.getServer().getStaticEncodingContext(), argument))
                .toArray(ExtensionObject[]::new);
        VariableShape shape = VariableShape.array(NodeIds.Argument)
                .withRank(1, List.of(encoded.length))
                .withValue(new Variant(encoded));
        addMember(method, MemberDeclaration.property(arguments.propertyId(), new QualifiedName(0, name), shape));
    }

    /** A declared value dates from the moment it enters the address space. */
    private DataValue stamped(DataValue value) {
        return value.sourceTime() == null
                ? value.copy().setSourceTime(new DateTime(clock.instant())).build()
                : value;
    }

    private void add(UaNode node) {
        if (context.getNodeManager().addNode(node).isPresent()) {
            throw new IllegalStateException(
                    "two nodes have the NodeId " + node.getNodeId().toParseableString());
        }
    }

    void bothEnds(NodeId source, NodeId type, NodeId target) {
        oneEnd(source, type, target);
        Reference inverse = new Reference(target, type, source.expanded(), Reference.Direction.INVERSE);
        if (written.add(inverse)) {
            context.getNodeManager().addReference(inverse);
        }
    }

    /** References of a declaration that are not there yet; those of what it contains, too. */
    void connect(NodeId id, MemberDeclaration member) {
        member.references().forEach(r -> bothEnds(id, r.referenceType(), r.target()));
        member.children().forEach(child -> connect(child.id(), child));
    }

    /** Takes a declaration away with everything below it. */
    void removeMember(MemberDeclaration member) {
        member.children().forEach(this::removeMember);
        if (member.inputArguments() != null) {
            remove(member.inputArguments().propertyId());
        }
        if (member.outputArguments() != null) {
            remove(member.outputArguments().propertyId());
        }
        remove(member.id());
    }

    /** Takes a node away with its references, those from other nodes to it included. */
    void remove(NodeId id) {
        for (Reference reference : List.copyOf(context.getNodeManager().getReferences(id))) {
            forget(reference);
            reference
                    .getTargetNodeId()
                    .toNodeId(context.getNamespaceTable())
                    .ifPresent(target -> forget(new Reference(
                            target,
                            reference.getReferenceTypeId(),
                            id.expanded(),
                            reference.isForward() ? Reference.Direction.INVERSE : Reference.Direction.FORWARD)));
        }
        context.getNodeManager().removeNode(id);
    }

    /** Takes both ends of a reference away. */
    void disconnect(NodeId source, NodeId type, NodeId target) {
        forget(new Reference(source, type, target.expanded(), Reference.Direction.FORWARD));
        forget(new Reference(target, type, source.expanded(), Reference.Direction.INVERSE));
    }

    private void forget(Reference reference) {
        if (written.remove(reference)) {
            context.getNodeManager().removeReference(reference);
        }
    }

    private void oneEnd(NodeId source, NodeId type, NodeId target) {
        Reference forward = new Reference(source, type, target.expanded(), Reference.Direction.FORWARD);
        if (written.add(forward)) {
            context.getNodeManager().addReference(forward);
        }
    }

    private static UInteger @Nullable [] dimensions(VariableShape variable) {
        if (variable.arrayDimensions().isEmpty()) {
            return null;
        }
        return variable.arrayDimensions().stream().map(length -> uint(length)).toArray(UInteger[]::new);
    }
}
