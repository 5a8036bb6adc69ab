package org.uatwin.server.synchronisation;

import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.detection.Detection;
import org.uatwin.simulation.estimation.Estimate;
import org.uatwin.simulation.estimation.Synchronisation;
import org.uatwin.simulation.health.FaultReport;

/**
 * What the follower of a twin and its detector found, at one moment. Immutable.
 *
 * @param report how well it is followed, in the model's units.
 * @param estimate a question can start from; empty while there is none that can be trusted.
 * @param detection what is unusual.
 * @param fault what explains it.
 * @param points the outputs that are watched.
 * @param hasMode whether the twin's point {@code State} tells the operating mode, by the numbers of {@code OperatingMode}.
 */
public record Observation(
        Synchronisation report,
        Optional<Estimate> estimate,
        Detection detection,
        FaultReport fault,
        List<String> points,
        boolean hasMode) {
    public Observation {
        points = List.copyOf(points);
    }
}
