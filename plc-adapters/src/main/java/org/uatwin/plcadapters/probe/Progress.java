package org.uatwin.plcadapters.probe;

/** How a survey says how far it is, and learns that it shall stop. */
public interface Progress {
    Progress NONE = new Progress() {
        @Override
        public void at(String what, int done, int total) {}

        @Override
        public boolean isCancelled() {
            return false;
        }
    };

    /** Before each piece of work. */
    void at(String what, int done, int total);

    /** Whether to stop soon; what was found so far is reported all the same. */
    boolean isCancelled();
}
