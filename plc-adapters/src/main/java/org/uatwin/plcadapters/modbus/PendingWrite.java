package org.uatwin.plcadapters.modbus;

import java.util.concurrent.CompletableFuture;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;

/** A write on its way through the loop. All but command and answer belongs to the loop thread. */
final class PendingWrite {
    final WriteCommand command;
    int point = -1; // in the plan of the loop
    final CompletableFuture<WriteResult> answer = new CompletableFuture<>();
    long notBeforeNs = Long.MIN_VALUE;
    int attempts;

    PendingWrite(WriteCommand command) {
        this.command = command;
    }
}
