package org.uatwin.plcadapters.opcua;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;
import org.uatwin.plcadapters.adapter.BoundPoint;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.codec.FieldValue;
import org.uatwin.plcadapters.loop.PointBoard;
import org.uatwin.plcadapters.loop.WaitingWrite;

/** Writes through to the upstream server and reads back. Owned by the link's thread. */
final class UpstreamWriter {
    private final PointBoard board;
    private final long timeoutNs;
    private final LongSupplier ticker;
    private final Map<Integer, MonitoredPoint> byRow = new HashMap<>();
    private final Map<NodeId, OpcUaDataType> types = new HashMap<>(); // of values received in this session

    /** Takes a value read back. */
    interface ReadBack {
        void accept(MonitoredPoint point, DataValue value, long receiveTime);
    }

    UpstreamWriter(PointBoard board, long timeoutNs, LongSupplier ticker) {
        this.board = board;
        this.timeoutNs = timeoutNs;
        this.ticker = ticker;
    }

    /** The points of the session, which may be another one than before. */
    void points(List<MonitoredPoint> points) {
        byRow.clear();
        types.clear();
        points.forEach(p -> byRow.put(p.row(), p));
    }

    /** A value shows which type its node has. */
    void received(MonitoredPoint point, Variant value) {
        if (!types.containsKey(point.nodeId())) {
            builtin(value).ifPresent(type -> types.put(point.nodeId(), type));
        }
    }

    private static Optional<OpcUaDataType> builtin(Variant value) {
        return value.getDataTypeId()
                .flatMap(id -> id.toNodeId(new org.eclipse.milo.opcua.stack.core.NamespaceTable()))
                .filter(OpcUaDataType::isBuiltin)
                .map(OpcUaDataType::fromNodeId);
    }

    void perform(UpstreamSession session, WaitingWrite write, ReadBack readBack) {
        WriteCommand command = write.command();
        MonitoredPoint point = byRow.get(command.row());
        if (point == null) {
            write.answer(
                    org.uatwin.informationmodel.value.StatusCode.BAD_CONFIGURATION_ERROR,
                    board.diagnostics(command.row()).lastError());
            return;
        }
        long left = Math.min(timeoutNs, command.deadline() - ticker.getAsLong());
        if (left <= 0) {
            write.answer(org.uatwin.informationmodel.value.StatusCode.BAD_TIMEOUT, "not sent before its deadline");
            return;
        }
        try {
            Variant value = variant(session, point, command);
            String range = range(point, command);
            StatusCode status = session.write(
                    new WriteValue(point.nodeId(), AttributeId.Value.uid(), range, DataValue.valueOnly(value)), left);
            if (status.isBad()) {
                write.answer(
                        UpstreamValue.status(status),
                        "%s: the server answered %s".formatted(point.address().label(), Waiter.name(status)));
                return;
            }
            confirm(session, write, point, range, value, status, readBack);
        } catch (IllegalArgumentException e) {
            write.answer(
                    org.uatwin.informationmodel.value.StatusCode.BAD_TYPE_MISMATCH,
                    "%s: %s".formatted(point.address().label(), e.getMessage()));
        } catch (UpstreamException e) {
            write.answer(
                    org.uatwin.informationmodel.value.StatusCode.BAD_TIMEOUT,
                    "%s: %s; the server may have carried it out"
                            .formatted(point.address().label(), e.text()));
        }
    }

    private void confirm(
            UpstreamSession session,
            WaitingWrite write,
            MonitoredPoint point,
            @Nullable String range,
            Variant written,
            StatusCode status,
            ReadBack readBack)
            throws UpstreamException {
        ReadValueId part = new ReadValueId(point.nodeId(), AttributeId.Value.uid(), range, QualifiedName.NULL_VALUE);
        List<DataValue> back = session.read(List.of(point.valueId(), part));
        readBack.accept(point, back.get(0), board.ticks());
        board.flush(); // whoever gets the answer finds the read-back in the table
        DataValue shown = back.get(1);
        if (shown.getStatusCode().isBad()) {
            write.answer(
                    UpstreamValue.status(shown.getStatusCode()),
                    "%s: acknowledged, but not read back: %s"
                            .formatted(point.address().label(), Waiter.name(shown.getStatusCode())));
        } else if (status.value() != StatusCode.GOOD.value()) {
            // Good_CompletesAsynchronously, Good_Clamped: the server says itself that the value may differ.
            write.answer(UpstreamValue.status(status), "the server answered " + Waiter.name(status));
        } else if (!same(shown.getValue(), written)) {
            write.answer(
                    org.uatwin.informationmodel.value.StatusCode.BAD_INVALID_STATE,
                    "%s: the server acknowledged the value but holds another one; it may limit or overwrite it"
                            .formatted(point.address().label()));
        } else {
            write.confirm();
        }
    }

    private static boolean same(Variant shown, Variant written) {
        Object a = shown.getValue();
        Object b = written.getValue();
        return a != null && b != null && UpstreamValue.ofMilo(a).equals(UpstreamValue.ofMilo(b));
    }

    private Variant variant(UpstreamSession session, MonitoredPoint point, WriteCommand command)
            throws UpstreamException {
        BoundPoint bound = board.point(board.indexOf(point.row()));
        Object value = FieldValue.ofPoint(command.bits(), command.object(), bound.type());
        boolean isPart =
                command.firstElement() >= 0 || !point.address().element().isEmpty();
        return UpstreamValue.toMilo(
                isPart && !(value instanceof List<?>) ? List.of(value) : value, type(session, point));
    }

    /** What is written of the node; null for all of it. */
    private static @Nullable String range(MonitoredPoint point, WriteCommand command) {
        if (command.firstElement() < 0) {
            return point.address().element().isEmpty() ? null : point.address().element();
        }
        int first = command.firstElement();
        int count = command.object() == null ? 1 : java.lang.reflect.Array.getLength(command.object());
        return count == 1 ? Integer.toString(first) : "%d:%d".formatted(first, first + count - 1);
    }

    private OpcUaDataType type(UpstreamSession session, MonitoredPoint point) throws UpstreamException {
        OpcUaDataType known = types.get(point.nodeId());
        if (known != null) {
            return known;
        }
        DataValue answer = session.read(List.of(
                        new ReadValueId(point.nodeId(), AttributeId.DataType.uid(), null, QualifiedName.NULL_VALUE)))
                .get(0);
        if (answer.getValue().getValue() instanceof NodeId id && OpcUaDataType.isBuiltin(id)) {
            OpcUaDataType type = OpcUaDataType.fromNodeId(id);
            if (type != null) {
                types.put(point.nodeId(), type);
                return type;
            }
        }
        throw new IllegalArgumentException(
                "the node has had no value yet, and its data type %s is none of the built-in ones"
                        .formatted(answer.getValue().getValue()));
    }
}
