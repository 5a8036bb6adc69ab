package org.uatwin.server.types;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.jspecify.annotations.Nullable;

/**
 * One instance declaration of a type, with its own children; or, below an entry object, one instance.
 *
 * <p>Made by {@link #object}, {@link #variable}, {@link #property} and {@link #method}, then refined by the {@code with}
 * methods. The defaults: HasComponent (HasProperty for a property), mandatory, DisplayName = BrowseName, no description.
 *
 * @param id NodeId of the declaration.
 * @param nodeClass Object, Variable or Method.
 * @param browseName its BrowseName; {@code <Name>} for a placeholder.
 * @param displayName its DisplayName.
 * @param description its Description; {@code LocalizedText.NULL_VALUE} for none.
 * @param referenceType the hierarchical reference from its parent.
 * @param typeDefinition its ObjectType or VariableType; null for a method.
 * @param modellingRule null for a member of the type itself (a state, DefaultInstanceBrowseName) or of an instance.
 * @param variable the attributes of a variable; null for objects and methods.
 * @param inputArguments a method's InputArguments; null if it takes none.
 * @param outputArguments a method's OutputArguments; null if it answers none.
 * @param children its own members; argument properties are not listed here.
 * @param references further references of this node.
 */
public record MemberDeclaration(
        NodeId id,
        NodeClass nodeClass,
        QualifiedName browseName,
        LocalizedText displayName,
        LocalizedText description,
        NodeId referenceType,
        @Nullable NodeId typeDefinition,
        @Nullable ModellingRule modellingRule,
        @Nullable VariableShape variable,
        @Nullable MethodArguments inputArguments,
        @Nullable MethodArguments outputArguments,
        List<MemberDeclaration> children,
        List<ExtraReference> references) {

    public MemberDeclaration {
        children = List.copyOf(children);
        references = List.copyOf(references);
        if (nodeClass != NodeClass.Object && nodeClass != NodeClass.Variable && nodeClass != NodeClass.Method) {
            throw new IllegalArgumentException(
                    browseName + ": a member is an Object, Variable or Method, not " + nodeClass);
        }
        if ((nodeClass == NodeClass.Variable) != (variable != null)) {
            throw new IllegalArgumentException(browseName + ": variable attributes belong to a Variable");
        }
        if ((nodeClass == NodeClass.Method) != (typeDefinition == null)) {
            throw new IllegalArgumentException(
                    browseName + ": Objects and Variables have a type definition, Methods none");
        }
        if (nodeClass != NodeClass.Method && (inputArguments != null || outputArguments != null)) {
            throw new IllegalArgumentException(browseName + ": arguments belong to a Method");
        }
        if (NodeIds.PropertyType.equals(typeDefinition) && !children.isEmpty()) {
            throw new IllegalArgumentException(browseName + ": a property has no children (OPC UA Part 3, 4.5.2)");
        }
        requireDistinctNames(browseName, children);
    }

    public static MemberDeclaration object(NodeId id, QualifiedName browseName, NodeId typeDefinition) {
        return of(id, NodeClass.Object, browseName, NodeIds.HasComponent, typeDefinition, null);
    }

    public static MemberDeclaration variable(
            NodeId id, QualifiedName browseName, NodeId typeDefinition, VariableShape shape) {
        return of(id, NodeClass.Variable, browseName, NodeIds.HasComponent, typeDefinition, shape);
    }

    public static MemberDeclaration property(NodeId id, QualifiedName browseName, VariableShape shape) {
        return of(id, NodeClass.Variable, browseName, NodeIds.HasProperty, NodeIds.PropertyType, shape);
    }

    public static MemberDeclaration method(NodeId id, QualifiedName browseName) {
        return of(id, NodeClass.Method, browseName, NodeIds.HasComponent, null, null);
    }

    private static MemberDeclaration of(
            NodeId id,
            NodeClass nodeClass,
            QualifiedName browseName,
            NodeId referenceType,
            @Nullable NodeId typeDefinition,
            @Nullable VariableShape shape) {
        return new MemberDeclaration(
                id,
                nodeClass,
                browseName,
                LocalizedText.english(String.valueOf(browseName.name())),
                LocalizedText.NULL_VALUE,
                referenceType,
                typeDefinition,
                ModellingRule.MANDATORY,
                shape,
                null,
                null,
                List.of(),
                List.of());
    }

    public MemberDeclaration withTexts(LocalizedText newDisplayName, LocalizedText newDescription) {
        return new MemberDeclaration(
                id,
                nodeClass,
                browseName,
                newDisplayName,
                newDescription,
                referenceType,
                typeDefinition,
                modellingRule,
                variable,
                inputArguments,
                outputArguments,
                children,
                references);
    }

    public MemberDeclaration withReferenceType(NodeId newReferenceType) {
        return new MemberDeclaration(
                id,
                nodeClass,
                browseName,
                displayName,
                description,
                newReferenceType,
                typeDefinition,
                modellingRule,
                variable,
                inputArguments,
                outputArguments,
                children,
                references);
    }

    public MemberDeclaration withRule(@Nullable ModellingRule newRule) {
        return new MemberDeclaration(
                id,
                nodeClass,
                browseName,
                displayName,
                description,
                referenceType,
                typeDefinition,
                newRule,
                variable,
                inputArguments,
                outputArguments,
                children,
                references);
    }

    public MemberDeclaration withArguments(@Nullable MethodArguments in, @Nullable MethodArguments out) {
        return new MemberDeclaration(
                id,
                nodeClass,
                browseName,
                displayName,
                description,
                referenceType,
                typeDefinition,
                modellingRule,
                variable,
                in,
                out,
                children,
                references);
    }

    /** The same with these children after those it has. */
    public MemberDeclaration withChildren(List<MemberDeclaration> more) {
        List<MemberDeclaration> all = new ArrayList<>(children);
        all.addAll(more);
        return new MemberDeclaration(
                id,
                nodeClass,
                browseName,
                displayName,
                description,
                referenceType,
                typeDefinition,
                modellingRule,
                variable,
                inputArguments,
                outputArguments,
                all,
                references);
    }

    /** The same with one more forward reference. */
    public MemberDeclaration withReference(NodeId type, NodeId target) {
        List<ExtraReference> all = new ArrayList<>(references);
        all.add(new ExtraReference(type, target));
        return new MemberDeclaration(
                id,
                nodeClass,
                browseName,
                displayName,
                description,
                referenceType,
                typeDefinition,
                modellingRule,
                variable,
                inputArguments,
                outputArguments,
                children,
                all);
    }

    static void requireDistinctNames(QualifiedName owner, List<MemberDeclaration> members) {
        Set<QualifiedName> names = new HashSet<>();
        for (MemberDeclaration member : members) {
            if (!names.add(member.browseName())) {
                throw new IllegalArgumentException("%s has two members named %s".formatted(owner, member.browseName()));
            }
        }
    }
}
