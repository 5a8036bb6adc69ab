package org.uatwin.server.maintenance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.monitoring.PointWatch;
import org.uatwin.informationmodel.monitoring.Wear;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.type.MaintenancePoints;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.PointKind;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.PointValue;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.health.DamageLevel;
import org.uatwin.simulation.prognosis.CombinedPrognosis;
import org.uatwin.simulation.prognosis.FleetLives;
import org.uatwin.simulation.prognosis.IndicatorRun;
import org.uatwin.simulation.prognosis.MethodForecast;
import org.uatwin.simulation.prognosis.PrognosisAnswer;
import org.uatwin.simulation.prognosis.RatePrior;
import org.uatwin.simulation.prognosis.TrendPrognosis;
import org.uatwin.simulation.prognosis.TwinPrognosis;
import org.uatwin.simulation.prognosis.WearTrend;

/**
 * The points of a twin that wear towards a limit (plant file {@code wear:}). A value counts once, while it is good and, where the twin says
 * its {@code State}, while that is Running. The past of before comes from history. Guarded by the lock of its {@link Watched}.
 */
final class WearPoints {
    private static final int FORMAT = 1;
    private static final int STRETCHES = 120; // of the past, that are looked at in history
    private static final int VALUES = 10; // of each
    private static final String STATE = "State";

    /** A point. */
    private static final class One {
        final int row;
        final ValueType type;
        final WearTrend trend;

        @Nullable
        RatePrior prior; // what siblings say

        One(int row, ValueType type, WearTrend trend) {
            this.row = row;
            this.type = type;
            this.trend = trend;
        }
    }

    private final TwinInstance instance;
    private final PointTable table;
    private final List<One> points = new ArrayList<>();
    private final CombinedPrognosis combined;
    private final boolean isOwn; // combined
    private final int stateRow; // -1: it does not say
    private boolean isRecalled;

    private WearPoints(TwinInstance instance, PointTable table, @Nullable CombinedPrognosis ofPhysics) {
        this.instance = instance;
        this.table = table;
        isOwn = ofPhysics == null;
        combined = ofPhysics == null ? new CombinedPrognosis(MaintenancePoints.CONFIDENCE_LEVEL) : ofPhysics;
        int state = instance.type().pointOrdinal(STATE);
        boolean isTold = state >= 0
                && state < instance.type().declaredPoints().size()
                && instance.type().points().get(state).kind() == PointKind.MULTI_STATE
                && instance.binding(state) != null
                && !(instance.binding(state) instanceof Binding.Constant);
        stateRow = isTold ? instance.firstRow() + state : -1;
    }

