package org.uatwin.simulation.scenario;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.solver.Trajectory;

/**
 * One background simulation on its own copies of parameters, state and inputs. Executed once by a pool thread; status and
 * cancellation come from any thread.
 */
final class Run implements Runnable {
    /** Steps between two looks at the cancel flag: well under a millisecond. */
    private static final int CANCEL_CHECK = 256;

    final String id = UUID.randomUUID().toString();
    final ModelBinding binding;
    final String requester;
    final Instant createdAt;
    private final RunPlan plan;
    private final ModelStart start;
    private final InstantSource clock;
    private final Object lock = new Object();

    private RunState state = RunState.READY; // guarded by lock
    private String message = ""; // guarded by lock
    private @Nullable Instant finishedAt; // guarded by lock
    private @Nullable SeriesRecorder result; // guarded by lock, written once at the end
    private List<Trajectory.Occurrence> occurrences = List.of(); // guarded by lock
    private volatile boolean cancelRequested;
    private volatile double progressPercent;

    Run(ModelBinding binding, RunPlan plan, ModelStart start, String requester, InstantSource clock) {
        this.binding = binding;
        this.plan = plan;
        this.start = start;
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
        SeriesRecorder recorder =
                new SeriesRecorder(binding.description().outputs().size(), plan.steps());
        try {
            Trajectory trajectory = new Trajectory(binding.model(), start, plan.actions(), plan.stepSeconds());
            simulate(trajectory, recorder);
        } catch (RuntimeException e) {
            finish(RunState.FAILED, "The model failed: " + e, null, List.of());
        } catch (Error e) {
            finish(RunState.FAILED, "The model failed: " + e, null, List.of());
            throw e;
        }
    }

    private void simulate(Trajectory trajectory, SeriesRecorder recorder) {
        double[] y = new double[binding.description().outputs().size()];
        trajectory.outputs(y);
        recorder.start(0, y);
        for (long i = 0; i < plan.steps(); i++) {
            if (i % CANCEL_CHECK == 0) {
                progressPercent = 100.0 * i / plan.steps();
                if (cancelRequested || Thread.currentThread().isInterrupted()) {
                    finish(RunState.CANCELLED, "Cancelled.", null, trajectory.occurrences());
                    return;
                }
            }
            trajectory.step();
            trajectory.outputs(y);
            if (!allFinite(y)) {
                finish(
                        RunState.FAILED,
                        "The model left its domain after %s s.".formatted(Figures.text(trajectory.timeSeconds())),
                        null,
                        trajectory.occurrences());
                return;
            }
            recorder.record(i, trajectory.timeSeconds(), y);
        }
        String outside = trajectory.insideEnvelope() ? "" : " It ended outside the validated range of the model.";
        finish(
                RunState.COMPLETED,
                "Simulated %s s of scenario %s in %d steps, ended %s.%s"
                        .formatted(
                                Figures.text(plan.steps() * plan.stepSeconds()),
                                plan.scenario(),
                                plan.steps(),
                                trajectory.mode().text(),
                                outside),
                recorder,
                trajectory.occurrences());
    }

    private static boolean allFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private void finish(
            RunState end, String text, @Nullable SeriesRecorder recorder, List<Trajectory.Occurrence> happened) {
        synchronized (lock) {
            if (state.isFinal()) {
                return;
            }
            if (end == RunState.COMPLETED) {
                progressPercent = 100;
            }
            state = end;
            message = text;
            result = recorder;
            occurrences = happened;
            finishedAt = clock.instant();
        }
    }

    /** Cancels a waiting run at once and a running one within {@value #CANCEL_CHECK} steps; false when it had ended. */
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
    SeriesRecorder result() {
        synchronized (lock) {
            return result;
        }
    }

    RunStatus status() {
        synchronized (lock) {
            return new RunStatus(
                    id,
                    binding.twinId(),
                    requester,
                    plan.scenario(),
                    state,
                    progressPercent,
                    message,
                    createdAt,
                    Optional.ofNullable(finishedAt),
                    occurrences);
        }
    }
}
