package org.uatwin.simulation.scenario;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.solver.Trajectory;

/**
 * How a run stands.
 *
 * @param facts what does not change about it.
 * @param state its state.
 * @param progressPercent 0..100.
 * @param message what came of it, in words; empty before the end.
 * @param startedAt when it began to run.
 * @param finishedAt when it ended.
 * @param occurrences events and mode changes in simulated time, once it has ended.
 */
public record RunStatus(
        RunFacts facts,
        RunState state,
        double progressPercent,
        String message,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        List<Trajectory.Occurrence> occurrences) {
    public RunStatus {
        occurrences = List.copyOf(occurrences);
    }

    public String runId() {
        return facts.runId();
    }

    public String twinId() {
        return facts.twinId();
    }

    public String requester() {
        return facts.requester();
    }

    /** Name of the scenario or objective. */
    public String scenario() {
        return facts.title();
    }

    /** When it was asked for. */
    public Instant createdAt() {
        return facts.createdAt();
    }

    /** The id under which the series can be fetched, or empty while there is none. */
    public String resultId() {
        return state == RunState.COMPLETED ? facts.runId() : "";
    }

    /** The same run, cut off by the end of the process that computed it. */
    RunStatus lost(Instant found) {
        String text = state == RunState.READY
                ? "Halted: the server ended before the run began. Start it again."
                : "Halted: the server ended while the run went on. Start it again.";
        return new RunStatus(facts, RunState.FAILED, progressPercent, text, startedAt, Optional.of(found), occurrences);
    }
}
