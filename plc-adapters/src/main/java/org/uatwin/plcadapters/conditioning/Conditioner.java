package org.uatwin.plcadapters.conditioning;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Conditioning;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.SavedState;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;

/**
 * The chain of one point at work. Each sample leaves as a value, as a refresh of the last value, as a change of status
 * alone, or not at all. Owned by the lane of the shard; {@link #counts} and {@link #problem} may be read by anyone.
 */
final class Conditioner {
    private static final int BAD = 0x8000_0000;
    private static final int DOUBTED = StatusCode.UNCERTAIN_SENSOR_NOT_ACCURATE.bits();
    private static final int HELD = StatusCode.UNCERTAIN_LAST_USABLE_VALUE.bits();
    private static final int SUBSTITUTED = StatusCode.UNCERTAIN_SUBSTITUTE_VALUE.bits();
    private static final int EXCEEDED = StatusCode.UNCERTAIN_ENGINEERING_UNITS_EXCEEDED.bits();
    private static final int EXCEEDED_LOW =
            StatusCode.UNCERTAIN_ENGINEERING_UNITS_EXCEEDED.limitedLow().bits();
    private static final int EXCEEDED_HIGH =
            StatusCode.UNCERTAIN_ENGINEERING_UNITS_EXCEEDED.limitedHigh().bits();
    private static final int GOOD_LOW = StatusCode.GOOD.limitedLow().bits();
    private static final int GOOD_HIGH = StatusCode.GOOD.limitedHigh().bits();

    final StepCounts counts;
    private final int row;
    private final Rule rule;
    private @Nullable Recent recent;
    private @Nullable Hampel spikes;
    private final @Nullable Reducer reducer;
    private Debounce debounce = new Debounce();
    private @Nullable Conditioner before; // whose state is taken over with the next sample

    private long newestSource = Long.MIN_VALUE;
    private boolean isUsable; // the row holds a value that was not withdrawn
    private double counterBase;
    private double lastCounter = Double.NaN;
    private double believed = Double.NaN; // the last value no step doubted
    private long believedSource;
    private double slewed = Double.NaN; // the last value the rate limit let pass
    private long slewedSource;
    private double stuckAt = Double.NaN;
    private long stuckSince;
    private long lastSlot = Long.MIN_VALUE;
    private long lastBits;
    private double lastPassed = Double.NaN;
    private int lastStatus = BAD;

    private volatile @Nullable Step problem; // what is wrong with the value as it stands; read after problemValue
    private double problemValue;
    private double problemLimit;

    Conditioner(int row, Rule rule, @Nullable Reducer reducer) {
        this(row, rule, reducer, null);
    }

    /**
     * The chain of a point that a reload gave another row.
     *
     * @param before its chain until now, of the same rule, which may still be used until this one is.
     */
    Conditioner(int row, Rule rule, @Nullable Reducer reducer, @Nullable Conditioner before) {
        this.row = row;
        this.before = before;
        counts = before == null ? new StepCounts() : before.counts;
        this.rule = rule;
        this.reducer = reducer;
        recent = rule.chain.isWithoutDuplicates() ? new Recent() : null;
        spikes = rule.chain.spike().map(Hampel::new).orElse(null);
    }

    Rule rule() {
        return rule;
    }

    boolean isTimed() {
        return rule.debounceTicks > 0 || reducer != null;
    }

    /** What it remembers of the past, for the next start of the server; null if the chain has no step that does. */
    byte @Nullable [] save(String source) {
        if (before != null) {
            return before.save(source);
        }
        boolean remembers = rule.chain.rollover().isPresent()
                || rule.chain.isWithoutLate()
                || rule.alignmentTicks > 0
                || recent != null
                || spikes != null;
        return remembers ? SavedState.of(declaration(source), this::write) : null;
    }

    /** What must be the same for a saved state to be of use: the source and every step. */
    private String declaration(String source) {
        return source + "\n" + rule.type + "\n" + rule.chain;
    }

    private void write(DataOutput out) throws IOException {
        out.writeLong(newestSource);
        out.writeDouble(counterBase);
        out.writeDouble(lastCounter);
        out.writeLong(lastSlot);
        if (recent != null) {
            recent.save(out);
        }
        if (spikes != null) {
            spikes.save(out);
        }
    }

    /** Goes on from what was saved; before the first sample. Time without a server is as time without communication. */
    void restore(String source, byte[] saved) {
        SavedState.restore(saved, declaration(source), this::read);
    }

