package org.uatwin.server.service;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.sdk.core.ValueRanks;
import org.eclipse.milo.opcua.sdk.server.AddressSpace.ReadContext;
import org.eclipse.milo.opcua.sdk.server.AddressSpace.WriteContext;
import org.eclipse.milo.opcua.sdk.server.DiagnosticsContext;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.servicesets.AbstractServiceSet;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.AccessController.AccessResult;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.access.TwinAccessController;
import org.uatwin.server.event.AuditTrail;

/**
 * Write (OPC UA Part 4, 5.11.4), asynchronous: entries for devices run in parallel under one deadline; the rest goes to
 * Milo's nodes, with the rank and index-range rules Milo 1.1.2 leaves out.
 */
final class WriteServices {
    private final TwinServer server;
    private final ServerLimits limits;
    private final TwinAccessController access;
    private final AuditTrail audit;

    WriteServices(TwinServer server, ServerLimits limits, TwinAccessController access, AuditTrail audit) {
        this.server = server;
        this.limits = limits;
        this.access = access;
        this.audit = audit;
    }

    CompletableFuture<WriteResponse> write(Session session, WriteRequest request, long receivedAtNanos)
            throws UaException {
        List<WriteValue> values = Requests.operations(request.getNodesToWrite(), limits.nodesPerWrite());
        RequestHeader header = request.getRequestHeader();
        Deadline deadline = Deadline.of(receivedAtNanos, header.getTimeoutHint().longValue(), limits.serviceTime());
        List<@Nullable DataValue> old = audit.wantsWrites() ? oldValues(session, values) : List.of();

        List<CompletionStage<AsyncWriter.Outcome>> pending = new ArrayList<>(values.size());
        for (WriteValue value : values) {
            pending.add(writeOne(session, header, value, deadline));
        }
        return Gather.all(
                        pending,
                        deadline,
                        server.getScheduledExecutorService(),
                        AsyncWriter.Outcome.of(Requests.status(StatusCodes.Bad_Timeout)),
                        error -> AsyncWriter.Outcome.of(Failures.status(error)))
                .thenApply(results -> {
                    for (int i = 0; i < old.size(); i++) {
                        AsyncWriter.Outcome result = results.get(i);
                        audit.written(
                                session,
                                header.getAuditEntryId(),
                                values.get(i),
                                old.get(i),
                                result.status(),
                                result.reason());
                    }
                    return new WriteResponse(
                            AbstractServiceSet.createResponseHeader(request),
                            results.stream().map(AsyncWriter.Outcome::status).toArray(StatusCode[]::new),
                            Requests.NO_DIAGNOSTICS);
                });
    }

    private CompletionStage<AsyncWriter.Outcome> writeOne(
            Session session, RequestHeader header, WriteValue value, Deadline deadline) {
        StatusCode refusal = refusal(session, value);
        if (refusal != null) {
            return done(refusal);
        }
        try {
            CompletionStage<AsyncWriter.Outcome> stage = server.ports().writer().write(session, value, deadline);
            return stage != null ? stage : done(writeToMilo(session, header, value));
        } catch (RuntimeException e) {
            return done(Failures.status(e));
        }
    }

    private static CompletionStage<AsyncWriter.Outcome> done(StatusCode status) {
        return CompletableFuture.completedFuture(AsyncWriter.Outcome.of(status));
    }

    private @Nullable StatusCode refusal(Session session, WriteValue value) {
        if (Requests.isNull(value.getNodeId())) {
            return Requests.status(StatusCodes.Bad_NodeIdInvalid);
        }
        if (access.checkWrite(session, value.getNodeId(), value.getAttributeId())
                instanceof AccessResult.Denied denied) {
            return denied.statusCode();
        }
        String range = value.getIndexRange();
        if (IndexRange.isGiven(range) && !IndexRange.isValid(range)) {
            return Requests.status(StatusCodes.Bad_IndexRangeInvalid);
        }
        if (value.getValue() == null || value.getValue().value() == null) {
            return Requests.status(StatusCodes.Bad_TypeMismatch);
        }
        return null;
    }

