package org.uatwin.server.run;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.service.AsyncCaller;
import org.uatwin.server.service.Deadline;
import org.uatwin.simulation.scenario.RunManager;

/** Calls of a run's own methods; those of other objects go on to the next caller. Any thread; nothing blocks. */
public record RunCalls(RunNodes nodes, AsyncCaller others) implements AsyncCaller {
    @Override
    public @Nullable CompletionStage<CallMethodResult> call(
            Session session, CallMethodRequest request, Deadline deadline) {
        return nodes.owns(request.getObjectId())
                ? CompletableFuture.completedFuture(result(answer(session, request)))
                : others.call(session, request, deadline);
    }

    private long answer(Session session, CallMethodRequest request) {
        RunNodes.Found run = nodes.find(session, request.getObjectId());
        if (run == null) {
            return StatusCodes.Bad_NodeIdUnknown;
        }
        String method = run.member().parent == null ? method(run, request.getMethodId()) : null;
        if (method == null) {
            return StatusCodes.Bad_MethodInvalid;
        }
        if (!nodes.access().mayCall(session)) {
            return StatusCodes.Bad_UserAccessDenied;
        }
        Variant[] inputs = request.getInputArguments();
        if (inputs != null && inputs.length > 0) {
            return StatusCodes.Bad_TooManyArguments;
        }
        if (!method.equals(RunMembers.HALT)) {
            return StatusCodes.Bad_NotExecutable; // a run is started once, by its twin's method, and never suspended
        }
        RunManager.CancelResult result = nodes.runs().cancel(run.run().runId(), nodes.viewer(session));
        return switch (result) {
            case CANCELLED -> StatusCodes.Good;
            case ALREADY_FINISHED -> StatusCodes.Bad_InvalidState;
            case UNKNOWN_RUN -> StatusCodes.Bad_NodeIdUnknown;
        };
    }

    /** Name of the method: the run's own node, or the declaration in ProgramStateMachineType (Part 4, 5.11.2). */
    private @Nullable String method(RunNodes.Found run, NodeId methodId) {
        for (RunMember member : RunMembers.ROOT.children) {
            if (member.nodeClass == NodeClass.Method && methodId.equals(nodes.id(run.twin(), run.run(), member))) {
                return String.valueOf(member.browseName.name());
            }
        }
        for (Map.Entry<String, NodeId> declared : RunMembers.METHODS.entrySet()) {
            if (methodId.equals(declared.getValue())) {
                return declared.getKey();
            }
        }
        return null;
    }

    private static CallMethodResult result(long status) {
        return new CallMethodResult(new StatusCode(status), new StatusCode[0], new DiagnosticInfo[0], new Variant[0]);
    }
}
