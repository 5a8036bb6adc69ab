package org.uatwin.server.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.control.AutomaticRule;
import org.uatwin.informationmodel.control.AutomaticSetpoint;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;

/**
 * The automatic mode of one twin: asks for values, sends them, and gives up when it must. {@link #step} is called over and over by
 * one thread; everybody else may look at {@link #status} and set the mode.
 */
final class AutomaticMode {
    private static final double SAME = 1e-6; // of a value
    private static final long SEND_NANOS = 20_000_000_000L;

    /** What a mode needs of the server. */
    record Parts(LivePlant live, SetpointGate gate, SetpointBatch batch, ControlTime time, ModeChanges changes) {}

    /** Gets every change of a mode; must not block. */
    @FunctionalInterface
    interface ModeChanges {
        /** @param who the user, or {@code System/} and the part of the server. */
        void changed(TwinInstance twin, ControlMode before, ControlMode now, String reason, String who);
    }

    private final TwinInstance twin;
    private final AutomaticRule rule;
    private final Parts parts;
    private final Recommender recommender;
    private final String who;
    private final Map<Integer, Allowed> setpoints = new LinkedHashMap<>(); // by row
    private final Watch watch;
    private final @Nullable Heartbeat heartbeat;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>(); // what others have to tell
    // the rest: guarded by this
    private final Map<Integer, Double> applied = new HashMap<>(); // what was asked for
    private final Map<Integer, Double> standing = new HashMap<>(); // what the device made of it
    private final Map<Integer, Double> recommended = new HashMap<>();
    private final Map<Integer, Long> writes = new HashMap<>(); // to each setpoint when the mode was set
    private ControlMode mode = ControlMode.OFF;
    private String reason = "not switched on yet";
    private String problem = "";
    private String runId = "";
    private long since;
    private long askedAt;
    private long recommendedAt;
    private long appliedAt;
    private int failures;
    private boolean isSending;
    private Recommender.@Nullable Question question;
    private @Nullable FallbackValues fallback; // once it has given up
    private volatile ControlStatus status;

    /** A setpoint it may send, and within which limits. */
    private record Allowed(
            PointRef point, TwinInstance instance, int ordinal, @Nullable Range limits, OptionalDouble fallback) {
        /** How far a device may round: a whole number, or a thousandth of the range. */
        double resolution() {
            Member.Point point = instance.type().points().get(ordinal);
            Range range = point.instrumentRange().or(point::euRange).orElse(null);
            double share = range == null ? 0 : (range.high() - range.low()) / 1000;
            return point.dataType().isInteger() ? Math.max(1, share) : share;
        }

        double within(double value) {
            return limits == null ? value : Math.max(limits.low(), Math.min(limits.high(), value));
        }
    }

    AutomaticMode(TwinInstance twin, AutomaticRule rule, Parts parts, Recommender recommender) {
        this.twin = twin;
        this.rule = rule;
        this.parts = parts;
        this.recommender = recommender;
        who = "System/automatic/" + twin.id();
        for (AutomaticSetpoint setpoint : rule.setpoints()) {
            SetpointNames.find(parts.live(), twin, setpoint.point().toString())
                    .ifPresent(found -> setpoints.put(
                            found.instance().firstRow() + found.ordinal(),
                            new Allowed(
                                    setpoint.point(),
                                    found.instance(),
                                    found.ordinal(),
                                    setpoint.limits().orElse(null),
                                    setpoint.fallback())));
        }
        watch = new Watch(parts.live(), twin, rule, parts.gate(), setpoints.keySet());
        heartbeat = rule.heartbeat()
                .flatMap(point -> SetpointNames.find(parts.live(), twin, point.toString()))
                .map(found -> new Heartbeat(
                        parts.gate(),
                        found.instance(),
                        found.ordinal(),
                        rule.heartbeatPeriod().toNanos() / 100))
                .orElse(null);
        since = parts.time().ticks();
        status = show();
    }

    TwinInstance twin() {
        return twin;
    }

