package org.uatwin.plcadapters.adapter;

import java.util.concurrent.CompletionStage;

/** One connection to the field with everything behind it. All methods may be called from any thread. */
public interface Link extends AutoCloseable {
    /** Name of the connection, as in the plant file. */
    String name();

    /** Begins to connect and poll; once. Returns at once, whether or not the device is there. */
    void start();

    /**
     * Sends a value to the device. Never blocks and never throws for what the field does: a link that is down, a full
     * queue, a value out of range and a silent device are results.
     *
     * @return completes exactly once, at the latest shortly after the command's deadline, on the environment's
     *     executor for answers.
     */
    CompletionStage<WriteResult> write(WriteCommand command);

    /** Counters and state now. */
    LinkStatistics statistics();

    /**
     * What is known about one point of this link.
     *
     * @throws IllegalArgumentException if the row is not one of this link's.
     */
    PointDiagnostics diagnostics(int row);

    /** Ends polling, answers waiting writes with Bad_Shutdown, closes the wire, ends the thread. Idempotent. */
    @Override
    void close();
}
