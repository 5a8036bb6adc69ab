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
    private static final double CHECK_H = 24;
    private static final double REDRAW = 0.1; // change of the likeliest life that makes draws anew
    private static final Text NO_DATA = new Text(Map.of(
            "en", "the twin does not follow its asset yet",
            "de", "der Zwilling folgt seiner Anlage noch nicht"));
    private static final Text NO_RUN = new Text(Map.of(
            "en", "the asset has not run for an hour yet since it is followed",
            "de", "die Anlage ist noch keine Stunde gelaufen, seit ihr gefolgt wird"));

    private final PhysicsPrognosis physics;
    private final TwinModel model;
    private final double[] configured;
    private final Settings settings;
    private final LoadRecorder load;
    private final CombinedPrognosis combined;
    private final WearTracker[] trackers; // by state; null for process states
    private final boolean[] isSeen;
    private final List<Check> checks = new ArrayList<>();
    private @Nullable WearParameters rates;
    private @Nullable Estimate latest;
    private long latestTime = Long.MIN_VALUE;
    private PhysicsPrognosis.@Nullable Drawn drawn;
    private double drawnNominal = Double.NaN;
    private int sinceDrawn;

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
        /** 90 %, 10 years, load of a week, errors of 3 h, 200 draws anew every 60 answers, 1000 for a question. */
        public static Settings defaults() {
            return new Settings(0.9, 87_660, 168, 3, 200, 1000, 60, 1);
        }

        /** The same with another seed: twins are to differ in their draws. */
        public Settings withSeed(long other) {
            return new Settings(level, horizonHours, loadMemoryHours, errorHours, draws, deepDraws, redrawEvery, other);
        }
    }

    /** A level that was predicted: where the estimate will be at a time. */
    private record Check(int state, long due, double lower, double median, double upper) {}

    private TwinPrognosis(PhysicsPrognosis physics, double[] configured, Settings settings) {
        this.physics = physics;
        this.model = physics.limits().model;
        this.configured = configured.clone();
        this.settings = settings;
        load = new LoadRecorder(model.description().inputs().size(), settings.loadMemoryHours());
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
        ModelStart at = estimate.start(none());
        if (rates == null) {
            rates = WearParameters.of(physics.limits(), configured, at);
            for (int i : physics.limits().damage) {
                if (trackers[i] == null) {
                    trackers[i] = new WearTracker(rates.spread(i), settings.errorHours() * model.pace());
                }
            }
        }
        double hours = latestTime == Long.MIN_VALUE ? 0 : (time - latestTime) / 1e7 / 3600;
        double counted = Math.min(hours, LONGEST_STEP_H);
        if (counted > 0) {
            load.add(at.inputs(), at.mode(), counted);
        }
        double[] x = at.state();
        double[] dx = new double[x.length];
        if (at.mode() == OperatingMode.RUNNING) {
            model.bind(rates.nominal(at.parameters())).derivatives(at.mode(), x, at.inputs(), dx);
        }
        for (int i : physics.limits().damage) {
            double sigma = estimate.stateSigma(i);
            isSeen[i] = sigma > 0;
            if (isSeen[i]) {
                trackers[i].observe(hours, 3600 * hours * dx[i], x[i], sigma);
            }
        }
        check(x, time, dx, estimate);
        latest = estimate;
        latestTime = time;
    }

    /** Compares levels that were predicted with what became of them, and predicts the next. */
    private void check(double[] x, long time, double[] dx, Estimate estimate) {
        double factor = StrictMath.sqrt(2);
        for (Check check : List.copyOf(checks)) {
            if (time >= check.due()) {
                checks.remove(check);
                if (time - check.due() < LONGEST_STEP_H * 3600 * 1e7) {
                    combined.past(PrognosisMethod.PHYSICS)
                            .outcome(check.lower(), check.median(), check.upper(), x[check.state()]);
                }
            }
        }
        Optional<LoadProfile> profile = load.profile();
        for (int i : physics.limits().damage) {
            int state = i;
            if (!isSeen[i] || dx[i] == 0 || profile.isEmpty() || load.hours() < 1) {
                continue;
            }
            if (checks.stream().noneMatch(c -> c.state() == state)) {
                WearState wear = trackers[i].state("");
                double grown = 3600 * CHECK_H * dx[i] * duty(profile.get());
                double error = estimate.stateSigma(i) * factor;
                double sigma = Math.hypot(error, wear.factorSigma() * grown);
                double z = 1.6449 * sigma * normal(settings.level()) / 1.6449;
                double median = x[i] + wear.factor() * grown;
                checks.add(new Check(i, time + Math.round(CHECK_H * 3600 * 1e7), median - z, median, median + z));
            }
        }
    }

    private static double normal(double level) {
        return Math.sqrt(2) * org.apache.commons.math3.special.Erf.erfInv(level);
    }

    private static double duty(LoadProfile profile) {
        double running = 0;
        for (LoadProfile.Stretch stretch : profile.stretches()) {
            running += stretch.mode() == OperatingMode.RUNNING ? stretch.hours() : 0;
        }
        return running / profile.cycleHours();
    }

    private static ModelStart.Quality none() {
        return new ModelStart.Quality("", List.of(), List.of(), 0, -1, false);
    }

    /** What is known of wear, by damage state. */
    public List<WearState> wear() {
        List<WearState> wear = new ArrayList<>();
        WearParameters known = rates;
        if (known == null || latest == null) {
            return wear;
        }
        double[] x = latest.start(none()).state();
        for (int i : physics.limits().damage) {
            String name = model.description().states().get(i).name();
            wear.add(
                    isSeen[i] && trackers[i].hasBegun()
                            ? trackers[i].state(name)
                            : new WearState(name, x[i], 0, 1, known.spread(i), 0, false));
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
        double now = first(physics.nominal(estimate, profile.get(), wear, horizon));
        double ratio = now / drawnNominal;
        boolean isSame = drawn != null
                && sinceDrawn < settings.redrawEvery()
                && (now == drawnNominal || Math.abs(ratio - 1) < REDRAW);
        if (!isSame) {
            drawn = physics.draw(
                    estimate,
                    profile.get(),
                    wear,
                    new PhysicsPrognosis.Effort(settings.draws(), horizon, settings.seed()));
            drawnNominal = now;
            sinceDrawn = 0;
            ratio = 1;
        }
        sinceDrawn++;
        MethodForecast made = drawn.forecast(estimate, horizon);
        return Optional.of(
                ratio == 1 || !Double.isFinite(ratio)
                        ? made
                        : new MethodForecast(
                                made.method(),
                                made.life().stretched(ratio),
                                made.modes(),
                                made.fit(),
                                made.extrapolated(),
                                made.reason()));
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
        LoadProfile scaled = profile.get().scaled(model, configured, loadFactor);
        return Optional.of(physics.forecast(
                estimate,
                scaled,
                wear(),
                new PhysicsPrognosis.Effort(settings.deepDraws(), settings.horizonHours(), settings.seed())));
    }

    /** The load of the past; empty before an hour of it is known. */
    public Optional<LoadProfile> profile() {
        return load.hours() < 1 ? Optional.empty() : load.profile();
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
        return combined.answer(all, age, model.description().versionText(), latest == null ? NO_DATA : NO_RUN);
    }

    private static double first(double[] passage) {
        double first = Double.POSITIVE_INFINITY;
        for (double each : passage) {
            first = Math.min(first, each);
        }
        return first;
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
        if (trackers[i] != null) {
            trackers[i].renew(level, sigma, isOther);
        }
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
            for (PrognosisMethod method : PrognosisMethod.values()) {
                combined.past(method).save(out);
            }
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
            for (PrognosisMethod method : PrognosisMethod.values()) {
                combined.past(method).restore(in);
            }
            double[] all = new double[WearTracker.SAVED];
            for (int i = 0; i < trackers.length; i++) {
                if (in.readBoolean()) {
                    for (int k = 0; k < all.length; k++) {
                        all[k] = in.readDouble();
                    }
                    trackers[i] = new WearTracker(1, settings.errorHours() * model.pace());
                    trackers[i].restore(all, 0);
                }
            }
            return true;
        } catch (IOException e) {
            return false; // cut short or not ours: it learns anew
        }
    }
}
