package org.uatwin.simulation.prognosis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.special.Erf;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.estimation.Estimate;

/**
 * The remaining life of one followed twin: {@link #observe} takes its estimate about once a minute, learns how it is run and how fast it
 * wears, and checks what was predicted; {@link #quick} answers at once from draws that are made anew now and then; {@link #deep} makes them
 * for a question. Owned by one thread at a time; answers are immutable.
 */
public final class TwinPrognosis {
    private static final int FORMAT = 1;
    private static final double LONGEST_STEP_H = 1; // what lies between two estimates that far apart is not known
    private static final double LEAST_HOURS = 1.0 / 6; // of a load
    private static final long LIVE_STEPS = 200_000;
    private static final double CHECK_H = 24;
    private static final double REDRAW = 0.1; // change of the likeliest life that makes draws anew
    private static final Text NO_DATA = new Text(Map.of(
            "en", "the twin does not follow its asset yet",
            "de", "der Zwilling folgt seiner Anlage noch nicht"));
    private static final Text NO_RUN = new Text(Map.of(
            "en", "the asset has not run for ten minutes yet since it is followed",
            "de", "die Anlage ist noch keine zehn Minuten gelaufen, seit ihr gefolgt wird"));

    private final PhysicsPrognosis physics;
    private final TwinModel model;
    private final double[] configured;
    private final Settings settings;
    private final LoadRecorder load;
    private final CombinedPrognosis combined;
    private final @Nullable WearTracker[] trackers; // by state; null for process states, and until it has run
    private final boolean[] isSeen;
    private final List<Check> checks = new ArrayList<>();
    private @Nullable Estimate latest;
    private long latestTime = Long.MIN_VALUE;
    private @Nullable Drawn drawn;

    /**
     * How it is done.
     *
     * @param level confidence level of intervals.
     * @param horizonHours up to which it is looked.
     * @param loadMemoryHours time constant of the load of the past.
     * @param errorHours after which the error of an estimate is another one.
     * @param draws of a live answer.
     * @param deepDraws of the answer to a question.
     * @param redrawEvery live answers for which draws are used again.
     * @param seed of the draws.
     */
    public record Settings(
            double level,
            double horizonHours,
            double loadMemoryHours,
            double errorHours,
            int draws,
            int deepDraws,
            int redrawEvery,
            long seed) {
        /** 90 %, 10 years, load of a week, errors of 3 h, 100 draws anew every 60 answers, 1000 for a question. */
        public static Settings defaults() {
            return new Settings(0.9, 87_660, 168, 3, 100, 1000, 60, 1);
        }

        /** The same with another seed: twins are to differ in their draws. */
        public Settings withSeed(long other) {
            return new Settings(level, horizonHours, loadMemoryHours, errorHours, draws, deepDraws, redrawEvery, other);
        }
    }

    /** Lives that were drawn, and the likeliest then. */
    private static final class Drawn {
        final DamageOutlook outlook;
        final DrawnLives lives;
        final double likeliest;
        int used;

        Drawn(DamageOutlook outlook, DrawnLives lives, double likeliest) {
            this.outlook = outlook;
            this.lives = lives;
            this.likeliest = likeliest;
        }
    }

    /** A level that was predicted: where the estimate will be at a time. */
    private record Check(int state, long due, double lower, double median, double upper) {}

    private TwinPrognosis(PhysicsPrognosis physics, double[] configured, Settings settings) {
        this.physics = physics;
        this.model = physics.limits().model;
        this.configured = configured.clone();
        this.settings = settings;
        load = new LoadRecorder(
                model.description().inputs(), model.description().states().size(), settings.loadMemoryHours());
        combined = new CombinedPrognosis(settings.level());
        trackers = new WearTracker[model.description().states().size()];
        isSeen = new boolean[trackers.length];
    }

    /**
     * Of a twin; empty if damage of its model leads to no failure mode.
     *
     * @param configured parameters of the asset.
     */
    public static Optional<TwinPrognosis> of(TwinModel model, double[] configured, Settings settings) {
        return PhysicsPrognosis.of(model, configured).map(p -> new TwinPrognosis(p, configured, settings));
    }

    /** Weights and coverage of the methods. */
    public CombinedPrognosis combined() {
        return combined;
    }

