package org.uatwin.plcadapters.modbus;

import java.util.concurrent.CompletableFuture;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;

/** A write on its way through the loop. {@code notBeforeNs} and {@code attempts} belong to the loop thread. */
final class PendingWrite {
    final WriteCommand command;
    final int point;
    final CompletableFuture<WriteResult> answer = new CompletableFuture<>();
    long notBeforeNs = Long.MIN_VALUE;
    int attempts;

    PendingWrite(WriteCommand command, int point) {
        this.command = command;
        this.point = point;
    }
}
