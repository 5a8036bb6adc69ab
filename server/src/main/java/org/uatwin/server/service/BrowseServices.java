package org.uatwin.server.service;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.servicesets.AbstractServiceSet;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseNextRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseNextResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.access.TwinAccessController;

/**
 * Browse and BrowseNext (OPC UA Part 4, 5.9.2 and 5.9.3), entry by entry, so that results always belong to their
 * entries (Milo's bug A). References nobody may see, and those to local nodes that do not exist, are left out.
 */
final class BrowseServices {
    private static final int REFERENCE_TYPE = 1;
    private static final int IS_FORWARD = 1 << 1;
    private static final int NODE_CLASS = 1 << 2;
    private static final int BROWSE_NAME = 1 << 3;
    private static final int DISPLAY_NAME = 1 << 4;
    private static final int TYPE_DEFINITION = 1 << 5;
    private static final int CHUNK = 128;

    private final TwinServer server;
    private final ServerLimits limits;
    private final TwinAccessController access;
    private final References references;
    private final ContinuationPoints<BrowseCursor> points;

    BrowseServices(TwinServer server, ServerLimits limits, TwinAccessController access, References references) {
        this.server = server;
        this.limits = limits;
        this.access = access;
        this.references = references;
        this.points = new ContinuationPoints<>(limits.browseContinuationPoints());
    }

    BrowseResponse browse(Session session, BrowseRequest request) throws UaException {
        List<BrowseDescription> nodes = Requests.operations(request.getNodesToBrowse(), limits.nodesPerBrowse());
        ViewDescription view = request.getView() == null ? References.NO_VIEW : request.getView();
        if (!Requests.isNull(view.getViewId()) && !server.getRegisteredViews().contains(view.getViewId())) {
            throw new UaException(StatusCodes.Bad_ViewIdUnknown);
        }
        long asked = request.getRequestedMaxReferencesPerNode().longValue();
        int max = (int) (asked == 0 ? limits.referencesPerNode() : Math.min(asked, limits.referencesPerNode()));
        List<BrowseResult> results = new ArrayList<>(nodes.size());
        for (BrowseDescription node : nodes) {
            StatusCode refusal = refusal(session, node);
            results.add(
                    refusal != null ? failed(refusal) : page(session, request, BrowseCursor.begin(node, view, max)));
        }
        return new BrowseResponse(
                AbstractServiceSet.createResponseHeader(request),
                results.toArray(new BrowseResult[0]),
                Requests.NO_DIAGNOSTICS);
    }

    BrowseNextResponse browseNext(Session session, BrowseNextRequest request) throws UaException {
        List<ByteString> ids = Requests.operations(request.getContinuationPoints(), limits.nodesPerBrowse());
        boolean release = Boolean.TRUE.equals(request.getReleaseContinuationPoints());
        List<BrowseResult> results = new ArrayList<>(ids.size());
        for (ByteString id : ids) {
            BrowseCursor cursor = points.remove(session, id);
            if (cursor == null) {
                results.add(failed(Requests.status(StatusCodes.Bad_ContinuationPointInvalid)));
            } else if (release) {
                results.add(new BrowseResult(StatusCode.GOOD, ByteString.NULL_VALUE, null));
            } else {
                StatusCode refusal = refusal(session, cursor.description()); // the user may have changed
                results.add(refusal != null ? failed(refusal) : page(session, request, cursor));
            }
        }
        return new BrowseNextResponse(
                AbstractServiceSet.createResponseHeader(request),
                results.toArray(new BrowseResult[0]),
                Requests.NO_DIAGNOSTICS);
    }

    private @Nullable StatusCode refusal(Session session, BrowseDescription node) {
        if (Requests.isNull(node.getNodeId())) {
            return Requests.status(StatusCodes.Bad_NodeIdInvalid);
        }
        if (node.getBrowseDirection() == null || node.getBrowseDirection() == BrowseDirection.Invalid) {
            return Requests.status(StatusCodes.Bad_BrowseDirectionInvalid);
        }
        if (!Requests.isNull(node.getReferenceTypeId())
                && !server.getReferenceTypeTree().containsType(node.getReferenceTypeId())) {
            return Requests.status(StatusCodes.Bad_ReferenceTypeIdInvalid);
        }
        // A node without browse permission is hidden, so it does not exist for this user.
        return access.checkBrowse(session, node.getNodeId()).isDenied()
                ? Requests.status(StatusCodes.Bad_NodeIdUnknown)
                : null;
    }

