package org.uatwin.server.service;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.sdk.server.AddressSpace.ReadContext;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.servicesets.AbstractServiceSet;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.AccessController.AccessResult;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteAtTimeDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteEventDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteRawModifiedDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryUpdateDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryUpdateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryUpdateResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryUpdateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadEventDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.UpdateDataDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.UpdateEventDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.UpdateStructureDataDetails;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.access.Permission;
import org.uatwin.server.access.TwinAccessController;

/**
 * HistoryRead and HistoryUpdate (OPC UA Part 4, 5.11.3 and 5.11.5): limits, permissions, then the history port. A node
 * without history answers Bad_HistoryOperationUnsupported, an unknown one Bad_NodeIdUnknown.
 */
final class HistoryServices {
    private final TwinServer server;
    private final ServerLimits limits;
    private final TwinAccessController access;

    HistoryServices(TwinServer server, ServerLimits limits, TwinAccessController access) {
        this.server = server;
        this.limits = limits;
        this.access = access;
    }

    CompletableFuture<HistoryReadResponse> read(Session session, HistoryReadRequest request, long receivedAtNanos)
            throws UaException {
        HistoryReadDetails details = decode(request.getHistoryReadDetails(), HistoryReadDetails.class);
        if (request.getNodesToRead() == null || request.getNodesToRead().length == 0) {
            throw new UaException(StatusCodes.Bad_NothingToDo);
        }
        if (details == null) {
            throw new UaException(StatusCodes.Bad_HistoryOperationInvalid);
        }
        int limit = details instanceof ReadEventDetails
                ? limits.nodesPerHistoryReadEvents()
                : limits.nodesPerHistoryReadData();
        List<HistoryReadValueId> nodes = Requests.operations(request.getNodesToRead(), limit);
        TimestampsToReturn timestamps = request.getTimestampsToReturn();
        boolean release = Boolean.TRUE.equals(request.getReleaseContinuationPoints());
        if (!release && !(details instanceof ReadEventDetails)) {
            Requests.checkTimestamps(timestamps);
            if (timestamps == TimestampsToReturn.Neither) {
                throw new UaException(StatusCodes.Bad_TimestampsToReturnInvalid); // Part 11, 6.4.1
            }
        }
        Deadline deadline = Deadline.of(
                receivedAtNanos, request.getRequestHeader().getTimeoutHint().longValue(), limits.serviceTime());
        List<CompletionStage<HistoryReadResult>> pending = new ArrayList<>(nodes.size());
        for (HistoryReadValueId node : nodes) {
            pending.add(readOne(session, details, timestamps, node, release, nodes.size(), deadline));
        }
        return Gather.all(
                        pending,
                        deadline,
                        server.getScheduledExecutorService(),
                        unread(Requests.status(StatusCodes.Bad_Timeout)),
                        error -> unread(Failures.status(error)))
                .thenApply(results -> new HistoryReadResponse(
                        AbstractServiceSet.createResponseHeader(request),
                        results.toArray(new HistoryReadResult[0]),
                        Requests.NO_DIAGNOSTICS));
    }

    private CompletionStage<HistoryReadResult> readOne(
            Session session,
            HistoryReadDetails details,
            TimestampsToReturn timestamps,
            HistoryReadValueId node,
            boolean release,
            int nodesInRequest,
            Deadline deadline) {
        StatusCode refusal = refusal(session, node.getNodeId(), Permission.READ_HISTORY);
        if (refusal == null && IndexRange.isGiven(node.getIndexRange()) && !IndexRange.isValid(node.getIndexRange())) {
            refusal = Requests.status(StatusCodes.Bad_IndexRangeInvalid);
        }
        if (refusal == null && Requests.isGiven(node.getDataEncoding())) {
            refusal = Requests.isSupportedEncoding(node.getDataEncoding())
                    ? null
                    : Requests.status(StatusCodes.Bad_DataEncodingUnsupported);
        }
        if (refusal != null) {
            return CompletableFuture.completedFuture(unread(refusal));
        }
        try {
            CompletionStage<HistoryReadResult> stage = server.ports()
                    .history()
                    .read(session, details, timestamps, node, release, nodesInRequest, deadline);
            return stage != null
                    ? stage
                    : CompletableFuture.completedFuture(unread(withoutHistory(session, node.getNodeId())));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(unread(Failures.status(e)));
        }
    }

