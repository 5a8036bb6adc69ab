package org.uatwin.simulation.estimation;

/** Is told each step of a followed twin once no sample can change it any more, in order of time, on the thread that owns the follower. */
@FunctionalInterface
public interface StepWatcher {
    /** @param step reused: read it in the call, keep nothing of it. */
    void step(FollowedStep step);
}
