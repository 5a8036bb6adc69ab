package org.uatwin.server.maintenance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.VibrationRule;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.type.Limits;
import org.uatwin.informationmodel.type.MaintenancePoints;
import org.uatwin.informationmodel.type.Member;
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
import org.uatwin.simulation.health.DeviceHealth;
import org.uatwin.simulation.health.FaultReport;
import org.uatwin.simulation.health.HealthAssessment;
import org.uatwin.simulation.health.HealthAssessor;
import org.uatwin.simulation.health.HealthInputs;
import org.uatwin.simulation.health.VibrationHealth;
import org.uatwin.simulation.maintenance.MaintenanceAction;
import org.uatwin.simulation.prognosis.Prognosis;
import org.uatwin.simulation.prognosis.PrognosisAnswer;
import org.uatwin.simulation.prognosis.PrognosisMethod;
import org.uatwin.simulation.prognosis.TwinPrognosis;
import org.uatwin.simulation.prognosis.WearState;
import org.uatwin.simulation.vibration.BearingFault;
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
    private final int[] inputRows; // bound points, whose quality counts
    private final @Nullable TwinPrognosis prognosis; // guarded by this, as all below
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
        inputRows = inputRows(instance, followable);
    }

    /** Points that are bound and that the model takes; all that are bound where there is none. */
    private static int[] inputRows(TwinInstance instance, Optional<Followable> followable) {
        List<Integer> rows = new ArrayList<>();
        List<Member.Point> points = instance.type().declaredPoints();
        for (int i = 0; i < points.size(); i++) {
            Binding binding = instance.binding(i);
            boolean isListened = instance.twin().treatment(i).vibration().isPresent();
            boolean isNumber = points.get(i).dataType().isNumeric()
                    && (!points.get(i).isArray() || isListened)
                    && !(binding instanceof Binding.Analysed); // says itself what it stands on
            String name = points.get(i).name();
            boolean isTaken = followable
                    .map(f -> f.description().unitOfPoint(name) != null)
                    .orElse(true);
            if (isNumber && (isTaken || isListened) && binding != null && !(binding instanceof Binding.Constant)) {
                rows.add(instance.firstRow() + i);
            }
        }
        return rows.stream().mapToInt(Integer::intValue).toArray();
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

    /** What its waveforms are looked at for, one each. */
    private List<VibrationRule> rules() {
        List<VibrationRule> rules = new ArrayList<>();
        for (int i = 0; instance.twin().isTreated() && i < instance.twin().pointCount(); i++) {
            instance.twin().treatment(i).vibration().ifPresent(rules::add);
        }
        return rules;
    }

    private boolean isListenedTo() {
        return !rules().isEmpty();
    }

    /** Faults of bearings that its waveforms can name. */
    List<String> bearingFaults() {
        boolean hasBearing =
                rules().stream().anyMatch(rule -> rule.bearing().isPresent());
        return hasBearing
                ? Arrays.stream(BearingFault.values())
                        .map(BearingFault::failureMode)
                        .toList()
                : List.of();
    }

    /** Failure modes its model knows. */
    List<FailureMode> modes() {
        return model == null ? List.of() : model.failureModes();
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
        Assessment found = observation.isPresent()
                ? assess(observation.get(), vibration, now)
                : learned != null
                        ? byBaseline(learned, vibration, now)
                        : isListenedTo() ? byVibration(vibration, now) : nothing(now);
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
        PrognosisAnswer answer = life == null ? noLimits() : life.quick(List.of(), now);
        boolean isStale = report.stateTime() == 0
                || UaTime.secondsBetween(report.stateTime(), now)
                        > Math.max(STALE_SECONDS, STALE_STEPS * report.stepSeconds());
        Optional<Prognosis> known = answer.prognosis();
        HealthInputs in = HealthInputs.at(now).with(report).with(o.detection()).withVibration(vibration);
        if (report.level().isUsable() && model != null) {
            in = in.withDamage(DamageLevel.of(model, parameters, report));
        }
        if (known.isPresent() && !known.get().isBeyondHorizon()) {
            Prognosis p = known.get();
            in = in.with(new HealthInputs.Life(p.medianHours(), p.lowerHours(), p.dominantMode()));
        }
        OperatingMode mode = o.hasMode() ? mode() : null;
        in = mode == null ? in : in.with(mode);
        HealthInputs.PointLimit limit =
                mode == OperatingMode.RUNNING ? passedLimit() : null; // at rest low flow is right
        in = limit == null ? in : in.with(limit);
        HealthAssessment health = HealthAssessor.assess(in);
        double age = report.stateTime() == 0 ? 0 : Math.max(0, UaTime.secondsBetween(report.stateTime(), now));
        return new Assessment(
                now,
                age,
                isStale || !areInputsGood() ? Assessment.Inputs.NOT_GOOD : Assessment.Inputs.GOOD,
                health,
                answer,
                known.map(p -> p.failureWithin(MaintenancePoints.PROBABILITY_HOURS))
                        .orElse(-1.0),
                life == null
                        ? -1
                        : life.combined().past(PrognosisMethod.PHYSICS).coverage(),
                state(report, known),
                VibrationHealth.detection(o.detection(), vibration),
                VibrationHealth.report(o.fault(), vibration, now),
                report.score() < 0 ? -1 : report.score() / 100,
                report.isOutsideEnvelope(),
                model == null ? "" : model.description().versionText());
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

    /** The worst of the points' own limits that is passed, if one is. */
    private HealthInputs.@Nullable PointLimit passedLimit() {
        HealthInputs.PointLimit worst = null;
        PointValue value = new PointValue();
        for (int row : inputRows) {
            Member.Point point = instance.type().points().get(row - instance.firstRow());
            table.read(row, value);
            if (!point.limits().isEmpty() && !point.isArray() && value.hasValue() && value.status().isGood()) {
                HealthInputs.PointLimit passed = passed(point, point.dataType().toDouble(value.bits));
                boolean isWorse = passed != null && (worst == null || (passed.isAlarm() && !worst.isAlarm()));
                worst = isWorse ? passed : worst;
            }
        }
        return worst;
    }

    private static HealthInputs.@Nullable PointLimit passed(Member.Point point, double value) {
        Limits limits = point.limits();
        boolean isOut = value >= limits.highHigh().orElse(Double.POSITIVE_INFINITY)
                || value <= limits.lowLow().orElse(Double.NEGATIVE_INFINITY);
        boolean isBeyond = isOut
                || value >= limits.high().orElse(Double.POSITIVE_INFINITY)
                || value <= limits.low().orElse(Double.NEGATIVE_INFINITY);
        return isBeyond ? new HealthInputs.PointLimit(point.name(), isOut ? 1.5 : 1, isOut) : null;
    }

    private boolean areInputsGood() {
        PointValue value = new PointValue();
        for (int row : inputRows) {
            table.read(row, value);
            if (!value.status().isGood()) {
                return false;
            }
        }
        return true;
    }

    private static PrognosisAnswer noLimits() {
        return new PrognosisAnswer.NotYet(both(
                "The model of this twin knows no damage that ends its life.",
                "Das Modell dieses Zwillings kennt keinen Schaden, der seine Lebensdauer beendet."));
    }

    static Text both(String en, String de) {
        return new Text(Map.of("en", en, "de", de));
    }

    /** Nothing follows it: what was learned of its points is all there is. */
    private Assessment byBaseline(BaselineFeed learned, List<VibrationCondition> vibration, long now) {
        Detection detection = learned.report();
        Text why = both(
                "No model of this twin knows its failure modes.",
                "Kein Modell dieses Zwillings kennt seine Ausfallarten.");
        return unfollowed(
                now,
                areInputsGood() ? Assessment.Inputs.GOOD : Assessment.Inputs.NOT_GOOD,
                HealthAssessor.assess(HealthInputs.at(now).with(detection).withVibration(vibration)),
                detection,
                vibration,
                why,
                learned.watch.learned().id());
    }

    /** Nothing follows it, and nothing was learned of it, but its vibration is looked at. */
    private Assessment byVibration(List<VibrationCondition> vibration, long now) {
        Text why = both(
                "No model of this twin knows its failure modes: only its vibration is watched.",
                "Kein Modell dieses Zwillings kennt seine Ausfallarten: nur die Schwingung wird überwacht.");
        return unfollowed(
                now,
                areInputsGood() ? Assessment.Inputs.GOOD : Assessment.Inputs.NOT_GOOD,
                HealthAssessor.assess(HealthInputs.at(now).withVibration(vibration)),
                new Detection(0, 0, false, 0, List.of(), null, why),
                vibration,
                why,
                "");
    }

    /** Nothing follows it, and nothing was learned of it. */
    private Assessment nothing(long now) {
        Text why = both(
                "Nothing follows this twin, and no baseline was learned: call LearnBaseline, or see whether its type has a model and"
                        + " the plant file says follow: false.",
                "Diesem Zwilling wird nicht gefolgt, und kein Normalverhalten ist gelernt: LearnBaseline aufrufen, oder prüfen, ob sein"
                        + " Typ ein Modell hat und die Anlagendatei follow: false sagt.");
        return unfollowed(
                now,
                Assessment.Inputs.NONE,
                new HealthAssessment(now, -1, DeviceHealth.NORMAL, List.of(), why, why),
                new Detection(0, 0, false, 0, List.of(), null, why),
                List.of(),
                why,
                "");
    }

    private static Assessment unfollowed(
            long now,
            Assessment.Inputs inputs,
            HealthAssessment health,
            Detection detection,
            List<VibrationCondition> vibration,
            Text why,
            String version) {
        return new Assessment(
                now,
                0,
                inputs,
                health,
                new PrognosisAnswer.NotYet(why),
                -1,
                -1,
                Assessment.State.NOT_AVAILABLE,
                VibrationHealth.detection(detection, vibration),
                VibrationHealth.report(
                        new FaultReport(now, false, List.of(), why, Text.EMPTY, vibration.isEmpty() ? why : Text.EMPTY),
                        vibration,
                        now),
                -1,
                false,
                version);
    }

    /** The answer to a question about the remaining life, from the last estimate. */
    synchronized PrognosisAnswer predict(double loadFactor, long now) {
        return prognosis == null ? noLimits() : prognosis.deep(loadFactor, List.of(), now);
    }

    /**
     * Parts were made as new.
     *
     * @param damage states and what they are now.
     */
    synchronized void maintained(Map<String, Restored> damage) {
        TwinPrognosis life = prognosis;
        if (life != null) {
            damage.forEach((state, now) -> life.maintained(state, now.level(), now.sigma(), now.isOther()));
        }
        startOfLife = Double.NaN;
        announcer.forget();
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

    /** What it depends on beside readings: another model or other parameters make another asset. */
    private byte[] definition() {
        String version = model == null ? "" : model.description().versionText();
        return "%s %s %s"
                .formatted(instance.type().name(), version, Arrays.toString(parameters))
                .getBytes(StandardCharsets.UTF_8);
    }
}
