package org.uatwin.server.vibration;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.VibrationRule;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.VibrationPoints.Fault;
import org.uatwin.informationmodel.type.VibrationPoints.Result;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.vibration.BearingFault;
import org.uatwin.simulation.vibration.FaultHistory;
import org.uatwin.simulation.vibration.FaultSign;
import org.uatwin.simulation.vibration.VibrationCondition;
import org.uatwin.simulation.vibration.VibrationHealthIndex;
import org.uatwin.simulation.vibration.Waveform;

/** One waveform point at work. Samples are offered by lanes, analysed by one thread at a time, which holds the lock. */
final class WatchedWaveform {
    private static final double KNOCKS = 6; // kurtosis of what is no noise any more
    private static final double NOTHING_WEIGHS = 1; // score of chance

    final TwinInstance instance;
    final Member.Point point;
    final VibrationRule rule;
    final int row;
    final int speedRow; // -1: constant, or none
    private final @Nullable SpeedTrack track;
    private final String speedName;
    private final SnapshotAnalysis analysis;
    private final VibrationRows rows;
    private FaultHistory history; // guarded by this, as all below
    private VibrationHealthIndex index;
    private @Nullable FaultSign lastSign; // of the fault that is believed
    private int knocking; // snapshots in a row that knock without an order
    private long since;
    private final AtomicReference<@Nullable Snapshot> pending = new AtomicReference<>();
    private final AtomicLong lost = new AtomicLong();
    private volatile @Nullable VibrationCondition condition;

    /**
     * @param speedRow row of the speed; -1 without.
     * @param rpmPerUnit turns a minute of the bearing's shaft, of 1 of the speed's unit.
     */
    WatchedWaveform(TwinInstance instance, int ordinal, VibrationRule rule, int speedRow, double rpmPerUnit) {
        this.instance = instance;
        this.rule = rule;
        this.row = instance.firstRow() + ordinal;
        this.speedRow = speedRow;
        point = instance.type().points().get(ordinal);
        track = speedRow < 0 ? null : new SpeedTrack(rpmPerUnit);
        speedName = rule.speed()
                .flatMap(VibrationRule.Speed::point)
                .map(Object::toString)
                .orElse("");
        int lines = instance.type()
                .points()
                .get(instance.type().pointOrdinal(Result.SPECTRUM.name(rule.prefix())))
                .arrayLength();
        analysis = new SnapshotAnalysis(rule, lines);
        rows = new VibrationRows(instance, rule.prefix());
        history = new FaultHistory(rule.confirmHits(), rule.confirm());
        index = new VibrationHealthIndex(rule.baseline());
    }

    String name() {
        return instance.id() + "/" + point.name();
    }

    void speed(double value, StatusCode status, long time) {
        SpeedTrack of = track;
        if (of != null) {
            of.add(value, status, time);
        }
    }

    /** Takes a waveform; whether it has to be put in line, because none was waiting. */
    boolean offer(Snapshot snapshot) {
        Snapshot before = pending.getAndSet(snapshot);
        if (before != null) {
            lost.incrementAndGet();
        }
        return before == null;
    }

    boolean isWaiting() {
        return pending.get() != null;
    }

    /** Waveforms that a newer one has overtaken. */
    long lost() {
        return lost.get();
    }

    /** What is believed after the last snapshots; empty before the first. */
    Optional<VibrationCondition> condition() {
        return Optional.ofNullable(condition);
    }

    void waiting(SampleBatch out, long now) {
        rows.waiting(out, now);
    }

    /** Analyses what waits and adds what it says. */
    synchronized void analyse(SampleBatch out, long now) {
        Snapshot snapshot = pending.getAndSet(null);
        if (snapshot == null) {
            return;
        }
        if (snapshot.status().isBad()) {
            rows.unsure(out, "%s is %s".formatted(point.name(), snapshot.status()), now);
            return;
        }
        Waveform waveform;
        try {
            waveform = Waveform.of(snapshot.samples(), rule.sampleRateHz());
        } catch (IllegalArgumentException e) {
            rows.unsure(out, "%s cannot be analysed: %s".formatted(point.name(), e.getMessage()), now);
            return;
        }
        SpeedTrack.Speed speed = speedAt(snapshot.sourceTime(), waveform.seconds());
        SnapshotFindings found = analysis.of(waveform, speed);
        history.next(found.canTell(), found.fault(), found.zone());
        VibrationHealthIndex.Reading reading = reading(snapshot.sourceTime(), waveform);
        VibrationCondition believed = believe(found, speed, snapshot.sourceTime());
        condition = believed;
        boolean isSure = snapshot.status().isGood();
        rows.add(
                out,
                found,
                new VibrationRows.Verdict(
                        fault(found),
                        believed.confidence(),
                        found.canTell(),
                        isSure && speed.isSure(),
                        believed.evidence()),
                reading,
                isSure ? StatusCode.GOOD : StatusCode.UNCERTAIN_LAST_USABLE_VALUE,
                snapshot.sourceTime());
    }

    private SpeedTrack.Speed speedAt(long end, double seconds) {
        SpeedTrack of = track;
        if (of != null) {
            return of.during(end - (long) (seconds * UaTime.TICKS_PER_SECOND), end, speedName);
        }
        return rule.speed()
                .map(speed -> new SpeedTrack.Speed(speed.rpm() * speed.ratio(), true, ""))
                .orElse(SpeedTrack.Speed.missing("no speed is declared"));
    }

    private VibrationHealthIndex.Reading reading(long time, Waveform waveform) {
        double seconds = (double) time / UaTime.TICKS_PER_SECOND;
        try {
            return index.next(seconds, waveform);
        } catch (IllegalArgumentException e) { // a clock was set back: the first days are those from here on
            index = new VibrationHealthIndex(rule.baseline());
            return index.next(seconds, waveform);
        }
    }