    private void read(DataInput in) throws IOException {
        long newest = in.readLong();
        double base = in.readDouble();
        double counter = in.readDouble();
        long slot = in.readLong();
        Recent known = recent == null ? null : Recent.restored(in);
        Hampel believedValues =
                spikes == null ? null : Hampel.restored(rule.chain.spike().orElseThrow(), in);
        newestSource = newest;
        counterBase = base;
        lastCounter = counter;
        lastSlot = slot;
        recent = known;
        spikes = believedValues;
    }

    private void takeOver() {
        Conditioner old = before;
        if (old == null) {
            return;
        }
        before = null;
        old.takeOver();
        recent = old.recent;
        spikes = old.spikes;
        debounce = old.debounce;
        newestSource = old.newestSource;
        isUsable = old.isUsable;
        counterBase = old.counterBase;
        lastCounter = old.lastCounter;
        believed = old.believed;
        believedSource = old.believedSource;
        slewed = old.slewed;
        slewedSource = old.slewedSource;
        stuckAt = old.stuckAt;
        stuckSince = old.stuckSince;
        lastSlot = old.lastSlot;
        lastBits = old.lastBits;
        lastPassed = old.lastPassed;
        lastStatus = old.lastStatus;
    }

    void take(SampleBatch in, int i, SampleBatch out) {
        takeOver();
        counts.add(Step.SAMPLES);
        int status = in.statusBits(i);
        if (in.isStatusOnly(i) || (status & BAD) != 0) {
            status(status, in.sourceTime(i), in.receiveTime(i), out);
            return;
        }
        long source = in.sourceTime(i);
        if (rule.chain.isWithoutLate() && source < newestSource) {
            counts.add(Step.LATE);
            return;
        }
        Object object = in.object(i);
        if (recent != null && recent.isRepeated(source, object == null ? in.bits(i) : object.hashCode())) {
            counts.add(Step.DUPLICATES);
            return;
        }
        newestSource = Math.max(newestSource, source);
        if (object != null) {
            object(object, status, source, in.receiveTime(i), out);
        } else if (rule.isNumeric) {
            signal(Double.longBitsToDouble(in.bits(i)), status, source, in.receiveTime(i), out);
        } else if (!isMissing(rule.type.toDouble(in.bits(i)), status, source, in.receiveTime(i), out)) {
            problem(null, 0, 0);
            believedSource = source;
            finish(in.bits(i), Double.NaN, status, source, in.receiveTime(i), out);
        }
    }

    /** The link says something of the point without a value. */
    private void status(int status, long source, long receive, SampleBatch out) {
        debounce.forget();
        stuckAt = Double.NaN;
        problem(null, 0, 0);
        if (reducer != null) {
            reducer.status(status, source, receive, out);
        }
        boolean isUncertain = (status & BAD) == 0;
        withdraw(isUncertain && !isUsable ? StatusCode.BAD_NO_COMMUNICATION.bits() : status, source, receive, out);
    }

    private void withdraw(int status, long source, long receive, SampleBatch out) {
        lastStatus = status;
        out.addStatus(row, StatusCode.of(status), source, receive);
    }

    /** Nothing usable came: Bad, and what the row holds is no longer usable either. */
    private void fail(Step step, double value, double limit, long source, long receive, SampleBatch out) {
        problem(step, value, limit);
        isUsable = false;
        debounce.forget();
        if (reducer == null) {
            withdraw(
                    step == Step.TOO_LARGE
                            ? Quality.REFUSED_ADDRESS.status(true, true).bits()
                            : Quality.OUTSIDE_VALIDITY.status(true, true).bits(),
                    source,
                    receive,
                    out);
        }
    }

    private void problem(@Nullable Step step, double value, double limit) {
        problemValue = value;
        problemLimit = limit;
        problem = step;
    }

    private boolean isMissing(double signal, int status, long source, long receive, SampleBatch out) {
        Conditioning.Missing missing = rule.chain.missing().orElse(null);
        boolean isThere = !Double.isNaN(signal);
        for (int k = 0; missing != null && isThere && k < missing.values().size(); k++) {
            isThere = missing.values().get(k) != signal;
        }
        if (isThere || (missing == null && !rule.isNumeric)) {
            return false;
        }
        counts.add(Step.MISSING);
        Conditioning.Missing.Rule then = missing == null ? Conditioning.Missing.Rule.BAD : missing.rule();
        boolean isHeld = missing != null
                && then == Conditioning.Missing.Rule.HOLD
                && isUsable
                && source - believedSource <= Rule.ticks(missing.hold());
        if (reducer != null) {
            return true; // the sample does not count in its interval
        }
        if (missing != null && then == Conditioning.Missing.Rule.REPLACE) {
            problem(Step.MISSING, signal, 0);
            pass(missing.replacement(), StatusCode.worse(status, SUBSTITUTED), source, receive, out);
        } else if (isHeld) {
            problem(Step.MISSING, signal, 0);
            withdraw(StatusCode.worse(status, HELD), source, receive, out);
        } else {
            fail(Step.MISSING, signal, 0, source, receive, out);
        }
        return true;
    }

