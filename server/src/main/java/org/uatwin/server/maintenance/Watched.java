package org.uatwin.server.maintenance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.MaintenancePoints;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.PointValue;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.synchronisation.Observation;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.detection.Detection;
import org.uatwin.simulation.estimation.FidelityLevel;
import org.uatwin.simulation.estimation.Followable;
import org.uatwin.simulation.estimation.Synchronisation;
import org.uatwin.simulation.health.DamageLevel;
import org.uatwin.simulation.health.HealthAssessment;
import org.uatwin.simulation.health.HealthAssessor;
import org.uatwin.simulation.health.HealthInputs;
import org.uatwin.simulation.health.VibrationHealth;
import org.uatwin.simulation.maintenance.MaintenanceAction;
import org.uatwin.simulation.prognosis.FleetLives;
import org.uatwin.simulation.prognosis.IndicatorRun;
import org.uatwin.simulation.prognosis.MethodForecast;
import org.uatwin.simulation.prognosis.Prognosis;
import org.uatwin.simulation.prognosis.PrognosisAnswer;
import org.uatwin.simulation.prognosis.RatePrior;
import org.uatwin.simulation.prognosis.TwinPrognosis;
import org.uatwin.simulation.prognosis.WearState;
import org.uatwin.simulation.vibration.VibrationCondition;

/** One watched twin: what was found about it last, and what its prognosis has learned. Any thread; its lock is held for a look. */
final class Watched {
    private static final double STALE_SECONDS = 30;
    private static final double STALE_STEPS = 3;
    private static final String STATE = "State";

    final TwinInstance instance;
    final MaintenanceRows rows;
    private final PointTable table;
    private final @Nullable TwinModel model;
    private final double[] parameters;
    private final InputPoints inputs;
    private final @Nullable TwinPrognosis prognosis; // guarded by this, as all below
    private final @Nullable WearPoints wear;
    private final @Nullable PointStreams streams;
    private final Announcer announcer;
    private @Nullable Assessment last;
    private double startOfLife = Double.NaN;
    private volatile @Nullable BaselineFeed feed; // its contents are guarded by the lock of the detector

    Watched(TwinInstance instance, PointTable table, Optional<Followable> followable) {
        this.instance = instance;
        this.table = table;
        rows = new MaintenanceRows(instance);
        announcer = new Announcer(instance);
        model = followable.flatMap(Followable::model).orElse(null);
        parameters = followable.map(Followable::parameters).orElse(new double[0]);
        prognosis = model == null
                ? null
                : TwinPrognosis.of(
                                model,
                                parameters,
                                TwinPrognosis.Settings.defaults()
                                        .withSeed(instance.id().hashCode()))
                        .orElse(null);
        wear = WearPoints.of(instance, table, prognosis == null ? null : prognosis.combined());
        streams = PointStreams.of(instance, table);
        inputs = new InputPoints(instance, table, followable);
    }

    /** Whether it has points whose past has not been looked for yet. */
    synchronized boolean isPastUnknown() {
        return (wear != null && wear.isNew()) || (streams != null && streams.isNew());
    }

    /** Takes the present of points that are compared with their own past; whether something unusual stands. */
    boolean isAlarm(long now) {
        if (streams == null) {
            return false;
        }
        synchronized (this) {
            streams.advance(now);
            return streams.isAlarm();
        }
    }

    /**
     * Looks for the past of points that wear, or are compared with it.
     *
     * @param since ticks of the last maintenance that set them back; {@link Long#MIN_VALUE} if there was none.
     */
    synchronized void recall(PastValues past, long now, long since) {
        if (wear != null) {
            wear.recall(past, now, since);
        }
        if (streams != null) {
            streams.recall(past, now);
        }
    }

    /** Whether it has points that wear. */
    boolean isWearing() {
        return wear != null;
    }

    /** Runs to failure that a repair ends, as {@link WearPoints#runs}. */
    synchronized Map<String, IndicatorRun> runs(String mode, long since, long at, boolean hasFailed, PastValues past) {
        return wear == null ? Map.of() : wear.runs(mode, since, at, hasFailed, past);
    }

    /** Failure mode of each point that wears. */
    Map<String, String> modeByPoint() {
        return wear == null ? Map.of() : wear.modeByPoint();
    }