    /** The fault that is shown: the believed one, or that something knocks which is none of them. */
    private Fault fault(SnapshotFindings found) {
        boolean isKnocking =
                found.canTell() && found.fault().isEmpty() && found.findings().kurtosis() > KNOCKS;
        knocking = isKnocking ? knocking + 1 : 0;
        return history.fault()
                .map(WatchedWaveform::shown)
                .orElse(knocking >= rule.confirmHits() ? Fault.UNKNOWN : Fault.NONE);
    }

    private static Fault shown(BearingFault fault) {
        return switch (fault) {
            case OUTER_RACE -> Fault.OUTER_RACE;
            case INNER_RACE -> Fault.INNER_RACE;
            case BALL -> Fault.ROLLING_ELEMENT;
        };
    }

    private VibrationCondition believe(SnapshotFindings found, SpeedTrack.Speed speed, long time) {
        Optional<BearingFault> fault = history.fault();
        FaultSign sign = fault.flatMap(found.findings()::sign).orElse(lastSign);
        lastSign = fault.isPresent() ? sign : null;
        VibrationCondition next = new VibrationCondition(
                point.name(),
                time,
                history.zone(),
                found.velocityMmPerS(),
                analysis.machine(),
                fault,
                Optional.ofNullable(lastSign),
                fault.isPresent() ? confidence(fault.get(), found) : 0,
                0,
                evidence(found, speed));
        since = !next.isAlarm() ? 0 : since == 0 ? time : since;
        return new VibrationCondition(
                next.point(),
                time,
                next.zone(),
                next.velocityMmPerS(),
                next.machine(),
                fault,
                next.sign(),
                next.confidence(),
                since,
                next.evidence());
    }

    /** Share of a fault in what all signs and chance weigh, by how often it showed. */
    private double confidence(BearingFault fault, SnapshotFindings found) {
        if (!found.canTell()) {
            VibrationCondition before = condition;
            return before == null ? 0 : before.confidence();
        }
        double highest = found.findings().signs().get(0).score();
        double all = StrictMath.exp(NOTHING_WEIGHS - highest);
        double own = 0;
        for (FaultSign sign : found.findings().signs()) {
            double weight = StrictMath.exp(sign.score() - highest);
            all += weight;
            own += sign.fault() == fault ? weight : 0;
        }
        return own / all * Math.min(1, (1.0 + history.count(fault)) / (1 + rule.confirm()));
    }

    private String evidence(SnapshotFindings found, SpeedTrack.Speed speed) {
        StringBuilder text = new StringBuilder();
        List<FaultSign> signs = found.findings().signs();
        Optional<FaultSign> strongest = signs.stream().max(Comparator.comparingDouble(FaultSign::score));
        FaultSign believed = lastSign;
        if (believed != null) {
            text.append(believed.text()).append(shownIn(believed.fault()));
        } else if (strongest.isEmpty()) {
            text.append("bearing faults cannot be told: ")
                    .append(found.findings().whyNoSigns());
        } else if (strongest.get().isSignificant()) {
            text.append(strongest.get().text())
                    .append(shownIn(strongest.get().fault()))
                    .append(", believed from ")
                    .append(rule.confirmHits())
                    .append(" on");
        } else {
            text.append("no bearing fault shows; strongest is ")
                    .append(strongest.get().text());
        }
        if (strongest.isPresent()) {
            text.append(String.format(Locale.ROOT, "; at %.0f r/min", speed.rpm()));
            rule.bearing()
                    .map(VibrationRule.Bearing::name)
                    .filter(name -> !name.isEmpty())
                    .ifPresent(name -> text.append(", ").append(name));
        }
        found.zone()
                .ifPresent(zone -> text.append(String.format(
                        Locale.ROOT,
                        "; %.2f mm/s is zone %s of %s",
                        found.velocityMmPerS(),
                        zone,
                        rule.machine().orElse(""))));
        return text.toString();
    }

    private String shownIn(BearingFault fault) {
        return ", in %d of the last %d snapshots".formatted(history.count(fault), rule.confirm());
    }

    /** Goes on from another of the same place; not if it was analysed otherwise. */
    synchronized void adopt(WatchedWaveform other) {
        synchronized (other) {
            if (!other.rule.equals(rule)) {
                return;
            }
            history = other.history;
            index = other.index;
            lastSign = other.lastSign;
            knocking = other.knocking;
            since = other.since;
            condition = other.condition;
        }
    }

    /** What has to survive a restart; empty while nothing was learned. */
    synchronized byte[] save() {
        byte[] learned = index.save();
        return learned.length == 0
                ? learned
                : ByteBuffer.allocate(Integer.BYTES + learned.length)
                        .putInt(definition())
                        .put(learned)
                        .array();
    }

    /** Takes up what {@link #save} wrote; not if it was another sensor or bearing. */
    synchronized void restore(byte[] saved) {
        if (saved.length > Integer.BYTES && ByteBuffer.wrap(saved).getInt() == definition()) {
            index.restore(Arrays.copyOfRange(saved, Integer.BYTES, saved.length));
        }
    }

    /** Of what makes waveforms comparable. */
    private int definition() {
        return Objects.hash(rule.sampleRateHz(), rule.metrePerS2(), rule.bearing());
    }

    /** After maintenance: what comes now is new. */
    synchronized void forget() {
        history.forget();
        index = new VibrationHealthIndex(rule.baseline());
        lastSign = null;
        knocking = 0;
        since = 0;
        condition = null;
    }
}
