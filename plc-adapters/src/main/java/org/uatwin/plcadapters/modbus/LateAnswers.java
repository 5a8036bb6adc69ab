package org.uatwin.plcadapters.modbus;

import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * RTU has no transaction id: an answer that comes after its timeout looks like the answer to the next request of the same
 * shape, and its value would appear at the wrong point. So it is remembered which requests of a unit stayed without
 * answer, and a request that their answers would fit waits until none can come any more: twice the timeout.
 *
 * <p>Exempt is asking the same again, because its answer is right late as well. A unit answers in the order it was
 * asked. Owned by the loop thread; times are ticker values.
 */
final class LateAnswers {
    private static final int TIMEOUTS = 2;

    private static final class Open {
        final Pdu request;
        long untilNs;

        Open(Pdu request, long untilNs) {
            this.request = request;
            this.untilNs = untilNs;
        }
    }

    private static final class Unit {
        final List<Open> open = new ArrayList<>(); // oldest first
        boolean wasSilent; // the newest has just stayed without answer
    }

    private final Map<Integer, Unit> units = new HashMap<>();

    /** When the request can go out; not after now if at once. */
    long readyNs(int unitId, Pdu request) {
        Unit unit = units.get(unitId);
        long ready = Long.MIN_VALUE;
        if (unit != null) {
            boolean isRepeated = unit.wasSilent;
            for (Open open : unit.open) {
                if (open.request.hasSameAnswerShape(request)) {
                    isRepeated &= open.request.isSame(request);
                    ready = Math.max(ready, open.untilNs);
                }
            }
            ready = isRepeated ? Long.MIN_VALUE : ready;
        }
        return ready;
    }

    void sent(int unitId, Pdu request, long now, long timeoutNs) {
        Unit unit = units.computeIfAbsent(unitId, id -> new Unit());
        unit.open.removeIf(open -> open.untilNs <= now);
        unit.wasSilent = false;
        unit.open.add(new Open(request, now + TIMEOUTS * timeoutNs));
    }

    /** The request just sent got an answer, perhaps that of an earlier one: then its own is still to come. */
    void answered(int unitId, Pdu request, long now, long timeoutNs) {
        Unit unit = units.get(unitId);
        if (unit != null) {
            remove(unit, request);
            unit.wasSilent = false;
            for (Open open : unit.open) {
                open.untilNs = now + TIMEOUTS * timeoutNs;
            }
        }
    }

    void unanswered(int unitId) {
        Unit unit = units.get(unitId);
        if (unit != null) {
            unit.wasSilent = true;
        }
    }

    /** Nothing sent so far can be answered any more. */
    void forget() {
        units.clear();
    }

    /**
     * A frame of the unit that does not answer the newest request: whether it answers an earlier one, which then is no
     * longer waited for.
     */
    boolean isLate(int unitId, ModbusResponse response) {
        Unit unit = units.get(unitId);
        if (unit == null) {
            return false;
        }
        for (int i = 0; i + 1 < unit.open.size(); i++) {
            Reply reply = AnswerCheck.check(unitId, unit.open.get(i).request, response);
            if (reply.kind() != Reply.Kind.GARBLED) {
                unit.open.remove(i);
                return true;
            }
        }
        return false;
    }

    private static void remove(Unit unit, Pdu request) {
        for (Iterator<Open> i = unit.open.iterator(); i.hasNext(); ) {
            if (i.next().request.hasSameAnswerShape(request)) {
                i.remove();
                return;
            }
        }
    }
}
