package org.uatwin.server.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.control.ControlRules;
import org.uatwin.informationmodel.control.Interlock;
import org.uatwin.informationmodel.control.SetpointRule;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.PointValue;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;

/** The rules of one setpoint, but for its speed: range and interlocks. Any thread. */
final class Judge {
    private final PointTable table;
    private final TwinInstance instance;
    private final Member.Point point;
    private final int row;
    private final SetpointRule rule;
    private final @Nullable Range range;
    private final List<Double> safe;
    private final List<Lock> locks;

    /** An interlock of this setpoint. */
    private record Lock(Condition condition, Text text) {}

    Judge(LivePlant live, TwinInstance instance, int ordinal) {
        this.instance = instance;
        table = live.table();
        point = instance.type().points().get(ordinal);
        row = instance.firstRow() + ordinal;
        ControlRules rules = instance.twin().control();
        rule = rules.of(point.name());
        range = rule.limits()
                .or(point::instrumentRange)
                .or(point::euRange)
                .map(this::inType)
                .orElse(null);
        safe = rule.safe().stream().map(this::asStored).toList();
        locks = new ArrayList<>();
        for (Interlock interlock : rules.interlocks()) {
            if (interlock.guards(point.name())) {
                Condition condition = new Condition(live, instance, interlock.allow(), point, Optional.empty());
                locks.add(new Lock(condition, interlock.text()));
            }
        }
    }

    /** The bounds as the point's type holds them: 0.1 is a little more as a Float, and still within a range up to 0.1. */
    private Range inType(Range declared) {
        return point.dataType() == ValueType.FLOAT
                ? new Range((float) declared.low(), (float) declared.high())
                : declared;
    }

    /** A number as the point's type holds it. */
    double asStored(double value) {
        return point.dataType() == ValueType.FLOAT ? (float) value : value;
    }

    /** {@code twin/Point}. */
    String name() {
        return instance.id() + "/" + point.name();
    }

    TwinInstance instance() {
        return instance;
    }

    Member.Point point() {
        return point;
    }

    int row() {
        return row;
    }

    SetpointRule rule() {
        return rule;
    }

    boolean isNumber() {
        return !point.isArray() && (point.dataType().isNumeric() || point.dataType() == ValueType.BOOLEAN);
    }

    /** A value as people read it. */
    String text(double value) {
        String number = value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : "%.6g".formatted(value);
        String symbol = point.unit().map(unit -> unit.symbol()).orElse("");
        return symbol.isEmpty() ? number : number + " " + symbol;
    }

    /** The value it has now; empty if that is not Good. */
    OptionalDouble present(PointValue buffer) {
        table.read(row, buffer);
        return buffer.hasValue() && buffer.status().isGood()
                ? OptionalDouble.of(point.dataType().toDouble(buffer.bits))
                : OptionalDouble.empty();
    }

    /** Says what speaks against a number. */
    void number(double value, long ticks, Verdict.Builder verdict) {
        if (!Double.isFinite(value)) {
            verdict.against(StatusCode.BAD_OUT_OF_RANGE, "it is no number");
            return;
        }
        range(value, verdict);
        interlocks(value, ticks, verdict);
    }

    /** Says what speaks against the elements of an array. */
    void array(double[] values, long ticks, Verdict.Builder verdict) {
        for (double value : values) {
            if (range != null && !range.contains(value)) {
                range(value, verdict);
                break;
            }
        }
        interlocks(Double.NaN, ticks, verdict);
    }

    private void range(double value, Verdict.Builder verdict) {
        if (range != null && !range.contains(value)) {
            verdict.against(
                    StatusCode.BAD_OUT_OF_RANGE,
                    "%s lies outside %s to %s".formatted(text(value), text(range.low()), text(range.high())));
        } else if (point.dataType().isInteger()
                && !(value >= point.dataType().minimum()
                        && value <= point.dataType().maximum())) {
            verdict.against(
                    StatusCode.BAD_OUT_OF_RANGE,
                    "%s does not fit into %s"
                            .formatted(text(value), point.dataType().uaName()));
        }
    }

    /** Says what speaks against a value on the way to another one: nothing on the way to a safe one. */
    void onTheWay(double value, double target, long ticks, Verdict.Builder verdict) {
        if (!safe.contains(target)) {
            interlocks(value, ticks, verdict);
        }
    }

    /** Says which interlocks keep a value back; a safe value passes all of them. */
    private void interlocks(double value, long ticks, Verdict.Builder verdict) {
        if (safe.contains(value)) {
            return;
        }
        for (Lock lock : locks) {
            Condition.Result result = lock.condition().evaluate(value, ticks);
            if (!result.isTrue()) {
                verdict.against(
                        StatusCode.BAD_REQUEST_NOT_ALLOWED,
                        "interlock \"%s\": %s"
                                .formatted(
                                        lock.text().in(List.of()).text(),
                                        result.missing().isEmpty()
                                                ? "not true: "
                                                        + lock.condition().text()
                                                : "cannot be judged, " + result.missing()));
            }
        }
    }

    /** Rows its interlocks read. */
    IntStream inputs() {
        return locks.stream()
                .flatMapToInt(lock -> Arrays.stream(lock.condition().rows()));
    }

    /** Whether another one judges the same setpoint by the same rules. */
    boolean isSame(Judge other) {
        if (!instance.equals(other.instance) || row != other.row || locks.size() != other.locks.size()) {
            return false;
        }
        for (int i = 0; i < locks.size(); i++) {
            if (!locks.get(i).condition().isSame(other.locks.get(i).condition())) {
                return false;
            }
        }
        return true;
    }
}
