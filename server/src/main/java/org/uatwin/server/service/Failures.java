package org.uatwin.server.service;

import java.util.concurrent.CompletionException;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaRuntimeException;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.jspecify.annotations.Nullable;

/** What a client is told when code below a service throws: a status code, never a lost response. */
final class Failures {
    private Failures() {}

    static UaException asUaException(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof UaException ua) {
            return ua;
        }
        if (cause instanceof UaSerializationException serialization) {
            return new UaException(serialization.getStatusCode().getValue(), serialization);
        }
        if (cause instanceof UaRuntimeException runtime) {
            return new UaException(runtime.getStatusCode().getValue(), runtime);
        }
        if (cause instanceof StackOverflowError) {
            return new UaException(StatusCodes.Bad_EncodingLimitsExceeded, "nested too deeply");
        }
        return cause == null
                ? new UaException(StatusCodes.Bad_InternalError)
                : new UaException(StatusCodes.Bad_InternalError, cause);
    }

    static StatusCode status(@Nullable Throwable failure) {
        return asUaException(failure).getStatusCode();
    }
}
