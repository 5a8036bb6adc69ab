package org.uatwin.server.service;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.AddressSpace.BrowseContext;
import org.eclipse.milo.opcua.sdk.server.AddressSpace.ReadContext;
import org.eclipse.milo.opcua.sdk.server.AddressSpace.ReferenceResult;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;
import org.jspecify.annotations.Nullable;

/** Asks the address spaces for references and for the attributes of their targets, one node at a time. */
final class References {
    static final ViewDescription NO_VIEW = new ViewDescription(NodeId.NULL_VALUE, DateTime.NULL_VALUE, uint(0));

    private final TwinServer server;

    References(TwinServer server) {
        this.server = server;
    }

    /** The references of a node in both directions, or null when nobody knows the node. */
    @Nullable
    List<Reference> of(Session session, ViewDescription view, NodeId nodeId) {
        List<ReferenceResult> results =
                server.getAddressSpaceManager().browse(new BrowseContext(server, session), view, List.of(nodeId));
        return !results.isEmpty() && results.get(0) instanceof ReferenceResult.ReferenceList list
                ? list.references()
                : null;
    }

    /** Whether a reference of type {@code actual} answers a question for {@code wanted}; a null type asks for all. */
    boolean isOfType(NodeId actual, NodeId wanted, boolean includeSubtypes) {
        return Requests.isNull(wanted)
                || actual.equals(wanted)
                || (includeSubtypes && server.getReferenceTypeTree().isSubtypeOf(actual, wanted));
    }

    /** The node on this server, or null when it is on another. */
    @Nullable
    NodeId local(ExpandedNodeId nodeId) {
        return nodeId.toNodeId(server.getNamespaceTable()).orElse(null);
    }

    /** One attribute of many nodes; an unreadable one is null. */
    List<@Nullable Object> attributes(Session session, List<NodeId> nodeIds, AttributeId... attributes) {
        List<ReadValueId> ids = new ArrayList<>(nodeIds.size() * attributes.length);
        for (NodeId nodeId : nodeIds) {
            for (AttributeId attribute : attributes) {
                ids.add(new ReadValueId(nodeId, attribute.uid(), null, null));
            }
        }
        List<@Nullable Object> values = new ArrayList<>(ids.size());
        if (!ids.isEmpty()) {
            for (DataValue value : server.getAddressSpaceManager()
                    .read(new ReadContext(server, session), 0.0, TimestampsToReturn.Neither, ids)) {
                values.add(value.value() == null ? null : value.value().value());
            }
        }
        return values;
    }

    /** The TypeDefinition of an Object or Variable, null when it has none. */
    ExpandedNodeId typeDefinition(Session session, NodeId nodeId) {
        List<Reference> managed =
                server.getAddressSpaceManager().getManagedReferences(nodeId, Reference.HAS_TYPE_DEFINITION_PREDICATE);
        if (!managed.isEmpty()) {
            return managed.get(0).getTargetNodeId();
        }
        List<Reference> references = of(session, NO_VIEW, nodeId);
        if (references != null) {
            for (Reference reference : references) {
                if (reference.isForward() && NodeIds.HasTypeDefinition.equals(reference.getReferenceTypeId())) {
                    return reference.getTargetNodeId();
                }
            }
        }
        return ExpandedNodeId.NULL_VALUE;
    }

    /** NodeIds on this server carry an index, never a URI, to the client (Part 4, 7.33). */
    ExpandedNodeId normalized(ExpandedNodeId nodeId) {
        NodeId local = local(nodeId);
        return local == null ? nodeId : local.expanded();
    }
}
