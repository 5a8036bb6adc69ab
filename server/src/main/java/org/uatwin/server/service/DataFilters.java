package org.uatwin.server.service;

import java.util.List;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DeadbandType;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Range;

/**
 * Data change filters (OPC UA Part 4, 7.22.2; Part 8, 7.2). A percent deadband is checked and becomes an absolute one:
 * Milo's own lookup may attach another node's EURange (bug A) and fails for more than 250 items (bug B).
 */
final class DataFilters {
    private static final QualifiedName EU_RANGE = new QualifiedName(0, "EURange");

    private final TwinServer server;
    private final References references;

    DataFilters(TwinServer server, References references) {
        this.server = server;
        this.references = references;
    }

    /** The filter Milo is given: the same one, or an absolute deadband in place of a percent one. */
    ExtensionObject rewritten(Session session, NodeId nodeId, DataChangeFilter filter, ExtensionObject original)
            throws UaException {
        if (filter.getTrigger() == null) {
            throw new UaException(StatusCodes.Bad_MonitoredItemFilterInvalid);
        }
        DeadbandType type = DeadbandType.from(filter.getDeadbandType().intValue());
        double value = filter.getDeadbandValue();
        if (type == null) {
            throw new UaException(StatusCodes.Bad_DeadbandFilterInvalid);
        }
        if (type == DeadbandType.None) {
            return original;
        }
        requireNumber(session, nodeId);
        if (Double.isNaN(value) || value < 0 || Double.isInfinite(value)) {
            throw new UaException(StatusCodes.Bad_DeadbandFilterInvalid);
        }
        if (type == DeadbandType.Absolute) {
            return original;
        }
        if (value > 100) {
            throw new UaException(StatusCodes.Bad_DeadbandFilterInvalid);
        }
        Range range = euRange(session, nodeId);
        if (range == null) {
            throw new UaException(StatusCodes.Bad_MonitoredItemFilterUnsupported);
        }
        return ExtensionObject.encode(server.getStaticEncodingContext(), PercentDeadbands.absolute(filter, range));
    }

    private void requireNumber(Session session, NodeId nodeId) throws UaException {
        Object dataType = references
                .attributes(session, List.of(nodeId), AttributeId.DataType)
                .get(0);
        boolean isNumber = dataType instanceof NodeId id
                && (NodeIds.Number.equals(id) || server.getDataTypeTree().isSubtypeOf(id, NodeIds.Number));
        if (!isNumber) {
            throw new UaException(StatusCodes.Bad_FilterNotAllowed);
        }
    }

    private @Nullable Range euRange(Session session, NodeId nodeId) {
        Range known = server.ports().euRanges().euRange(nodeId);
        if (known != null) {
            return known;
        }
        List<Reference> all = references.of(session, References.NO_VIEW, nodeId);
        if (all == null) {
            return null;
        }
        for (Reference reference : all) {
            NodeId property = reference.isForward() && NodeIds.HasProperty.equals(reference.getReferenceTypeId())
                    ? references.local(reference.getTargetNodeId())
                    : null;
            if (property != null) {
                List<@Nullable Object> attributes =
                        references.attributes(session, List.of(property), AttributeId.BrowseName, AttributeId.Value);
                if (EU_RANGE.equals(attributes.get(0))) {
                    return range(attributes.get(1));
                }
            }
        }
        return null;
    }

    private @Nullable Range range(@Nullable Object value) {
        Object decoded = value;
        if (value instanceof ExtensionObject extension) {
            try {
                decoded = extension.decode(server.getStaticEncodingContext());
            } catch (RuntimeException e) {
                return null; // not a Range, so there is no usable one
            }
        }
        if (decoded instanceof org.eclipse.milo.opcua.stack.core.types.structured.Range range
                && range.getLow() < range.getHigh()
                && !Double.isInfinite(range.getHigh() - range.getLow())) {
            return new Range(range.getLow(), range.getHigh());
        }
        return null;
    }
}