    /**
     * Null if the plant file names none.
     *
     * @param ofPhysics what its physics is joined with; null if it has none.
     */
    static @Nullable WearPoints of(TwinInstance instance, PointTable table, @Nullable CombinedPrognosis ofPhysics) {
        Map<Integer, PointWatch> watches = instance.twin().watches();
        if (watches.values().stream().allMatch(watch -> watch.wear().isEmpty())) {
            return null;
        }
        WearPoints made = new WearPoints(instance, table, ofPhysics);
        watches.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> e.getValue().wear().ifPresent(wear -> made.add(e.getKey(), wear)));
        return made;
    }

    private void add(int ordinal, Wear wear) {
        Member.Point point = instance.type().points().get(ordinal);
        double horizon = TwinPrognosis.Settings.defaults().horizonHours();
        points.add(
                new One(instance.firstRow() + ordinal, point.dataType(), new WearTrend(point.name(), wear, horizon)));
    }

    /** Whether the past has not been looked for in history yet. */
    boolean isNew() {
        return !isRecalled;
    }

    /** Takes the past from history, from where it is known; once. May wait for a disk. */
    void recall(PastValues past, long now, long since) {
        isRecalled = true;
        for (One point : points) {
            long over = point.trend.wear().over().toSeconds() * UaTime.TICKS_PER_SECOND;
            long from = Math.max(Math.max(since, now - over), point.trend.last() + 1);
            tell(point.row, point.trend, past, from, now);
        }
    }

    /** Goes through history. */
    private void tell(int row, WearTrend trend, PastValues past, long from, long until) {
        long oldest = past.oldest(row);
        long begin = Math.max(from, oldest);
        if (oldest != Long.MAX_VALUE && begin < until) {
            past.glance(row, begin, until, STRETCHES, VALUES, (time, value, isGood) -> {
                if (isGood && ran(past, time)) {
                    trend.observe(time, value);
                }
            });
        }
    }

    private boolean ran(PastValues past, long time) {
        boolean[] ran = {stateRow < 0};
        if (stateRow >= 0) {
            past.read(
                    stateRow,
                    time,
                    time + 1,
                    (t, value, isGood) -> ran[0] = isGood && value == OperatingMode.RUNNING.number());
        }
        return ran[0];
    }

    /** Takes what the points are now. */
    void observe() {
        PointValue value = new PointValue();
        if (stateRow >= 0) {
            table.read(stateRow, value);
            boolean isRunning = value.hasValue()
                    && value.object == null
                    && value.status().isGood()
                    && value.bits == OperatingMode.RUNNING.number();
            if (!isRunning) {
                return;
            }
        }
        for (One point : points) {
            table.read(point.row, value);
            boolean isNew = value.hasValue()
                    && value.object == null
                    && value.status().isGood()
                    && value.sourceTime > point.trend.last();
            if (isNew) {
                point.trend.observe(value.sourceTime, point.type.toDouble(value.bits));
            }
        }
    }

    /** What the trends say; those only that say anything. */
    List<MethodForecast> forecasts(long now) {
        List<MethodForecast> said = new ArrayList<>();
        points.forEach(point -> said.addAll(point.trend.forecasts(point.prior, combined, now)));
        return said;
    }

    private TrendPrognosis.Outcome outlook(One point, long now) {
        return point.trend.outlook(point.prior, combined, now);
    }

    /** The answer of a twin without physics. */
    PrognosisAnswer answer(List<MethodForecast> forecasts, long now) {
        long last = points.stream().mapToLong(point -> point.trend.last()).min().orElse(0);
        double age = last == 0 ? 0 : Math.max(0, UaTime.secondsBetween(last, now));
        return combined.answer(forecasts, age, WearTrend.VERSION, missing(now));
    }

    /** Why trends say nothing. */
    private Text missing(long now) {
        StringBuilder en = new StringBuilder();
        StringBuilder de = new StringBuilder();
        for (One point : points) {
            Text reason = outlook(point, now).reason();
            en.append(en.isEmpty() ? "" : "; ").append(reason.in(List.of("en")).text());
            de.append(de.isEmpty() ? "" : "; ").append(reason.in(List.of("de")).text());
        }
        return Watched.both(en.toString(), de.toString());
    }

    /** How far each has come. */
    List<DamageLevel> damage() {
        List<DamageLevel> levels = new ArrayList<>();
        for (One point : points) {
            double share = point.trend.share();
            if (Double.isFinite(share)) {
                String mode = point.trend.wear().failureMode();
                levels.add(new DamageLevel(mode, point.trend.point(), Math.min(1.5, share), 0, true));
            }
        }
        return levels;
    }

    /** Past of the methods. */
    CombinedPrognosis combined() {
        return combined;
    }

    /** Failure modes that its limits stand for. */
    List<String> modes() {
        return points.stream()
                .map(point -> point.trend.wear().failureMode())
                .distinct()
                .toList();
    }

    /**
     * Runs to failure that a repair at this time ends, by point: of the live past, or of what history tells where that begins later.
     *
     * @param mode failure mode that was repaired.
     * @param since ticks of the repair before.
     * @param hasFailed whether it is known to have failed; else it had if it was at its limit.
     */
    Map<String, IndicatorRun> runs(String mode, long since, long at, boolean hasFailed, PastValues past) {
        Map<String, IndicatorRun> runs = new HashMap<>();
        for (One point : points) {
            if (mode.equals(point.trend.wear().failureMode())) {
                String name = point.trend.point();
                Optional<IndicatorRun> live = point.trend.run(at, hasFailed);
                if (live.isPresent()) {
                    point.trend.failed(combined, at);
                    runs.put(name, live.get());
                } else {
                    WearTrend told = trend(point);
                    long over = point.trend.wear().over().toSeconds() * UaTime.TICKS_PER_SECOND;
                    tell(point.row, told, past, Math.max(since, at - over), at);
                    told.run(at, hasFailed).ifPresent(run -> runs.put(name, run));
                }
            }
        }
        return runs;
    }

    private static WearTrend trend(One point) {
        return new WearTrend(
                point.trend.point(),
                point.trend.wear(),
                TwinPrognosis.Settings.defaults().horizonHours());
    }

    /** Uses what runs to failure say, by point. */
    void learnFrom(Map<String, FleetLives> lives) {
        points.forEach(point -> point.trend.learnFrom(lives.get(point.trend.point())));
    }

    /** Failure mode of each point. */
    Map<String, String> modeByPoint() {
        Map<String, String> modes = new HashMap<>();
        points.forEach(
                point -> modes.put(point.trend.point(), point.trend.wear().failureMode()));
        return modes;
    }

    /** How fast each grows, by point; those only that grow. */
    Map<String, Double> rates() {
        Map<String, Double> rates = new HashMap<>();
        for (One point : points) {
            double rate = point.trend.rate();
            if (rate > 0) {
                rates.put(point.trend.point(), rate);
            }
        }
        return rates;
    }

    /** What siblings say of the rate of a point. */
    void expect(Map<String, RatePrior> priors) {
        points.forEach(point -> point.prior = priors.get(point.trend.point()));
    }

    /**
     * Parts were repaired: their pasts begin anew.
     *
     * @param mode failure mode; null: all of them.
     * @param at ticks.
     * @return names of the points.
     */
    List<String> maintained(@Nullable String mode, long at) {
        List<String> names = new ArrayList<>();
        for (One point : points) {
            if (mode == null || mode.equals(point.trend.wear().failureMode())) {
                point.trend.maintained(at);
                names.add(point.trend.point());
            }
        }
        return names;
    }

    /** What has to survive a restart. */
    byte[] save() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeBoolean(isOwn);
            if (isOwn) {
                combined.save(out);
            }
            out.writeInt(points.size());
            for (One point : points) {
                out.writeUTF(definition(point));
                byte[] saved = bytes(point.trend);
                out.writeInt(saved.length);
                out.write(saved);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(WearTrend trend) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        trend.save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** What the past of a point depends on: under another limit it is still its past. */
    private String definition(One point) {
        return "%s %s".formatted(point.trend.point(), source(instance, point.row - instance.firstRow()));
    }

    /** Where a point comes from; another source is another sensor. */
    static String source(TwinInstance instance, int ordinal) {
        Binding binding = instance.binding(ordinal);
        return binding == null ? "" : binding.label();
    }

    /** Takes up what {@link #save} wrote, point by point. */
    void restore(byte[] saved) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved))) {
            if (in.readInt() != FORMAT) {
                return;
            }
            boolean wasOwn = in.readBoolean();
            if (wasOwn) {
                (isOwn ? combined : new CombinedPrognosis(MaintenancePoints.CONFIDENCE_LEVEL)).restore(in);
            }
            for (int left = in.readInt(); left > 0; left--) {
                String definition = in.readUTF();
                byte[] bytes = new byte[Math.min(in.readInt(), saved.length)];
                in.readFully(bytes);
                for (One point : points) {
                    if (definition(point).equals(definition)) {
                        point.trend.restore(new DataInputStream(new ByteArrayInputStream(bytes)));
                    }
                }
            }
        } catch (IOException e) {
            points.forEach(
                    point -> point.trend.maintained(Long.MAX_VALUE)); // cut short or not ours: history tells the past
        }
    }

    /** The forecasts for a load that is this many times what it was. */
    List<MethodForecast> loaded(long now, double loadFactor) {
        List<MethodForecast> said = new ArrayList<>();
        forecasts(now).forEach(f -> said.add(WearTrend.loaded(f, loadFactor)));
        return said;
    }
}
