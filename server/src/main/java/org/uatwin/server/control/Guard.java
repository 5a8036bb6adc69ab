package org.uatwin.server.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.PointValue;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.server.address.SetpointWriter;
import org.uatwin.server.address.WriteOutcome;

/**
 * One setpoint with rules: values wait here for their turn, one at a time is under way, and a change that is too large goes in
 * steps. Any thread; its state is guarded by its own lock, which is never held while something is sent or answered.
 */
final class Guard {
    private static final int MOST_WAITING = 16;
    private static final long STEP_NANOS = 10_000_000_000L; // to confirm one step of a ramp
    private static final long CONFIRM_NANOS = 10_000_000_000L; // until a value that was sent is read again
    private static final long LOOK_AGAIN_NANOS = 100_000_000L;

    /** Gets what became of ramps after the first step, which answers whoever asked for it. */
    interface Listener {
        /**
         * @param before value it started from.
         * @param value last value that was sent.
         * @param reason why it stopped short of its target; empty if it reached it.
         */
        void rampEnded(Judge setpoint, String who, double before, double value, double target, WriteOutcome reason);
    }

    private final Judge judge;
    private final SetpointWriter links;
    private final ControlTime time;
    private final Listener listener;
    private final @Nullable Limiter limiter;
    private final PointValue buffer = new PointValue(); // guarded by this
    private final Deque<Request> waiting = new ArrayDeque<>(); // guarded by this
    private @Nullable Request busy; // guarded by this
    private @Nullable Ramp ramp; // guarded by this
    private boolean isTimed; // guarded by this: a task will call step
    private boolean isRetired; // guarded by this
    private long unconfirmedSince; // guarded by this: ticks, 0 if the last value is known to be there
    private volatile String problem = "";
    private volatile LastWrite lastWrite = LastWrite.NONE;

    /** A value on its way. */
    private static final class Request {
        final String who;
        final double target; // NaN if it is no number
        final long bits;
        final @Nullable Object object;
        final int firstElement;
        final long deadline;
        final boolean isStep; // of a ramp, and nobody waits for its answer
        final CompletableFuture<WriteOutcome> answer = new CompletableFuture<>();

        Request(
                String who,
                double target,
                long bits,
                @Nullable Object object,
                int firstElement,
                long deadline,
                boolean isStep) {
            this.isStep = isStep;
            this.who = who;
            this.target = target;
            this.bits = bits;
            this.object = object;
            this.firstElement = firstElement;
            this.deadline = deadline;
        }
    }

    /** The rest of a change that goes in steps. */
    private record Ramp(String who, double before, double target, double reached) {}

    /** What to do next; done without the lock. */
    private interface Action {
        void run();
    }

    Guard(Judge judge, SetpointWriter links, ControlTime time, Listener listener) {
        this.judge = judge;
        this.links = links;
        this.time = time;
        this.listener = listener;
        limiter = judge.rule().rate().isPresent()
                ? new Limiter(
                        judge.rule().rate().getAsDouble(), judge.rule().step().orElseThrow(), time.nanoTime())
                : null;
    }

    Judge judge() {
        return judge;
    }

    /** Why the last value was not sent, or stopped on its way; empty if nothing is wrong. */
    String problem() {
        return problem;
    }

    /** Who sent the last value that reached the link. */
    LastWrite lastWrite() {
        return lastWrite;
    }

    /** Where the setpoint is going in steps; empty if it stands. */
    synchronized OptionalDouble target() {
        return ramp == null ? OptionalDouble.empty() : OptionalDouble.of(ramp.target());
    }

