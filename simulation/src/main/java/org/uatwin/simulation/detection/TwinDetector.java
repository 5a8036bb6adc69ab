package org.uatwin.simulation.detection;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.estimation.AssetFollower;
import org.uatwin.simulation.estimation.FollowedStep;
import org.uatwin.simulation.estimation.StepWatcher;

/**
 * Tells what is unusual about one twin: tests on what it deviates from its model, and, if one was learned, a baseline of how its
 * points move together. Follows the twin as its {@link StepWatcher}; points of the baseline are offered beside that. A step allocates
 * nothing. One thread at a time, that of the follower; a {@link Detection} is for any thread.
 */
public final class TwinDetector implements StepWatcher {
    private static final int FORMAT = 1;
    private static final double OVER = 0.5; // an alarm ends below this score
    private static final int OVER_BLOCKS = 5; // that many in a row
    private static final int FRESH_BLOCKS = 5; // until means over blocks say more than the last seconds
    private static final int NAMED = 5; // contributors
    private static final double WORTH_NAMING = 0.2; // of a limit
    private static final String STATE = "State";
    /** Id of what a detector learns by itself, {@link Detection.Baseline#id}. */
    public static final String RESIDUALS = "residuals";

    private final List<String> points;
    private final DetectorSettings settings;
    private final ChannelTests channels;
    private final SlowTests slow;
    private final OperatingPoints operating;
    private @Nullable BaselineWatch baseline;
    private long time;
    private long alarmSince;
    private long ranAt; // ticks of the last step in which the asset ran
    private long learnedAt;
    private int calibration;
    private int steps;
    private int regime;
    private int quietBlocks;
    private int alarmBlocks;
    private boolean isTripped;
    private boolean hasRun;
    private boolean isRunning;
    private final double[] trip = new double[1];
    private double score;
    private double worst; // score of this alarm
    private List<Detection.Contributor> causes = List.of(); // then

    /**
     * A detector that has seen nothing.
     *
     * @param points outputs of the follower, {@link AssetFollower#predictedPoints}.
     * @param inputs of its model.
     * @param stepSeconds length of its steps.
     */
    public TwinDetector(List<String> points, int inputs, double stepSeconds, DetectorSettings settings) {
        this.points = List.copyOf(points);
        this.settings = settings;
        channels = new ChannelTests(points.size(), settings);
        slow = new SlowTests(points.size(), OperatingPoints.MOST, settings.blockSteps() * stepSeconds, settings);
        operating = new OperatingPoints(inputs);
    }

    /** Watches the points of a learned baseline as well; null: no longer. */
    public void use(@Nullable BaselineWatch learned) {
        baseline = learned;
    }

    /** The learned baseline that is watched. */
    public @Nullable BaselineWatch baseline() {
        return baseline;
    }

    @Override
    public void step(FollowedStep step) {
        time = step.time();
        if (step.calibration() != calibration && step.calibration() != 0) {
            slow.calibrated(regime, calibration == 0, score < OVER && !isAlarm());
            calibration = step.calibration();
        }
        boolean isDriven = step.mode() == OperatingMode.RUNNING || step.mode() == OperatingMode.STARTING;
        if (isDriven) {
            slow.glance(step);
        }
        tripped(step.mode());
        if (!step.isRunning()) {
            channels.rest();
            slow.rest();
            return;
        }
        boolean isCalm = operating.step(step);
        channels.step(step, isCalm, slow);
        slow.step(step, isCalm);
        steps++;
        if (steps >= settings.blockSteps()) {
            slow.lags(step);
            endBlock();
        } else {
            judge(most(channels.limit), false);
        }
    }

    /** Protection does not act without a cause; over when the asset has run again for a while. */
    private void tripped(OperatingMode mode) {
        boolean isOff = mode == OperatingMode.TRIPPED || mode == OperatingMode.FAILED;
        if (isOff && !isTripped && hasRun) {
            trip[0] = 1;
            judge(1, false);
        }
        isTripped = isOff;
        isRunning = mode == OperatingMode.RUNNING;
        hasRun |= isRunning;
        ranAt = isRunning ? time : ranAt;
    }

    private void endBlock() {
        boolean isLearning = score < OVER && !isAlarm();
        regime = operating.endBlock();
        trip[0] = 0; // a whole block of running
        channels.endBlock(steps, isLearning);
        slow.endBlock(steps, regime, isLearning);
        steps = 0;
        if (learnedAt == 0 && slow.blocks(regime) >= settings.learnBlocks()) {
            learnedAt = time;
        }
        double most = 0;
        for (ResidualTest test : ResidualTest.values()) {
            double[] values = values(test);
            most = Math.max(most, values == null ? 0 : most(values));
        }
        judge(most, true);
    }

