package org.uatwin.server.service;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.sdk.server.AddressSpace.CallContext;
import org.eclipse.milo.opcua.sdk.server.DiagnosticsContext;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.servicesets.AbstractServiceSet;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.AccessController.AccessResult;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.CallRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.uatwin.server.access.TwinAccessController;
import org.uatwin.server.event.AuditTrail;

/**
 * Call (OPC UA Part 4, 5.12.2), asynchronous. Each entry is authorised and dispatched alone, so that a permitted call
 * can never carry a refused one along (CVE-2026-62927).
 */
final class CallServices {
    private final TwinServer server;
    private final ServerLimits limits;
    private final TwinAccessController access;
    private final AuditTrail audit;

    CallServices(TwinServer server, ServerLimits limits, TwinAccessController access, AuditTrail audit) {
        this.server = server;
        this.limits = limits;
        this.access = access;
        this.audit = audit;
    }

    CompletableFuture<CallResponse> call(Session session, CallRequest request, long receivedAtNanos)
            throws UaException {
        List<CallMethodRequest> methods = Requests.operations(request.getMethodsToCall(), limits.nodesPerCall());
        RequestHeader header = request.getRequestHeader();
        Deadline deadline = Deadline.of(receivedAtNanos, header.getTimeoutHint().longValue(), limits.serviceTime());
        List<CompletionStage<CallMethodResult>> pending = new ArrayList<>(methods.size());
        for (CallMethodRequest method : methods) {
            pending.add(callOne(session, header, method, deadline));
        }
        return Gather.all(
                        pending,
                        deadline,
                        server.getScheduledExecutorService(),
                        refused(Requests.status(StatusCodes.Bad_Timeout)),
                        error -> refused(Failures.status(error)))
                .thenApply(results -> {
                    if (audit.wantsCalls()) {
                        for (int i = 0; i < results.size(); i++) {
                            audit.called(
                                    session,
                                    header.getAuditEntryId(),
                                    methods.get(i),
                                    results.get(i).getStatusCode());
                        }
                    }
                    return new CallResponse(
                            AbstractServiceSet.createResponseHeader(request),
                            results.toArray(new CallMethodResult[0]),
                            Requests.NO_DIAGNOSTICS);
                });
    }

    private CompletionStage<CallMethodResult> callOne(
            Session session, RequestHeader header, CallMethodRequest method, Deadline deadline) {
        if (Requests.isNull(method.getObjectId())) {
            return done(refused(Requests.status(StatusCodes.Bad_NodeIdInvalid)));
        }
        if (Requests.isNull(method.getMethodId())) {
            return done(refused(Requests.status(StatusCodes.Bad_MethodInvalid)));
        }
        if (access.checkCall(session, method.getObjectId(), method.getMethodId())
                instanceof AccessResult.Denied denied) {
            return done(refused(denied.statusCode()));
        }
        try {
            CompletionStage<CallMethodResult> stage = server.ports().caller().call(session, method, deadline);
            return stage != null ? stage : done(callMilo(session, header, method));
        } catch (RuntimeException e) {
            return done(refused(Failures.status(e)));
        }
    }

    private CallMethodResult callMilo(Session session, RequestHeader header, CallMethodRequest method) {
        CallContext context = new CallContext(
                server,
                session,
                new DiagnosticsContext<>(),
                header.getAuditEntryId(),
                header.getTimeoutHint(),
                header.getAdditionalHeader());
        List<CallMethodResult> results = server.getAddressSpaceManager().call(context, List.of(method));
        CallMethodResult result =
                results.isEmpty() ? refused(Requests.status(StatusCodes.Bad_InternalError)) : results.get(0);
        // A virtual space without methods answers for itself; to the client the method is simply not there.
        return result.getStatusCode().getValue() == StatusCodes.Bad_NotImplemented
                ? refused(Requests.status(StatusCodes.Bad_MethodInvalid))
                : result;
    }

    private static CompletionStage<CallMethodResult> done(CallMethodResult result) {
        return CompletableFuture.completedFuture(result);
    }

    /** A result without outputs. */
    static CallMethodResult refused(StatusCode status) {
        return new CallMethodResult(status, new StatusCode[0], Requests.NO_DIAGNOSTICS, new Variant[0]);
    }
}
