package org.uatwin.server.types;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/** A value of a structure of ours, by the order of its fields. Encoded as soon as a message carries it. */
public final class StructureValue implements UaStructuredType {
    private final StructureDeclaration type;
    private final List<@Nullable Object> values;

    /**
     * @param values of the fields in their order, as Milo holds values of their types; null means the type's own null.
     */
    public StructureValue(StructureDeclaration type, @Nullable Object... values) {
        if (values.length != type.fields().size()) {
            throw new IllegalArgumentException("%d values for the %d fields of %s"
                    .formatted(values.length, type.fields().size(), type.name()));
        }
        this.type = type;
        this.values = Collections.unmodifiableList(Arrays.asList(values.clone()));
    }

    public StructureDeclaration type() {
        return type;
    }

    /** Values in the order of the fields. */
    public List<@Nullable Object> values() {
        return values;
    }

    @Override
    public ExpandedNodeId getTypeId() {
        return type.id().expanded();
    }

    @Override
    public ExpandedNodeId getBinaryEncodingId() {
        return type.encodingId().expanded();
    }

    /** There is none: the server speaks binary only. */
    @Override
    public ExpandedNodeId getXmlEncodingId() {
        return NodeId.NULL_VALUE.expanded();
    }

    @Override
    public ExpandedNodeId getJsonEncodingId() {
        return NodeId.NULL_VALUE.expanded();
    }

    @Override
    public String toString() {
        return type.name() + values;
    }
}
