package org.uatwin.server.service;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.AddressSpace.RegisterNodesContext;
import org.eclipse.milo.opcua.sdk.server.AddressSpace.UnregisterNodesContext;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.servicesets.AbstractServiceSet;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathResult;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathTarget;
import org.eclipse.milo.opcua.stack.core.types.structured.RegisterNodesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.RegisterNodesResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;
import org.eclipse.milo.opcua.stack.core.types.structured.TranslateBrowsePathsToNodeIdsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.TranslateBrowsePathsToNodeIdsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.UnregisterNodesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.UnregisterNodesResponse;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.access.TwinAccessController;

/**
 * TranslateBrowsePathsToNodeIds (OPC UA Part 4, 5.9.4): by name where the address space can, else along the references;
 * every step needs the browse permission. Also RegisterNodes and UnregisterNodes (5.9.5, 5.9.6).
 */
final class PathServices {
    private static final int MAX_ELEMENTS = 64;

    private final TwinServer server;
    private final ServerLimits limits;
    private final TwinAccessController access;
    private final References references;

    PathServices(TwinServer server, ServerLimits limits, TwinAccessController access, References references) {
        this.server = server;
        this.limits = limits;
        this.access = access;
        this.references = references;
    }

    TranslateBrowsePathsToNodeIdsResponse translate(Session session, TranslateBrowsePathsToNodeIdsRequest request)
            throws UaException {
        List<BrowsePath> paths = Requests.operations(request.getBrowsePaths(), limits.nodesPerTranslate());
        List<BrowsePathResult> results = new ArrayList<>(paths.size());
        for (BrowsePath path : paths) {
            BrowsePathResult result;
            try {
                result = translateOne(session, path);
            } catch (UaException e) {
                result = new BrowsePathResult(e.getStatusCode(), new BrowsePathTarget[0]);
            } catch (RuntimeException e) {
                result = new BrowsePathResult(Failures.status(e), new BrowsePathTarget[0]);
            }
            results.add(result);
        }
        return new TranslateBrowsePathsToNodeIdsResponse(
                AbstractServiceSet.createResponseHeader(request),
                results.toArray(new BrowsePathResult[0]),
                Requests.NO_DIAGNOSTICS);
    }

    private BrowsePathResult translateOne(Session session, BrowsePath path) throws UaException {
        NodeId start = path.getStartingNode();
        if (Requests.isNull(start)) {
            throw new UaException(StatusCodes.Bad_NodeIdInvalid);
        }
        RelativePathElement[] elements =
                path.getRelativePath() == null ? null : path.getRelativePath().getElements();
        if (elements == null || elements.length == 0) {
            throw new UaException(StatusCodes.Bad_NothingToDo);
        }
        if (elements.length > MAX_ELEMENTS) {
            throw new UaException(StatusCodes.Bad_QueryTooComplex);
        }
        for (int i = 0; i < elements.length - 1; i++) {
            if (!Requests.isGiven(elements[i].getTargetName())) {
                throw new UaException(StatusCodes.Bad_BrowseNameInvalid);
            }
        }
        if (!Requests.isGiven(elements[elements.length - 1].getTargetName())
                && elements.length == 1
                && Requests.isNull(elements[0].getReferenceTypeId())) {
            throw new UaException(StatusCodes.Bad_BrowseNameInvalid);
        }
        if (references.of(session, References.NO_VIEW, start) == null
                || access.checkBrowse(session, start).isDenied()) {
            throw new UaException(StatusCodes.Bad_NodeIdUnknown);
        }
        List<BrowsePathTarget> targets = follow(session, start, elements);
        if (targets.isEmpty()) {
            throw new UaException(StatusCodes.Bad_NoMatch);
        }
        return new BrowsePathResult(StatusCode.GOOD, targets.toArray(new BrowsePathTarget[0]));
    }

