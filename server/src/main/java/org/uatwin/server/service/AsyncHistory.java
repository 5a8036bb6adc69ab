package org.uatwin.server.service;

import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryUpdateDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryUpdateResult;
import org.jspecify.annotations.Nullable;

/** History access. Called on a request thread after limits and permissions were checked; must return at once. */
public interface AsyncHistory {
    AsyncHistory NONE = new AsyncHistory() {
        @Override
        public @Nullable CompletionStage<HistoryReadResult> read(
                Session session,
                HistoryReadDetails details,
                TimestampsToReturn timestamps,
                HistoryReadValueId node,
                boolean releaseContinuationPoint,
                int nodesInRequest,
                Deadline deadline) {
            return null;
        }
    };

    /**
     * One entry of a HistoryRead, or null when the node is not of this history.
     *
     * @param nodesInRequest entries of the request: they share the size of the response.
     */
    @Nullable
    CompletionStage<HistoryReadResult> read(
            Session session,
            HistoryReadDetails details,
            TimestampsToReturn timestamps,
            HistoryReadValueId node,
            boolean releaseContinuationPoint,
            int nodesInRequest,
            Deadline deadline);

    /** One entry of a HistoryUpdate, or null when the node is not of this history. */
    default @Nullable CompletionStage<HistoryUpdateResult> update(
            Session session, HistoryUpdateDetails details, Deadline deadline) {
        return null;
    }
}
