package org.uatwin.server.synchronisation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.PointValue;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.SampleListener;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.detection.TwinDetector;
import org.uatwin.simulation.estimation.Estimate;
import org.uatwin.simulation.estimation.EstimatorSettings;
import org.uatwin.simulation.estimation.Followable;
import org.uatwin.simulation.estimation.SampleQuality;
import org.uatwin.simulation.estimation.Synchronisation;

/**
 * The estimators of a live plant at work. Built from one {@link LivePlant}; when the plant changes the old ones are closed and
 * others take over what they learnt ({@link #replacing}).
 */
public final class LiveEstimators implements AutoCloseable {
    /** Twins followed at most; the memory of an estimator is some 30 kB. */
    public static final int MOST = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(LiveEstimators.class);
    private static final String KEY = "/estimator";
    private static final String DETECTOR = "/detector";
    private static final int THREADS = 2;
    private static final int CAPACITY = 65_536;
    private static final long SETTLE =
            UaTime.TICKS_PER_SECOND * 3 / 10; // for samples of a step that are still on their way
    private static final long CLOSE_WAIT_MS = 2_000;
    private static final int UNCERTAIN = 0x4000_0000;
    private static final int SEVERITY = 0xC000_0000;

    private final PointTable table;
    private final InstantSource clock;
    private final long periodNanos;
    private final List<Followed> followed = new ArrayList<>();
    private final Map<TwinInstance, Followed> byInstance = new HashMap<>(); // not changed once built, as the next
    private final Map<String, Followed> byId = new HashMap<>();
    private final int[] rows; // rising; a slot is a place in it
    private final int[] owners;
    private final int[] channels;
    private final ValueType[] types;
    private final SampleRing[] rings = new SampleRing[THREADS];
    private final SampleListener listener = this::onSamples;
    private final List<Thread> threads = new ArrayList<>(); // owned by whoever starts and closes
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /**
     * Estimators that have not begun.
     *
     * @param followables what follows a twin; empty if nothing does.
     * @param period of the estimators; zero: no twin is followed.
     */
    public LiveEstimators(
            LivePlant live,
            Function<TwinInstance, Optional<Followable>> followables,
            Duration period,
            InstantSource clock) {
        this.table = live.table();
        this.clock = clock;
        periodNanos = period.toNanos();
        if (!period.isZero()) {
            choose(live, followables, EstimatorSettings.defaults().withPeriod(periodNanos / 1e9));
        }
        List<int[]> slots = new ArrayList<>();
        for (int f = 0; f < followed.size(); f++) {
            Followed one = followed.get(f);
            for (int c = 0; c < one.channels.size(); c++) {
                Followed.Source source = one.sources.get(c);
                Member.Point point = source.point();
                if (point != null && !point.isArray()) {
                    slots.add(new int[] {source.twin().firstRow() + source.ordinal(), f, c});
                }
            }
        }
        slots.sort((a, b) -> Integer.compare(a[0], b[0]));
        rows = slots.stream().mapToInt(s -> s[0]).toArray();
        owners = slots.stream().mapToInt(s -> s[1]).toArray();
        channels = slots.stream().mapToInt(s -> s[2]).toArray();
        types = slots.stream()
                .map(s -> followed.get(s[1]).sources.get(s[2]).dataType())
                .toArray(ValueType[]::new);
        for (int t = 0; t < THREADS; t++) {
            rings[t] = new SampleRing(CAPACITY);
        }
    }

    private void choose(
            LivePlant live, Function<TwinInstance, Optional<Followable>> followables, EstimatorSettings settings) {
        int left = 0;
        for (TwinInstance instance : live.instances()) {
            Followable followable =
                    instance.isSystem() ? null : followables.apply(instance).orElse(null);
            Followed one = followable == null ? null : new Followed(instance, followable, settings, live::instance);
            if (one == null || !one.isMeasured()) {
                continue;
            }
            if (followed.size() == MOST) {
                left++;
                continue;
            }
            followed.add(one);
            byInstance.put(instance, one);
            byId.put(instance.id(), one);
        }
        if (left > 0) {
            LOG.warn(
                    "{} twins are followed by their models, {} more are not: {} is the limit. Spread the plant over several servers.",
                    MOST,
                    left,
                    MOST);
        }
    }

    /** Takes over what earlier estimators learnt about twins that are still the same; the others must be closed. */
    public LiveEstimators replacing(LiveEstimators before) {
        Map<String, Followed> old = new LinkedHashMap<>();
        before.followed.forEach(one -> old.put(one.instance.id(), one));
        for (Followed one : followed) {
            Followed same = old.get(one.instance.id());
            if (same != null) {
                one.restore(same.save());
                one.restoreDetector(same.saveDetector());
            }
        }
        return this;
    }

    /** Takes up what was learnt before the server was stopped, by {@link #save}; before the start. */
    public void restore(Map<String, byte[]> saved) {
        int taken = 0;
        for (Followed one : followed) {
            byte[] learnt = saved.get(one.instance.id() + KEY);
            if (learnt != null && one.restore(learnt)) {
                taken++;
                byte[] detector = saved.get(one.instance.id() + DETECTOR);
                if (detector != null) {
                    one.restoreDetector(detector);
                }
            }
        }
        if (!isEmpty()) {
            LOG.info("{} twins are followed by their models; {} go on with what they learnt before", size(), taken);
        }
    }

    /** What the twins have learnt, by twin id and the name of this memory. */
    public Map<String, byte[]> save() {
        Map<String, byte[]> all = new HashMap<>();
        for (Followed one : followed) {
            byte[] learnt = one.save();
            if (learnt.length > 0) {
                all.put(one.instance.id() + KEY, learnt);
            }
            byte[] detector = one.saveDetector();
            if (detector.length > 0) {
                all.put(one.instance.id() + DETECTOR, detector);
            }
        }
        return all;
    }

