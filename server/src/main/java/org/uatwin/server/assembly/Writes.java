package org.uatwin.server.assembly;

import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.address.PlantWrites;
import org.uatwin.server.address.WriteOutcome;
import org.uatwin.server.service.AsyncWriter;
import org.uatwin.server.service.Deadline;

/** Writes of clients to the plant. */
record Writes(PlantWrites plant) implements AsyncWriter {
    @Override
    public @Nullable CompletionStage<Outcome> write(Session session, WriteValue value, Deadline deadline) {
        CompletionStage<WriteOutcome> written = plant.write(session, value, deadline.nanoTime());
        return written == null
                ? null
                : written.thenApply(outcome -> new Outcome(
                        new StatusCode(Integer.toUnsignedLong(outcome.status().bits())), outcome.reason()));
    }
}
