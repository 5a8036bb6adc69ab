package org.uatwin.plcadapters.adapter;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One connection to the field with everything behind it. All methods may be called from any thread.
 *
 * <p>A link owns its thread, its socket and its counters, and gives all of them back in {@link #close()}, so that it
 * can be opened again for the same rows at any time.
 */
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

    /** A change of the connection's points or devices, planned and ready. */
    @FunctionalInterface
    interface Update {
        /** Hands it to the link; completes when the link works by it, or is closed. At once if the field is silent. */
        CompletionStage<Void> carryOut();
    }

    /**
     * Plans what it takes to go on with other points or devices while the wire stays as it is: a reload. Nothing happens
     * before the update is carried out; points that stay keep their rows, their values and their turn.
     *
     * @return empty if the link cannot do that, or the wire itself is another one now: then it is closed and opened anew.
     */
    default Optional<Update> prepareUpdate(LinkOpening changed) {
        return Optional.empty();
    }

    /** Counters and state now. */
    LinkStatistics statistics();

    /**
     * What is known about one point of this link.
     *
     * @throws IllegalArgumentException if the row is not one of this link's.
     */
    PointDiagnostics diagnostics(int row);

    /**
     * Ends polling, answers waiting writes with Bad_Shutdown, closes the wire, ends the thread, all within a few
     * seconds whatever the field does. Idempotent, also if never started.
     */
    @Override
    void close();
}
