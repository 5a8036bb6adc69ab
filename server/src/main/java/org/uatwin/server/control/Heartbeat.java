package org.uatwin.server.control;

import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.address.SetpointWriter;
import org.uatwin.server.address.WriteOutcome;
import org.uatwin.server.engine.TwinInstance;

/**
 * A setpoint that changes as long as the automatic mode is on, so that the PLC notices when it is not: a Boolean turns, a number
 * counts. Owned by its mode.
 */
final class Heartbeat {
    private static final int LARGEST = 100; // fits into the smallest integer

    private final SetpointGate gate;
    private final int row;
    private final Member.Point point;
    private final long period; // ticks
    private long sentAt;
    private long failingSince;
    private int count;
    private volatile WriteOutcome last = new WriteOutcome(StatusCode.GOOD, "");
    private volatile boolean isUnderWay;

    Heartbeat(SetpointGate gate, TwinInstance instance, int ordinal, long periodTicks) {
        this.gate = gate;
        this.row = instance.firstRow() + ordinal;
        this.point = instance.type().points().get(ordinal);
        this.period = periodTicks;
    }

    /** Changes the setpoint if it is time; whether it can be changed is known with the next steps. */
    void step(String who, long ticks, long nanos) {
        if (isUnderWay || ticks - sentAt < period) {
            return;
        }
        failingSince = last.status().isGood() ? 0 : failingSince == 0 ? sentAt : failingSince;
        sentAt = ticks;
        count = point.dataType() == ValueType.BOOLEAN ? 1 - count : count % LARGEST + 1;
        isUnderWay = true;
        gate.send(
                        who,
                        row,
                        point.dataType().fromDouble(count),
                        null,
                        SetpointWriter.WHOLE,
                        nanos + Math.max(period * 100, 1_000_000_000L))
                .whenComplete((outcome, failure) -> {
                    last = failure == null
                            ? outcome
                            : new WriteOutcome(StatusCode.BAD_INTERNAL_ERROR, String.valueOf(failure.getMessage()));
                    isUnderWay = false;
                });
    }

    /** Seconds for which the setpoint could not be changed. */
    double failingSeconds(long ticks) {
        return failingSince == 0 ? 0 : UaTime.secondsBetween(failingSince, ticks);
    }

    String problem() {
        return last.reason().isEmpty() ? last.status().toString() : last.reason();
    }

    /** Begins anew, before the mode goes on. */
    void reset() {
        failingSince = 0;
        sentAt = 0;
        last = new WriteOutcome(StatusCode.GOOD, "");
    }
}
