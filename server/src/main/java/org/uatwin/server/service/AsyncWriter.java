package org.uatwin.server.service;

import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;

/** Writes that reach a device. Called on a request thread after the access check; must return at once. */
@FunctionalInterface
public interface AsyncWriter {
    AsyncWriter NONE = (session, value, deadline) -> null;

    /**
     * What became of one entry.
     *
     * @param reason in words, for the audit trail; empty if the status says it all.
     */
    record Outcome(StatusCode status, String reason) {
        static Outcome of(StatusCode status) {
            return new Outcome(status, "");
        }
    }

    /** The outcome of one entry of a Write, or null when the node is not of this writer (Milo's way is taken then). */
    @Nullable
    CompletionStage<Outcome> write(Session session, WriteValue value, Deadline deadline);
}
