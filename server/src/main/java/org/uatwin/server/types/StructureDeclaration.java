package org.uatwin.server.types;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.List;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.StructureType;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureField;

/**
 * A structure of plain fields: built-in types, scalars or arrays, none of them optional, so that every client can build one from
 * the DataTypeDefinition alone (OPC UA Part 3, 8.49).
 *
 * @param id NodeId of the DataType.
 * @param encodingId NodeId of its Default Binary encoding.
 * @param browseName its BrowseName.
 * @param description its Description.
 * @param fields in the order in which they are encoded; never changed once published: a better structure gets a new name.
 */
public record StructureDeclaration(
        NodeId id, NodeId encodingId, QualifiedName browseName, LocalizedText description, List<Field> fields) {
    /**
     * One field.
     *
     * @param dataType a built-in type of namespace 0.
     * @param valueRank -1 scalar, 1 array; a matrix is the value of a BaseDataType, a Variant.
     */
    public record Field(String name, NodeId dataType, int valueRank, LocalizedText description) {
        public Field {
            if (valueRank != -1 && valueRank != 1) { // clients in use do not read matrices in structures
                throw new IllegalArgumentException(name + ": valueRank must be -1 or 1: " + valueRank);
            }
        }

        /** Number of the built-in type (OPC UA Part 6, 5.1.2). */
        int builtinId() {
            return ((Number) dataType.getIdentifier()).intValue();
        }
    }

    public StructureDeclaration {
        fields = List.copyOf(fields);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException(browseName + " has no fields");
        }
    }

    /** Name of the structure. */
    public String name() {
        return String.valueOf(browseName.name());
    }

    StructureDefinition definition() {
        StructureField[] all = fields.stream()
                .map(f -> new StructureField(
                        f.name(), f.description(), f.dataType(), f.valueRank(), dimensions(f), uint(0), false))
                .toArray(StructureField[]::new);
        return new StructureDefinition(encodingId, NodeIds.Structure, StructureType.Structure, all);
    }

    private static UInteger[] dimensions(Field field) {
        return field.valueRank() < 1 ? new UInteger[0] : new UInteger[] {uint(0)};
    }
}
