package org.uatwin.server.service;

import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;

/**
 * Method calls of the computed address space. Called on a request thread after the access check of this very entry; must
 * return at once. It answers Bad_MethodInvalid for a method that is not of the object, and the argument rules;
 * {@link Arguments} checks those.
 */
@FunctionalInterface
public interface AsyncCaller {
    AsyncCaller NONE = (session, request, deadline) -> null;

    /** The outcome of one entry of a Call, or null when the object is not of this caller (Milo's way is taken then). */
    @Nullable
    CompletionStage<CallMethodResult> call(Session session, CallMethodRequest request, Deadline deadline);
}
