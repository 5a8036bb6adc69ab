package org.uatwin.server.method;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.reload.ReloadResult;

/** Answers {@code Reload} of the plant file's twin; the work runs on a pool of its own. Any thread. */
public final class ReloadCalls {
    private final Function<Boolean, ReloadResult> reload;
    private final Executor pool;

    /**
     * @param reload reloads; given true, only says what that would do.
     * @param pool bounded, with a bounded queue; shut down by its creator.
     */
    public ReloadCalls(Function<Boolean, ReloadResult> reload, Executor pool) {
        this.reload = reload;
        this.pool = pool;
    }

    /** Calls the method for a caller who may. */
    public CompletionStage<CallMethodResult> call(MethodSignature signature, Variant @Nullable [] inputs) {
        CallArguments.Checked checked = CallArguments.check(signature, inputs);
        CallArguments arguments = checked.arguments();
        if (arguments == null) {
            return checked.refused();
        }
        try {
            return CompletableFuture.supplyAsync(() -> answer(reload.apply(arguments.isTrue(0))), pool);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(CallArguments.refusal(StatusCodes.Bad_TooManyOperations));
        }
    }

    private static CallMethodResult answer(ReloadResult result) {
        return new CallMethodResult(
                StatusCode.GOOD, new StatusCode[] {StatusCode.GOOD}, new DiagnosticInfo[0], new Variant[] {
                    new Variant(result.isSuccess()),
                    new Variant(LocalizedText.english(result.message())),
                    new Variant(result.findings().toArray(new String[0])),
                    new Variant(uint(result.added())),
                    new Variant(uint(result.removed())),
                    new Variant(uint(result.changed()))
                });
    }
}