    /** Brings the score up to a test at once, down only at the end of a block. */
    private void judge(double value, boolean isBlock) {
        BaselineWatch learned = baseline;
        double most = learned == null ? value : Math.max(value, learned.score());
        if (isBlock || most > score) {
            score = Math.min(Detection.MOST, most);
        }
        if (score >= 1 && alarmSince == 0) {
            alarmSince = time;
            worst = 0;
            alarmBlocks = 0;
        }
        if (alarmSince != 0 && score > 1.2 * worst) {
            worst = score;
            causes = contributors();
        }
        if (isBlock && alarmSince != 0) {
            alarmBlocks++;
            quietBlocks = score < OVER ? quietBlocks + 1 : 0;
            if (quietBlocks >= OVER_BLOCKS) {
                alarmSince = 0;
                quietBlocks = 0;
            }
        }
    }

    private static double most(double[] values) {
        double most = 0;
        for (double value : values) {
            most = Math.max(most, value);
        }
        return most;
    }

    private double @Nullable [] values(ResidualTest test) {
        return switch (test) {
            case LIMIT -> channels.limit;
            case RATE -> channels.rate;
            case STUCK -> channels.stuck;
            case NOISE -> channels.noise;
            case MISSING -> channels.missing;
            case CUSUM -> slow.cusum;
            case EWMA -> slow.ewma;
            case PAGE_HINKLEY -> slow.page;
            case CROSS_SENSOR -> slow.crossed;
            case TRIPPED -> trip;
            case BASELINE, RELATION, OWN_PAST, ENVELOPE, ZONE -> null; // no residuals
        };
    }

    /** Score of now. */
    public double score() {
        return score;
    }

    /** Whether something unusual stands. */
    public boolean isAlarm() {
        return alarmSince != 0;
    }

    /**
     * What an output deviates by from what is usual, in standard deviations of its sensor: over the last blocks, or just after an alarm
     * over the last seconds. NaN while there is nothing.
     */
    public double deviation(int output) {
        double settled = slow.shown(output, false);
        boolean isFresh = isAlarm() && alarmBlocks < FRESH_BLOCKS;
        return isFresh || Double.isNaN(settled) ? slow.shown(output, true) : settled;
    }

    /** How sure {@link #deviation} is, in the same terms. */
    public double deviationSigma(int output) {
        return slow.sigma(output);
    }

    /**
     * Share of its answer to a sudden change that an output has shown since the alarm began; 1 of one that follows at once, or without an
     * alarm.
     */
    public double answered(int output) {
        double seconds =
                alarmSince == 0 ? Double.POSITIVE_INFINITY : (ranAt - alarmSince) / (double) UaTime.TICKS_PER_SECOND;
        return slow.answered(output, seconds);
    }

    /** Ticks of the last step; 0 before the first. */
    public long time() {
        return time;
    }

    /** Whether the asset ran in the last step. */
    public boolean isRunning() {
        return isRunning;
    }

    /** The outputs watched. */
    public List<String> points() {
        return points;
    }

    /** What there is to say now; a new object. While an alarm stands, it says what was so at its worst if nothing stands out now. */
    public Detection report() {
        List<Detection.Contributor> now = contributors();
        boolean isOld = isAlarm() && now.stream().noneMatch(c -> c.value() >= c.limit());
        return new Detection(time, score, isAlarm(), alarmSince, isOld ? causes : now, baselineInfo(), unavailable());
    }

    private List<Detection.Contributor> contributors() {
        List<Detection.Contributor> all = new ArrayList<>();
        for (ResidualTest test : ResidualTest.values()) {
            double[] values = values(test);
            for (int c = 0; values != null && c < values.length; c++) {
                if (values[c] > WORTH_NAMING) {
                    double limit = limit(test);
                    all.add(new Detection.Contributor(
                            test == ResidualTest.TRIPPED ? STATE : points.get(c),
                            values[c],
                            test,
                            values[c] * limit,
                            limit));
                }
            }
        }
        BaselineWatch learned = baseline;
        for (int c = 0; learned != null && c < learned.points().size(); c++) {
            double part = learned.score() * learned.share(c);
            if (part > WORTH_NAMING) {
                all.add(new Detection.Contributor(learned.points().get(c), part, learned.test(), part, 1));
            }
        }
        return shares(all);
    }

    private Detection.Baseline baselineInfo() {
        BaselineWatch learned = baseline;
        return learned != null
                ? learned.info()
                : new Detection.Baseline(
                        RESIDUALS,
                        learnedAt,
                        (long) (slow.blocks(regime) * settings.blockSteps()),
                        (long) settings.learnBlocks() * settings.blockSteps());
    }