    /** Whether no twin is followed. */
    public boolean isEmpty() {
        return followed.isEmpty();
    }

    /** Begins to listen and to estimate; once. */
    public void start() {
        if (isEmpty()) {
            return;
        }
        begin();
        for (int t = 0; t < THREADS; t++) {
            int number = t;
            Thread thread = new Thread(() -> run(number), "uatwin-estimator-" + (t + 1));
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Instead of {@link #start}, without threads: whoever owns time calls {@link #step}. */
    public void startStepped() {
        if (!isEmpty()) {
            begin();
        }
    }

    /** Takes in what has come and brings every twin to the present; after {@link #startStepped}, on one thread. */
    public void step() {
        if (isEmpty()) {
            return;
        }
        try {
            for (int t = 0; t < THREADS; t++) {
                rings[t].drain(0, this::offer);
                advance(t);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin() {
        table.addListener(listener);
        PointValue value = new PointValue();
        for (int slot = 0; slot < rows.length; slot++) {
            table.read(rows[slot], value);
            if (value.hasValue() && value.object == null) {
                offer(slot, types[slot].toDouble(value.bits), quality(value.statusBits), value.sourceTime);
            }
        }
    }

    private void onSamples(int shard, SampleBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            int slot = first(batch.row(i));
            for (; slot >= 0 && slot < rows.length && rows[slot] == batch.row(i) && batch.object(i) == null; slot++) {
                rings[owners[slot] % THREADS].put(
                        slot, types[slot].toDouble(batch.bits(i)), quality(batch.statusBits(i)), batch.sourceTime(i));
            }
        }
    }

    /** First slot of a row, which several twins may read; negative if none does. */
    private int first(int row) {
        int slot = Arrays.binarySearch(rows, row);
        while (slot > 0 && rows[slot - 1] == row) {
            slot--;
        }
        return slot;
    }

    private static SampleQuality quality(int status) {
        int severity = status & SEVERITY;
        return severity == 0 ? SampleQuality.GOOD : severity == UNCERTAIN ? SampleQuality.UNCERTAIN : SampleQuality.BAD;
    }

    private void offer(int slot, double value, SampleQuality quality, long time) {
        followed.get(owners[slot]).offer(channels[slot], value, quality, time);
    }

    private void run(int number) {
        try {
            long due = System.nanoTime() + periodNanos;
            boolean isOpen = true;
            while (isOpen) {
                isOpen = rings[number].drain(Math.max(0, due - System.nanoTime()), this::offer);
                if (System.nanoTime() - due >= 0) {
                    advance(number);
                    due += periodNanos;
                    if (System.nanoTime() - due > 10 * periodNanos) {
                        due = System.nanoTime(); // the machine was asleep, or busy with something else
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("twins are no longer followed, because of an error of ours; please report it", e);
        }
    }

    private void advance(int number) {
        long now = UaTime.ofInstant(clock.instant()) - SETTLE;
        for (int f = number; f < followed.size(); f += THREADS) {
            followed.get(f).advance(now);
        }
    }

    /** How well a twin follows its asset; null if it is not followed. */
    public @Nullable Synchronisation of(TwinInstance instance) {
        Followed one = byInstance.get(instance);
        if (one != null) {
            return one.report();
        }
        Followed whole = byId.get(instance.twin().parentId().orElse(""));
        return whole == null ? null : whole.reportOf(instance.id());
    }

    /** What the follower of a watched twin and its detector found; empty if the twin is not followed, or not watched. */
    public Optional<Observation> observe(TwinInstance instance) {
        Followed one = byInstance.get(instance);
        return one == null ? Optional.empty() : one.observe();
    }

    /** Whether something unusual about a twin stands. */
    public boolean isAlarm(TwinInstance instance) {
        Followed one = byInstance.get(instance);
        return one != null && one.isAlarm();
    }

    /** Does something with the detector of a twin, if it has one; quickly: the twin is not followed meanwhile. */
    public void withDetector(TwinInstance instance, Consumer<TwinDetector> task) {
        Followed one = byInstance.get(instance);
        if (one != null) {
            one.withDetector(task);
        }
    }

    /**
     * A part was replaced or repaired: a damage state of a followed twin has this value now.
     *
     * @param level in the unit of the state.
     * @param sigma how well that is known.
     * @return whether the twin is followed and has such a state.
     */
    public boolean renew(TwinInstance instance, String state, double level, double sigma) {
        Followed one = byInstance.get(instance);
        return one != null && one.renew(state, level, sigma);
    }

    /** Whether something follows a twin. */
    public boolean isFollowed(TwinInstance instance) {
        return byInstance.containsKey(instance);
    }

    /** The estimate a question to a twin can start from; empty while there is none that can be trusted. */
    public Optional<Estimate> estimate(TwinInstance instance) {
        Followed one = byInstance.get(instance);
        return one == null ? Optional.empty() : one.estimate();
    }

    /** Samples that were lost because more came than can be taken in. */
    public long lostSamples() {
        long sum = 0;
        for (SampleRing ring : rings) {
            sum += ring.lost();
        }
        return sum;
    }

    /** Number of twins that are followed. */
    public int size() {
        return followed.size();
    }

    /** Ends the threads; what was learnt can still be saved. */
    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true) || isEmpty()) {
            return;
        }
        table.removeListener(listener);
        for (SampleRing ring : rings) {
            ring.close();
        }
        try {
            for (Thread thread : threads) {
                thread.join(CLOSE_WAIT_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