    /**
     * Takes an estimate.
     *
     * @param time of it, {@link UaTime} ticks; not before the last one.
     */
    public void observe(Estimate estimate, long time) {
        ModelStart at = estimate.start(DamageOutlook.NONE);
        double[] x = at.state();
        double[] dx = new double[x.length];
        boolean isRunning = at.mode() == OperatingMode.RUNNING;
        if (isRunning) {
            WearParameters rates = physics.rates(at);
            for (int i : physics.limits().damage) {
                if (trackers[i] == null && rates.isTelling()) {
                    trackers[i] = new WearTracker(rates.spread(i), settings.errorHours() * model.pace());
                }
            }
            model.bind(rates.nominal(at.parameters())).derivatives(at.mode(), x, at.inputs(), dx);
        }
        for (int i = 0; i < dx.length; i++) {
            dx[i] *= 3600; // 1/h
        }
        double hours = latestTime == Long.MIN_VALUE ? 0 : (time - latestTime) / 1e7 / 3600;
        if (hours > 0) {
            load.add(at.inputs(), at.mode(), dx, Math.min(hours, LONGEST_STEP_H));
        }
        for (int i : physics.limits().damage) {
            double sigma = estimate.stateSigma(i);
            isSeen[i] = sigma > 0;
            WearTracker tracker = trackers[i];
            if (isSeen[i] && tracker != null) {
                tracker.observe(hours, hours * (hours <= LONGEST_STEP_H ? dx[i] : load.rate(i)), x[i], sigma);
            }
        }
        check(x, time, estimate);
        latest = estimate;
        latestTime = time;
    }

    /** Compares levels that were predicted with what became of them, and predicts the next. */
    private void check(double[] x, long time, Estimate estimate) {
        for (Check check : List.copyOf(checks)) {
            if (time >= check.due()) {
                checks.remove(check);
                if (time - check.due() < LONGEST_STEP_H * 3600 * 1e7) {
                    combined.past(PrognosisMethod.PHYSICS)
                            .outcome(check.lower(), check.median(), check.upper(), x[check.state()]);
                }
            }
        }
        double z = Math.sqrt(2) * Erf.erfInv(settings.level());
        for (int i : physics.limits().damage) {
            int state = i;
            double grown = CHECK_H * load.rate(i);
            WearTracker tracker = trackers[i];
            if (isSeen[i] && tracker != null && grown != 0 && checks.stream().noneMatch(c -> c.state() == state)) {
                WearState wear = tracker.state("");
                double error = Math.sqrt(2) * estimate.stateSigma(i); // of this estimate and of the one then
                double sigma = StrictMath.hypot(error, wear.factorSigma() * grown);
                double median = x[i] + wear.factor() * grown;
                checks.add(new Check(
                        i, time + Math.round(CHECK_H * 3600 * 1e7), median - z * sigma, median, median + z * sigma));
            }
        }
    }

    /** What is known of wear, by damage state; empty before the asset has run. */
    public List<WearState> wear() {
        List<WearState> wear = new ArrayList<>();
        if (latest == null) {
            return wear;
        }
        double[] x = latest.start(DamageOutlook.NONE).state();
        for (int i : physics.limits().damage) {
            String name = model.description().states().get(i).name();
            WearTracker tracker = trackers[i];
            if (tracker != null) {
                wear.add(
                        isSeen[i] && tracker.hasBegun()
                                ? tracker.state(name)
                                : new WearState(name, x[i], 0, 1, tracker.spread(), 0, false));
            }
        }
        return wear;
    }

    /** What physics says, for a live value: cheap, at most a minute old. Empty if it cannot say anything yet. */
    public Optional<MethodForecast> live() {
        Estimate estimate = latest;
        Optional<LoadProfile> profile = profile();
        if (estimate == null || profile.isEmpty()) {
            return Optional.empty();
        }
        List<WearState> wear = wear();
        double horizon = settings.horizonHours();
        Drawn last = drawn;
        if (last != null && last.used < settings.redrawEvery()) {
            last.used++;
            double now = DamageOutlook.first(last.outlook.likeliest(estimate, wear, horizon));
            double ratio = now / last.likeliest;
            if (now == last.likeliest || Math.abs(ratio - 1) < REDRAW) {
                MethodForecast made = last.lives.forecast(estimate, horizon);
                return Optional.of(Double.isFinite(ratio) ? made.stretched(ratio) : made);
            }
        }
        DamageOutlook outlook = outlook(estimate, profile.get(), LIVE_STEPS / settings.draws());
        DrawnLives lives = outlook.draw(
                estimate, wear, new PhysicsPrognosis.Effort(settings.draws(), horizon, LIVE_STEPS, settings.seed()));
        drawn = new Drawn(outlook, lives, DamageOutlook.first(outlook.likeliest(estimate, wear, horizon)));
        return Optional.of(lives.forecast(estimate, horizon));
    }

