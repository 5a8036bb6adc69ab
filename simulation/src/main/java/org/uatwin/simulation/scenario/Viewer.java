package org.uatwin.simulation.scenario;

/**
 * Who asks about a run.
 *
 * @param user name of the user.
 * @param engineer whether the user has the role Engineer and therefore sees and cancels every run.
 */
public record Viewer(String user, boolean engineer) {
    /** Name of whoever has not said who he is; all of them see each other's runs. */
    public static final String ANONYMOUS = "anonymous";

    /** Whether this is his own run, or he sees all. */
    public boolean maySee(String requester) {
        return engineer || user.equals(requester);
    }
}
