package org.uatwin.server.control;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.control.AutomaticRule;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.value.PointValue;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;

/** Whether what an automatic mode rests on is there: its inputs Good, the plant's switch on. Owned by its mode. */
final class Watch {
    private final LivePlant live;
    private final int[] rows;
    private final @Nullable Condition enable;
    private final PointValue value = new PointValue();
    private long badSince;

    /** @param setpoints rows that the mode sends. */
    Watch(LivePlant live, TwinInstance twin, AutomaticRule rule, SetpointGate gate, Iterable<Integer> setpoints) {
        this.live = live;
        TreeSet<Integer> watched = new TreeSet<>();
        for (int row : setpoints) {
            watched.add(row);
            for (int input : gate.inputs(row)) {
                watched.add(input);
            }
        }
        enable = rule.enable()
                .map(formula -> new Condition(live, twin, formula, null, Optional.empty()))
                .orElse(null);
        if (enable != null) {
            add(watched, enable);
        }
        rule.setpoints().forEach(setpoint -> setpoint.formula()
                .ifPresent(formula -> add(watched, new Condition(live, twin, formula, null, Optional.empty()))));
        for (PointRef input : rule.inputs()) {
            TwinInstance owner = input.isOwn() ? twin : live.instance(input.twin());
            if (owner != null) {
                watched.add(owner.row(input.point()));
            }
        }
        rows = watched.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void add(Set<Integer> watched, Condition condition) {
        for (int row : condition.rows()) {
            watched.add(row);
        }
    }

    /** The first input that is not Good, for people; empty if all are. */
    String badInput() {
        for (int row : rows) {
            live.table().read(row, value);
            if (!value.hasValue() || !value.status().isGood()) {
                StatusCode status = value.status().isGood() ? StatusCode.BAD_WAITING_FOR_INITIAL_DATA : value.status();
                return "%s is %s".formatted(live.label(row), status);
            }
        }
        return "";
    }

    /** The input that has not been Good for longer than {@code tolerance}, for people; empty if there is none. */
    String lastingBadInput(long ticks, Duration tolerance) {
        String bad = badInput();
        if (bad.isEmpty()) {
            badSince = 0;
            return "";
        }
        if (badSince == 0) {
            badSince = ticks;
        }
        double seconds = UaTime.secondsBetween(badSince, ticks);
        return seconds * 1e9 >= tolerance.toNanos() ? bad : "";
    }

    /** Begins anew: what was bad before does not count. */
    void reset() {
        badSince = 0;
    }

    /** Whether the plant has handed over; true without a switch, and while the switch cannot be read, which is a bad input. */
    boolean isEnabled(long ticks) {
        if (enable == null) {
            return true;
        }
        Condition.Result result = enable.evaluate(Double.NaN, ticks);
        return !result.missing().isEmpty() || result.isTrue();
    }

    String enableText() {
        return enable == null ? "" : enable.text();
    }
}
