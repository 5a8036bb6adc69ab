package org.uatwin.server.types;

import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumField;

/**
 * An enumeration data type whose values count from 0.
 *
 * @param id NodeId of the DataType.
 * @param browseName its BrowseName.
 * @param superTypeId its supertype.
 * @param description its Description.
 * @param names the symbolic names, value 0 first.
 * @param strings its EnumStrings property.
 */
record EnumerationDeclaration(
        NodeId id,
        QualifiedName browseName,
        NodeId superTypeId,
        LocalizedText description,
        List<String> names,
        MemberDeclaration strings) {

    EnumerationDeclaration {
        names = List.copyOf(names);
    }

    EnumField[] fields() {
        EnumField[] fields = new EnumField[names.size()];
        for (int value = 0; value < fields.length; value++) {
            fields[value] = new EnumField(
                    (long) value, LocalizedText.english(names.get(value)), LocalizedText.NULL_VALUE, names.get(value));
        }
        return fields;
    }
}
