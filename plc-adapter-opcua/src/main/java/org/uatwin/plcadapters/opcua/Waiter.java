package org.uatwin.plcadapters.opcua;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** Waits for answers on the link's thread, with an end of its own whatever Milo does; the link goes on ticking meanwhile. */
final class Waiter {
    private static final long SLICE_MS = 50;

    private final long timeoutNs;
    private final Runnable onTick;
    private volatile boolean isAborted;

    Waiter(long timeoutNs, Runnable onTick) {
        this.timeoutNs = timeoutNs;
        this.onTick = onTick;
    }

    /** Ends the current wait and all later ones; any thread. */
    void abort() {
        isAborted = true;
    }

    boolean isAborted() {
        return isAborted;
    }

    /**
     * The result of {@code stage}.
     *
     * @param what is waited for, for the message.
     */
    <T> T await(CompletionStage<T> stage, String what) throws UpstreamException {
        return await(stage, what, timeoutNs);
    }

    <T> T await(CompletionStage<T> stage, String what, long limitNs) throws UpstreamException {
        long end = System.nanoTime() + limitNs;
        while (!isAborted) {
            try {
                return stage.toCompletableFuture().get(SLICE_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (System.nanoTime() - end >= 0) {
                    throw new UpstreamException("%s: no answer within %d ms".formatted(what, limitNs / 1_000_000), e);
                }
                onTick.run();
            } catch (ExecutionException e) {
                throw new UpstreamException("%s: %s".formatted(what, reason(e)), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                isAborted = true;
            }
        }
        throw new UpstreamException(what + ": the link is being closed");
    }

    /** The root of a failure in words: a status code by its name, else the message. */
    static String reason(Throwable failure) {
        StatusCode status = UaException.extractStatusCode(failure).orElse(StatusCode.GOOD);
        if (status.isBad()) {
            String name = name(status);
            String text = UaException.extract(failure)
                    .map(e -> String.valueOf(e.getMessage()))
                    .orElse("");
            return text.isEmpty() || text.contains(name) ? name : name + " (" + text + ")";
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    static String name(StatusCode status) {
        return StatusCodes.lookup(status.value()).map(known -> known[0]).orElseGet(() -> "0x%08X"
                .formatted(status.value()));
    }
}
