package org.uatwin.plcadapters.loop;

import java.util.concurrent.CompletableFuture;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;

/** A write in line; answered once, later answers are ignored. */
public final class WaitingWrite {
    private final WriteCommand command;
    private final CompletableFuture<WriteResult> answer = new CompletableFuture<>();

    public WaitingWrite(WriteCommand command) {
        this.command = command;
    }

    public WriteCommand command() {
        return command;
    }

    CompletableFuture<WriteResult> future() {
        return answer;
    }

    public boolean isAnswered() {
        return answer.isDone();
    }

    /** The device has the value, and the read-back is in the table. */
    public void confirm() {
        answer.complete(WriteResult.CONFIRMED);
    }

    /** @param text place and cause for a person. */
    public void answer(StatusCode status, String text) {
        answer.complete(new WriteResult(status, text));
    }
}
