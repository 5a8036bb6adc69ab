package org.uatwin.simulation.scenario;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
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

    private static final long STOPPING_MS = 1000;

    private final InstantSource clock;
    private final Executor executor;
    private final @Nullable ExecutorService owned;
    private final RunLimits limits;
    private final RunRegistry registry;
    private final RunKeeper keeper;
    private final RunListener listener;

    /** What cancelling comes back with. */
    public enum CancelResult {
        /** It ends within a few hundred steps, or has been taken out of the queue. */
        CANCELLED,
        /** It had ended before. */
        ALREADY_FINISHED,
        /** No such run, or not one this viewer may see. */
        UNKNOWN_RUN
    }

    /** A manager on an executor that its creator shuts down; it keeps runs in memory. */
    public RunManager(InstantSource clock, Executor executor, RunLimits limits) {
        this(clock, executor, limits, RunArchive.NONE, RunListener.NONE);
    }

    /** The same with a memory beyond this process, whose runs are there from the start. */
    public RunManager(
            InstantSource clock, Executor executor, RunLimits limits, RunArchive archive, RunListener listener) {
        this(clock, executor, null, limits, archive, listener);
    }

    private RunManager(
            InstantSource clock,
            Executor executor,
            @Nullable ExecutorService owned,
            RunLimits limits,
            RunArchive archive,
            RunListener listener) {
        this.clock = clock;
        this.executor = executor;
        this.owned = owned;
        this.limits = limits;
        this.listener = listener;
        this.registry = new RunRegistry(clock, limits);
        this.keeper = new RunKeeper(archive);
        List<Run> earlier = new ArrayList<>(keeper.restore(clock));
        earlier.sort(Comparator.comparing(run -> run.facts.createdAt()));
        registry.restore(earlier);
        forgetOld();
    }

    /** A manager with its own pool of daemon threads of lowest priority, named {@code simulation-run-N}; closed with it. */
    public static RunManager withOwnPool(InstantSource clock, RunLimits limits, int threads) {
        return withOwnPool(clock, limits, threads, RunArchive.NONE, RunListener.NONE);
    }

    /** The same with a memory beyond this process, whose runs are there from the start. */
    @SuppressWarnings(
            "ThreadPriorityCheck") // publishing to clients goes before simulation; correctness does not depend on it
    public static RunManager withOwnPool(
            InstantSource clock, RunLimits limits, int threads, RunArchive archive, RunListener listener) {
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
        return new RunManager(clock, pool, pool, limits, archive, listener);
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

    /**
     * The same about a twin that need not have a model.
     *
     * @param model what the run is of: its name and version are shown.
     */
    public StartResult start(String twinId, ModelDescription model, RunTask task, String requester) {
        return enqueue(new Run(twinId, model, task, requester, clock));
    }

    private StartResult enqueue(Run run) {
        forgetOld();
        run.onChange(() -> changed(run));
        Optional<String> refusal = registry.add(run);
        if (refusal.isPresent()) {
            return new StartResult.TooMany(refusal.get());
        }
        changed(run);
        try {
            executor.execute(run);
        } catch (RejectedExecutionException e) {
            run.refuse();
            registry.remove(run);
            forgotten(run);
            return new StartResult.TooMany("No more runs can wait; try again when one has ended.");
        }
        return new StartResult.Started(run.facts.runId());
    }

    private void changed(Run run) {
        keeper.store(run);
        listener.changed(run.status());
        if (run.isFinished()) {
            forgetOld();
        }
    }

    /** Forgets finished runs beyond their bounds; also done whenever a run starts, ends or is asked for. */
    public void forgetOld() {
        registry.forgetOld().forEach(this::forgotten);
    }

    private void forgotten(Run run) {
        keeper.forget(run);
        listener.forgotten(run.status());
    }

    /** How a run stands; empty when there is none this viewer may see. */
    public Optional<RunStatus> status(String runId, Viewer viewer) {
        return find(runId, viewer).map(Run::status);
    }

    /** Every run this viewer may see, oldest first. */
    public List<RunStatus> list(Viewer viewer) {
        forgetOld();
        return registry.visible(viewer).stream().map(Run::status).toList();
    }

    /** Cancels a run. */
    public CancelResult cancel(String runId, Viewer viewer) {
        return find(runId, viewer)
                .map(run -> run.cancel("") ? CancelResult.CANCELLED : CancelResult.ALREADY_FINISHED)
                .orElse(CancelResult.UNKNOWN_RUN);
    }

    /**
     * The series of one output of a completed run, thinned so that the smallest and the largest value survive.
     *
     * @param maxPoints 4..{@value #MOST_POINTS}; 0 = {@value #DEFAULT_POINTS}.
     */
    public SeriesResult series(String runId, String outputName, long maxPoints, Viewer viewer) {
        return find(runId, viewer)
                .map(run -> RunSeries.find(run, outputName, maxPoints))
                .orElseGet(
                        () -> new SeriesResult.UnknownRun("There is no run \"%s\" that you may see.".formatted(runId)));
    }

    /** Key figures of a completed run; empty when it has none, or is not one this viewer may see. */
    public Optional<List<Kpi>> kpis(String runId, Viewer viewer) {
        return find(runId, viewer).flatMap(Run::result).map(RunOutcome::kpis);
    }

    /** The optimum an optimisation found; empty when there is none, or when it is not one this viewer may see. */
    public Optional<Optimum> optimum(String runId, Viewer viewer) {
        return find(runId, viewer).flatMap(Run::result).flatMap(RunOutcome::optimum);
    }

    /** Name and version of the model a run is of; empty when it is not one this viewer may see. */
    public Optional<String> modelVersion(String runId, Viewer viewer) {
        return find(runId, viewer).map(run -> run.facts.modelVersion());
    }

    /** Names of the series that a run hands out; empty when there is none, or when it is not one this viewer may see. */
    public List<String> seriesNames(String runId, Viewer viewer) {
        return find(runId, viewer)
                .flatMap(Run::result)
                .map(result -> result.own().stream().map(NamedSeries::name).toList())
                .orElse(List.of());
    }

    private Optional<Run> find(String runId, Viewer viewer) {
        forgetOld();
        return registry.find(runId, viewer);
    }

    /** Cancels what is unfinished, stops an own pool and waits a second for it at most; idempotent. */
    @Override
    public void close() {
        registry.close().forEach(run -> run.cancel("The server was stopped."));
        if (owned != null) {
            owned.shutdownNow();
            try {
                owned.awaitTermination(STOPPING_MS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