    /** Uses what runs to failure of its type say, by point. */
    synchronized void learnFrom(Map<String, FleetLives> lives) {
        if (wear != null) {
            wear.learnFrom(lives);
        }
    }

    /** How fast its points wear, by name; empty if none does. */
    synchronized Map<String, Double> rates() {
        return wear == null ? Map.of() : wear.rates();
    }

    /** What siblings say of that. */
    synchronized void expect(Map<String, RatePrior> priors) {
        if (wear != null) {
            wear.expect(priors);
        }
    }

    /** The learned baseline that watches its points; null if none does. */
    @Nullable
    BaselineFeed feed() {
        return feed;
    }

    void use(@Nullable BaselineFeed learned) {
        feed = learned;
    }

    /** What can be done to it, and what that sets back. */
    List<MaintenanceAction> actions() {
        return model == null ? List.of() : MaintenanceAction.of(model, parameters);
    }

    /** Value of a damage state as it is known now; NaN if it is not. */
    synchronized double damage(String state) {
        return prognosis == null
                ? Double.NaN
                : prognosis.wear().stream()
                        .filter(wear -> wear.name().equals(state))
                        .mapToDouble(WearState::level)
                        .findFirst()
                        .orElse(Double.NaN);
    }

    /**
     * How far the damage behind a failure mode has come on its way from new to failed, 0..1; empty if it is not followed, or the mode has
     * no level at which it fails.
     */
    OptionalDouble damageShare(String modeName) {
        for (FailureMode mode : modelModes()) {
            for (MaintenanceAction action : actions()) {
                if (!mode.name().equals(modeName) || !action.name().equals(modeName)) {
                    continue;
                }
                MaintenanceAction.Reset reset = action.resets().get(0);
                double end = mode.isOfNew() ? mode.threshold() * reset.asNew() : mode.threshold();
                double share = (damage(reset.state()) - reset.asNew()) / (end - reset.asNew());
                return Double.isFinite(share)
                        ? OptionalDouble.of(Math.max(0, Math.min(1, share)))
                        : OptionalDouble.empty();
            }
        }
        return OptionalDouble.empty();
    }

    /** Failure modes its model knows. */
    List<FailureMode> modelModes() {
        return model == null ? List.of() : model.failureModes();
    }

    /** Failure modes that its model or the plant file knows. */
    List<String> modes() {
        List<String> modes = new ArrayList<>();
        if (model != null) {
            model.failureModes().forEach(mode -> modes.add(mode.name()));
        }
        if (wear != null) {
            wear.modes().stream().filter(mode -> !modes.contains(mode)).forEach(modes::add);
        }
        ListenedPoints.modes(instance).stream()
                .filter(mode -> !modes.contains(mode))
                .forEach(modes::add);
        return modes;
    }

    Optional<TwinModel> model() {
        return Optional.ofNullable(model);
    }

    /** What was found last; empty before the first look. */
    synchronized Optional<Assessment> last() {
        return Optional.ofNullable(last);
    }

    /** Hours it was expected to live when its life began; NaN while that is not known. */
    synchronized double startOfLife() {
        return startOfLife;
    }

    /**
     * Looks at what the follower found.
     *
     * @param vibration what is believed of its waveforms.
     * @param now ticks.
     */
    synchronized Assessment look(Optional<Observation> observation, List<VibrationCondition> vibration, long now) {
        BaselineFeed learned = feed;
        if (wear != null && !wear.isNew()) {
            wear.observe();
        }
        Assessment found = observation.isPresent()
                ? assess(observation.get(), vibration, now)
                : wear != null || streams != null || ListenedPoints.has(instance)
                        ? byPoints(learned, vibration, now)
                        : learned != null ? Unfollowed.byBaseline(learned, inputs, now) : Unfollowed.nothing(now);
        last = found;
        found.prognosis().ifPresent(p -> startOfLife = Double.isNaN(startOfLife) ? p.medianHours() : startOfLife);
        return found;
    }

    synchronized void announce(Assessment found, MaintenanceListener listener) {
        announcer.found(found, listener);
    }

    /** A roll-up of parts is what was found about a system. */
    synchronized void looked(Assessment found) {
        last = found;
    }

