package org.uatwin.plcadapters.adapter;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.uatwin.informationmodel.value.StatusCode;

/**
 * A link whose traffic comes from a recording: it makes of it what it made of it then. Nothing is sent, and writes are
 * refused. Stepped by one thread; {@link #start} is called when the time stands at the beginning of the recording.
 */
public interface ReplayLink extends Link {
    /**
     * Monotonic nanoseconds of the next thing to do: a record, or a hold time that ends; {@code Long.MAX_VALUE} when the
     * recording is at its end.
     */
    long nextNs();

    /** Does it, and moves the time as far as it took. */
    void step();

    /** Refuses: nothing is ever sent in a replay. */
    @Override
    default CompletionStage<WriteResult> write(WriteCommand command) {
        return CompletableFuture.completedStage(new WriteResult(
                StatusCode.BAD_NOT_WRITABLE, name() + ": this is a replay of a recording; nothing is sent"));
    }
}
