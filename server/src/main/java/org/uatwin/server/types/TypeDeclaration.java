package org.uatwin.server.types;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.jspecify.annotations.Nullable;

/**
 * One ObjectType or VariableType with its instance declarations.
 *
 * @param typeId NodeId of the type node.
 * @param browseName its BrowseName.
 * @param superTypeId the type it is a subtype of.
 * @param displayName its DisplayName.
 * @param description its Description; {@code LocalizedText.NULL_VALUE} for none.
 * @param isAbstract whether no instance may be of exactly this type.
 * @param variable the attributes of a VariableType; null for an ObjectType.
 * @param members its instance declarations; inherited ones are not repeated unless they change.
 * @param references further references of the type node, such as HasInterface.
 */
public record TypeDeclaration(
        NodeId typeId,
        QualifiedName browseName,
        NodeId superTypeId,
        LocalizedText displayName,
        LocalizedText description,
        boolean isAbstract,
        @Nullable VariableShape variable,
        List<MemberDeclaration> members,
        List<ExtraReference> references) {

    public TypeDeclaration {
        members = List.copyOf(members);
        references = List.copyOf(references);
        MemberDeclaration.requireDistinctNames(browseName, members);
    }

    /** An ObjectType without interfaces. */
    public TypeDeclaration(
            NodeId typeId,
            QualifiedName browseName,
            NodeId superTypeId,
            LocalizedText displayName,
            LocalizedText description,
            boolean isAbstract,
            List<MemberDeclaration> members) {
        this(typeId, browseName, superTypeId, displayName, description, isAbstract, null, members, List.of());
    }

    /** The same, with {@code HasInterface} to the given interface types added. */
    public TypeDeclaration implementing(NodeId... interfaceTypes) {
        List<ExtraReference> all = new ArrayList<>(references);
        for (NodeId interfaceType : interfaceTypes) {
            all.add(new ExtraReference(NodeIds.HasInterface, interfaceType));
        }
        return new TypeDeclaration(
                typeId, browseName, superTypeId, displayName, description, isAbstract, variable, members, all);
    }
}