    private void signal(double signal, int status, long source, long receive, SampleBatch out) {
        if (isMissing(signal, status, source, receive, out)) {
            return;
        }
        problem(null, 0, 0);
        double counted = rule.chain.rollover().isPresent() ? unrolled(signal) : signal;
        int judged = status;
        if (rule.isOutsideScale(counted)) {
            counts.add(Step.OUTSIDE_SCALE);
            problem(Step.OUTSIDE_SCALE, counted, 0);
            judged = StatusCode.worse(judged, EXCEEDED);
        }
        double x = rule.quantity(counted, source);
        if (rule.validity != null && !rule.validity.contains(x)) {
            counts.add(Step.INVALID);
            fail(Step.INVALID, x, 0, source, receive, out);
            return;
        }
        if (spikes != null && spikes.isSpike(x)) {
            counts.add(Step.SPIKES);
            problem(Step.SPIKES, x, spikes.median());
            boolean isHeld =
                    rule.chain.spike().orElseThrow().doubt() == Conditioning.Doubt.HOLD && !Double.isNaN(believed);
            pass(isHeld ? believed : x, StatusCode.worse(judged, isHeld ? HELD : DOUBTED), source, receive, out);
            return;
        }
        Conditioning.RateLimit rate = rule.chain.rateLimit().orElse(null);
        if (rate != null) {
            double limited = limited(rate, x, source);
            if (limited != x) {
                judged = StatusCode.worse(judged, DOUBTED);
                x = rate.isLimited() ? limited : x;
            }
            slewed = x;
            slewedSource = source;
        }
        if (isStuck(x, source)) {
            judged = StatusCode.worse(judged, DOUBTED);
        }
        believed = x;
        believedSource = source;
        pass(x, judged, source, receive, out);
    }

    /** The total of a counter that begins again at 0: a fall of more than half is a rollover, a smaller one a reset. */
    private double unrolled(double raw) {
        double modulus = rule.chain.rollover().orElseThrow();
        if (raw < lastCounter) {
            boolean isRollover = lastCounter - raw > modulus / 2;
            counts.add(isRollover ? Step.ROLLOVERS : Step.RESETS);
            counterBase += isRollover ? modulus : lastCounter;
        }
        lastCounter = raw;
        return counterBase + raw;
    }

    private double limited(Conditioning.RateLimit rate, double x, long source) {
        if (Double.isNaN(slewed) || source <= slewedSource) {
            return x;
        }
        double most = rate.perSecond() * UaTime.secondsBetween(slewedSource, source);
        if (Math.abs(x - slewed) <= most) {
            return x;
        }
        counts.add(Step.RATE);
        problem(Step.RATE, Math.abs(x - slewed) / UaTime.secondsBetween(slewedSource, source), rate.perSecond());
        return slewed + Math.signum(x - slewed) * most;
    }

    private boolean isStuck(double x, long source) {
        Conditioning.Stuck stuck = rule.chain.stuck().orElse(null);
        if (stuck == null) {
            return false;
        }
        if (Double.isNaN(stuckAt) || Math.abs(x - stuckAt) > stuck.within()) {
            stuckAt = x;
            stuckSince = source;
            return false;
        }
        if (source - stuckSince < Rule.ticks(stuck.after())) {
            return false;
        }
        counts.add(Step.STUCK);
        problem(Step.STUCK, UaTime.secondsBetween(stuckSince, source), 0);
        return true;
    }

