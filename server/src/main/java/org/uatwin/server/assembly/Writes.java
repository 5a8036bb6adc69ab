package org.uatwin.server.assembly;

import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.address.PlantWrites;
import org.uatwin.server.service.AsyncWriter;
import org.uatwin.server.service.Deadline;

/** Writes of clients to the plant. */
record Writes(PlantWrites plant) implements AsyncWriter {
    @Override
    public @Nullable CompletionStage<StatusCode> write(Session session, WriteValue value, Deadline deadline) {
        return plant.write(session, value, deadline.nanoTime());
    }
}
