package org.uatwin.plcadapters.loop;

/** What a {@link LoopLink} does for its work. */
public interface LoopHost {
    /** Ends the wait of the link's thread; any thread. */
    void wake();

    /** What must go on while a step waits for the field: statistics. To be called several times a second. */
    void tick();
}
