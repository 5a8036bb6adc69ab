package org.uatwin.simulation.scenario;

/** Hears what becomes of runs. Called on the thread that causes it, of one run in order; must not block. */
public interface RunListener {
    /** Nobody listens. */
    RunListener NONE = new RunListener() {
        @Override
        public void changed(RunStatus now) {
            // nobody listens
        }

        @Override
        public void forgotten(RunStatus last) {
            // nobody listens
        }
    };

    /** A run waits, runs or has ended: it is in another state than before. */
    void changed(RunStatus now);

    /** A finished run is no longer remembered. */
    void forgotten(RunStatus last);
}