    CompletionStage<WriteOutcome> send(
            String who, long bits, @Nullable Object object, int firstElement, long deadline) {
        double target =
                judge.isNumber() && object == null ? judge.point().dataType().toDouble(bits) : Double.NaN;
        Request request = new Request(who, target, bits, object, firstElement, deadline, false);
        synchronized (this) {
            if (isRetired) {
                return answered(StatusCode.BAD_INVALID_STATE, "the plant was reloaded; send it again");
            }
            if (waiting.size() >= MOST_WAITING) {
                return answered(
                        StatusCode.BAD_TOO_MANY_OPERATIONS, "%d values wait for this setpoint".formatted(MOST_WAITING));
            }
            waiting.add(request);
        }
        step();
        return request.answer;
    }

    private static CompletionStage<WriteOutcome> answered(StatusCode status, String reason) {
        return CompletableFuture.completedFuture(new WriteOutcome(status, reason));
    }

    /** Says what would become of a number, without sending it. */
    synchronized Verdict check(double value) {
        long now = time.nanoTime();
        Verdict.Builder verdict = new Verdict.Builder();
        judge.number(value, time.ticks(), verdict);
        double seconds = 0;
        if (limiter != null) {
            OptionalDouble present = known(verdict);
            if (present.isPresent() && Double.isFinite(value)) {
                double move = Math.abs(value - present.getAsDouble());
                refuseIfTooFast(limiter, present.getAsDouble(), value, now, verdict);
                seconds = limiter.seconds(move, now);
            }
        }
        return verdict.build(seconds);
    }

    /** The present value if a step from it can be judged. */
    private OptionalDouble known(Verdict.Builder verdict) { // lock is held
        OptionalDouble present = judge.present(buffer);
        if (present.isEmpty()) {
            verdict.against(
                    StatusCode.BAD_REQUEST_NOT_ALLOWED,
                    "its present value is %s, so no step can be judged"
                            .formatted(
                                    buffer.status().isGood()
                                            ? StatusCode.BAD_WAITING_FOR_INITIAL_DATA
                                            : buffer.status()));
        }
        return present;
    }

    private void refuseIfTooFast(Limiter limit, double present, double value, long now, Verdict.Builder verdict) {
        double move = Math.abs(value - present);
        if (!judge.rule().isRamped() && limit.wait(Math.min(move, limit.step()), now) > 0) {
            verdict.against(
                    StatusCode.BAD_REQUEST_NOT_ALLOWED,
                    "it moved a moment ago; at most %s a second"
                            .formatted(judge.text(judge.rule().rate().orElse(0))));
        } else if (!judge.rule().isRamped() && move > limit.step() * (1 + 1e-9)) {
            verdict.against(
                    StatusCode.BAD_REQUEST_NOT_ALLOWED,
                    "from %s to %s is too large a step: at most %s at once"
                            .formatted(judge.text(present), judge.text(value), judge.text(limit.step())));
        }
    }

    /** Does what can be done now; called after anything has changed. */
    private void step() {
        Action action = next();
        while (action != null) {
            action.run();
            action = next();
        }
    }

    private synchronized @Nullable Action next() {
        if (busy != null || isRetired) {
            return null;
        }
        Request request = waiting.peek();
        if (request != null) {
            return next(request);
        }
        Ramp going = ramp;
        return going == null ? null : next(going);
    }

