package org.uatwin.server.address;

import java.lang.ref.Reference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.sdk.core.NumericRange;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.server.engine.TwinInstance;

/**
 * Writes to computed nodes: checked here (OPC UA Part 4, 5.10.4), then sent to the device. A value outside the
 * setpoint's range is refused, never clamped. Any thread; never blocks.
 */
public final class PlantWrites {
    private final PlantNodes nodes;
    private final PlantAccess access;
    private final SetpointWriter writer;

    public PlantWrites(PlantNodes nodes, PlantAccess access, SetpointWriter writer) {
        this.nodes = nodes;
        this.access = access;
        this.writer = writer;
    }

    /**
     * Writes one value.
     *
     * @param deadlineNanos {@link System#nanoTime()} by which an answer has to be there.
     * @return null if the node is not in the plant's namespace.
     */
    public @Nullable CompletionStage<WriteOutcome> write(
            @Nullable Session session, WriteValue request, long deadlineNanos) {
        if (!nodes.owns(request.getNodeId())) {
            return null;
        }
        PlantNodes.Ref ref = nodes.find(request.getNodeId());
        if (ref == null) {
            return refused(StatusCodes.Bad_NodeIdUnknown);
        }
        AttributeId attribute = AttributeId.from(request.getAttributeId()).orElse(null);
        if (attribute == null) {
            return refused(StatusCodes.Bad_AttributeIdInvalid);
        }
        if (!(ref instanceof PlantNodes.Ref.Member member) || member.slot().value == null) {
            return refused(
                    attribute == AttributeId.Value ? StatusCodes.Bad_AttributeIdInvalid : StatusCodes.Bad_NotWritable);
        }
        Member.Point point = member.slot().point;
        if (attribute != AttributeId.Value || point == null || !point.isWritable()) {
            return refused(StatusCodes.Bad_NotWritable);
        }
        if (!access.mayWrite(session)) {
            return refused(StatusCodes.Bad_UserAccessDenied);
        }
        return write(session, member.instance(), point, request, deadlineNanos);
    }

    private CompletionStage<WriteOutcome> write(
            @Nullable Session session,
            TwinInstance instance,
            Member.Point point,
            WriteValue request,
            long deadlineNanos) {
        int ordinal = instance.type().pointOrdinal(point.name());
        Binding binding = instance.binding(ordinal);
        if (binding == null || binding.connection().isEmpty()) {
            return refused(binding == null ? StatusCodes.Bad_NotConnected : StatusCodes.Bad_NotWritable);
        }
        DataValue value = request.getValue();
        if (isTime(value.sourceTime())
                || isTime(value.serverTime())
                || !value.statusCode().isGood()) {
            return refused(StatusCodes.Bad_WriteNotSupported);
        }
        int first = SetpointWriter.WHOLE;
        int length = point.arrayLength();
        String range = request.getIndexRange();
        if (range != null && !range.isEmpty()) {
            try {
                NumericRange.Bounds bounds = bounds(range, point);
                first = bounds.getLow();
                length = bounds.getHigh() - bounds.getLow() + 1;
            } catch (UaException e) {
                return refused(e.getStatusCode().getValue());
            }
        }
        Variants.Decoded decoded = Variants.decode(value.value(), point.dataType(), length);
        if (decoded instanceof Variants.Mismatch mismatch) {
            return first != SetpointWriter.WHOLE && isArrayOfOtherLength(value)
                    ? refused(StatusCodes.Bad_IndexRangeDataMismatch)
                    : CompletableFuture.completedFuture(new WriteOutcome(mismatch.status(), ""));
        }
        Variants.Value written = (Variants.Value) decoded;
        if (!isInRange(point, written)) {
            return refused(StatusCodes.Bad_OutOfRange);
        }
        int row = instance.firstRow() + ordinal;
        return writer.send(user(session), row, written.bits(), written.object(), first, deadlineNanos)
                .thenApply(outcome -> {
                    try {
                        return outcome;
                    } finally {
                        Reference.reachabilityFence(instance); // keeps its rows from being given away meanwhile
                    }
                });
    }

    private static String user(@Nullable Session session) {
        String user = session == null ? null : session.getClientUserId();
        return user == null ? "anonymous" : user;
    }

    /** Whether a client sent a timestamp; Milo decodes an absent one as the minimum. */
    private static boolean isTime(@Nullable DateTime time) {
        return time != null && !time.equals(DateTime.MIN_VALUE);
    }

    private static boolean isArrayOfOtherLength(DataValue value) {
        Object object = value.value().value();
        return object != null && object.getClass().isArray();
    }

    private static NumericRange.Bounds bounds(String range, Member.Point point) throws UaException {
        NumericRange.Bounds[] bounds = NumericRange.parse(range).getBounds();
        if (!point.isArray() || bounds.length != 1) {
            throw new UaException(StatusCodes.Bad_IndexRangeNoData);
        }
        if (bounds[0].getHigh() >= point.arrayLength()) {
            throw new UaException(StatusCodes.Bad_IndexRangeNoData);
        }
        return bounds[0];
    }

    /** Whether every number is finite and within the setpoint's instrument range, or else its EURange. */
    private static boolean isInRange(Member.Point point, Variants.Value value) {
        if (!point.dataType().isNumeric()) {
            return true;
        }
        Range range = point.instrumentRange().or(point::euRange).orElse(null);
        if (value.object() instanceof double[] numbers) {
            for (double number : numbers) {
                if (!isInRange(range, number)) {
                    return false;
                }
            }
            return true;
        }
        if (value.object() instanceof long[] integers) {
            for (long integer : integers) {
                if (!isInRange(range, point.dataType().toDouble(integer))) {
                    return false;
                }
            }
            return true;
        }
        return isInRange(range, point.dataType().toDouble(value.bits()));
    }

    private static boolean isInRange(@Nullable Range range, double number) {
        return Double.isFinite(number) && (range == null || range.contains(number));
    }

    private static CompletionStage<WriteOutcome> refused(long statusCode) {
        return CompletableFuture.completedFuture(new WriteOutcome(StatusCode.of((int) statusCode), ""));
    }
}
