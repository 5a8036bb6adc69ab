package org.uatwin.plcadapters.loop;

import java.util.Optional;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.PointDiagnostics;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;

/**
 * One protocol's side of a {@link LoopLink}. All methods run on the link's thread, one after the other, but those that
 * say any thread.
 */
public interface LoopWork {
    /** First act of the link's thread. */
    void begin();

    /**
     * Does the most urgent piece of work: connects, polls, takes what has arrived. May wait for the field, but no longer
     * than its timeout, and not at all once {@link #abort} was called.
     *
     * @return value of the ticker at which the next step has something to do; not after now if it has at once.
     */
    long step();

    /**
     * Plans what it takes to go on with other points on the same wire (a reload). Any thread.
     *
     * @return what the link's thread is to do between two steps; empty if that is not possible: then the link is made anew.
     */
    default Optional<Runnable> prepareUpdate(LinkOpening changed) {
        return Optional.empty();
    }

    /** Carries a write out and answers it, also if it is not possible. */
    void perform(WaitingWrite write);

    /** Why a write need not wait in line, for example because the link is down; any thread. */
    Optional<WriteResult> refusal(WriteCommand command);

    /** Makes a step or write that waits for the field return soon; any thread, also before {@link #begin}. */
    void abort();

    /** Last act of the link's thread: closes the wire, gives the points the quality of a link that is down, and hands them over. */
    void end();

    /** Counters and state; any thread, always the same object. */
    LinkFigures figures();

    /**
     * What is known about a point; any thread.
     *
     * @throws IllegalArgumentException if the row is not one of this link's.
     */
    PointDiagnostics diagnostics(int row);
}
