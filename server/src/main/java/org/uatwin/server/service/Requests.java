package org.uatwin.server.service;

import java.util.Arrays;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.jspecify.annotations.Nullable;

/** Checks that many services share (OPC UA Part 4, 5 and 7). */
final class Requests {
    static final DiagnosticInfo[] NO_DIAGNOSTICS = new DiagnosticInfo[0];

    private static final QualifiedName DEFAULT_BINARY = new QualifiedName(0, "Default Binary");

    private Requests() {}

    /** The operations of a request: at least one, at most {@code limit}, none of them null. */
    static <T> List<T> operations(T @Nullable [] operations, int limit) throws UaException {
        if (operations == null || operations.length == 0) {
            throw new UaException(StatusCodes.Bad_NothingToDo);
        }
        if (operations.length > limit) {
            throw new UaException(StatusCodes.Bad_TooManyOperations);
        }
        return Arrays.asList(operations);
    }

    static void checkTimestamps(@Nullable TimestampsToReturn timestamps) throws UaException {
        if (timestamps == null || timestamps == TimestampsToReturn.Invalid) {
            throw new UaException(StatusCodes.Bad_TimestampsToReturnInvalid);
        }
    }

    static boolean isNull(@Nullable NodeId nodeId) {
        return nodeId == null || nodeId.isNull();
    }

    static boolean isGiven(@Nullable QualifiedName name) {
        return name != null && name.isNotNull();
    }

    /** Only the binary encoding of structures is on offer on opc.tcp. */
    static boolean isSupportedEncoding(QualifiedName encoding) {
        return DEFAULT_BINARY.equals(encoding);
    }

    static StatusCode status(long code) {
        return new StatusCode(code);
    }
}