    CompletableFuture<HistoryUpdateResponse> update(Session session, HistoryUpdateRequest request, long receivedAtNanos)
            throws UaException {
        List<ExtensionObject> encoded = Requests.operations(
                request.getHistoryUpdateDetails(),
                Math.max(limits.nodesPerHistoryUpdateData(), limits.nodesPerHistoryUpdateEvents()));
        Deadline deadline = Deadline.of(
                receivedAtNanos, request.getRequestHeader().getTimeoutHint().longValue(), limits.serviceTime());
        List<@Nullable HistoryUpdateDetails> operations = new ArrayList<>(encoded.size());
        int events = 0;
        for (ExtensionObject extension : encoded) {
            HistoryUpdateDetails details = decode(extension, HistoryUpdateDetails.class);
            operations.add(details);
            if (details instanceof UpdateEventDetails || details instanceof DeleteEventDetails) {
                events++;
            }
        }
        int data = encoded.size() - events;
        if (data > limits.nodesPerHistoryUpdateData() || events > limits.nodesPerHistoryUpdateEvents()) {
            throw new UaException(StatusCodes.Bad_TooManyOperations);
        }
        List<CompletionStage<HistoryUpdateResult>> pending = new ArrayList<>(encoded.size());
        for (HistoryUpdateDetails details : operations) {
            pending.add(updateOne(session, details, deadline));
        }
        return Gather.all(
                        pending,
                        deadline,
                        server.getScheduledExecutorService(),
                        notUpdated(Requests.status(StatusCodes.Bad_Timeout)),
                        error -> notUpdated(Failures.status(error)))
                .thenApply(results -> new HistoryUpdateResponse(
                        AbstractServiceSet.createResponseHeader(request),
                        results.toArray(new HistoryUpdateResult[0]),
                        Requests.NO_DIAGNOSTICS));
    }

    private CompletionStage<HistoryUpdateResult> updateOne(
            Session session, @Nullable HistoryUpdateDetails details, Deadline deadline) {
        if (details == null) {
            return CompletableFuture.completedFuture(
                    notUpdated(Requests.status(StatusCodes.Bad_HistoryOperationInvalid)));
        }
        boolean deletes = details instanceof DeleteRawModifiedDetails
                || details instanceof DeleteAtTimeDetails
                || details instanceof DeleteEventDetails;
        int permission = deletes ? Permission.DELETE_HISTORY : Permission.INSERT_HISTORY | Permission.MODIFY_HISTORY;
        StatusCode refusal = refusal(session, nodeId(details), permission);
        if (refusal != null) {
            return CompletableFuture.completedFuture(notUpdated(refusal));
        }
        try {
            CompletionStage<HistoryUpdateResult> stage =
                    server.ports().history().update(session, details, deadline);
            return stage != null
                    ? stage
                    : CompletableFuture.completedFuture(notUpdated(withoutHistory(session, nodeId(details))));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(notUpdated(Failures.status(e)));
        }
    }

    private @Nullable StatusCode refusal(Session session, NodeId nodeId, int permission) {
        if (Requests.isNull(nodeId)) {
            return Requests.status(StatusCodes.Bad_NodeIdInvalid);
        }
        if (!exists(session, nodeId)) {
            return Requests.status(StatusCodes.Bad_NodeIdUnknown);
        }
        // Milo's own nodes have no history at all, whoever asks.
        boolean isServerNode = nodeId.getNamespaceIndex().intValue() <= 1;
        if (!isServerNode
                && access.checkPermission(session, nodeId, permission) instanceof AccessResult.Denied denied) {
            return denied.statusCode();
        }
        return null;
    }

    private StatusCode withoutHistory(Session session, NodeId nodeId) {
        return Requests.status(
                exists(session, nodeId) ? StatusCodes.Bad_HistoryOperationUnsupported : StatusCodes.Bad_NodeIdUnknown);
    }

    private boolean exists(Session session, NodeId nodeId) {
        List<DataValue> values = server.getAddressSpaceManager()
                .read(
                        new ReadContext(server, session),
                        0.0,
                        TimestampsToReturn.Neither,
                        List.of(new ReadValueId(nodeId, AttributeId.NodeClass.uid(), null, null)));
        return !values.isEmpty() && values.get(0).statusCode().isGood();
    }

    private <T> @Nullable T decode(@Nullable ExtensionObject extension, Class<T> type) {
        if (extension == null || extension.isNull()) {
            return null;
        }
        try {
            Object decoded = extension.decode(server.getStaticEncodingContext());
            return type.isInstance(decoded) ? type.cast(decoded) : null;
        } catch (RuntimeException | StackOverflowError e) {
            return null;
        }
    }

    /** The subtypes of HistoryUpdateDetails all have a NodeId, their common type in Milo has not. */
    static NodeId nodeId(HistoryUpdateDetails details) {
        if (details instanceof UpdateDataDetails data) {
            return data.getNodeId();
        }
        if (details instanceof UpdateStructureDataDetails structures) {
            return structures.getNodeId();
        }
        if (details instanceof UpdateEventDetails events) {
            return events.getNodeId();
        }
        if (details instanceof DeleteRawModifiedDetails raw) {
            return raw.getNodeId();
        }
        if (details instanceof DeleteAtTimeDetails times) {
            return times.getNodeId();
        }
        if (details instanceof DeleteEventDetails events) {
            return events.getNodeId();
        }
        return NodeId.NULL_VALUE;
    }

    private static HistoryReadResult unread(StatusCode status) {
        return new HistoryReadResult(status, ByteString.NULL_VALUE, null);
    }

    private static HistoryUpdateResult notUpdated(StatusCode status) {
        return new HistoryUpdateResult(status, new StatusCode[0], Requests.NO_DIAGNOSTICS);
    }
}