    private Assessment assess(Observation o, List<VibrationCondition> vibration, long now) {
        Synchronisation report = o.report();
        TwinPrognosis life = prognosis;
        if (life != null && report.level().isUsable() && report.stateTime() != 0) {
            o.estimate().ifPresent(estimate -> life.observe(estimate, report.stateTime()));
        }
        PrognosisAnswer answer = joined(now, others -> life == null ? noLimits() : life.quick(others, now));
        boolean isStale = report.stateTime() == 0
                || UaTime.secondsBetween(report.stateTime(), now)
                        > Math.max(STALE_SECONDS, STALE_STEPS * report.stepSeconds());
        Optional<Prognosis> known = answer.prognosis();
        Detection detection = joined(o.detection());
        HealthInputs in = HealthInputs.at(now).with(report).with(detection).withVibration(vibration);
        if (report.level().isUsable() && model != null) {
            in = in.withDamage(DamageLevel.of(model, parameters, report));
        }
        in = wear == null ? in : in.withDamage(both(in.damage(), wear.damage()));
        in = withLife(in, known);
        OperatingMode mode = o.hasMode() ? mode() : null;
        in = mode == null ? in : in.with(mode);
        HealthInputs.PointLimit limit =
                mode == OperatingMode.RUNNING ? inputs.passedLimit() : null; // at rest low flow is right
        in = limit == null ? in : in.with(limit);
        HealthAssessment health = HealthAssessor.assess(in);
        double age = report.stateTime() == 0 ? 0 : Math.max(0, UaTime.secondsBetween(report.stateTime(), now));
        return new Assessment(
                now,
                age,
                isStale || !inputs.areGood() ? Assessment.Inputs.NOT_GOOD : Assessment.Inputs.GOOD,
                health,
                answer,
                known.map(p -> p.failureWithin(MaintenancePoints.PROBABILITY_HOURS))
                        .orElse(-1.0),
                known.map(Prognosis::coverage).orElse(-1.0),
                state(report, known),
                VibrationHealth.detection(detection, vibration),
                VibrationHealth.report(o.fault(), vibration, now),
                report.score() < 0 ? -1 : report.score() / 100,
                report.isOutsideEnvelope(),
                model == null ? "" : model.description().versionText());
    }

    /** The same with what is left of the life, where that is within what was looked at. */
    static HealthInputs withLife(HealthInputs in, Optional<Prognosis> known) {
        return known.filter(p -> !p.isBeyondHorizon())
                .map(p -> in.with(new HealthInputs.Life(p.medianHours(), p.lowerHours(), p.dominantMode())))
                .orElse(in);
    }

    /** What physics and trends say together. */
    private PrognosisAnswer joined(long now, Function<List<MethodForecast>, PrognosisAnswer> physics) {
        WearPoints points = wear;
        if (points == null) {
            return physics.apply(List.of());
        }
        List<MethodForecast> trends = points.forecasts(now);
        return prognosis == null ? points.answer(trends, now) : physics.apply(trends);
    }