    private BrowseResult page(Session session, Object request, BrowseCursor cursor) {
        try {
            BrowseDescription question = cursor.description();
            List<Reference> all = references.of(session, cursor.view(), question.getNodeId());
            if (all == null) {
                return failed(Requests.status(StatusCodes.Bad_NodeIdUnknown));
            }
            int first = cursor.indexIn(all);
            if (first < 0) { // the plant was reloaded in between
                return failed(Requests.status(StatusCodes.Bad_ContinuationPointInvalid));
            }
            List<ReferenceDescription> found = new ArrayList<>();
            int next = collect(session, question, all, first, cursor.maxReferences(), found);
            if (next < all.size() && hasMore(session, question, all, next)) {
                ByteString id = points.add(session, request, cursor.at(next, all));
                if (id == null) {
                    return failed(Requests.status(StatusCodes.Bad_NoContinuationPoints));
                }
                return new BrowseResult(StatusCode.GOOD, id, found.toArray(new ReferenceDescription[0]));
            }
            return new BrowseResult(StatusCode.GOOD, ByteString.NULL_VALUE, found.toArray(new ReferenceDescription[0]));
        } catch (RuntimeException e) {
            return failed(Failures.status(e));
        }
    }

    private boolean hasMore(Session session, BrowseDescription question, List<Reference> all, int from) {
        List<ReferenceDescription> one = new ArrayList<>(1);
        collect(session, question, all, from, 1, one);
        return !one.isEmpty();
    }

    /** Adds at most {@code max} descriptions from index {@code from} on; returns the index where it stopped. */
    private int collect(
            Session session,
            BrowseDescription question,
            List<Reference> all,
            int from,
            int max,
            List<ReferenceDescription> found) {
        int next = from;
        while (next < all.size() && found.size() < max) {
            List<Reference> candidates = new ArrayList<>();
            int wanted = Math.min(CHUNK, max - found.size());
            while (next < all.size() && candidates.size() < wanted) {
                Reference reference = all.get(next);
                if (matches(question, reference)) {
                    candidates.add(reference);
                }
                next++;
            }
            describe(session, question, candidates, found);
        }
        return next;
    }

    private boolean matches(BrowseDescription question, Reference reference) {
        BrowseDirection direction = question.getBrowseDirection();
        boolean rightWay =
                direction == BrowseDirection.Both || (direction == BrowseDirection.Forward) == reference.isForward();
        return rightWay
                && references.isOfType(
                        reference.getReferenceTypeId(),
                        question.getReferenceTypeId(),
                        Boolean.TRUE.equals(question.getIncludeSubtypes()));
    }

    private void describe(
            Session session, BrowseDescription question, List<Reference> candidates, List<ReferenceDescription> found) {
        List<Reference> visible = new ArrayList<>(candidates.size());
        List<NodeId> targets = new ArrayList<>(candidates.size());
        for (Reference candidate : candidates) {
            NodeId target = references.local(candidate.getTargetNodeId());
            if (target == null || access.checkBrowse(session, target).isAllowed()) {
                visible.add(candidate);
                targets.add(target == null ? NodeId.NULL_VALUE : target);
            }
        }
        List<@Nullable Object> attributes = references.attributes(
                session, targets, AttributeId.NodeClass, AttributeId.BrowseName, AttributeId.DisplayName);
        long classMask = question.getNodeClassMask().longValue();
        long resultMask = question.getResultMask().longValue();
        for (int i = 0; i < visible.size(); i++) {
            boolean isRemote = targets.get(i).isNull();
            NodeClass nodeClass = attributes.get(3 * i) instanceof NodeClass known ? known : null;
            if (nodeClass == null
                    ? !isRemote || classMask != 0
                    : classMask != 0 && (classMask & nodeClass.getValue()) == 0) {
                continue;
            }
            found.add(description(
                    session,
                    visible.get(i),
                    targets.get(i),
                    nodeClass,
                    attributes.get(3 * i + 1),
                    attributes.get(3 * i + 2),
                    resultMask));
        }
    }

    private ReferenceDescription description(
            Session session,
            Reference reference,
            NodeId target,
            @Nullable NodeClass nodeClass,
            @Nullable Object browseName,
            @Nullable Object displayName,
            long mask) {
        boolean hasType = nodeClass == NodeClass.Object || nodeClass == NodeClass.Variable;
        return new ReferenceDescription(
                (mask & REFERENCE_TYPE) != 0 ? reference.getReferenceTypeId() : NodeId.NULL_VALUE,
                (mask & IS_FORWARD) != 0 && reference.isForward(),
                references.normalized(reference.getTargetNodeId()),
                (mask & BROWSE_NAME) != 0 && browseName instanceof QualifiedName name ? name : QualifiedName.NULL_VALUE,
                (mask & DISPLAY_NAME) != 0 && displayName instanceof LocalizedText text
                        ? text
                        : LocalizedText.NULL_VALUE,
                (mask & NODE_CLASS) != 0 && nodeClass != null ? nodeClass : NodeClass.Unspecified,
                (mask & TYPE_DEFINITION) != 0 && hasType
                        ? references.normalized(references.typeDefinition(session, target))
                        : ExpandedNodeId.NULL_VALUE);
    }

    private static BrowseResult failed(StatusCode status) {
        return new BrowseResult(status, ByteString.NULL_VALUE, new ReferenceDescription[0]);
    }
}