    private Text unavailable() {
        if (time == 0) {
            return new Text(Map.of(
                    "en",
                    "The twin does not follow its asset yet.",
                    "de",
                    "Der Zwilling folgt seiner Anlage noch nicht."));
        }
        if (calibration == 0) {
            return new Text(Map.of(
                    "en",
                    "The twin is not calibrated yet: only gross errors of sensors are seen.",
                    "de",
                    "Der Zwilling ist noch nicht kalibriert: nur grobe Fehler von Sensoren werden gesehen."));
        }
        return Text.EMPTY;
    }

    private double limit(ResidualTest test) {
        return switch (test) {
            case LIMIT -> settings.limitSigma();
            case CUSUM, PAGE_HINKLEY -> settings.sumLimit();
            case EWMA -> settings.averageLimit();
            case NOISE -> settings.noiseRatio();
            case RATE, STUCK, MISSING, CROSS_SENSOR, TRIPPED, BASELINE, RELATION, OWN_PAST, ENVELOPE, ZONE -> 1;
        };
    }

    /** The largest, one of each point; their squares make their shares. */
    private static List<Detection.Contributor> shares(List<Detection.Contributor> all) {
        all.sort((a, b) -> Double.compare(b.share(), a.share()));
        List<Detection.Contributor> kept = new ArrayList<>();
        for (Detection.Contributor one : all) {
            if (kept.size() < NAMED && kept.stream().noneMatch(k -> k.point().equals(one.point()))) {
                kept.add(one);
            }
        }
        double whole = kept.stream().mapToDouble(k -> k.share() * k.share()).sum();
        return kept.stream()
                .map(k -> new Detection.Contributor(
                        k.point(), k.share() * k.share() / whole, k.test(), k.value(), k.limit()))
                .toList();
    }

    /** Takes the asset as it is from now on for usual: after maintenance. */
    public void forget() {
        slow.forget();
        operating.forget();
        channels.rest();
        alarmSince = 0;
        quietBlocks = 0;
        learnedAt = 0;
        score = 0;
    }

    private List<double[]> memory() {
        List<double[]> all = new ArrayList<>();
        all.addAll(List.of(channels.memory()));
        all.addAll(slow.memory());
        all.addAll(List.of(operating.memory()));
        return all;
    }

    /** What has to survive a restart. */
    public byte[] save() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeInt(points.size());
            for (String point : points) {
                out.writeUTF(point);
            }
            out.writeLong(alarmSince);
            out.writeLong(learnedAt);
            out.writeDouble(score);
            write(out, memory());
            BaselineWatch learned = baseline;
            out.writeUTF(learned == null ? "" : learned.learned().id());
            write(out, learned == null ? List.of() : List.of(learned.memory()));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, List<double[]> memory) throws IOException {
        for (double[] each : memory) {
            out.writeInt(each.length);
            for (double value : each) {
                out.writeDouble(value);
            }
        }
    }

    /** Values for these arrays; null if they are others'. */
    private static @Nullable List<double[]> read(DataInputStream in, List<double[]> memory) throws IOException {
        List<double[]> read = new ArrayList<>();
        for (double[] each : memory) {
            if (in.readInt() != each.length) {
                return null;
            }
            double[] values = new double[each.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = in.readDouble();
            }
            read.add(values);
        }
        return read;
    }

    private static void copy(List<double[]> from, List<double[]> to) {
        for (int i = 0; i < to.size(); i++) {
            System.arraycopy(from.get(i), 0, to.get(i), 0, from.get(i).length);
        }
    }

    /**
     * Takes up what {@link #save} wrote; before the first step, and after {@link #use}: what a baseline has moved by is taken up if it is the same one.
     *
     * @return whether it belongs to these points and could be read; else nothing has changed.
     */
    public boolean restore(byte[] saved) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved))) {
            if (in.readInt() != FORMAT || in.readInt() != points.size()) {
                return false;
            }
            for (String point : points) {
                if (!in.readUTF().equals(point)) {
                    return false;
                }
            }
            long since = in.readLong();
            long learned = in.readLong();
            double was = in.readDouble();
            List<double[]> memory = memory();
            List<double[]> read = read(in, memory);
            if (read == null) {
                return false;
            }
            BaselineWatch watched = baseline;
            String id = in.readUTF();
            List<double[]> shifts =
                    watched != null && id.equals(watched.learned().id()) ? List.of(watched.memory()) : List.of();
            List<double[]> shifted = read(in, shifts);
            if (shifted == null) {
                return false;
            }
            copy(read, memory);
            copy(shifted, shifts);
            alarmSince = since;
            learnedAt = learned;
            score = was;
            return true;
        } catch (IOException e) {
            return false; // cut short or not ours: it learns anew
        }
    }
}
