package org.uatwin.simulation.scenario;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.solver.Trajectory;

/**
 * One background simulation on its own copies of parameters, state and inputs. Executed once by a pool thread; status and
 * cancellation come from any thread.
 */
final class Run implements Runnable {
    /** Steps between two looks at the cancel flag: well under a millisecond. */
    private static final int CANCEL_CHECK = 256;

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
    private long worked; // owned by the run's thread

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

    /** What one pass hands its values to. */
    private interface Observer {
        void step(long step, double timeSeconds, double[] y);
    }

    private void simulate() {
        int outputs = subject.description().outputs().size();
        SeriesRecorder recorder = new SeriesRecorder(outputs, plan.steps());
        Observer series = (step, time, y) -> {
            if (step == 0) {
                recorder.start(time, y);
            } else {
                recorder.record(step - 1, time, y);
            }
        };
        Course nominal = subject.course(start, plan.actions(), plan.stepSeconds(), plan.seed());
        Tally with = pass(nominal, series);
        Tally without = with == null ? null : unchanged(start, plan.seed(), with);
        if (with == null || without == null) {
            return;
        }
        Ensemble ensemble = new Ensemble(outputs, plan.replicates(), plan.steps(), plan.stepSeconds());
        KpiTable kpis = new KpiTable(with, without);
        if (!replicates(ensemble, kpis)) {
            return;
        }
        String outside = nominal.insideEnvelope() ? "" : " It ended outside the validated range of the model.";
        String repeated = ensemble.replicates() == 0
                ? ""
                : " Repeated %d times for percentiles.".formatted(ensemble.replicates());
        finish(
                RunState.COMPLETED,
                "Simulated %s s of scenario %s in %d steps, ended %s.%s%s"
                        .formatted(
                                Figures.text(plan.steps() * plan.stepSeconds()),
                                plan.scenario(),
                                plan.steps(),
                                nominal.mode().text(),
                                outside,
                                repeated),
                new RunOutcome(recorder, ensemble.bands(), kpis.rows()),
                sinceTheBeginning(nominal.occurrences()));
    }

    private List<Trajectory.Occurrence> sinceTheBeginning(List<Trajectory.Occurrence> all) {
        double begins = plan.settleSteps() * plan.stepSeconds();
        return all.stream()
                .filter(o -> o.atSeconds() >= begins)
                .map(o -> new Trajectory.Occurrence(o.atSeconds() - begins, o.name()))
                .toList();
    }

    /** The same start and chance without the scenario's changes; null when the run has ended. */
    private @Nullable Tally unchanged(ModelStart from, long seed, Tally changed) {
        return plan.actions().isEmpty()
                ? changed
                : pass(subject.course(from, List.of(), plan.stepSeconds(), seed), (step, time, y) -> {});
    }

    private boolean replicates(Ensemble ensemble, KpiTable kpis) {
        NoiseStream root = NoiseStream.ofSeed(plan.seed());
        for (int r = 0; r < plan.replicates(); r++) {
            NoiseStream own = root.split();
            ModelStart drawn = subject.draw(live, own);
            if (!drawn.isUsable()) {
                continue;
            }
            long chance = own.nextSeed();
            Course course = subject.course(drawn, plan.actions(), plan.stepSeconds(), chance);
            Tally with = pass(course, (step, time, y) -> ensemble.record(step, y));
            Tally without = with == null ? null : unchanged(drawn, chance, with);
            if (with == null || without == null) {
                return false;
            }
            ensemble.complete();
            kpis.add(with, without);
        }
        return true;
    }

    /** Runs a course to its end; null when it was cancelled or left its domain, then the run is finished. */
    private @Nullable Tally pass(Course course, Observer observer) {
        Tally tally = new Tally(subject.description().outputs());
        double[] y = new double[subject.description().outputs().size()];
        for (long i = 0; i < plan.settleSteps(); i++) {
            if (isStopped(course)) {
                return null;
            }
            course.step();
        }
        double begins = course.timeSeconds();
        course.outputs(y);
        observer.step(0, 0, y);
        for (long i = 0; i < plan.steps(); i++) {
            if (isStopped(course)) {
                return null;
            }
            course.step();
            course.outputs(y);
            if (!allFinite(y)) {
                finish(
                        RunState.FAILED,
                        "The model left its domain after %s s.".formatted(Figures.text(course.timeSeconds())),
                        null,
                        course.occurrences());
                return null;
            }
            tally.add(y);
            observer.step(i + 1, course.timeSeconds() - begins, y);
        }
        tally.end(course.figures());
        return tally;
    }

    /** Looks now and then whether the run was cancelled; then it is finished. */
    private boolean isStopped(Course course) {
        if (worked++ % CANCEL_CHECK == 0 || subject.stepCost() > CANCEL_CHECK) {
            progressPercent = Math.min(99.9, 100.0 * worked / plan.work());
            if (cancelRequested || Thread.currentThread().isInterrupted()) {
                finish(RunState.CANCELLED, "Cancelled.", null, course.occurrences());
                return true;
            }
        }
        return false;
    }

    private static boolean allFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
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
