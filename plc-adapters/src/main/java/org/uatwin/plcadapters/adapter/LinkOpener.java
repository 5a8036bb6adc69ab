package org.uatwin.plcadapters.adapter;

/** Makes the links of a plant: by their adapters, recorded on the way, or out of a recording. */
@FunctionalInterface
public interface LinkOpener {
    /**
     * Makes a link; nothing is sent before {@link Link#start()}.
     *
     * @throws IllegalStateException if nobody can.
     */
    Link open(LinkOpening opening);

    /**
     * Whether periodic work of the plant runs by this opener's own time, as in a replay. If so it runs it on the thread
     * that steps the links; else the caller has a timer.
     */
    default boolean every(long periodMs, Runnable work) {
        return false;
    }

    /**
     * Whether work that follows from samples, such as computed points, is to be done by this opener after every step of
     * a link, as in a replay. If so it runs it on the thread that steps; else the caller has a thread.
     */
    default boolean afterEachStep(Runnable work) {
        return false;
    }
}