    private static List<DamageLevel> both(List<DamageLevel> some, List<DamageLevel> others) {
        List<DamageLevel> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static Assessment.State state(Synchronisation report, Optional<Prognosis> known) {
        boolean isDrifting = report.level() == FidelityLevel.DRIFTING || report.level() == FidelityLevel.INVALID;
        return known.isEmpty()
                ? Assessment.State.LEARNING
                : isDrifting ? Assessment.State.DRIFTING : Assessment.State.READY;
    }

    /** What the asset says of itself. */
    private @Nullable OperatingMode mode() {
        PointValue value = new PointValue();
        table.read(instance.row(STATE), value);
        boolean isUsable =
                value.hasValue() && value.object == null && value.status().isGood();
        return isUsable ? OperatingMode.ofNumber((double) value.bits) : null;
    }

    private static PrognosisAnswer noLimits() {
        return new PrognosisAnswer.NotYet(both(
                "The model of this twin knows no damage that ends its life.",
                "Das Modell dieses Zwillings kennt keinen Schaden, der seine Lebensdauer beendet."));
    }

    static Text both(String en, String de) {
        return new Text(Map.of("en", en, "de", de));
    }

    private Detection joined(Detection of) {
        return streams == null ? of : streams.joined(of);
    }

    /** Nothing follows it, but points of it wear towards a limit, are compared with their own past, or are waveforms that are analysed. */
    private Assessment byPoints(@Nullable BaselineFeed learned, List<VibrationCondition> vibration, long now) {
        WearPoints points = wear;
        Detection detection = joined(learned == null ? Unfollowed.notCompared() : learned.report());
        return Unfollowed.byPoints(
                HealthInputs.at(now).withVibration(vibration).withDamage(points == null ? List.of() : points.damage()),
                detection,
                inputs,
                points == null ? null : points.answer(points.forecasts(now), now));
    }

    /** The answer to a question about the remaining life, from the last estimate. */
    synchronized PrognosisAnswer predict(double loadFactor, long now) {
        TwinPrognosis life = prognosis;
        WearPoints points = wear;
        List<MethodForecast> trends = points == null ? List.of() : points.loaded(now, loadFactor);
        return life != null
                ? life.deep(loadFactor, trends, now)
                : points != null ? points.answer(trends, now) : noLimits();
    }

    /**
     * Parts were made as new.
     *
     * @param task failure mode that was repaired, or the overhaul.
     * @param damage states and what they are now.
     * @param at ticks.
     * @return points whose wear begins anew.
     */
    synchronized List<String> maintained(String task, Map<String, Restored> damage, long at) {
        TwinPrognosis life = prognosis;
        if (life != null) {
            damage.forEach((state, now) -> life.maintained(state, now.level(), now.sigma(), now.isOther()));
        }
        startOfLife = Double.NaN;
        announcer.forget();
        if (streams != null) {
            streams.forget();
        }
        return wear == null ? List.of() : wear.maintained(task.equals(MaintenanceAction.OVERHAUL) ? null : task, at);
    }

    /**
     * A damage state after maintenance.
     *
     * @param level in its unit.
     * @param sigma how well that is known.
     * @param isOther whether it is another part.
     */
    record Restored(double level, double sigma, boolean isOther) {}

    /** What has to survive a restart; empty while nothing was learned. */
    synchronized byte[] save() {
        if (prognosis == null) {
            return new byte[0];
        }
        byte[] learned = prognosis.save();
        byte[] name = definition();
        return ByteBuffer.allocate(Integer.BYTES + name.length + Double.BYTES + learned.length)
                .putInt(name.length)
                .put(name)
                .putDouble(startOfLife)
                .put(learned)
                .array();
    }

    /** Takes up what {@link #save} wrote; not if it was another asset. */
    synchronized void restore(byte[] saved) {
        byte[] name = definition();
        int from = Integer.BYTES + name.length + Double.BYTES;
        if (prognosis == null || saved.length < from) {
            return;
        }
        ByteBuffer in = ByteBuffer.wrap(saved);
        if (in.getInt() != name.length
                || !Arrays.equals(saved, Integer.BYTES, Integer.BYTES + name.length, name, 0, name.length)) {
            return;
        }
        in.position(Integer.BYTES + name.length);
        double start = in.getDouble();
        if (prognosis.restore(Arrays.copyOfRange(saved, from, saved.length))) {
            startOfLife = start;
        }
    }

    /** The pasts of points that are compared with them; empty if there are none. */
    synchronized byte[] saveStreams() {
        return streams == null ? new byte[0] : streams.save();
    }

    /** Takes up what {@link #saveStreams} wrote. */
    synchronized void restoreStreams(byte[] saved) {
        if (streams != null) {
            streams.restore(saved);
        }
    }

    /** The pasts of points that wear; empty if there are none. */
    synchronized byte[] saveWear() {
        return wear == null ? new byte[0] : wear.save();
    }

    /** Takes up what {@link #saveWear} wrote. */
    synchronized void restoreWear(byte[] saved) {
        if (wear != null) {
            wear.restore(saved);
        }
    }

    /** What it depends on beside readings: another model or other parameters make another asset. */
    private byte[] definition() {
        String version = model == null ? "" : model.description().versionText();
        return "%s %s %s"
                .formatted(instance.type().name(), version, Arrays.toString(parameters))
                .getBytes(StandardCharsets.UTF_8);
    }
}
