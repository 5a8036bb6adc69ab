package org.uatwin.server.address;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.StatusCode;

/** Sends a value to the device of a point: port towards the links. Never blocks. */
@FunctionalInterface
public interface SetpointWriter {
    /** {@code firstElement} of a write that concerns the whole value. */
    int WHOLE = -1;

    /**
     * Writes and verifies a value.
     *
     * @param row row of the point.
     * @param bits scalar as {@link org.uatwin.informationmodel.value.ValueType} defines.
     * @param object String or array, or the written part of an array; null for a scalar.
     * @param firstElement index of the first element written, or {@link #WHOLE}.
     * @param deadlineNanos {@link System#nanoTime()} by which an answer has to be there.
     * @return completes with Good once the device confirmed, else with why not; never exceptionally.
     */
    CompletionStage<StatusCode> write(
            int row, long bits, @Nullable Object object, int firstElement, long deadlineNanos);

    /**
     * As {@link #write}, and answers in words as well.
     *
     * @param who sends it, as the audit trail names people and parts of the server.
     */
    default CompletionStage<WriteOutcome> send(
            String who, int row, long bits, @Nullable Object object, int firstElement, long deadlineNanos) {
        return write(row, bits, object, firstElement, deadlineNanos).thenApply(status -> new WriteOutcome(status, ""));
    }
}
