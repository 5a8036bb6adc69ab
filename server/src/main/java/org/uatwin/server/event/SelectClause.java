package org.uatwin.server.event;

import java.util.function.BiPredicate;
import org.eclipse.milo.opcua.sdk.core.NumericRange;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;
import org.jspecify.annotations.Nullable;

/**
 * One SimpleAttributeOperand (OPC UA Part 4, 7.7.4.5) in the form events are asked: type, path, attribute, range.
 *
 * @param path as {@link EventRecord#path}; empty means the event itself.
 */
record SelectClause(NodeId typeId, String path, boolean isNodeId, @Nullable String indexRange) {

    static SelectClause of(SimpleAttributeOperand operand) {
        NodeId typeId = operand.getTypeDefinitionId();
        QualifiedName[] path = operand.getBrowsePath();
        String range = operand.getIndexRange();
        return new SelectClause(
                typeId == null || typeId.isNull() ? NodeIds.BaseEventType : typeId,
                path == null ? "" : EventRecord.path(path),
                AttributeId.NodeId.uid().equals(operand.getAttributeId()),
                range == null || range.isEmpty() ? null : range);
    }

    /** What is wrong with the operand for every event there can be (Part 4, 7.22.3), or Good. */
    static StatusCode check(EventTypes types, SimpleAttributeOperand operand) {
        SelectClause clause = of(operand);
        if (!types.isEventType(clause.typeId)) {
            return new StatusCode(StatusCodes.Bad_TypeDefinitionInvalid);
        }
        QualifiedName[] path = operand.getBrowsePath();
        if (path == null || path.length == 0) {
            return clause.isNodeId ? StatusCode.GOOD : new StatusCode(StatusCodes.Bad_AttributeIdInvalid);
        }
        for (QualifiedName name : path) {
            if (name == null || name.isNull()) {
                return new StatusCode(StatusCodes.Bad_BrowseNameInvalid);
            }
        }
        if (!types.declares(clause.typeId, path)) {
            return new StatusCode(StatusCodes.Bad_NodeIdUnknown);
        }
        if (!AttributeId.Value.uid().equals(operand.getAttributeId())) {
            return new StatusCode(StatusCodes.Bad_AttributeIdInvalid);
        }
        if (clause.indexRange != null) {
            try {
                NumericRange.parse(clause.indexRange);
            } catch (UaException e) {
                return e.getStatusCode();
            }
        }
        return StatusCode.GOOD;
    }

    /** The field of this event, null when the event is of another type or has no such field. */
    Variant select(EventRecord event, BiPredicate<NodeId, NodeId> isSubtype) {
        if (!typeId.equals(NodeIds.BaseEventType) && !isSubtype.test(event.eventType(), typeId)) {
            return Variant.NULL_VALUE;
        }
        if (path.isEmpty()) {
            NodeId condition = event.conditionId();
            return isNodeId && condition != null ? new Variant(condition) : Variant.NULL_VALUE;
        }
        Variant value = event.field(path);
        if (indexRange == null || value.isNull()) {
            return value;
        }
        try {
            return Variant.of(NumericRange.readFromValueAtRange(value, NumericRange.parse(indexRange)));
        } catch (UaException e) {
            return Variant.NULL_VALUE;
        }
    }
}
