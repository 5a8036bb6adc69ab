package org.uatwin.simulation.scenario;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.solver.Trajectory;

/**
 * One background run on its own copies of parameters, state and inputs. Executed once by a pool thread; status and
 * cancellation come from any thread.
 */
final class Run implements Runnable {
    final String id = UUID.randomUUID().toString();
    final Subject subject;
    final String requester;
    final Instant createdAt;
    /** Whether it hands out series under names of its own instead of outputs of the model. */
    final boolean isTask;

    private final RunWork work;
    private final InstantSource clock;
    private final Object lock = new Object();

    private RunState state = RunState.READY; // guarded by lock
    private String message = ""; // guarded by lock
    private @Nullable Instant finishedAt; // guarded by lock
    private @Nullable RunOutcome result; // guarded by lock, written once at the end
    private List<Trajectory.Occurrence> occurrences = List.of(); // guarded by lock
    private volatile boolean cancelRequested;
    private volatile double progressPercent;

    Run(Subject subject, LiveState live, RunPlan plan, ModelStart start, String requester, InstantSource clock) {
        this(subject, new SimulationWork(subject, live, plan, start), false, requester, clock);
    }

    Run(Subject subject, RunTask task, String requester, InstantSource clock) {
        this(subject, RunWork.of(task), true, requester, clock);
    }

    private Run(Subject subject, RunWork work, boolean isTask, String requester, InstantSource clock) {
        this.subject = subject;
        this.work = work;
        this.isTask = isTask;
        this.requester = requester;
        this.clock = clock;
        this.createdAt = clock.instant();
    }

    @Override
    public void run() {
        synchronized (lock) {
            if (state != RunState.READY) {
                return;
            }
            state = RunState.RUNNING;
        }
        try {
            RunWork.Ended ended = work.work(new Control());
            finish(ended.state(), ended.message(), ended.outcome(), ended.occurrences());
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
        synchronized (lock) {
            if (state.isFinal()) {
                return;
            }
            if (end == RunState.COMPLETED) {
                progressPercent = 100;
            }
            state = end;
            message = text;
            result = outcome;
            occurrences = happened;
            finishedAt = clock.instant();
        }
    }

    /** Cancels a waiting run at once and a running one within a few hundred steps or one evaluation; false when it had ended. */
    boolean cancel() {
        cancelRequested = true;
        synchronized (lock) {
            if (state.isFinal()) {
                return false;
            }
            if (state == RunState.READY) {
                finish(RunState.CANCELLED, "Cancelled before it began.", null, List.of());
            }
            return true;
        }
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

    /** What was recorded, or null when there is nothing. */
    @Nullable
    RunOutcome result() {
        synchronized (lock) {
            return result;
        }
    }

    RunStatus status() {
        synchronized (lock) {
            return new RunStatus(
                    id,
                    subject.twinId(),
                    requester,
                    work.title(),
                    state,
                    progressPercent,
                    message,
                    createdAt,
                    Optional.ofNullable(finishedAt),
                    occurrences);
        }
    }
}
