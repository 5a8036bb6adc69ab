package org.uatwin.simulation.scenario;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.solver.Trajectory;

/**
 * How a run stands.
 *
 * @param runId its id.
 * @param twinId the twin it simulates.
 * @param requester who started it.
 * @param scenario name of the scenario.
 * @param state its state.
 * @param progressPercent 0..100.
 * @param message what came of it, in words; empty before the end.
 * @param createdAt when it was asked for: the live state is of this instant.
 * @param finishedAt when it ended.
 * @param occurrences events and mode changes in simulated time, once it has ended.
 */
public record RunStatus(
        String runId,
        String twinId,
        String requester,
        String scenario,
        RunState state,
        double progressPercent,
        String message,
        Instant createdAt,
        Optional<Instant> finishedAt,
        List<Trajectory.Occurrence> occurrences) {
    public RunStatus {
        occurrences = List.copyOf(occurrences);
    }

    /** The id under which the series can be fetched, or empty while there is none. */
    public String resultId() {
        return state == RunState.COMPLETED ? runId : "";
    }
}
