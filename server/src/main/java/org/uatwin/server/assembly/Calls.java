package org.uatwin.server.assembly;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.server.address.CallTarget;
import org.uatwin.server.address.PlantAccess;
import org.uatwin.server.address.PlantNodes;
import org.uatwin.server.method.MethodSignature;
import org.uatwin.server.method.ReloadCalls;
import org.uatwin.server.method.StructureArguments;
import org.uatwin.server.method.TwinCalls;
import org.uatwin.server.service.AsyncCaller;
import org.uatwin.server.service.Deadline;
import org.uatwin.simulation.scenario.Viewer;

/** Calls of clients to methods of twins. */
record Calls(
        PlantNodes nodes,
        TwinCalls methods,
        ReloadCalls reloads,
        Control control,
        PlantAccess access,
        EncodingContext encoding)
        implements AsyncCaller {
    @Override
    public @Nullable CompletionStage<CallMethodResult> call(
            Session session, CallMethodRequest request, Deadline deadline) {
        CallTarget target = CallTarget.find(nodes, request.getObjectId(), request.getMethodId());
        if (target == null) {
            return null;
        }
        if (target instanceof CallTarget.Refused refused) {
            return refusal(refused.status());
        }
        CallTarget.Found found = (CallTarget.Found) target;
        if (found.signature().name().equals(MethodSignature.RELOAD)) {
            return !found.instance().id().equals(Plant.FILE_TWIN)
                    ? refusal(new StatusCode(StatusCodes.Bad_NotSupported))
                    : access.mayAdminister(session)
                            ? reloads.call(found.signature(), request.getInputArguments())
                            : refusal(new StatusCode(StatusCodes.Bad_UserAccessDenied));
        }
        if (!access.mayCall(session)) {
            return refusal(new StatusCode(StatusCodes.Bad_UserAccessDenied));
        }
        String user = session.getClientUserId();
        Viewer viewer = new Viewer(user == null ? Viewer.ANONYMOUS : user, access.isEngineer(session));
        CompletionStage<CallMethodResult> controlled = control.call(found, request, viewer, deadline);
        return controlled != null
                ? controlled
                : methods.call(
                        found.instance(),
                        found.signature(),
                        StructureArguments.decoded(request.getInputArguments(), encoding),
                        viewer);
    }

    private static CompletionStage<CallMethodResult> refusal(StatusCode status) {
        return CompletableFuture.completedFuture(
                new CallMethodResult(status, new StatusCode[0], new DiagnosticInfo[0], new Variant[0]));
    }
}