    AutomaticRule rule() {
        return rule;
    }

    /** How it stands. Any thread. */
    ControlStatus status() {
        return status;
    }

    /** Takes up the mode of before a restart: automatic only if the plant file says so. */
    void resume(ControlMode before, String why) {
        boolean isDisarmed = before == ControlMode.AUTOMATIC && !rule.resumes();
        proceed(
                isDisarmed ? ControlMode.MANUAL : before,
                isDisarmed ? why + "; it has to be set to Automatic again" : why);
    }

    /** Takes up a mode without asking anybody. */
    synchronized void proceed(ControlMode before, String why) {
        mode = before;
        reason = why;
        arm();
        status = show();
    }

    /**
     * Sets the mode for a person.
     *
     * @return why it cannot be set, for people; empty if it was.
     */
    synchronized String set(ControlMode wanted, String user, String why) {
        drain();
        if (wanted == ControlMode.AUTOMATIC) {
            String bad = watch.badInput();
            if (!bad.isEmpty()) {
                return "%s stays %s: %s".formatted(twin.id(), mode.text(), bad);
            }
            if (!watch.isEnabled(parts.time().ticks())) {
                return "%s stays %s: the plant has not handed over, %s is not true"
                        .formatted(twin.id(), mode.text(), watch.enableText());
            }
        }
        if (wanted != mode) {
            if (mode == ControlMode.AUTOMATIC) {
                stopRamps("%s set the mode to %s".formatted(user, wanted.text()));
            }
            arm();
            change(wanted, "set by %s%s".formatted(user, why.isEmpty() ? "" : ": " + why), user);
        }
        return "";
    }

    private void arm() {
        failures = 0;
        problem = "";
        applied.clear();
        standing.clear();
        setpoints
                .keySet()
                .forEach(row -> writes.put(row, parts.gate().lastWrite(row).number()));
        fallback = null;
        forgetQuestion();
        askedAt = 0;
        recommendedAt = 0;
        since = parts.time().ticks();
        watch.reset();
        if (heartbeat != null) {
            heartbeat.reset();
        }
    }

    private void forgetQuestion() {
        if (question != null) {
            question.cancel();
            question = null;
        }
    }

    private void change(ControlMode now, String why, String by) {
        ControlMode before = mode;
        mode = now;
        reason = why;
        since = parts.time().ticks();
        status = show();
        parts.changes().changed(twin, before, now, why, by);
    }

    private ControlStatus show() {
        List<String> names = new ArrayList<>();
        List<Double> wanted = new ArrayList<>();
        List<Double> sent = new ArrayList<>();
        setpoints.forEach((row, allowed) -> {
            names.add(allowed.point().toString());
            wanted.add(recommended.getOrDefault(row, Double.NaN));
            sent.add(applied.getOrDefault(row, Double.NaN));
        });
        return new ControlStatus(
                mode, reason, since, problem, failures, recommendedAt, appliedAt, runId, names, wanted, sent);
    }

    private void drain() {
        for (Runnable told = inbox.poll(); told != null; told = inbox.poll()) {
            told.run();
        }
    }

    /** Does what is due. */
    synchronized void step() {
        drain();
        long ticks = parts.time().ticks();
        FallbackValues sending = fallback;
        if (mode == ControlMode.FALLBACK && sending != null) {
            sending.step(ticks);
            problem = sending.problem().isEmpty() ? problem : sending.problem();
        } else if (mode == ControlMode.MANUAL || mode == ControlMode.AUTOMATIC) {
            if (mode == ControlMode.AUTOMATIC) {
                supervise(ticks);
            }
            if (mode != ControlMode.FALLBACK) {
                advise(ticks);
            }
            if (mode == ControlMode.AUTOMATIC && heartbeat != null) {
                heartbeat.step(who, ticks, parts.time().nanoTime());
            }
        }
        status = show();
    }

