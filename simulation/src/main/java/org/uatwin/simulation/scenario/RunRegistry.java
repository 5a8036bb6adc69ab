package org.uatwin.simulation.scenario;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs that are remembered, within their bounds, and who sees which. Any thread; nothing blocks. */
final class RunRegistry {
    private final InstantSource clock;
    private final RunLimits limits;
    private final Object lock = new Object();
    private final Map<String, Run> runs = new LinkedHashMap<>(); // guarded by lock, in order of creation
    private boolean isClosed; // guarded by lock

    RunRegistry(InstantSource clock, RunLimits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /** Adds a run, or says which quota is used up. */
    Optional<String> add(Run run) {
        synchronized (lock) {
            Optional<String> refusal = refusal(run.facts.twinId(), run.facts.requester());
            if (refusal.isEmpty()) {
                runs.put(run.facts.runId(), run);
            }
            return refusal;
        }
    }

    /** Adds runs of an earlier process, oldest first. */
    void restore(List<Run> earlier) {
        synchronized (lock) {
            earlier.forEach(run -> runs.put(run.facts.runId(), run));
        }
    }

    private Optional<String> refusal(String twinId, String requester) { // lock is held
        if (isClosed) {
            return Optional.of("The server is stopping.");
        }
        int ofUser = 0;
        int ofTwin = 0;
        int inAll = 0;
        for (Run run : runs.values()) {
            if (!run.isFinished()) {
                inAll++;
                ofUser += run.facts.requester().equals(requester) ? 1 : 0;
                ofTwin += run.facts.twinId().equals(twinId) ? 1 : 0;
            }
        }
        if (ofUser >= limits.unfinishedPerUser()) {
            return Optional.of(
                    "%s already has %d unfinished runs, the limit; cancel one or wait".formatted(requester, ofUser));
        }
        if (ofTwin >= limits.unfinishedPerTwin()) {
            return Optional.of(
                    "%s already has %d unfinished runs, the limit; wait for one to end".formatted(twinId, ofTwin));
        }
        return inAll >= limits.unfinishedInAll()
                ? Optional.of("%d runs are unfinished, the limit; wait for one to end".formatted(inAll))
                : Optional.empty();
    }

    void remove(Run run) {
        synchronized (lock) {
            runs.remove(run.facts.runId());
        }
    }

    /** Takes out finished runs beyond count, age and size, the oldest first. */
    List<Run> forgetOld() {
        Instant oldest = clock.instant().minus(limits.keptFor());
        List<Run> forgotten = new ArrayList<>();
        synchronized (lock) {
            long finished = runs.values().stream().filter(Run::isFinished).count();
            long bytes = runs.values().stream().mapToLong(Run::bytes).sum();
            Iterator<Run> all = runs.values().iterator();
            while (all.hasNext()) {
                Run run = all.next();
                Instant end = run.finishedAt();
                boolean isBeyond = finished > limits.kept() || bytes > limits.keptBytes();
                if (end != null && (isBeyond || end.isBefore(oldest))) {
                    all.remove();
                    finished--;
                    bytes -= run.bytes();
                    forgotten.add(run);
                }
            }
        }
        return forgotten;
    }

    Optional<Run> find(String runId, Viewer viewer) {
        synchronized (lock) {
            Run run = runs.get(runId);
            return run != null && viewer.maySee(run.facts.requester()) ? Optional.of(run) : Optional.empty();
        }
    }

    /** Oldest first. */
    List<Run> visible(Viewer viewer) {
        synchronized (lock) {
            return runs.values().stream()
                    .filter(run -> viewer.maySee(run.facts.requester()))
                    .toList();
        }
    }

    /** Takes no more runs; answers those there are. */
    List<Run> close() {
        synchronized (lock) {
            isClosed = true;
            return List.copyOf(runs.values());
        }
    }
}
