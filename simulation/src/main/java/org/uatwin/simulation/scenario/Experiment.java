package org.uatwin.simulation.scenario;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.sensitivity.SensitivityTable;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.solver.Trajectory;

/**
 * All that is computed for one question: the run itself, the same without its changes, replicates of both on common random numbers,
 * and the sensitivity of its key figures. Run once, by one thread; an analysis may have threads of its own.
 */
public final class Experiment {
    /** Steps between two looks at whether to stop: well under a millisecond. */
    static final int STOP_CHECK = 256;

    private final Subject subject;
    private final RunPlan plan;
    private final BooleanSupplier isStopped;
    private final DoubleConsumer progress;
    private final AtomicLong worked = new AtomicLong(); // also from threads of an analysis

    /** What one pass hands its values to. */
    @FunctionalInterface
    public interface Observer {
        /** Takes the values after this many steps; the array is reused. */
        void step(long step, double timeSeconds, double[] y);
    }

    /** A run that came to no end. */
    public static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient List<Trajectory.Occurrence> occurrences;
        private final boolean isCancelled;

        private Ended(String message, boolean isCancelled, List<Trajectory.Occurrence> occurrences) {
            super(message);
            this.isCancelled = isCancelled;
            this.occurrences = occurrences;
        }

        static Ended of(String message) {
            return new Ended(message, false, List.of());
        }

        /** Whether somebody stopped it; else the model could not go on. */
        public boolean isCancelled() {
            return isCancelled;
        }

        /** What had happened until then. */
        public List<Trajectory.Occurrence> occurrences() {
            return occurrences;
        }
    }

    /**
     * What came of it.
     *
     * @param nominal the run itself, at its end.
     * @param sensitivity rows of the analysis; none if the plan has none.
     */
    public record Outcome(Course nominal, Bands bands, List<Kpi> kpis, List<SensitivityTable.Row> sensitivity) {
        public Outcome {
            kpis = List.copyOf(kpis);
            sensitivity = List.copyOf(sensitivity);
        }
    }

    /**
     * @param isStopped asked now and then; when it is true {@link Ended} is thrown.
     * @param progress takes the share that is done, 0..1.
     */
    public Experiment(Subject subject, RunPlan plan, BooleanSupplier isStopped, DoubleConsumer progress) {
        this.subject = subject;
        this.plan = plan;
        this.isStopped = isStopped;
        this.progress = progress;
    }

    /**
     * Runs everything.
     *
     * @param live what the draws of the replicates begin with.
     * @param series takes the course of the run itself.
     * @throws Ended when it is stopped or the model cannot go on.
     */
    public Outcome run(ModelStart start, LiveState live, Observer series) {
        Course nominal = subject.course(start, plan.actions(), plan.stepSeconds(), plan.seed());
        Tally with = pass(nominal, series);
        KpiTable kpis = new KpiTable(with, unchanged(start, plan.seed(), with));
        int outputs = subject.description().outputs().size();
        Ensemble ensemble = new Ensemble(outputs, plan.replicates(), plan.steps(), plan.stepSeconds());
        replicates(live, ensemble, kpis);
        List<SensitivityTable.Row> sensitivity = plan.sensitivity()
                .map(wanted ->
                        wanted.analysis(with.names()).run(factors -> figures(start, wanted, factors), plan.seed()))
                .orElse(List.of());
        return new Outcome(nominal, ensemble.bands(), kpis.rows(), sensitivity);
    }

    /** The same start and chance without the scenario's changes. */
    private Tally unchanged(ModelStart from, long seed, Tally changed) {
        return plan.actions().isEmpty()
                ? changed
                : pass(subject.course(from, List.of(), plan.stepSeconds(), seed), (step, time, y) -> {});
    }

    private void replicates(LiveState live, Ensemble ensemble, KpiTable kpis) {
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
            Tally without = unchanged(drawn, chance, with);
            ensemble.complete();
            kpis.add(with, without);
        }
    }

    /**
     * All key figures at one point of the factors: their means over as many chances as the analysis wants, which are the same at
     * every point.
     */
    private double[] figures(ModelStart start, SensitivityPlan wanted, double[] factors) {
        double[] sum = new double[0];
        NoiseStream chances = NoiseStream.ofSeed(plan.seed());
        for (int r = 0; r < wanted.chances(); r++) {
            long chance = r == 0 ? plan.seed() : chances.nextSeed();
            Course course = subject.course(start, wanted.actions(factors, plan.actions()), plan.stepSeconds(), chance);
            double[] values = pass(course, (step, time, y) -> {}).values();
            sum = r == 0 ? new double[values.length] : sum;
            for (int i = 0; i < values.length; i++) {
                sum[i] += values[i] / wanted.chances();
            }
        }
        return sum;
    }

    /** Runs a course to its end. */
    private Tally pass(Course course, Observer observer) {
        Tally tally = new Tally(subject.description().outputs());
        double[] y = new double[subject.description().outputs().size()];
        for (long i = 0; i < plan.settleSteps(); i++) {
            lookAround(course);
            course.step();
        }
        double begins = course.timeSeconds();
        course.outputs(y);
        observer.step(0, 0, y);
        if (plan.steps() == 0) {
            tally.add(y);
        }
        for (long i = 0; i < plan.steps(); i++) {
            lookAround(course);
            course.step();
            course.outputs(y);
            if (!allFinite(y)) {
                String trouble = course.trouble();
                throw new Ended(
                        "The model left its domain after %s s%s."
                                .formatted(Figures.text(course.timeSeconds()), trouble.isEmpty() ? "" : ": " + trouble),
                        false,
                        course.occurrences());
            }
            tally.add(y);
            observer.step(i + 1, course.timeSeconds() - begins, y);
        }
        tally.end(course.figures());
        return tally;
    }

    private void lookAround(Course course) {
        long before = worked.getAndIncrement();
        if (before % STOP_CHECK == 0 || subject.stepCost() > STOP_CHECK) {
            progress.accept(Math.min(0.999, (double) before / plan.work()));
            if (isStopped.getAsBoolean()) {
                throw new Ended("Cancelled.", true, course.occurrences());
            }
        }
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
