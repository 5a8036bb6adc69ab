package org.uatwin.server.method;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.control.AutomaticModes;
import org.uatwin.server.control.ControlMode;
import org.uatwin.server.control.ControlStatus;
import org.uatwin.server.engine.TwinInstance;

/** Answers {@code SetControlMode}, at once. Any thread. */
public final class ModeCalls {
    private static final List<ControlMode> SETTABLE =
            List.of(ControlMode.OFF, ControlMode.MANUAL, ControlMode.AUTOMATIC);

    private final AutomaticModes modes;

    public ModeCalls(AutomaticModes modes) {
        this.modes = modes;
    }

    /** Calls the method for a user who may. */
    public CompletionStage<CallMethodResult> call(
            TwinInstance twin, MethodSignature signature, Variant @Nullable [] inputs, String user) {
        CallArguments.Checked checked = CallArguments.check(signature, inputs);
        CallArguments arguments = checked.arguments();
        if (arguments == null) {
            return checked.refused();
        }
        ControlMode wanted = SETTABLE.stream()
                .filter(mode -> mode.number() == arguments.integer(0))
                .findFirst()
                .orElse(null);
        if (wanted == null) {
            return CompletableFuture.completedFuture(
                    CallArguments.invalid(List.of(new StatusCode(StatusCodes.Bad_OutOfRange), StatusCode.GOOD)));
        }
        String refusal = modes.set(twin, wanted, user, arguments.string(1));
        ControlStatus now = modes.status(twin);
        ControlMode present = now == null ? ControlMode.OFF : now.mode();
        String text = refusal.isEmpty() ? "%s is %s now.".formatted(twin.id(), present.text()) : refusal + ".";
        return CompletableFuture.completedFuture(new CallMethodResult(
                StatusCode.GOOD,
                new StatusCode[] {StatusCode.GOOD, StatusCode.GOOD},
                new DiagnosticInfo[0],
                new Variant[] {
                    new Variant(refusal.isEmpty()),
                    new Variant(LocalizedText.english(text)),
                    new Variant(present.number())
                }));
    }
}
