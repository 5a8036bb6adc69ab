package org.uatwin.server.maintenance;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.type.MaintenancePoints;
import org.uatwin.informationmodel.type.TwinLevel;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.synchronisation.LiveEstimators;
import org.uatwin.server.vibration.LiveVibration;
import org.uatwin.simulation.detection.TwinBaseline;
import org.uatwin.simulation.detection.TwinDetector;
import org.uatwin.simulation.estimation.Followable;
import org.uatwin.simulation.maintenance.MaintenanceAction;
import org.uatwin.simulation.prognosis.PrognosisAnswer;
import org.uatwin.simulation.vibration.VibrationCondition;

/**
 * Looks at the watched twins of a live plant: each once a minute, staggered, and at once when its detector changes its mind. Built from
 * one {@link LivePlant}; when the plant changes the old one is closed and another takes over what it learned ({@link #replacing}).
 */
public final class LiveMaintenance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveMaintenance.class);
    private static final String KEY = "/maintenance";
    private static final String WEAR = "/wear";
    private static final String STREAMS = "/streams";
    private static final long PERIOD = 60 * UaTime.TICKS_PER_SECOND;
    private static final long TICK_NANOS = 1_000_000_000L;
    private static final long CLOSE_WAIT_MS = 2_000;
    private static final int STAGGERED = 60;

    private final PointTable table;
    private final LivePlant live;
    private final LiveEstimators estimators;
    private final LiveVibration vibration;
    private final MaintenanceStore store;
    private final InstantSource clock;
    private final MaintenanceListener listener;
    private final List<Turn> turns = new ArrayList<>(); // in the order of the plant
    private final Map<TwinInstance, Watched> byInstance = new HashMap<>();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final Object waiting = new Object();
    private final FleetRates fleet = new FleetRates(); // owned by the thread that looks
    private final FleetRuns runs;
    private volatile PastValues past = PastValues.NONE;
    private @Nullable Thread thread; // owned by whoever starts and closes

    /** When it is a twin's turn; owned by the thread that looks. */
    private static final class Turn {
        final Watched watched;
        long due;
        boolean wasAlarm;

        Turn(Watched watched) {
            this.watched = watched;
        }
    }

    /**
     * Nothing is looked at yet.
     *
     * @param vibration what is believed of twins' waveforms.
     * @param followables what follows a twin; empty if nothing does.
     * @param store learned models in use, and what was done to assets.
     * @param listener hears what changes.
     */
    public LiveMaintenance(
            LivePlant live,
            LiveEstimators estimators,
            LiveVibration vibration,
            Function<TwinInstance, Optional<Followable>> followables,
            MaintenanceStore store,
            InstantSource clock,
            MaintenanceListener listener) {
        this.store = store;
        this.table = live.table();
        this.live = live;
        this.estimators = estimators;
        this.vibration = vibration;
        this.clock = clock;
        this.listener = listener;
        List<Watched> systems = new ArrayList<>(); // after their parts
        for (TwinInstance instance : live.instances()) {
            if (instance.isSystem() || !instance.twin().isWatched()) {
                continue;
            }
            Optional<Followable> followable =
                    estimators.isFollowed(instance) ? followables.apply(instance) : Optional.empty();
            Watched watched = new Watched(instance, table, followable);
            byInstance.put(instance, watched);
            if (isMadeOfParts(instance)) {
                systems.add(watched);
            } else {
                turns.add(new Turn(watched));
            }
        }
        runs = new FleetRuns(store, byInstance.values());
        systems.forEach(watched -> turns.add(new Turn(watched)));
        byInstance.keySet().forEach(instance -> store.used(instance)
                .map(model -> TwinBaseline.read(model.learned()))
                .ifPresent(learned -> use(instance, learned)));
    }

    /**
     * Watches the points of a twin with a learned baseline from now on.
     *
     * @param learned null: with none.
     */
    public void use(TwinInstance instance, @Nullable TwinBaseline learned) {
        Watched watched = byInstance.get(instance);
        if (watched != null) {
            BaselineFeed feed = learned == null ? null : new BaselineFeed(instance, table, learned);
            watched.use(feed);
            estimators.withDetector(instance, detector -> detector.use(feed == null ? null : feed.watch));
        }
    }

    private static boolean isMadeOfParts(TwinInstance instance) {
        return instance.type().level() == TwinLevel.SYSTEM || instance.type().level() == TwinLevel.PROCESS;
    }

    /** Takes what points were before the start from there. */
    public LiveMaintenance with(PastValues history) {
        past = history;
        return this;
    }

    /** Takes over what an earlier one learned about twins that are still the same. */
    public LiveMaintenance replacing(LiveMaintenance before) {
        restore(before.save());
        return this;
    }

    /** Takes up what was learned before the server was stopped, by {@link #save}; before the start. */
    public void restore(Map<String, byte[]> saved) {
        byInstance.forEach((instance, watched) -> {
            restore(saved, instance.id() + KEY, watched::restore);
            restore(saved, instance.id() + WEAR, watched::restoreWear);
            restore(saved, instance.id() + STREAMS, watched::restoreStreams);
        });
    }

    private static void restore(Map<String, byte[]> saved, String key, Consumer<byte[]> taker) {
        byte[] learned = saved.get(key);
        if (learned != null) {
            taker.accept(learned);
        }
    }

    /** What was learned, by twin id and the name of this memory. */
    public Map<String, byte[]> save() {
        Map<String, byte[]> all = new HashMap<>();
        byInstance.forEach((instance, watched) -> {
            save(all, instance.id() + KEY, watched.save());
            save(all, instance.id() + WEAR, watched.saveWear());
            save(all, instance.id() + STREAMS, watched.saveStreams());
        });
        return all;
    }

    private static void save(Map<String, byte[]> all, String key, byte[] learned) {
        if (learned.length > 0) {
            all.put(key, learned);
        }
    }

    /** Whether no twin is watched. */
    public boolean isEmpty() {
        return turns.isEmpty();
    }

    /** Begins to look; once. */
    public void start() {
        if (isEmpty()) {
            return;
        }
        begin();
        Thread made = new Thread(this::run, "uatwin-maintenance");
        made.setDaemon(true);
        thread = made;
        made.start();
    }

    /** Instead of {@link #start}, without a thread: whoever owns time calls {@link #step}. */
    public void startStepped() {
        if (!isEmpty()) {
            begin();
        }
    }

    private void begin() {
        long now = now();
        SampleBatch batch = new SampleBatch(16 * turns.size());
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            turn.watched.rows.waiting(batch, now);
            turn.due = now + (1 + i % STAGGERED) * UaTime.TICKS_PER_SECOND;
        }
        table.submit(LivePlant.OWN_SHARD, batch);
    }

    private void run() {
        try {
            long due = System.nanoTime() + TICK_NANOS;
            while (!isClosed.get()) {
                synchronized (waiting) {
                    long left = due - System.nanoTime();
                    if (left > 0) {
                        waiting.wait(left / 1_000_000, (int) (left % 1_000_000));
                        continue;
                    }
                }
                step();
                due += TICK_NANOS;
                due = System.nanoTime() - due > 10 * TICK_NANOS ? System.nanoTime() : due; // it was asleep
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("the health of twins is no longer watched, because of an error of ours; please report it", e);
        }
    }

    /** Looks at the twins whose turn it is; about once a second, on one thread. */
    public void step() {
        long now = now();
        SampleBatch batch = null;
        recallNext(now);
        for (Turn turn : turns) {
            boolean isOdd = turn.watched.isAlarm(now); // both also go on to now
            boolean isAlarm = isAlarm(turn.watched, now) || isOdd;
            if (now < turn.due && isAlarm == turn.wasAlarm) {
                continue;
            }
            turn.wasAlarm = isAlarm;
            while (turn.due <= now) {
                turn.due += PERIOD;
            }
            Assessment found = look(turn.watched, now);
            shareRates(turn.watched);
            batch = batch == null ? new SampleBatch(32) : batch;
            turn.watched.rows.add(batch, found);
            turn.watched.announce(found, listener);
        }
        if (batch != null) {
            table.submit(LivePlant.OWN_SHARD, batch);
        }
    }

    /** Looks for the past of the points of one twin, if that has not been done of all: it may take a while. */
    private void recallNext(long now) {
        for (Turn turn : turns) {
            if (turn.watched.isPastUnknown()) {
                long since = store.records(turn.watched.instance).stream()
                        .filter(record -> !record.task().equals(MaintenanceRecord.INSPECTION))
                        .mapToLong(MaintenanceRecord::performedAt)
                        .max()
                        .orElse(Long.MIN_VALUE);
                turn.watched.recall(past, now, since);
                runs.learn(turn.watched);
                return;
            }
        }
    }

    private void shareRates(Watched watched) {
        Map<String, Double> rates = watched.rates();
        String type = watched.instance.type().name();
        if (watched.isWearing()) {
            fleet.learn(type, watched.instance.id(), rates);
            watched.expect(fleet.of(type, watched.instance.id()));
        }
    }

    /** Brings a learned baseline to the present, and tells whether anything unusual stands. */
    private boolean isAlarm(Watched watched, long now) {
        boolean isVibrating = vibration.of(watched.instance).stream().anyMatch(VibrationCondition::isAlarm);
        return isUnusual(watched, now) || isVibrating;
    }

    private boolean isUnusual(Watched watched, long now) {
        TwinInstance instance = watched.instance;
        BaselineFeed feed = watched.feed();
        if (feed == null) {
            return estimators.isAlarm(instance);
        }
        if (estimators.isFollowed(instance)) {
            estimators.withDetector(instance, detector -> feed.advance(now)); // the detector looks at it as well
            return estimators.isAlarm(instance);
        }
        feed.advance(now);
        return feed.isAlarm();
    }

    private Assessment look(Watched watched, long now) {
        TwinInstance instance = watched.instance;
        Assessment own = watched.look(estimators.observe(instance), vibration.of(instance), now);
        if (!isMadeOfParts(instance)) {
            return own;
        }
        List<RollUp.Part> parts = new ArrayList<>();
        parts.add(new RollUp.Part("", own));
        for (TwinInstance part : live.children(instance)) {
            Watched of = byInstance.get(part);
            if (of != null) {
                of.last().ifPresent(found -> parts.add(new RollUp.Part(part.id(), found)));
            }
        }
        Assessment whole = RollUp.of(parts, now).orElse(own);
        watched.looked(whole);
        return whole;
    }

    private long now() {
        return UaTime.ofInstant(clock.instant());
    }

    /** Looks at a twin now, and shows what is found; empty if it is not watched. Any thread. */
    public Optional<Assessment> assess(TwinInstance instance) {
        Watched watched = byInstance.get(instance);
        if (watched == null) {
            return Optional.empty();
        }
        Assessment found = look(watched, now());
        SampleBatch batch = new SampleBatch(16);
        watched.rows.add(batch, found);
        table.submit(LivePlant.OWN_SHARD, batch);
        return Optional.of(found);
    }

    /** The remaining life if the load were this many times what it was; empty if the twin is not watched. Any thread. */
    public Optional<PrognosisAnswer> predict(TwinInstance instance, double loadFactor) {
        Watched watched = byInstance.get(instance);
        return watched == null ? Optional.empty() : Optional.of(watched.predict(loadFactor, now()));
    }

    /** What can be done to a twin's asset: names that {@link #record} takes. */
    public List<String> tasks(TwinInstance instance) {
        List<String> tasks = new ArrayList<>();
        Watched watched = byInstance.get(instance);
        if (watched != null) {
            tasks.addAll(watched.modes());
        }
        instance.twin().maintenance().tasks().keySet().stream()
                .filter(task -> !tasks.contains(task))
                .forEach(tasks::add);
        for (String always : List.of(MaintenanceAction.OVERHAUL, MaintenanceRecord.INSPECTION)) {
            if (!tasks.contains(always)) {
                tasks.add(always);
            }
        }
        return tasks;
    }

    /**
     * Keeps what was done to an asset, and lets what the twin knows of the parts concerned begin anew.
     *
     * @param task one of {@link #tasks}.
     * @param restored share of the damage that was taken away, above 0, up to 1.
     * @param failedAt when it failed by what the task names, ticks; {@link MaintenanceRecord#NO_FAILURE} if it was planned.
     */
    public MaintenanceRecord record(
            TwinInstance instance,
            String task,
            long performedAt,
            double restored,
            String remark,
            String who,
            long failedAt) {
        String id = UUID.randomUUID().toString();
        boolean hasFailed = failedAt != MaintenanceRecord.NO_FAILURE;
        Watched watched = byInstance.get(instance);
        if (watched != null) {
            runs.repaired(watched, id, task, hasFailed ? failedAt : performedAt, hasFailed, past);
        }
        List<String> resets = reset(instance, task, performedAt, restored);
        MaintenanceRecord record =
                new MaintenanceRecord(id, task, performedAt, restored, remark, who, now(), resets, failedAt);
        store.add(instance, record);
        listener.maintenanceRecorded(instance, record);
        return record;
    }

    private List<String> reset(TwinInstance instance, String task, long performedAt, double restored) {
        Watched watched = byInstance.get(instance);
        List<String> names = new ArrayList<>();
        boolean isOther =
                watched != null && !watched.modes().contains(task) && !task.equals(MaintenanceAction.OVERHAUL);
        if (watched == null || task.equals(MaintenanceRecord.INSPECTION) || isOther) {
            return names; // a part of which no model knows anything: its age is in the records
        }
        Map<String, Watched.Restored> damage = new HashMap<>();
        for (MaintenanceAction action : watched.actions()) {
            for (MaintenanceAction.Reset reset :
                    action.name().equals(task) ? action.resets() : List.<MaintenanceAction.Reset>of()) {
                double before = watched.damage(reset.state());
                if (Double.isFinite(before) && Double.isFinite(reset.asNew())) {
                    double level = reset.level(before, restored);
                    double sigma = reset.sigma(before, restored);
                    damage.put(reset.state(), new Watched.Restored(level, sigma, restored == 1));
                    estimators.renew(instance, reset.state(), level, sigma);
                    names.add(reset.state());
                }
            }
        }
        List<String> worn = watched.maintained(task, damage, performedAt);
        estimators.withDetector(instance, TwinDetector::forget);
        vibration.forget(instance);
        names.addAll(worn);
        names.add("AnomalyDetection");
        if (!damage.isEmpty() || !worn.isEmpty()) {
            names.add(MaintenancePoints.REMAINING_LIFE);
        }
        return names;
    }

    /** The plant it watches. */
    public LivePlant plant() {
        return live;
    }

    /** Whether the model of a twin knows a failure mode of that name. */
    boolean isFailureMode(TwinInstance instance, String name) {
        Watched watched = byInstance.get(instance);
        return watched != null && watched.modes().contains(name);
    }

    /** How far the damage behind a failure mode has come, 0..1; empty if it is not followed. */
    public OptionalDouble damageShare(TwinInstance instance, String mode) {
        Watched watched = byInstance.get(instance);
        return watched == null ? OptionalDouble.empty() : watched.damageShare(mode);
    }

    /** Whether a twin stands for its parts: what is found about it is what is found about them. */
    static boolean standsForParts(TwinInstance instance) {
        return isMadeOfParts(instance);
    }

    /** Hours a twin was expected to live when its life began; NaN while that is not known. */
    public double startOfLife(TwinInstance instance) {
        Watched watched = byInstance.get(instance);
        return watched == null ? Double.NaN : watched.startOfLife();
    }

    /** Number of twins that are watched. */
    public int size() {
        return turns.size();
    }

    /** Ends the thread; what was learned can still be saved. */
    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        synchronized (waiting) {
            waiting.notifyAll();
        }
        Thread running = thread;
        if (running != null) {
            try {
                running.join(CLOSE_WAIT_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