    private StatusCode writeToMilo(Session session, RequestHeader header, WriteValue value) {
        WriteContext context = new WriteContext(
                server,
                session,
                new DiagnosticsContext<>(),
                header.getAuditEntryId(),
                header.getTimeoutHint(),
                header.getAdditionalHeader());
        UaNode node = server.getAddressSpaceManager()
                .getManagedNode(value.getNodeId())
                .orElse(null);
        if (!(node instanceof UaVariableNode variable)
                || !AttributeId.Value.uid().equals(value.getAttributeId())) {
            return writeThrough(context, value);
        }
        if (!IndexRange.isGiven(value.getIndexRange())) {
            return hasRank(value.getValue().value().value(), variable.getValueRank())
                    ? writeThrough(context, value)
                    : Requests.status(StatusCodes.Bad_TypeMismatch);
        }
        synchronized (variable) { // read, merge and write back as one step
            Object merged = merge(
                    variable.getValue().value().value(),
                    value.getValue().value().value(),
                    value.getIndexRange());
            if (merged instanceof StatusCode refusal) {
                return refusal;
            }
            DataValue given = value.getValue();
            DataValue whole =
                    new DataValue(new Variant(merged), given.statusCode(), given.sourceTime(), given.serverTime());
            return writeThrough(context, new WriteValue(value.getNodeId(), value.getAttributeId(), null, whole));
        }
    }

    private StatusCode writeThrough(WriteContext context, WriteValue value) {
        List<StatusCode> results = server.getAddressSpaceManager().write(context, List.of(value));
        return results.isEmpty() ? Requests.status(StatusCodes.Bad_InternalError) : results.get(0);
    }

    /** Part 3, 5.6.2 ValueRank; a ByteString counts as an array of Byte. */
    private static boolean hasRank(@Nullable Object value, int valueRank) {
        if (value == null) {
            return true; // a null is a question of type, answered by the node
        }
        int rank = value instanceof Matrix matrix
                ? matrix.getDimensions().length
                : value.getClass().isArray() ? 1 : 0;
        return switch (valueRank) {
            case ValueRanks.Any -> true;
            case ValueRanks.Scalar -> rank == 0;
            case ValueRanks.ScalarOrOneDimension -> rank <= 1;
            case ValueRanks.OneOrMoreDimensions -> rank >= 1 || value instanceof ByteString;
            default -> rank == valueRank || (valueRank == 1 && value instanceof ByteString);
        };
    }

    /** {@code current} with the elements of {@code range} replaced, or the StatusCode that says why not. */
    static Object merge(@Nullable Object current, @Nullable Object update, String range) {
        if (current == null || update == null) {
            return Requests.status(StatusCodes.Bad_IndexRangeNoData);
        }
        if (range.indexOf(',') >= 0 || current instanceof Matrix || update instanceof Matrix) {
            return Requests.status(StatusCodes.Bad_WriteNotSupported);
        }
        int colon = range.indexOf(':');
        int low = Integer.parseInt(colon < 0 ? range : range.substring(0, colon));
        int high = colon < 0 ? low : Integer.parseInt(range.substring(colon + 1));
        int count = high - low + 1;
        if (current instanceof String text && update instanceof String part) {
            if (high >= text.length()) {
                return Requests.status(StatusCodes.Bad_IndexRangeNoData);
            }
            return part.length() == count
                    ? text.substring(0, low) + part + text.substring(high + 1)
                    : Requests.status(StatusCodes.Bad_IndexRangeDataMismatch);
        }
        if (current instanceof ByteString bytes && update instanceof ByteString part) {
            if (high >= bytes.length()) {
                return Requests.status(StatusCodes.Bad_IndexRangeNoData);
            }
            if (part.length() != count) {
                return Requests.status(StatusCodes.Bad_IndexRangeDataMismatch);
            }
            byte[] copy = bytes.bytesOrEmpty().clone();
            System.arraycopy(part.bytesOrEmpty(), 0, copy, low, count);
            return ByteString.of(copy);
        }
        if (!current.getClass().isArray()) {
            return Requests.status(StatusCodes.Bad_IndexRangeNoData);
        }
        int length = Array.getLength(current);
        if (high >= length) {
            return Requests.status(StatusCodes.Bad_IndexRangeNoData);
        }
        if (!update.getClass().isArray() || Array.getLength(update) != count) {
            return Requests.status(StatusCodes.Bad_IndexRangeDataMismatch);
        }
        if (update.getClass() != current.getClass()) {
            return Requests.status(StatusCodes.Bad_TypeMismatch);
        }
        Object copy = Array.newInstance(current.getClass().getComponentType(), length);
        System.arraycopy(current, 0, copy, 0, length);
        System.arraycopy(update, 0, copy, low, count);
        return copy;
    }

    private List<@Nullable DataValue> oldValues(Session session, List<WriteValue> values) {
        List<ReadValueId> ids = values.stream()
                .map(v -> new ReadValueId(v.getNodeId(), v.getAttributeId(), null, null))
                .toList();
        try {
            return new ArrayList<>(server.getAddressSpaceManager()
                    .read(new ReadContext(server, session), 0.0, TimestampsToReturn.Neither, ids));
        } catch (RuntimeException e) {
            List<@Nullable DataValue> unknown = new ArrayList<>();
            values.forEach(v -> unknown.add(null));
            return unknown;
        }
    }
}
