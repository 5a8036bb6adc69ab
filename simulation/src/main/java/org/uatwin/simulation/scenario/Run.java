package org.uatwin.simulation.scenario;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.solver.Trajectory;

/**
 * One background simulation on its own copies of parameters, state and inputs. Executed once by a pool thread; status and
 * cancellation come from any thread.
 */
final class Run implements Runnable {
    final String id = UUID.randomUUID().toString();
    final Subject subject;
    final String requester;
    final Instant createdAt;
    private final RunPlan plan;
    private final LiveState live;
    private final ModelStart start;
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
        this.subject = subject;
        this.live = live;
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
        try {
            simulate();
        } catch (RuntimeException e) {
            finish(RunState.FAILED, "The model failed: " + e, null, List.of());
        } catch (Error e) {
            finish(RunState.FAILED, "The model failed: " + e, null, List.of());
            throw e;
        }
    }

    private void simulate() {
        int outputs = subject.description().outputs().size();
        SeriesRecorder recorder = new SeriesRecorder(outputs, plan.steps());
        Experiment experiment = new Experiment(
                subject,
                plan,
                () -> cancelRequested || Thread.currentThread().isInterrupted(),
                share -> progressPercent = 100 * share);
        try {
            finish(recorder, experiment.run(start, live, recorder::take));
        } catch (Experiment.Ended e) {
            finish(
                    e.isCancelled() ? RunState.CANCELLED : RunState.FAILED,
                    String.valueOf(e.getMessage()),
                    null,
                    e.occurrences());
        }
    }

    private void finish(SeriesRecorder recorder, Experiment.Outcome outcome) {
        Course nominal = outcome.nominal();
        String outside = nominal.insideEnvelope() ? "" : " It ended outside the validated range of the model.";
        String repeated = outcome.bands().replicates() == 0
                ? ""
                : " Repeated %d times for percentiles."
                        .formatted(outcome.bands().replicates());
        String analysed = plan.sensitivity()
                .map(s -> " Run %d times for the sensitivity to %d factors."
                        .formatted(s.runs(), s.factors().size()))
                .orElse("");
        List<Kpi> kpis = new ArrayList<>(outcome.kpis());
        outcome.sensitivity()
                .forEach(r -> kpis.add(new Kpi(r.name(), r.unit(), r.value(), r.value(), r.lower(), r.upper())));
        finish(
                RunState.COMPLETED,
                "Simulated %s s of scenario %s in %d steps, ended %s.%s%s%s"
                        .formatted(
                                Figures.text(plan.steps() * plan.stepSeconds()),
                                plan.scenario(),
                                plan.steps(),
                                nominal.mode().text(),
                                outside,
                                repeated,
                                analysed),
                new RunOutcome(recorder, outcome.bands(), kpis),
                sinceTheBeginning(nominal.occurrences()));
    }

    private List<Trajectory.Occurrence> sinceTheBeginning(List<Trajectory.Occurrence> all) {
        double begins = plan.settleSteps() * plan.stepSeconds();
        return all.stream()
                .filter(o -> o.atSeconds() >= begins)
                .map(o -> new Trajectory.Occurrence(o.atSeconds() - begins, o.name()))
                .toList();
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

    /** Cancels a waiting run at once and a running one within {@value Experiment#STOP_CHECK} steps; false when it had ended. */
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