    private void advise(long ticks) {
        Recommender.Question asked = question;
        if (asked != null) {
            asked.poll().ifPresent(answer -> {
                question = null;
                take(answer, ticks);
            });
            return;
        }
        boolean isBlind = mode == ControlMode.AUTOMATIC && !watch.badInput().isEmpty(); // its own time decides
        if (!isBlind
                && !isSending
                && (askedAt == 0 || ticks - askedAt >= rule.period().toNanos() / 100)) {
            askedAt = ticks;
            question = recommender.ask(twin, rule);
            advise(ticks);
        }
    }

    private void take(Recommender.Answer answer, long ticks) {
        Recommendation made = answer.recommendation().orElse(null);
        String unusable = made == null ? answer.problem() : unusable(made);
        if (made == null || !unusable.isEmpty()) {
            failed("no usable recommendation: " + unusable);
            return;
        }
        recommendedAt = ticks;
        runId = made.runId();
        recommended.clear();
        made.values().forEach(value -> recommended.put(value.row(), value.value()));
        if (mode == ControlMode.AUTOMATIC && watch.badInput().isEmpty()) {
            send(made);
        } else if (mode == ControlMode.MANUAL) {
            failures = 0;
            problem = "";
        }
    }

    private String unusable(Recommendation made) {
        for (SetpointBatch.Wanted value : made.values()) {
            if (!setpoints.containsKey(value.row())) {
                return "it changes %s, which the automatic mode may not".formatted(value.name());
            }
        }
        if (rule.minFit() > 0 && made.fit() < rule.minFit()) {
            return made.fit() < 0
                    ? "how well the model fits is not known, at least %s is asked for".formatted(rule.minFit())
                    : "the model fits %.2f, at least %s is asked for".formatted(made.fit(), rule.minFit());
        }
        return made.isExtrapolated() && !rule.mayExtrapolate() ? "it lies outside the model's validated range" : "";
    }

    private void send(Recommendation made) {
        List<SetpointBatch.Wanted> wanted = new ArrayList<>();
        for (SetpointBatch.Wanted value : made.values()) {
            Allowed allowed = setpoints.get(value.row());
            double held = allowed == null ? value.value() : allowed.within(value.value());
            if (!isSame(held, applied.getOrDefault(value.row(), Double.NaN))) {
                wanted.add(new SetpointBatch.Wanted(value.instance(), value.ordinal(), held));
            }
        }
        if (wanted.isEmpty()) {
            confirmed();
            return;
        }
        isSending = true;
        SetpointBatch.Order order = new SetpointBatch.Order(
                who,
                made.runId().isEmpty() ? "" : "run " + made.runId(),
                twin.twin().control().apply().isRolledBack(),
                false,
                parts.time().nanoTime() + SEND_NANOS);
        parts.batch()
                .apply(wanted, order)
                .whenComplete((result, failure) -> inbox.add(() -> {
                    isSending = false;
                    if (failure != null) {
                        failed("a defect of uatwin: " + failure);
                    } else {
                        sent(wanted, result);
                    }
                }));
    }

    private void sent(List<SetpointBatch.Wanted> wanted, SetpointBatch.Result result) {
        if (mode != ControlMode.AUTOMATIC) {
            return;
        }
        for (SetpointBatch.Wanted value : wanted) {
            standing.remove(value.row()); // looked up when it has arrived
            if (result.isDone()) {
                applied.put(value.row(), value.value());
            } else {
                applied.remove(value.row()); // sent again, whatever became of it
            }
        }
        if (result.isDone()) {
            confirmed();
        } else {
            failed(result.message());
        }
    }

    private void confirmed() {
        failures = 0;
        problem = "";
        appliedAt = parts.time().ticks();
    }

    private void failed(String what) {
        failures++;
        problem = what;
        if (mode == ControlMode.AUTOMATIC && failures > rule.retries()) {
            giveUp(failures == 1 ? what : "%d failures in a row, the last: %s".formatted(failures, what), true);
        }
    }