    private @Nullable Action next(Request request) { // lock is held
        long now = time.nanoTime();
        if (request.deadline - now <= 0) {
            waiting.remove();
            return refusal(request, StatusCode.BAD_TIMEOUT, "it waited too long");
        }
        Verdict.Builder verdict = new Verdict.Builder();
        if (Double.isNaN(request.target)) {
            judge.array(numbers(request), time.ticks(), verdict);
        } else {
            judge.number(request.target, time.ticks(), verdict);
        }
        if (limiter == null || Double.isNaN(request.target)) {
            waiting.remove();
            return verdict.isAllowed() ? sending(request, request.bits, null) : refusal(request, verdict.build(0));
        }
        if (verdict.isAllowed() && isUnconfirmed()) {
            wake(LOOK_AGAIN_NANOS);
            return null;
        }
        OptionalDouble present = known(verdict);
        if (present.isPresent()) {
            refuseIfTooFast(limiter, present.getAsDouble(), request.target, now, verdict);
        }
        if (!verdict.isAllowed()) {
            waiting.remove();
            return refusal(request, verdict.build(0));
        }
        double from = present.getAsDouble();
        long wait = limiter.wait(stepSize(limiter, from, request.target), now);
        if (wait > 0) {
            wake(wait);
            return null;
        }
        double value = stepTo(limiter, from, request.target);
        Verdict.Builder onTheWay = new Verdict.Builder();
        if (value != request.target) {
            judge.onTheWay(value, request.target, time.ticks(), onTheWay);
        }
        waiting.remove();
        if (!onTheWay.isAllowed()) {
            return refusal(request, onTheWay.build(0));
        }
        limiter.moved(Math.abs(value - from), now);
        Ramp rest = value == request.target ? null : new Ramp(request.who, from, request.target, value);
        return sending(request, judge.point().dataType().fromDouble(value), rest);
    }

    private static double[] numbers(Request request) {
        return request.object instanceof double[] numbers ? numbers : new double[0];
    }

    private @Nullable Action next(Ramp going) { // lock is held
        long now = time.nanoTime();
        Verdict.Builder verdict = new Verdict.Builder();
        judge.number(going.target(), time.ticks(), verdict);
        Limiter limit = limiter;
        if (limit == null) {
            throw new IllegalStateException(judge.name() + " has no rate and yet a ramp");
        }
        if (verdict.isAllowed() && isUnconfirmed()) {
            if (time.ticks() - unconfirmedSince < CONFIRM_NANOS / 100) {
                wake(LOOK_AGAIN_NANOS);
                return null;
            }
            verdict.against(StatusCode.BAD_TIMEOUT, "what was sent is not read back");
        }
        OptionalDouble present = known(verdict);
        if (!verdict.isAllowed()) {
            return rampEnd(going, going.reached(), verdict.build(0));
        }
        double from = present.getAsDouble();
        long wait = limit.wait(stepSize(limit, from, going.target()), now);
        if (wait > 0) {
            wake(wait);
            return null;
        }
        double value = stepTo(limit, from, going.target());
        judge.onTheWay(value, going.target(), time.ticks(), verdict);
        if (!verdict.isAllowed()) {
            return rampEnd(going, going.reached(), verdict.build(0));
        }
        limit.moved(Math.abs(value - from), now);
        long bits = judge.point().dataType().fromDouble(value);
        Request request =
                new Request(going.who(), going.target(), bits, null, SetpointWriter.WHOLE, now + STEP_NANOS, true);
        Ramp rest = new Ramp(going.who(), going.before(), going.target(), value);
        return sending(request, bits, rest);
    }

    private static double stepSize(Limiter limit, double from, double target) {
        return Math.min(Math.abs(target - from), limit.step());
    }

    private double stepTo(Limiter limit, double from, double target) {
        double size = stepSize(limit, from, target);
        if (size >= Math.abs(target - from)) {
            return target;
        }
        double whole = judge.point().dataType().isInteger() ? Math.floor(size) : size;
        return judge.asStored(from + Math.copySign(whole, target - from));
    }

    /** Whether a value was sent and the device was not read since. */
    private boolean isUnconfirmed() { // lock is held
        if (unconfirmedSince == 0) {
            return false;
        }
        judge.present(buffer);
        if (buffer.receiveTime > unconfirmedSince) {
            unconfirmedSince = 0;
        }
        return unconfirmedSince != 0;
    }

    private void wake(long nanos) { // lock is held
        if (!isTimed) {
            isTimed = true;
            time.after(nanos, () -> {
                synchronized (this) {
                    isTimed = false;
                }
                step();
            });
        }
    }

