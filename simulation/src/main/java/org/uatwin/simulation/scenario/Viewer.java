package org.uatwin.simulation.scenario;

/**
 * Who asks about a run.
 *
 * @param user name of the user.
 * @param engineer whether the user has the role Engineer and therefore sees and cancels every run.
 */
public record Viewer(String user, boolean engineer) {
    boolean maySee(String requester) {
        return engineer || user.equals(requester);
    }
}
