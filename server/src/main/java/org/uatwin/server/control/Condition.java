package org.uatwin.server.control;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.control.Interlock;
import org.uatwin.informationmodel.expression.Evaluation;
import org.uatwin.informationmodel.expression.Formula;
import org.uatwin.informationmodel.expression.FormulaUnits;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.unit.Units;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.PointValue;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;

/** A formula over live values, evaluated when it is asked; any input that is not Good leaves it without an answer. Any thread. */
final class Condition {
    private static final int ASKED = -1;

    private final PointTable table;
    private final Formula formula;
    private final List<String> names;
    private final int[] rows;
    private final ValueType[] types;
    private final Evaluation evaluation; // guarded by this
    private final PointValue value = new PointValue(); // guarded by this

    /**
     * What it says now.
     *
     * @param number 0 or 1 for a truth value; NaN if there is none.
     * @param missing why there is none, for people; empty if there is one.
     */
    record Result(double number, String missing) {
        boolean isTrue() {
            return missing.isEmpty() && number != 0;
        }
    }

    /**
     * @param own twin whose points names without a twin mean.
     * @param setpoint whose value {@code asked} is; null: that name means nothing.
     * @param result unit the result is wanted in.
     */
    Condition(
            LivePlant live,
            TwinInstance own,
            Formula formula,
            Member.@Nullable Point setpoint,
            Optional<Member.Point> result) {
        table = live.table();
        List<PointRef> references = formula.references();
        rows = new int[references.size()];
        types = new ValueType[rows.length];
        this.formula = FormulaUnits.check(
                        formula,
                        reference -> unit(point(live, own, setpoint, reference)),
                        result.flatMap(Condition::unit))
                .formula();
        for (int i = 0; i < rows.length; i++) {
            PointRef reference = references.get(i);
            types[i] = point(live, own, setpoint, reference).dataType();
            rows[i] = isAsked(reference, setpoint)
                    ? ASKED
                    : instance(live, own, reference).row(reference.point());
        }
        names = references.stream()
                .map(reference -> (reference.isOwn() ? own.id() : reference.twin()) + "/" + reference.point())
                .toList();
        evaluation = this.formula.begin();
    }

    private static Optional<Unit> unit(Member.Point point) {
        return point.unit().flatMap(unit -> Units.find(unit.code()));
    }

    private static boolean isAsked(PointRef reference, Member.@Nullable Point setpoint) {
        return setpoint != null && reference.isOwn() && reference.point().equals(Interlock.ASKED);
    }

    private static TwinInstance instance(LivePlant live, TwinInstance own, PointRef reference) {
        TwinInstance found = reference.isOwn() ? own : live.instance(reference.twin());
        if (found == null) {
            throw new IllegalStateException("%s reads the unknown twin %s".formatted(own, reference.twin()));
        }
        return found;
    }

    private static Member.Point point(
            LivePlant live, TwinInstance own, Member.@Nullable Point setpoint, PointRef reference) {
        if (setpoint != null && isAsked(reference, setpoint)) {
            return setpoint;
        }
        TwinInstance found = instance(live, own, reference);
        return found.type().points().get(found.type().pointOrdinal(reference.point()));
    }

    String text() {
        return formula.text();
    }

    /** The value now, {@code asked} being the value to be sent. */
    synchronized Result evaluate(double asked, long ticks) {
        StringBuilder missing = new StringBuilder();
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == ASKED) {
                evaluation.set(i, asked);
                continue;
            }
            table.read(rows[i], value);
            StatusCode status = value.status();
            if (!status.isGood() || !value.hasValue()) {
                missing.append(missing.isEmpty() ? "" : ", ")
                        .append(names.get(i))
                        .append(" is ")
                        .append(status.isGood() ? StatusCode.BAD_WAITING_FOR_INITIAL_DATA : status);
            }
            evaluation.set(i, types[i].toDouble(value.bits));
        }
        if (!missing.isEmpty()) {
            return new Result(Double.NaN, missing.toString());
        }
        double number = evaluation.evaluate(ticks);
        return Double.isFinite(number)
                ? new Result(number, "")
                : new Result(Double.NaN, "%s has no value now".formatted(formula.text()));
    }

    /** Rows it reads. */
    int[] rows() {
        return Arrays.stream(rows).filter(row -> row != ASKED).toArray();
    }

    /** Whether another one asks the same rows the same. */
    boolean isSame(Condition other) {
        return formula.equals(other.formula) && Arrays.equals(rows, other.rows) && Arrays.equals(types, other.types);
    }
}
