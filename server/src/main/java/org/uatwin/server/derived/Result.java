package org.uatwin.server.derived;

import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;

/** The row a computed value goes to. Owned by the thread that evaluates; {@link #problem} may be read by anyone. */
final class Result {
    private static final int BAD = 0x8000_0000;

    private final Slots slots;
    private final int slot;
    private final ValueType type;
    private final @Nullable Range validity;
    private long lastSource;
    private volatile String problem = "";

    /** @param validity outside it the point is a failed sensor, as any other (contracts section 2). */
    Result(Slots slots, int slot, @Nullable Range validity) {
        this.slots = slots;
        this.slot = slot;
        this.type = slots.types[slot];
        this.validity = validity;
    }

    int slot() {
        return slot;
    }

    String problem() {
        return problem;
    }

    /** A value; its source time never goes back. */
    void value(double value, int status, long source, long receive, SampleBatch out) {
        if (!Double.isFinite(value)) {
            fail(
                    StatusCode.BAD_OUT_OF_RANGE,
                    "the expression has no value, for example a division by 0",
                    source,
                    receive,
                    out);
            return;
        }
        if (validity != null && !validity.contains(value)) {
            fail(
                    Quality.OUTSIDE_VALIDITY.status(true, true),
                    "%s lies outside the validity range %s..%s".formatted(value, validity.low(), validity.high()),
                    source,
                    receive,
                    out);
            return;
        }
        double rounded = Math.floor(value + 0.5);
        if (!type.isFloating() && !(rounded >= type.minimum() && rounded <= type.maximum())) {
            fail(
                    Quality.REFUSED_ADDRESS.status(true, true),
                    "%s does not fit the point's type %s. Fix: a wider type in the twin type"
                            .formatted(value, type.uaName()),
                    source,
                    receive,
                    out);
            return;
        }
        clearProblem();
        lastSource = Math.max(lastSource, source);
        slots.set(slot, value, status, lastSource, receive);
        out.add(slots.rows[slot], type.fromDouble(value), null, status, lastSource, receive);
    }

    /** No usable value; the row keeps the last one inside. */
    void status(int status, String cause, long source, long receive, SampleBatch out) {
        if (!problem.equals(cause)) {
            problem = cause;
        }
        lastSource = Math.max(lastSource, source);
        slots.set(slot, slots.value[slot], status, lastSource, receive);
        if ((status & BAD) == 0) {
            throw new AssertionError("only a Bad status comes without a value");
        }
        out.addStatus(slots.rows[slot], StatusCode.of(status), lastSource, receive);
    }

    /** Why the value just given is not a sure one. */
    void note(String cause) {
        problem = cause;
    }

    private void fail(StatusCode code, String cause, long source, long receive, SampleBatch out) {
        status(code.bits(), cause, source, receive, out);
    }

    private void clearProblem() {
        if (!problem.isEmpty()) {
            problem = "";
        }
    }
}
