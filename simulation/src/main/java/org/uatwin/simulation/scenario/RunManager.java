package org.uatwin.simulation.scenario;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.NearestName;
import org.uatwin.simulation.contract.OutputSpec;

/**
 * Background simulations: starts them within quotas, tells how they stand, hands out their series, cancels them, forgets them.
 * A run is visible to its requester and to engineers; to anybody else it does not exist. Every method may be called from any
 * thread and returns without waiting for a run.
 */
public final class RunManager implements AutoCloseable {
    /** What MaxPoints = 0 means. */
    public static final int DEFAULT_POINTS = 1000;
    /** Most points one call hands out. */
    public static final int MOST_POINTS = 10_000;

    private static final int FEWEST_POINTS = 4;

    private final InstantSource clock;
    private final Executor executor;
    private final @Nullable ExecutorService owned;
    private final RunLimits limits;
    private final Object lock = new Object();
    private final Map<String, Run> runs = new LinkedHashMap<>(); // guarded by lock, in order of creation
    private boolean closed; // guarded by lock

    /** What cancelling comes back with. */
    public enum CancelResult {
        /** It ends within a few hundred steps, or has been taken out of the queue. */
        CANCELLED,
        /** It had ended before. */
        ALREADY_FINISHED,
        /** No such run, or not one this viewer may see. */
        UNKNOWN_RUN
    }

    /** A manager on an executor that its creator shuts down. */
    public RunManager(InstantSource clock, Executor executor, RunLimits limits) {
        this(clock, executor, null, limits);
    }

    private RunManager(InstantSource clock, Executor executor, @Nullable ExecutorService owned, RunLimits limits) {
        this.clock = clock;
        this.executor = executor;
        this.owned = owned;
        this.limits = limits;
    }

