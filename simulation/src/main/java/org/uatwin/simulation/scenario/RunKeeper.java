package org.uatwin.simulation.scenario;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries runs to the archive and back. Any thread. */
final class RunKeeper {
    private final RunArchive archive;

    RunKeeper(RunArchive archive) {
        this.archive = archive;
    }

    /** Runs of an earlier process; one that had not ended has now, and says so. Those that cannot be read are forgotten. */
    List<Run> restore(InstantSource clock) {
        List<Run> runs = new ArrayList<>();
        archive.heads().forEach((id, bytes) -> {
            Optional<RunCodec.Head> found = RunCodec.head(bytes);
            if (found.isEmpty()) {
                archive.forget(id);
                return;
            }
            RunStatus last = found.get().status();
            if (!last.state().isFinal()) {
                last = last.lost(clock.instant());
                archive.storeHead(id, RunCodec.encode(last, 0));
            }
            runs.add(new Run(last, found.get().resultBytes(), this::read, clock));
        });
        return runs;
    }

    private Optional<RunOutcome> read(String runId) {
        return archive.result(runId).flatMap(RunCodec::outcome);
    }

    void store(Run run) {
        if (archive == RunArchive.NONE) {
            return; // spares the encoding
        }
        String id = run.facts.runId();
        Optional<RunOutcome> outcome = run.isFinished() ? run.result() : Optional.empty();
        byte[] head = RunCodec.encode(run.status(), run.bytes());
        if (outcome.isEmpty()) {
            archive.storeHead(id, head);
        } else if (archive.storeEnd(id, head, RunCodec.encode(outcome.get()))) {
            run.keptBy(this::read);
        }
    }

    void forget(Run run) {
        archive.forget(run.facts.runId());
    }
}
