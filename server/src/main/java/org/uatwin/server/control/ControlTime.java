package org.uatwin.server.control;

/** Time as the gate and the automatic modes see it: real, or a test's. */
public interface ControlTime {
    /** Of the kind of {@link System#nanoTime()}. */
    long nanoTime();

    /** Time of the plant, in {@link org.uatwin.informationmodel.value.UaTime} ticks. */
    long ticks();

    /** Runs a task once, later; tasks run one at a time. */
    void after(long nanos, Runnable task);
}