    /** A manager with its own pool of daemon threads of lowest priority, named {@code simulation-run-N}; closed with it. */
    @SuppressWarnings(
            "ThreadPriorityCheck") // publishing to clients goes before simulation; correctness does not depend on it
    public static RunManager withOwnPool(InstantSource clock, RunLimits limits, int threads) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory = task -> {
            Thread thread = new Thread(task, "simulation-run-" + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        };
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(limits.unfinishedInAll()), factory);
        pool.allowCoreThreadTimeOut(true);
        return new RunManager(clock, pool, pool, limits);
    }

    /**
     * Starts a simulation from these readings; they are copied into the run and never changed.
     *
     * @param requester name of the user, recorded and used for the quota.
     */
    public StartResult start(ModelBinding binding, LiveState live, SimulateRequest request, String requester) {
        return start(Subject.of(binding), live, request, requester);
    }

    /** The same for a model of any kind. */
    public StartResult start(Subject subject, LiveState now, SimulateRequest request, String requester) {
        LiveState live = now;
        ScenarioReader.Scenario text = null;
        if (ScenarioReader.isText(request.scenarioName())) {
            ScenarioReader.Reading reading = ScenarioReader.read(subject, request.scenarioName());
            if (reading.scenario().isEmpty()) {
                return new StartResult.Refused("The scenario cannot be run. " + String.join(" ", reading.problems()));
            }
            text = reading.scenario().get();
            for (Map.Entry<String, Double> given : text.readings().entrySet()) {
                live = live.with(given.getKey(), LiveReading.good(given.getValue()));
            }
        }
        RunPlan.Checked checked = RunPlan.check(subject, request, limits.maxSteps(), text);
        RunPlan plan = checked.plan();
        if (plan == null) {
            return new StartResult.Invalid(checked.problems());
        }
        ModelStart start = subject.start(live);
        if (!start.isUsable()) {
            return new StartResult.NotEnoughData("Not enough data for %s: %s."
                    .formatted(subject.twinId(), start.quality().missing()));
        }
        return enqueue(new Run(subject, live, plan, start, requester, clock));
    }

    /** Starts a task about a twin, within the same quotas. */
    public StartResult start(Subject subject, RunTask task, String requester) {
        return enqueue(new Run(subject, task, requester, clock));
    }

    private StartResult enqueue(Run run) {
        synchronized (lock) {
            forgetOld();
            Optional<String> refusal = refusal(run.subject.twinId(), run.requester);
            if (refusal.isPresent()) {
                return new StartResult.TooMany(refusal.get());
            }
            runs.put(run.id, run);
        }
        try {
            executor.execute(run);
        } catch (RejectedExecutionException e) {
            run.refuse();
            synchronized (lock) {
                runs.remove(run.id);
            }
            return new StartResult.TooMany("No more runs can wait; try again when one has ended.");
        }
        return new StartResult.Started(run.id);
    }

    private Optional<String> refusal(String twinId, String requester) {
        if (closed) {
            return Optional.of("The server is stopping.");
        }
        int ofUser = 0;
        int ofTwin = 0;
        int inAll = 0;
        for (Run run : runs.values()) {
            if (!run.isFinished()) {
                inAll++;
                ofUser += run.requester.equals(requester) ? 1 : 0;
                ofTwin += run.subject.twinId().equals(twinId) ? 1 : 0;
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

    private void forgetOld() {
        Instant oldest = clock.instant().minus(limits.keptFor());
        long finished = runs.values().stream().filter(Run::isFinished).count();
        Iterator<Run> all = runs.values().iterator();
        while (all.hasNext()) {
            Instant end = all.next().finishedAt();
            if (end != null && (finished > limits.kept() || end.isBefore(oldest))) {
                all.remove();
                finished--;
            }
        }
    }

    /** How a run stands; empty when there is none this viewer may see. */
    public Optional<RunStatus> status(String runId, Viewer viewer) {
        return find(runId, viewer).map(Run::status);
    }

    /** Every run this viewer may see, oldest first. */
    public List<RunStatus> list(Viewer viewer) {
        List<Run> visible;
        synchronized (lock) {
            forgetOld();
            visible = runs.values().stream()
                    .filter(run -> viewer.maySee(run.requester))
                    .toList();
        }
        return visible.stream().map(Run::status).toList();
    }

    /** Cancels a run. */
    public CancelResult cancel(String runId, Viewer viewer) {
        return find(runId, viewer)
                .map(run -> run.cancel() ? CancelResult.CANCELLED : CancelResult.ALREADY_FINISHED)
                .orElse(CancelResult.UNKNOWN_RUN);
    }

    /**
     * The series of one output of a completed run, thinned so that the smallest and the largest value survive.
     *
     * @param maxPoints 4..{@value #MOST_POINTS}; 0 = {@value #DEFAULT_POINTS}.
     */
    public SeriesResult series(String runId, String outputName, long maxPoints, Viewer viewer) {
        Run run = find(runId, viewer).orElse(null);
        if (run == null) {
            return new SeriesResult.UnknownRun("There is no run \"%s\" that you may see.".formatted(runId));
        }
        ModelDescription description = run.subject.description();
        RunOutcome result = run.result();
        if (run.isTask && result != null) {
            return own(run, result, outputName, maxPoints);
        }
        Wanted wanted = Wanted.of(description, outputName);
        if (wanted.output() < 0 && !run.isTask) {
            List<String> names =
                    description.outputs().stream().map(OutputSpec::name).toList();
            return new SeriesResult.Invalid(new InvalidParameter(
                    1,
                    InvalidParameter.Kind.NO_MATCH,
                    "\"%s\" is not an output of %s%s"
                            .formatted(outputName, description.name(), NearestName.hint(outputName, names))));
        }
        Optional<InvalidParameter> points = points(maxPoints);
        if (points.isPresent()) {
            return new SeriesResult.Invalid(points.get());
        }
        if (result == null) {
            RunStatus status = run.status();
            return new SeriesResult.NotReady("The run is %s at %s %%; it has no series."
                    .formatted(status.state(), Figures.text(status.progressPercent())));
        }
        Optional<Series> found = wanted.in(result);
        if (found.isEmpty()) {
            return new SeriesResult.NotReady("The run had no replicates; it has no percentiles.");
        }
        return new SeriesResult.Found(
                run.createdAt, description.outputs().get(wanted.output()).unit(), thinned(found.get(), maxPoints));
    }

    private static Optional<InvalidParameter> points(long maxPoints) {
        return maxPoints == 0 || (maxPoints >= FEWEST_POINTS && maxPoints <= MOST_POINTS)
                ? Optional.empty()
                : Optional.of(new InvalidParameter(
                        2,
                        InvalidParameter.Kind.OUT_OF_RANGE,
                        "MaxPoints %d is outside %d..%d (0 = %d)"
                                .formatted(maxPoints, FEWEST_POINTS, MOST_POINTS, DEFAULT_POINTS)));
    }

    private static Series thinned(Series series, long maxPoints) {
        return series.decimated(maxPoints == 0 ? DEFAULT_POINTS : (int) maxPoints);
    }

    /** A series of a task's own. */
    private static SeriesResult own(Run run, RunOutcome result, String name, long maxPoints) {
        List<String> names = result.own().stream().map(NamedSeries::name).toList();
        int index = names.indexOf(name);
        if (index < 0) {
            return new SeriesResult.Invalid(new InvalidParameter(
                    1,
                    InvalidParameter.Kind.NO_MATCH,
                    "\"%s\" is not a series of this run%s".formatted(name, NearestName.hint(name, names))));
        }
        Optional<InvalidParameter> points = points(maxPoints);
        if (points.isPresent()) {
            return new SeriesResult.Invalid(points.get());
        }
        NamedSeries found = result.own().get(index);
        return new SeriesResult.Found(run.createdAt, found.unit(), thinned(found.series(), maxPoints));
    }

    /** An output, or one of its statistics over the replicates: {@code Power.P05}. */
    private record Wanted(int output, String statistic) {
        static Wanted of(ModelDescription description, String name) {
            int exact = description.outputIndex(name);
            int dot = name.lastIndexOf('.');
            if (exact >= 0 || dot < 0) {
                return new Wanted(exact, "");
            }
            String statistic = name.substring(dot + 1);
            return Bands.STATISTICS.contains(statistic)
                    ? new Wanted(description.outputIndex(name.substring(0, dot)), statistic)
                    : new Wanted(-1, "");
        }

        Optional<Series> in(RunOutcome result) {
            if (statistic.isEmpty()) {
                return Optional.of(result.nominal().series(output));
            }
            return result.bands().replicates() == 0
                    ? Optional.empty()
                    : Optional.of(result.bands().of(output, statistic));
        }
    }

    /** Key figures of a completed run; empty when it has none, or is not one this viewer may see. */
    public Optional<List<Kpi>> kpis(String runId, Viewer viewer) {
        return find(runId, viewer).map(Run::result).map(RunOutcome::kpis);
    }

    /** The optimum an optimisation found; empty when there is none, or when it is not one this viewer may see. */
    public Optional<Optimum> optimum(String runId, Viewer viewer) {
        return find(runId, viewer).map(Run::result).flatMap(RunOutcome::optimum);
    }

    /** Name and version of the model a run is of; empty when it is not one this viewer may see. */
    public Optional<String> modelVersion(String runId, Viewer viewer) {
        return find(runId, viewer).map(run -> run.subject.description().versionText());
    }

    /** Names of the series that a task's run hands out; empty for a simulation, which hands out the outputs of its model. */
    public List<String> seriesNames(String runId, Viewer viewer) {
        return find(runId, viewer)
                .map(Run::result)
                .map(result -> result.own().stream().map(NamedSeries::name).toList())
                .orElse(List.of());
    }

    private Optional<Run> find(String runId, Viewer viewer) {
        synchronized (lock) {
            forgetOld();
            Run run = runs.get(runId);
            return run != null && viewer.maySee(run.requester) ? Optional.of(run) : Optional.empty();
        }
    }

    /** Cancels what is unfinished and stops an own pool; idempotent. Does not wait. */
    @Override
    public void close() {
        List<Run> all;
        synchronized (lock) {
            closed = true;
            all = List.copyOf(runs.values());
        }
        all.forEach(Run::cancel);
        if (owned != null) {
            owned.shutdownNow();
        }
    }
}
