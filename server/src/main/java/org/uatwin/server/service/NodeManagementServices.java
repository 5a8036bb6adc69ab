package org.uatwin.server.service;

import java.util.List;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.servicesets.AbstractServiceSet;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.AddNodesItem;
import org.eclipse.milo.opcua.stack.core.types.structured.AddNodesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.AddNodesResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.AddNodesResult;
import org.eclipse.milo.opcua.stack.core.types.structured.AddReferencesItem;
import org.eclipse.milo.opcua.stack.core.types.structured.AddReferencesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.AddReferencesResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteNodesItem;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteNodesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteNodesResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteReferencesItem;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteReferencesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteReferencesResponse;

/**
 * NodeManagement (OPC UA Part 4, 5.8): the plant file is the only way to change the address space, so no role has the
 * permission and every entry is refused with Bad_UserAccessDenied, an unknown node with its own status.
 */
final class NodeManagementServices {
    private final ServerLimits limits;
    private final References references;

    NodeManagementServices(ServerLimits limits, References references) {
        this.limits = limits;
        this.references = references;
    }

    AddNodesResponse addNodes(Session session, AddNodesRequest request) throws UaException {
        List<AddNodesItem> items = Requests.operations(request.getNodesToAdd(), limits.nodesPerNodeManagement());
        AddNodesResult[] results = new AddNodesResult[items.size()];
        for (int i = 0; i < results.length; i++) {
            NodeId parent = references.local(items.get(i).getParentNodeId());
            results[i] = new AddNodesResult(
                    refusal(session, parent, StatusCodes.Bad_ParentNodeIdInvalid), NodeId.NULL_VALUE);
        }
        return new AddNodesResponse(AbstractServiceSet.createResponseHeader(request), results, Requests.NO_DIAGNOSTICS);
    }

    DeleteNodesResponse deleteNodes(Session session, DeleteNodesRequest request) throws UaException {
        List<DeleteNodesItem> items = Requests.operations(request.getNodesToDelete(), limits.nodesPerNodeManagement());
        StatusCode[] results = items.stream()
                .map(item -> refusal(session, item.getNodeId(), StatusCodes.Bad_NodeIdUnknown))
                .toArray(StatusCode[]::new);
        return new DeleteNodesResponse(
                AbstractServiceSet.createResponseHeader(request), results, Requests.NO_DIAGNOSTICS);
    }

    AddReferencesResponse addReferences(Session session, AddReferencesRequest request) throws UaException {
        List<AddReferencesItem> items =
                Requests.operations(request.getReferencesToAdd(), limits.nodesPerNodeManagement());
        StatusCode[] results = items.stream()
                .map(item -> refusal(session, item.getSourceNodeId(), StatusCodes.Bad_SourceNodeIdInvalid))
                .toArray(StatusCode[]::new);
        return new AddReferencesResponse(
                AbstractServiceSet.createResponseHeader(request), results, Requests.NO_DIAGNOSTICS);
    }

    DeleteReferencesResponse deleteReferences(Session session, DeleteReferencesRequest request) throws UaException {
        List<DeleteReferencesItem> items =
                Requests.operations(request.getReferencesToDelete(), limits.nodesPerNodeManagement());
        StatusCode[] results = items.stream()
                .map(item -> refusal(session, item.getSourceNodeId(), StatusCodes.Bad_SourceNodeIdInvalid))
                .toArray(StatusCode[]::new);
        return new DeleteReferencesResponse(
                AbstractServiceSet.createResponseHeader(request), results, Requests.NO_DIAGNOSTICS);
    }

    private StatusCode refusal(Session session, @org.jspecify.annotations.Nullable NodeId nodeId, long unknown) {
        boolean exists =
                nodeId != null && nodeId.isNotNull() && references.of(session, References.NO_VIEW, nodeId) != null;
        return new StatusCode(exists ? StatusCodes.Bad_UserAccessDenied : unknown);
    }
}
