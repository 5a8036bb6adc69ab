package org.uatwin.simulation.scenario;

/** What a task hears from and tells its run. */
public interface RunControl {
    /** Nobody cancels and nobody looks. */
    RunControl NONE = new RunControl() {
        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void progress(double share) {
            // nobody looks
        }
    };

    /** Whether it should end: looked at often, at least once per evaluation. */
    boolean isCancelled();

    /** Share of the work that is done, 0..1. */
    void progress(double share);
}