    /** Looks for reasons to give up. */
    private void supervise(long ticks) {
        if (!watch.isEnabled(ticks)) {
            giveUp("the plant took over: %s is not true".formatted(watch.enableText()), false);
            return;
        }
        String bad = watch.lastingBadInput(ticks, rule.tolerance());
        if (!bad.isEmpty()) {
            giveUp(bad, true);
            return;
        }
        if (heartbeat != null
                && heartbeat.failingSeconds(ticks) * 1e9 > rule.tolerance().toNanos()) {
            giveUp("the heartbeat cannot be written: " + heartbeat.problem(), true);
            return;
        }
        double age = UaTime.secondsBetween(Math.max(recommendedAt, since), ticks);
        if (age * 1e9 > rule.freshness().toNanos()) {
            giveUp(
                    "no usable recommendation for %.0f s%s"
                            .formatted(age, problem.isEmpty() ? "" : "; the last failure: " + problem),
                    true);
            return;
        }
        if (!isSending) {
            overrides();
        }
    }

    /** Gives up if somebody else has sent a value, or if a setpoint is not what was sent. */
    private void overrides() {
        for (int row : setpoints.keySet()) {
            LastWrite last = parts.gate().lastWrite(row);
            boolean isOwn = last.who().equals(who);
            if (!isOwn && last.number() > writes.getOrDefault(row, 0L)) {
                giveUp("%s was written by %s".formatted(parts.live().label(row), last.who()), false);
            } else if (isOwn
                    && applied.containsKey(row)
                    && parts.gate().target(row).isEmpty()) {
                compare(row, applied.get(row));
            }
            if (mode != ControlMode.AUTOMATIC) {
                return;
            }
        }
    }

    private void compare(int row, double asked) {
        Allowed allowed = setpoints.get(row);
        OptionalDouble present = present(row);
        if (allowed == null || present.isEmpty()) {
            return; // a bad input, which has its own time
        }
        double now = present.getAsDouble();
        if (!standing.containsKey(row) && Math.abs(now - asked) <= allowed.resolution()) {
            standing.put(row, now); // as coarse as its registers hold it
        }
        if (isSame(now, standing.getOrDefault(row, asked))) {
            return;
        }
        String name = parts.live().label(row);
        String stopped = parts.gate().problem(row);
        if (stopped.isEmpty()) {
            giveUp("%s is %s, not the %s that was sent: changed at the device".formatted(name, now, asked), false);
        } else {
            applied.remove(row);
            failed("%s %s".formatted(name, stopped));
        }
    }

    private OptionalDouble present(int row) {
        Sample sample = parts.live().table().read(row);
        Allowed allowed = setpoints.get(row);
        return allowed != null && sample.receiveTime() != 0 && sample.status().isGood()
                ? OptionalDouble.of(allowed.instance()
                        .type()
                        .points()
                        .get(allowed.ordinal())
                        .dataType()
                        .toDouble(sample.bits()))
                : OptionalDouble.empty();
    }

    private static boolean isSame(double a, double b) {
        return Math.abs(a - b) <= SAME * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }

    private void stopRamps(String why) {
        for (int row : setpoints.keySet()) {
            if (parts.gate().lastWrite(row).who().equals(who)) {
                parts.gate().stop(row, why);
            }
        }
    }

    /** @param sendsValues false if somebody else is in charge, whose values must not be touched. */
    private void giveUp(String why, boolean sendsValues) {
        forgetQuestion();
        stopRamps("the automatic mode gave up");
        List<SetpointBatch.Wanted> values = new ArrayList<>();
        if (sendsValues) {
            setpoints.values().forEach(allowed -> allowed.fallback()
                    .ifPresent(value ->
                            values.add(new SetpointBatch.Wanted(allowed.instance(), allowed.ordinal(), value))));
        }
        String then = !sendsValues
                ? "setpoints stay as they are"
                : values.isEmpty() ? "setpoints stay as they are, no fallback is declared" : "fallback values are sent";
        change(ControlMode.FALLBACK, "%s; %s".formatted(why, then), who);
        fallback = new FallbackValues(parts, who, values, rule.retries() + 1);
        fallback.step(parts.time().ticks());
    }
}
