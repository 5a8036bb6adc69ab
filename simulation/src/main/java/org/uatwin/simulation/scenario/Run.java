package org.uatwin.simulation.scenario;

import java.lang.ref.SoftReference;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.solver.Trajectory;

/**
 * One background run on its own copies of parameters, state and inputs. Executed once by a pool thread; status and
 * cancellation come from any thread. A run of an earlier process is one that has ended.
 */
final class Run implements Runnable {
    final RunFacts facts;

    private final @Nullable RunWork work; // null: of an earlier process
    private final InstantSource clock;
    private final Object lock = new Object();

    private RunState state = RunState.READY; // guarded by lock
    private String message = ""; // guarded by lock
    private String stopReason = ""; // guarded by lock
    private @Nullable Instant startedAt; // guarded by lock
    private @Nullable Instant finishedAt; // guarded by lock
    private @Nullable RunOutcome result; // guarded by lock; null when there is none, or when it is on disk
    private @Nullable Function<String, Optional<RunOutcome>> disk; // guarded by lock, where the result is
    private SoftReference<RunOutcome> read = new SoftReference<>(null); // guarded by lock
    private long bytes; // guarded by lock
    private List<Trajectory.Occurrence> occurrences = List.of(); // guarded by lock
    private volatile Runnable onChange = () -> {};
    private volatile boolean cancelRequested;
    private volatile double progressPercent;

    Run(Subject subject, LiveState live, RunPlan plan, ModelStart start, String requester, InstantSource clock) {
        this(
                subject.twinId(),
                subject.description(),
                new SimulationWork(subject, live, plan, start),
                false,
                requester,
                clock);
    }

    Run(Subject subject, RunTask task, String requester, InstantSource clock) {
        this(subject.twinId(), subject.description(), task, requester, clock);
    }

    Run(String twinId, ModelDescription model, RunTask task, String requester, InstantSource clock) {
        this(twinId, model, RunWork.of(task), true, requester, clock);
    }

    private Run(
            String twinId,
            ModelDescription model,
            RunWork work,
            boolean isTask,
            String requester,
            InstantSource clock) {
        this.work = work;
        this.clock = clock;
        this.facts = new RunFacts(
                UUID.randomUUID().toString(),
                twinId,
                requester,
                work.method(),
                work.title(),
                model.name(),
                model.versionText(),
                work.seed(),
                clock.instant(),
                work.inputs(),
                isTask
                        ? List.of()
                        : model.outputs().stream()
                                .map(output -> new RunFacts.Output(output.name(), output.unit()))
                                .toList(),
                isTask);
    }

    /**
     * A run of an earlier process.
     *
     * @param last how it stood at its end.
     * @param bytes of its result.
     * @param disk finds its result.
     */
    Run(RunStatus last, long bytes, Function<String, Optional<RunOutcome>> disk, InstantSource clock) {
        this.facts = last.facts();
        this.work = null;
        this.clock = clock;
        this.state = last.state();
        this.message = last.message();
        this.progressPercent = last.progressPercent();
        this.startedAt = last.startedAt().orElse(null);
        this.finishedAt = last.finishedAt().orElse(null);
        this.occurrences = last.occurrences();
        this.bytes = bytes;
        this.disk = bytes == 0 ? null : disk;
    }

    /** From now on this is called after every change of state, without a lock. */
    void onChange(Runnable told) {
        onChange = told;
    }

    @Override
    public void run() {
        RunWork todo = work;
        synchronized (lock) {
            if (state != RunState.READY || todo == null) {
                return;
            }
            state = RunState.RUNNING;
            startedAt = clock.instant();
        }
        onChange.run();
        try {
            RunWork.Ended ended = todo.work(new Control());
            finish(ended.state(), ended.message(), ended.outcome(), ended.occurrences());
        } catch (RunTask.Refusal e) {
            finish(RunState.FAILED, String.valueOf(e.getMessage()), null, List.of());
        } catch (RuntimeException e) {
            finish(RunState.FAILED, "The model failed: " + e, null, List.of());
        } catch (Error e) {
            finish(RunState.FAILED, "The model failed: " + e, null, List.of());
            throw e;
        }
    }

    private final class Control implements RunControl {
        @Override
        public boolean isCancelled() {
            return cancelRequested || Thread.currentThread().isInterrupted();
        }

        @Override
        public void progress(double share) {
            progressPercent = Math.min(99.9, 100 * share);
        }
    }

    private void finish(RunState end, String text, @Nullable RunOutcome outcome, List<Trajectory.Occurrence> happened) {
        if (ends(end, text, outcome, happened)) {
            onChange.run();
        }
    }

    private boolean ends(
            RunState end, String text, @Nullable RunOutcome outcome, List<Trajectory.Occurrence> happened) {
        synchronized (lock) {
            if (state.isFinal()) {
                return false;
            }
            if (end == RunState.COMPLETED) {
                progressPercent = 100;
            }
            state = end;
            message = end == RunState.CANCELLED && !stopReason.isEmpty() ? stopReason + " " + text : text;
            result = outcome;
            bytes = outcome == null ? 0 : outcome.bytes();
            occurrences = happened;
            finishedAt = clock.instant();
            return true;
        }
    }

    /**
     * Cancels a waiting run at once and a running one within a few hundred steps or one evaluation; false when it had ended.
     *
     * @param reason why, in words; empty: its user wants it.
     */
    boolean cancel(String reason) {
        boolean hasEnded;
        synchronized (lock) {
            if (state.isFinal()) {
                return false;
            }
            stopReason = reason;
            cancelRequested = true;
            hasEnded =
                    state == RunState.READY && ends(RunState.CANCELLED, "Cancelled before it began.", null, List.of());
        }
        if (hasEnded) {
            onChange.run();
        }
        return true;
    }

    /** Ends a run that no pool took. */
    void refuse() {
        finish(RunState.FAILED, "No thread took the run.", null, List.of());
    }

    boolean isFinished() {
        synchronized (lock) {
            return state.isFinal();
        }
    }

    /** When it ended, or null. */
    @Nullable
    Instant finishedAt() {
        synchronized (lock) {
            return finishedAt;
        }
    }

    /** What its result takes in memory, roughly; 0 without one. */
    long bytes() {
        synchronized (lock) {
            return bytes;
        }
    }

    /** The result is on disk from now on: memory may go when it is scarce. */
    void keptBy(Function<String, Optional<RunOutcome>> archive) {
        synchronized (lock) {
            read = new SoftReference<>(result);
            result = null;
            disk = archive;
        }
    }

    /** What was recorded; empty when there is nothing. May wait for a disk. */
    Optional<RunOutcome> result() {
        Function<String, Optional<RunOutcome>> from;
        synchronized (lock) {
            RunOutcome known = result != null ? result : read.get();
            from = disk;
            if (known != null || from == null) {
                return Optional.ofNullable(known);
            }
        }
        Optional<RunOutcome> loaded = from.apply(facts.runId());
        synchronized (lock) {
            read = new SoftReference<>(loaded.orElse(null));
        }
        return loaded;
    }

    RunStatus status() {
        synchronized (lock) {
            return new RunStatus(
                    facts,
                    state,
                    progressPercent,
                    message,
                    Optional.ofNullable(startedAt),
                    Optional.ofNullable(finishedAt),
                    occurrences);
        }
    }
}