    private Action sending(Request request, long bits, @Nullable Ramp rest) { // lock is held
        Ramp superseded = request.isStep ? null : ramp;
        busy = request;
        ramp = rest;
        lastWrite = request.isStep ? lastWrite : new LastWrite(request.who, lastWrite.number() + 1);
        return () -> {
            if (superseded != null) {
                tell(superseded, new WriteOutcome(StatusCode.GOOD, "%s sent another value".formatted(request.who)));
            }
            links.write(judge.row(), bits, request.object, request.firstElement, request.deadline)
                    .whenComplete((status, failure) ->
                            done(request, rest, failure == null ? status : StatusCode.BAD_INTERNAL_ERROR));
        };
    }

    private void tell(Ramp ended, WriteOutcome why) {
        listener.rampEnded(judge, ended.who(), ended.before(), ended.reached(), ended.target(), why);
    }

    private void done(Request request, @Nullable Ramp rest, StatusCode status) {
        boolean isSure = status.isGood() && !status.sameCode(StatusCode.GOOD_COMPLETES_ASYNCHRONOUSLY);
        boolean isOnTheWay = status.isGood() && rest != null && rest.reached() != rest.target();
        synchronized (this) {
            busy = null;
            unconfirmedSince = isSure ? 0 : time.ticks();
            problem = status.isGood() ? "" : outcome(status).reason();
            if (!isOnTheWay) {
                ramp = null;
            }
        }
        if (rest != null && request.isStep && !isOnTheWay) {
            tell(rest, outcome(status));
        }
        request.answer.complete(isOnTheWay && rest != null ? onTheWay(rest) : outcome(status));
        step();
    }

    private WriteOutcome onTheWay(Ramp rest) {
        return new WriteOutcome(
                StatusCode.GOOD_COMPLETES_ASYNCHRONOUSLY,
                "on its way from %s to %s, at most %s a second"
                        .formatted(
                                judge.text(rest.before()),
                                judge.text(rest.target()),
                                judge.text(judge.rule().rate().orElse(0))));
    }

    private static WriteOutcome outcome(StatusCode status) {
        return new WriteOutcome(status, status.isGood() ? "" : "the device answered %s".formatted(status));
    }

    private Action refusal(Request request, Verdict verdict) { // lock is held
        return refusal(request, verdict.status(), verdict.text());
    }

    private Action refusal(Request request, StatusCode status, String reason) { // lock is held
        problem = "not sent: " + reason;
        return () -> request.answer.complete(new WriteOutcome(status, reason));
    }

    private Action rampEnd(Ramp going, double reached, Verdict verdict) { // lock is held
        ramp = null;
        problem = "stopped at %s: %s".formatted(judge.text(reached), verdict.text());
        WriteOutcome why = new WriteOutcome(verdict.status(), verdict.text());
        return () -> listener.rampEnded(judge, going.who(), going.before(), reached, going.target(), why);
    }

    /** Ends a change that goes in steps where it is, for example before the automatic mode gives up. */
    void stop(String reason) {
        Action end;
        synchronized (this) {
            Ramp going = ramp;
            if (going == null) {
                return;
            }
            end = rampEnd(going, going.reached(), new Verdict(StatusCode.GOOD, List.of(reason), 0));
        }
        end.run();
    }

    /** Takes over how far the setpoint may move, and whether its value is known, from the guard of the plant before. */
    void adopt(Guard before) {
        Limiter old = before.limiter;
        synchronized (before) {
            if (limiter != null && old != null) {
                limiter.adopt(old, time.nanoTime());
            }
            unconfirmedSince = before.busy != null ? time.ticks() : before.unconfirmedSince;
            lastWrite = before.lastWrite;
        }
    }

    /** Sends nothing any more: the plant was reloaded. */
    void retire() {
        stop("the plant was reloaded");
        List<Request> refused;
        synchronized (this) {
            isRetired = true;
            refused = new ArrayList<>(waiting);
            waiting.clear();
        }
        refused.forEach(request -> request.answer.complete(
                new WriteOutcome(StatusCode.BAD_INVALID_STATE, "the plant was reloaded; send it again")));
    }
}