    /** The way ahead as the asset was run: what its damage saw counts, not only the mean inputs of its ways of running. */
    private DamageOutlook outlook(Estimate estimate, LoadProfile profile, long fullSteps) {
        DamageOutlook outlook = physics.outlook(estimate, profile, fullSteps);
        double[] rates = outlook.rates(estimate);
        for (int i : physics.limits().damage) {
            double factor = load.rate(i) / rates[i];
            if (factor > 0 && Double.isFinite(factor)) {
                outlook.asRun(i, factor);
            }
        }
        return outlook;
    }

    /**
     * What physics says to a question.
     *
     * @param loadFactor on the load of the past; 1 = as it was.
     */
    public Optional<MethodForecast> asked(double loadFactor) {
        Estimate estimate = latest;
        Optional<LoadProfile> profile = profile();
        if (estimate == null || profile.isEmpty()) {
            return Optional.empty();
        }
        PhysicsPrognosis.Effort effort =
                PhysicsPrognosis.Effort.of(settings.deepDraws(), settings.horizonHours(), settings.seed());
        long each = effort.fullSteps() / effort.draws();
        DamageOutlook asRun = outlook(estimate, profile.get(), each);
        DamageOutlook outlook = loadFactor == 1
                ? asRun
                : physics.outlook(estimate, profile.get().scaled(model, configured, loadFactor), each)
                        .asRun(asRun);
        return Optional.of(outlook.draw(estimate, wear(), effort).forecast(estimate, effort.horizonHours()));
    }

    /** The load of the past; empty before ten minutes of it are known. */
    public Optional<LoadProfile> profile() {
        return load.hours() < LEAST_HOURS ? Optional.empty() : load.profile();
    }

    /**
     * The live answer.
     *
     * @param others what other methods say of the asset.
     * @param now {@link UaTime} ticks.
     */
    public PrognosisAnswer quick(List<MethodForecast> others, long now) {
        return answer(live(), others, now);
    }

    /** The answer to a question, with more draws and a factor on the load of the past. */
    public PrognosisAnswer deep(double loadFactor, List<MethodForecast> others, long now) {
        return answer(asked(loadFactor), others, now);
    }

    private PrognosisAnswer answer(Optional<MethodForecast> own, List<MethodForecast> others, long now) {
        List<MethodForecast> all = new ArrayList<>(others);
        own.ifPresent(forecast -> all.add(0, forecast));
        double age = latestTime == Long.MIN_VALUE ? 0 : Math.max(0, (now - latestTime) / 1e7);
        String version =
                own.isPresent() || others.isEmpty() ? model.description().versionText() : WearTrend.VERSION;
        return combined.answer(all, age, version, latest == null ? NO_DATA : NO_RUN);
    }

    /**
     * A part was replaced or repaired.
     *
     * @param state damage state.
     * @param level what it is now, in its unit.
     * @param sigma how well that is known.
     * @param isOther whether it is another part, whose rate of wear has to be learned.
     * @throws IllegalArgumentException if there is no such damage state.
     */
    public void maintained(String state, double level, double sigma, boolean isOther) {
        int i = model.description().stateIndex(state);
        if (i < 0 || java.util.Arrays.stream(physics.limits().damage).noneMatch(d -> d == i)) {
            throw new IllegalArgumentException(
                    "%s has no damage state %s".formatted(model.description().name(), state));
        }
        WearTracker tracker = trackers[i];
        if (tracker != null) {
            tracker.renew(level, sigma, isOther);
        }
        latest = null; // what is said next stands on an estimate of what is there now
        checks.removeIf(check -> check.state() == i);
        drawn = null;
    }

    /** What has to survive a restart. */
    public byte[] save() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeUTF(model.description().versionText());
            out.writeLong(latestTime);
            load.save(out);
            combined.save(out);
            double[] all = new double[WearTracker.SAVED];
            for (WearTracker tracker : trackers) {
                out.writeBoolean(tracker != null);
                if (tracker != null) {
                    tracker.save(all, 0);
                    for (double each : all) {
                        out.writeDouble(each);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    /**
     * Takes up what {@link #save} wrote; before the first estimate.
     *
     * @return whether it belongs to this model and could be read.
     */
    public boolean restore(byte[] saved) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved))) {
            if (in.readInt() != FORMAT
                    || !in.readUTF().equals(model.description().versionText())) {
                return false;
            }
            latestTime = in.readLong();
            load.restore(in);
            combined.restore(in);
            double[] all = new double[WearTracker.SAVED];
            for (int i = 0; i < trackers.length; i++) {
                if (in.readBoolean()) {
                    for (int k = 0; k < all.length; k++) {
                        all[k] = in.readDouble();
                    }
                    WearTracker tracker = new WearTracker(1, settings.errorHours() * model.pace());
                    tracker.restore(all, 0);
                    trackers[i] = tracker;
                }
            }
            return true;
        } catch (IOException e) {
            return false; // cut short or not ours: it learns anew
        }
    }
}
