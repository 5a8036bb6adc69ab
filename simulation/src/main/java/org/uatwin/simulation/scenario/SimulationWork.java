package org.uatwin.simulation.scenario;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.solver.Trajectory;

/** The passes of a simulation: with and without the scenario's changes, nominal and replicated. Owned by the run's thread. */
final class SimulationWork implements RunWork {
    /** Steps between two looks at the cancel flag: well under a millisecond. */
    private static final int CANCEL_CHECK = 256;

    private final Subject subject;
    private final LiveState live;
    private final RunPlan plan;
    private final ModelStart start;
    private RunControl control = RunControl.NONE;
    private @Nullable Ended broken; // how it ended before its time
    private long worked;

    SimulationWork(Subject subject, LiveState live, RunPlan plan, ModelStart start) {
        this.subject = subject;
        this.live = live;
        this.plan = plan;
        this.start = start;
    }

    @Override
    public String title() {
        return plan.scenario();
    }

    @Override
    public String method() {
        return "Simulate";
    }

    @Override
    public long seed() {
        return plan.seed();
    }

    @Override
    public List<RunFacts.Input> inputs() {
        return plan.inputs();
    }

    private Ended broken() {
        return Objects.requireNonNull(broken);
    }

    /** What one pass hands its values to. */
    private interface Observer {
        void step(long step, double timeSeconds, double[] y);
    }

    @Override
    public Ended work(RunControl runControl) {
        control = runControl;
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
            return broken();
        }
        Ensemble ensemble = new Ensemble(outputs, plan.replicates(), plan.steps(), plan.stepSeconds());
        KpiTable kpis = new KpiTable(with, without);
        if (!replicates(ensemble, kpis)) {
            return broken();
        }
        String outside = nominal.insideEnvelope() ? "" : " It ended outside the validated range of the model.";
        String repeated = ensemble.replicates() == 0
                ? ""
                : " Repeated %d times for percentiles.".formatted(ensemble.replicates());
        return new Ended(
                RunState.COMPLETED,
                "Simulated %s s of scenario %s in %d steps, ended %s.%s%s"
                        .formatted(
                                Figures.text(plan.steps() * plan.stepSeconds()),
                                plan.scenario(),
                                plan.steps(),
                                nominal.mode().text(),
                                outside,
                                repeated),
                RunOutcome.of(subject.description().outputs(), recorder, ensemble.bands(), kpis.rows()),
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

    /** Runs a course to its end; null when it was cancelled or left its domain, then {@link #broken} says how it ended. */
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
                broken = new Ended(
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

    /** Looks now and then whether the run was cancelled; then {@link #broken} says so. */
    private boolean isStopped(Course course) {
        if (worked++ % CANCEL_CHECK == 0 || subject.stepCost() > CANCEL_CHECK) {
            control.progress((double) worked / plan.work());
            if (control.isCancelled()) {
                broken = new Ended(RunState.CANCELLED, "Cancelled.", null, course.occurrences());
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
}