    private List<BrowsePathTarget> follow(Session session, NodeId start, RelativePathElement[] elements)
            throws UaException {
        List<BrowsePathTarget> targets = new ArrayList<>();
        Set<NodeId> current = new LinkedHashSet<>(List.of(start));
        for (int i = 0; i < elements.length; i++) {
            Set<NodeId> next = new LinkedHashSet<>();
            for (NodeId node : current) {
                for (ExpandedNodeId target : step(session, node, elements[i])) {
                    NodeId local = references.local(target);
                    if (local != null) {
                        next.add(local);
                    } else {
                        // The rest of the path is for the server that owns the target (Part 4, 7.9).
                        int remaining = i + 1;
                        targets.add(new BrowsePathTarget(
                                target, remaining == elements.length ? UInteger.MAX : uint(remaining)));
                    }
                    if (next.size() + targets.size() > limits.queryTargets()) {
                        throw new UaException(StatusCodes.Bad_TooManyMatches);
                    }
                }
            }
            current = next;
        }
        for (NodeId node : current) {
            targets.add(new BrowsePathTarget(node.expanded(), UInteger.MAX));
        }
        return targets;
    }

    private List<ExpandedNodeId> step(Session session, NodeId node, RelativePathElement element) {
        boolean isInverse = Boolean.TRUE.equals(element.getIsInverse());
        boolean subtypes = Boolean.TRUE.equals(element.getIncludeSubtypes());
        NodeId child = byName(node, element, isInverse, subtypes);
        if (child != null) {
            return access.checkBrowse(session, child).isAllowed() ? List.of(child.expanded()) : List.of();
        }
        List<Reference> all = references.of(session, References.NO_VIEW, node);
        if (all == null) {
            return List.of();
        }
        List<ExpandedNodeId> matching = new ArrayList<>();
        List<ExpandedNodeId> candidates = new ArrayList<>();
        List<NodeId> locals = new ArrayList<>();
        for (Reference reference : all) {
            if (reference.isInverse() == isInverse
                    && references.isOfType(reference.getReferenceTypeId(), element.getReferenceTypeId(), subtypes)) {
                NodeId local = references.local(reference.getTargetNodeId());
                if (local == null) {
                    matching.add(reference.getTargetNodeId());
                } else {
                    candidates.add(reference.getTargetNodeId());
                    locals.add(local);
                }
            }
        }
        List<@Nullable Object> names = references.attributes(session, locals, AttributeId.BrowseName);
        for (int i = 0; i < locals.size(); i++) {
            boolean named = names.get(i) != null
                    && (!Requests.isGiven(element.getTargetName())
                            || element.getTargetName().equals(names.get(i)));
            if (named && access.checkBrowse(session, locals.get(i)).isAllowed()) {
                matching.add(candidates.get(i));
            }
        }
        return matching;
    }

    private @Nullable NodeId byName(NodeId node, RelativePathElement element, boolean isInverse, boolean subtypes) {
        boolean anyHierarchy = Requests.isNull(element.getReferenceTypeId())
                || (subtypes && NodeIds.HierarchicalReferences.equals(element.getReferenceTypeId()));
        return anyHierarchy && !isInverse && Requests.isGiven(element.getTargetName())
                ? server.ports().names().child(node, element.getTargetName())
                : null;
    }

    RegisterNodesResponse register(Session session, RegisterNodesRequest request) throws UaException {
        List<NodeId> nodes = Requests.operations(request.getNodesToRegister(), limits.nodesPerRegister());
        List<NodeId> registered =
                server.getAddressSpaceManager().registerNodes(new RegisterNodesContext(server, session), nodes);
        return new RegisterNodesResponse(
                AbstractServiceSet.createResponseHeader(request), registered.toArray(new NodeId[0]));
    }

    UnregisterNodesResponse unregister(Session session, UnregisterNodesRequest request) throws UaException {
        List<NodeId> nodes = Requests.operations(request.getNodesToUnregister(), limits.nodesPerRegister());
        server.getAddressSpaceManager().unregisterNodes(new UnregisterNodesContext(server, session), nodes);
        return new UnregisterNodesResponse(AbstractServiceSet.createResponseHeader(request));
    }
}
