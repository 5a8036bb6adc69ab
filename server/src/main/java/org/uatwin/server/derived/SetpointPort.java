package org.uatwin.server.derived;

import java.util.concurrent.CompletionStage;
import org.uatwin.informationmodel.value.StatusCode;

/** Sends a value to the device of a setpoint. Never blocks. */
@FunctionalInterface
public interface SetpointPort {
    /**
     * @param row row of the setpoint.
     * @param bits value as {@link org.uatwin.informationmodel.value.ValueType} defines.
     * @param deadlineNanos {@link System#nanoTime()} by which an answer has to be there.
     */
    CompletionStage<StatusCode> write(int row, long bits, long deadlineNanos);
}
