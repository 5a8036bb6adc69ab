package org.uatwin.server.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.server.types.ExtraReference;
import org.uatwin.server.types.MemberDeclaration;
import org.uatwin.server.types.MethodArguments;
import org.uatwin.server.types.ModellingRule;
import org.uatwin.server.types.TypeDeclaration;
import org.uatwin.server.types.VariableShape;

/** The ObjectType of a twin type, made from the same layout as its instances so that the two cannot differ. */
public final class TypeDeclarations {
    /** Members every twin type inherits from the base type of its level. */
    static final Set<String> INHERITED = Set.of("Twin", "Identification", "MachineryBuildingBlocks", "Runs");

    /** Whether a slot is a member of the type; NodeVersion belongs to the node. */
    static boolean isDeclared(Slot slot) {
        return !(slot.value instanceof SlotValue.NodeVersion);
    }

    private final PlantNodes nodes;
    private final PlantNodes.State state;

    /** @param state of the plant the types belong to. */
    public TypeDeclarations(PlantNodes nodes, PlantNodes.State state) {
        this.nodes = nodes;
        this.state = state;
    }

    /** The declaration of one type. */
    public TypeDeclaration of(TwinType type) {
        Layout layout = state.layout(type);
        NodeId typeId = nodes.typeIds().typeId(type);
        List<MemberDeclaration> members = new ArrayList<>();
        for (Slot slot : layout.root().children) {
            if (isDeclared(slot) && !isInherited(state, type, slot)) {
                members.add(member(type, slot));
            }
        }
        List<ExtraReference> references = new ArrayList<>();
        for (Slot.Extra extra : layout.root().extras) {
            if (isInherited(state, type, extra.target())) {
                continue;
            }
            references.add(reference(type, extra));
        }
        return new TypeDeclaration(
                typeId,
                new QualifiedName(typeId.getNamespaceIndex(), type.typeBrowseName()),
                type.superType().map(nodes.typeIds()::typeId).orElseGet(() -> nodes.typeIds()
                        .levelId(type.level())),
                Structures.text(type.displayName(), List.of()),
                Structures.text(type.description(), List.of()),
                false,
                null,
                members,
                references);
    }

    /** Whether the base type of all twins, or that of its level, declares a slot. */
    static boolean isOfBaseType(Slot slot) {
        return INHERITED.contains(slot.path.split("/", 2)[0]) || MaintenanceSlots.isOne(slot);
    }

    private static boolean isInherited(PlantNodes.State state, TwinType type, Slot slot) {
        return INHERITED.contains(slot.path)
                || MaintenanceSlots.isOne(slot)
                || type.superType()
                        .filter(superType -> state.layout(superType).slot(slot.path) != null)
                        .isPresent();
    }

    private ExtraReference reference(TwinType type, Slot.Extra extra) {
        return new ExtraReference(extra.referenceType(), nodes.typeIds().memberId(type, extra.target().path));
    }

    private MemberDeclaration member(TwinType type, Slot slot) {
        NodeId id = nodes.typeIds().memberId(type, slot.path);
        MemberDeclaration member =
                switch (slot.nodeClass) {
                    case Object -> MemberDeclaration.object(id, slot.browseName, slot.typeDefinition);
                    case Method ->
                        MemberDeclaration.method(id, slot.browseName)
                                .withArguments(
                                        arguments(type, slot, "InputArguments"),
                                        arguments(type, slot, "OutputArguments"));
                    case Variable -> MemberDeclaration.variable(id, slot.browseName, slot.typeDefinition, shape(slot));
                    default -> throw new AssertionError(slot.nodeClass);
                };
        List<MemberDeclaration> children = new ArrayList<>();
        if (slot.nodeClass != NodeClass.Method) {
            slot.children.forEach(child -> children.add(member(type, child)));
        }
        member = member.withReferenceType(slot.referenceType)
                .withTexts(text(slot.displayName), text(slot.description))
                .withRule(slot.presence == Presence.ALWAYS ? ModellingRule.MANDATORY : ModellingRule.OPTIONAL)
                .withChildren(children);
        for (Slot.Extra extra : slot.extras) {
            if (isOfBaseType(extra.target())) {
                continue;
            }
            member = member.withReference(extra.referenceType(), nodes.typeIds().memberId(type, extra.target().path));
        }
        return member;
    }

    private static LocalizedText text(org.uatwin.informationmodel.type.Text text) {
        return text.isEmpty() ? LocalizedText.NULL_VALUE : Structures.text(text, List.of());
    }

    private static VariableShape shape(Slot slot) {
        List<Integer> dimensions = new ArrayList<>();
        if (slot.arrayDimensions != null) {
            for (var dimension : slot.arrayDimensions) {
                dimensions.add(dimension.intValue());
            }
        }
        VariableShape shape = new VariableShape(
                slot.dataType,
                slot.valueRank,
                dimensions,
                VariableShape.NO_VALUE,
                PlantAttributes.accessLevel(slot) & ~PlantAttributes.HISTORY_READ);
        return slot.value instanceof SlotValue.OfType constant
                ? shape.withValue(constant.value().apply(List.of()))
                : shape;
    }

    private @org.jspecify.annotations.Nullable MethodArguments arguments(TwinType type, Slot method, String name) {
        for (Slot child : method.children) {
            if (name.equals(child.browseName.name())
                    && child.value instanceof SlotValue.OfType constant
                    && constant.value().apply(List.of()).value() instanceof Argument[] arguments) {
                return new MethodArguments(nodes.typeIds().memberId(type, child.path), List.of(arguments));
            }
        }
        return null;
    }
}
