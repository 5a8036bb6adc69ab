package org.uatwin.server.vibration;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.conditioning.VibrationRule;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.unit.SpeedUnits;
import org.uatwin.informationmodel.unit.Units;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.PointValue;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.SampleListener;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.vibration.VibrationCondition;

/**
 * The waveforms of a live plant that are analysed. Built from one {@link LivePlant}; when the plant changes the old one is closed and another
 * takes over what it knows ({@link #replacing}).
 */
public final class LiveVibration implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveVibration.class);
    private static final long CLOSE_WAIT_MS = 2_000;

    private final PointTable table;
    private final InstantSource clock;
    private final List<WatchedWaveform> all = new ArrayList<>();
    private final Map<Integer, WatchedWaveform> byRow = new HashMap<>();
    private final Map<Integer, List<WatchedWaveform>> bySpeedRow = new HashMap<>();
    private final Map<Integer, ValueType> speedTypes = new HashMap<>();
    private final Map<TwinInstance, List<WatchedWaveform>> byInstance = new HashMap<>();
    private final boolean[] hasInputs; // by shard
    private final BitSet inputs = new BitSet(); // rows
    private final BlockingQueue<WatchedWaveform> line; // each at most once, so it is never full
    private final SampleListener listener = this::onSamples;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private volatile @Nullable Thread thread; // set by start

    public LiveVibration(LivePlant live, InstantSource clock) {
        table = live.table();
        this.clock = clock;
        hasInputs = new boolean[table.shardCount()];
        for (TwinInstance instance : live.instances()) {
            Twin twin = instance.twin();
            for (int i = 0; !instance.isSystem() && twin.isTreated() && i < twin.pointCount(); i++) {
                int ordinal = i;
                twin.treatment(i).vibration().ifPresent(rule -> add(live, instance, ordinal, rule));
            }
        }
        line = new ArrayBlockingQueue<>(Math.max(1, all.size()));
    }

    private void add(LivePlant live, TwinInstance instance, int ordinal, VibrationRule rule) {
        Optional<PointRef> speed = rule.speed().flatMap(VibrationRule.Speed::point);
        TwinInstance of = speed.isEmpty() || speed.get().isOwn()
                ? instance
                : live.instance(speed.get().twin());
        if (of == null) {
            throw new IllegalStateException("%s reads the unknown twin %s".formatted(instance, speed.orElseThrow()));
        }
        int speedRow = speed.map(ref -> of.row(ref.point())).orElse(-1);
        double rpmPerUnit = 0;
        if (speedRow >= 0) {
            var point = of.type().points().get(speedRow - of.firstRow());
            rpmPerUnit = point.unit()
                            .flatMap(unit -> Units.find(unit.code()))
                            .flatMap(SpeedUnits::rpm)
                            .orElse(1.0)
                    * rule.speed().map(VibrationRule.Speed::ratio).orElse(1.0);
            speedTypes.put(speedRow, point.dataType());
            hasInputs[table.shardOf(speedRow)] = true;
            inputs.set(speedRow);
        }
        WatchedWaveform watched = new WatchedWaveform(instance, ordinal, rule, speedRow, rpmPerUnit);
        all.add(watched);
        byRow.put(watched.row, watched);
        hasInputs[table.shardOf(watched.row)] = true;
        inputs.set(watched.row);
        byInstance.computeIfAbsent(instance, i -> new ArrayList<>()).add(watched);
        if (speedRow >= 0) {
            bySpeedRow.computeIfAbsent(speedRow, r -> new ArrayList<>()).add(watched);
        }
    }

    /** Takes over what an earlier one knows about waveforms that are analysed in the same way; the other must be closed. */
    public LiveVibration replacing(LiveVibration before) {
        Map<String, WatchedWaveform> old = new HashMap<>();
        before.all.forEach(watched -> old.put(watched.name(), watched));
        for (WatchedWaveform watched : all) {
            WatchedWaveform same = old.get(watched.name());
            if (same != null) {
                watched.adopt(same);
            }
        }
        return this;
    }

    /** Takes up what was learned before the server was stopped, by {@link #save}; before the start. */
    public void restore(Map<String, byte[]> saved) {
        all.forEach(watched -> {
            byte[] learned = saved.get(watched.name());
            if (learned != null) {
                watched.restore(learned);
            }
        });
    }

    /** What was learned of the first days, by waveform. */
    public Map<String, byte[]> save() {
        Map<String, byte[]> learned = new HashMap<>();
        all.forEach(watched -> {
            byte[] of = watched.save();
            if (of.length > 0) {
                learned.put(watched.name(), of);
            }
        });
        return learned;
    }

    /** Whether there is nothing to analyse. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Begins to listen and to analyse; once. */
    public void start() {
        if (isEmpty()) {
            return;
        }
        begin();
        Thread worker = new Thread(this::run, "uatwin-vibration");
        worker.setDaemon(true);
        thread = worker;
        worker.start();
    }

    /** Instead of {@link #start}, without a thread: whoever owns time calls {@link #step}. */
    public void startStepped() {
        if (!isEmpty()) {
            begin();
        }
    }

    private void begin() {
        long now = now();
        SampleBatch out = new SampleBatch(16);
        for (WatchedWaveform watched : all) {
            watched.waiting(out, now);
        }
        table.submit(LivePlant.OWN_SHARD, out);
        table.addListener(listener);
        PointValue value = new PointValue();
        bySpeedRow.forEach((row, readers) -> {
            table.read(row, value);
            speed(row, value.bits, value.status(), value.sourceTime);
        });
    }

    private void onSamples(int shard, SampleBatch batch) {
        if (shard >= hasInputs.length || !hasInputs[shard]) {
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            int row = batch.row(i);
            if (!inputs.get(row)) {
                continue;
            }
            if (bySpeedRow.containsKey(row)) {
                speed(row, batch.bits(i), batch.status(i), batch.sourceTime(i));
            }
            WatchedWaveform watched = byRow.get(row);
            if (watched != null && !batch.isRefresh(i)) { // a waveform that is read once more is no other one
                Object value = batch.object(i);
                double[] samples = value instanceof double[] array ? array : new double[0];
                if (watched.offer(new Snapshot(samples, batch.status(i), batch.sourceTime(i)))) {
                    line.add(watched);
                }
            }
        }
    }

    private void speed(int row, long bits, StatusCode status, long time) {
        double value = speedTypes.getOrDefault(row, ValueType.DOUBLE).toDouble(bits);
        bySpeedRow.getOrDefault(row, List.of()).forEach(watched -> watched.speed(value, status, time));
    }

    private void run() {
        try {
            while (!isClosed.get()) {
                analyse(line.take());
            }
        } catch (InterruptedException e) {
            if (!isClosed.get()) {
                Thread.currentThread().interrupt();
            }
        } catch (RuntimeException | Error e) {
            LOG.error("waveforms are no longer analysed, because of an error of ours; please report it", e);
        }
    }

    /** Analyses what has come; after {@link #startStepped}, on one thread. */
    public void step() {
        for (WatchedWaveform next = line.poll(); next != null; next = line.poll()) {
            analyse(next);
        }
    }

    private void analyse(WatchedWaveform watched) {
        SampleBatch out = new SampleBatch(16);
        watched.analyse(out, now());
        if (!out.isEmpty()) {
            table.submit(LivePlant.OWN_SHARD, out);
        }
    }

    private long now() {
        return UaTime.ofInstant(clock.instant());
    }

    /** What is believed about the vibration of a twin, a waveform each; those of which nothing is known yet are left out. Any thread. */
    public List<VibrationCondition> of(TwinInstance instance) {
        List<VibrationCondition> found = new ArrayList<>();
        for (WatchedWaveform watched : byInstance.getOrDefault(instance, List.of())) {
            watched.condition().ifPresent(found::add);
        }
        return found;
    }

    /** What was done to a twin has made its vibration another one: the first days begin anew. Any thread. */
    public void forget(TwinInstance instance) {
        byInstance.getOrDefault(instance, List.of()).forEach(WatchedWaveform::forget);
    }

    /** Waveforms that wait to be analysed. */
    public int waiting() {
        return (int) all.stream().filter(WatchedWaveform::isWaiting).count();
    }

    /** How many may wait: one a point. */
    public int capacity() {
        return all.size();
    }

    /** Waveforms that were not analysed because a newer one came first. */
    public long lost() {
        return all.stream().mapToLong(WatchedWaveform::lost).sum();
    }

    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        table.removeListener(listener);
        Thread worker = thread;
        if (worker != null && worker != Thread.currentThread()) {
            worker.interrupt();
            try {
                worker.join(CLOSE_WAIT_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