    /** Bounds, the point's type, then what decides whether and when the value is passed on. */
    private void pass(double value, int status, long source, long receive, SampleBatch out) {
        double x = value;
        int judged = status;
        Conditioning.Clamp clamp = rule.chain.clamp().orElse(null);
        if (clamp != null && !(x >= clamp.low() && x <= clamp.high())) {
            boolean isLow = x < clamp.low();
            double excess = isLow ? clamp.low() - x : x - clamp.high();
            counts.add(Step.CLAMPED);
            boolean isTolerated = excess <= clamp.tolerance();
            if (!isTolerated) {
                problem(Step.CLAMPED, x, isLow ? clamp.low() : clamp.high());
            }
            int mark = isTolerated ? isLow ? GOOD_LOW : GOOD_HIGH : isLow ? EXCEEDED_LOW : EXCEEDED_HIGH;
            judged = judged == 0 ? mark : StatusCode.worse(judged, mark);
            x = isLow ? clamp.low() : clamp.high();
        }
        if (reducer != null) {
            counts.add(Step.INTERVALS, reducer.sample(x, judged, source, receive, out));
            isUsable = true;
            return;
        }
        ValueType type = rule.type;
        if (!type.isFloating() && !(Math.floor(x + 0.5) >= type.minimum() && Math.floor(x + 0.5) <= type.maximum())) {
            counts.add(Step.TOO_LARGE);
            fail(Step.TOO_LARGE, x, 0, source, receive, out);
            return;
        }
        finish(type.fromDouble(x), x, judged, source, receive, out);
    }

    /** @param x the value as a number; NaN where the deadband does not apply. */
    private void finish(long bits, double x, int status, long source, long receive, SampleBatch out) {
        long passed = bits;
        if (rule.debounceTicks > 0) {
            passed = debounce.take(bits, source, receive, rule.debounceTicks);
            if (passed != bits) {
                counts.add(Step.BOUNCES);
            }
        }
        long time = source;
        if (rule.alignmentTicks > 0) {
            long slot = Math.floorDiv(source, rule.alignmentTicks) * rule.alignmentTicks;
            if (slot <= lastSlot && status == lastStatus) {
                counts.add(Step.ALIGNED);
                return;
            }
            time = Math.max(slot, lastSlot);
            lastSlot = time;
        }
        double number = passed == bits ? x : rule.type.toDouble(passed);
        boolean isNear = rule.chain.deadband().isPresent()
                && isUsable
                && status == lastStatus
                && Math.abs(number - lastPassed) <= rule.chain.deadband().orElseThrow();
        if (isNear && passed != lastBits) {
            counts.add(Step.DEADBAND);
            passed = lastBits;
        } else if (!isNear) {
            lastPassed = number;
        }
        lastBits = passed;
        lastStatus = status;
        isUsable = true;
        out.add(row, passed, null, status, time, receive);
    }

    /** A String, or an array: scaled element by element. */
    private void object(Object object, int status, long source, long receive, SampleBatch out) {
        problem(null, 0, 0);
        if (!rule.isNumeric || !(object instanceof double[] signals)) {
            lastStatus = status;
            isUsable = true;
            out.add(row, 0, object, status, source, receive);
            return;
        }
        double[] quantities = new double[signals.length];
        int judged = status;
        for (int k = 0; k < signals.length; k++) {
            quantities[k] = rule.quantity(signals[k], source);
            if (rule.isOutsideScale(signals[k])) {
                counts.add(Step.OUTSIDE_SCALE);
                judged = StatusCode.worse(judged, EXCEEDED);
            }
            boolean isInvalid = rule.validity != null && !rule.validity.contains(quantities[k]);
            if (isInvalid) {
                counts.add(Step.INVALID);
                problem(Step.INVALID, quantities[k], 0);
                quantities[k] = reducer == null ? quantities[k] : Double.NaN;
                judged = reducer == null
                        ? Quality.OUTSIDE_VALIDITY.status(true, true).bits()
                        : judged;
            }
        }
        if (reducer != null) {
            counts.add(Step.INTERVALS, reducer.burst(quantities, judged, source, receive, out));
            isUsable = true;
        } else if ((judged & BAD) != 0) {
            isUsable = false;
            withdraw(judged, source, receive, out);
        } else {
            lastStatus = judged;
            isUsable = true;
            out.add(row, 0, ArrayForm.of(rule.type, quantities), judged, source, receive);
        }
    }

    /** Time has passed without a sample. */
    void tick(long now, SampleBatch out) {
        takeOver();
        if (reducer != null) {
            counts.add(Step.INTERVALS, reducer.tick(now, out));
        }
        if (rule.debounceTicks > 0 && debounce.isDue(now, rule.debounceTicks)) {
            long source = debounce.candidateSource();
            lastBits = debounce.settle();
            lastPassed = rule.isNumeric ? rule.type.toDouble(lastBits) : Double.NaN;
            isUsable = true;
            out.add(row, lastBits, null, lastStatus, Math.max(source, newestSource), now);
        }
    }

    /** What is wrong with the value as it stands, in words; empty if nothing is. */
    String problem() {
        Step step = problem;
        if (step == null) {
            return "";
        }
        return ProblemText.of(step, problemValue, problemLimit, rule);
    }
}
