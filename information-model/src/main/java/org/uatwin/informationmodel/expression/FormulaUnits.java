package org.uatwin.informationmodel.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.unit.Units;

/**
 * Follows the units through a formula. A number that multiplies or divides may carry any unit ({@code / 3.6}), so what
 * it touches is unknown from there on, and only contradictions between known units are reported; {@code unit(9.81,
 * 'm/s2')} says what a number is.
 */
public final class FormulaUnits {
    private static final double SAME_FACTOR = 1e-6;

    private final Function<PointRef, Optional<Unit>> unitOf;
    private final Formula formula;
    private final List<Problem> problems = new ArrayList<>();

    /** One contradiction. */
    public record Problem(String cause, String fix) {}

    /**
     * What the units say.
     *
     * @param formula to be used from now on: the conversions of {@code to} are in it.
     */
    public record Result(Formula formula, List<Problem> problems) {}

    /**
     * What is known of a value's unit.
     *
     * @param dimension null: unknown.
     * @param factor of the value to the coherent SI unit.
     * @param isNumber a literal, which takes the unit of what it is added to.
     * @param unit the unit itself where it is one of the table, for messages and temperatures.
     */
    private record Known(@Nullable Dimension dimension, double factor, boolean isNumber, @Nullable Unit unit) {
        static final Known UNKNOWN = new Known(null, 1, false, null);
        static final Known NUMBER = new Known(Dimension.NONE, 1, true, null);
        static final Known PLAIN = new Known(Dimension.NONE, 1, false, null);

        static Known of(Unit unit) {
            Dimension has = Dimension.of(unit);
            return has == null ? UNKNOWN : new Known(has, unit.factor(), false, unit);
        }

        String text() {
            if (unit != null) {
                return unit.symbol();
            }
            Dimension known = dimension;
            return known == null ? "?" : known + (factor == 1 ? "" : " x %.6g".formatted(factor));
        }

        boolean isSame(Known other) {
            Dimension a = dimension;
            Dimension b = other.dimension;
            double offset = unit == null ? 0 : unit.offset();
            double otherOffset = other.unit == null ? 0 : other.unit.offset();
            return a == null
                    || b == null
                    || (a.isSame(b)
                            && Math.abs(factor / other.factor - 1) < SAME_FACTOR
                            && (unit == null || other.unit == null || offset == otherOffset));
        }
    }

    private record Found(Expr expr, Known known) {}

    private FormulaUnits(Formula formula, Function<PointRef, Optional<Unit>> unitOf) {
        this.formula = formula;
        this.unitOf = unitOf;
    }

    /**
     * Checks a formula.
     *
     * @param unitOf unit of a point; empty where it has none.
     * @param result unit the result is declared with; empty: any.
     */
    public static Result check(Formula formula, Function<PointRef, Optional<Unit>> unitOf, Optional<Unit> result) {
        FormulaUnits check = new FormulaUnits(formula, unitOf);
        Found root = check.find(formula.root());
        result.ifPresent(unit -> check.result(root.known(), unit));
        return new Result(formula.with(root.expr()), List.copyOf(check.problems));
    }

    private void result(Known found, Unit declared) {
        Known wanted = Known.of(declared);
        Dimension has = found.dimension();
        Dimension needed = wanted.dimension();
        if (found.isNumber() || has == null || needed == null || found.isSame(wanted)) {
            return;
        }
        if (!has.isSame(needed)) {
            problems.add(new Problem(
                    "the result is in %s, the point in %s".formatted(found.text(), declared.symbol()),
                    "check the expression, or the unit of the point."));
        } else {
            problems.add(new Problem(
                    "the result is in %s, the point in %s".formatted(found.text(), declared.symbol()),
                    "write to(..., '%s') around it, or multiply by %.9g."
                            .formatted(declared.symbol(), found.factor() / wanted.factor())));
        }
    }

    private Found find(Expr node) {
        if (node instanceof Expr.Constant c) {
            return new Found(node, c.isBoolean() ? Known.PLAIN : Known.NUMBER);
        }
        if (node instanceof Expr.Quantity q) {
            return new Found(node, Known.of(q.unit()));
        }
        if (node instanceof Expr.Input input) {
            PointRef reference = formula.references().get(input.index());
            return new Found(node, unitOf.apply(reference).map(Known::of).orElse(Known.UNKNOWN));
        }
        if (node instanceof Expr.Unary u) {
            Found x = find(u.operand());
            return new Found(
                    new Expr.Unary(u.operator(), x.expr()), u.operator() == Operator.NOT ? Known.PLAIN : x.known());
        }
        if (node instanceof Expr.Binary b) {
            Found left = find(b.left());
            Found right = find(b.right());
            return new Found(
                    new Expr.Binary(b.operator(), left.expr(), right.expr()),
                    binary(b.operator(), left.known(), right.known()));
        }
        if (node instanceof Expr.Choice c) {
            Found condition = find(c.condition());
            Found a = find(c.then());
            Found b = find(c.otherwise());
            return new Found(
                    new Expr.Choice(condition.expr(), a.expr(), b.expr()),
                    same("the two sides of ? :", a.known(), b.known()));
        }
        if (node instanceof Expr.Call call) {
            return call(call);
        }
        if (node instanceof Expr.Remembering r) {
            Found x = find(r.operand());
            return new Found(
                    new Expr.Remembering(r.function(), x.expr(), r.ticks(), r.state()),
                    remembering(r.function(), x.known()));
        }
        if (node instanceof Expr.InUnit to) {
            return inUnit(to);
        }
        throw new AssertionError(node);
    }

    private Known binary(Operator operator, Known a, Known b) {
        if (operator.isComparison()) {
            same("\"%s\"".formatted(operator.symbol), a, b);
            return Known.PLAIN;
        }
        return switch (operator) {
            case ADD, REMAINDER -> same("\"%s\"".formatted(operator.symbol), a, b);
            case SUBTRACT -> difference(a, b);
            case MULTIPLY, DIVIDE -> product(a, b, operator == Operator.MULTIPLY ? 1 : -1);
            default -> Known.PLAIN;
        };
    }

    /** Of two temperatures: no temperature, so without the zero of its scale. */
    private Known difference(Known a, Known b) {
        Known known = same("\"-\"", a, b);
        Unit unit = known.unit();
        boolean isTemperature = unit != null && unit.offset() != 0 && !a.isNumber() && !b.isNumber();
        return isTemperature ? new Known(known.dimension(), known.factor(), false, null) : known;
    }

    /** Both have one unit; a bare number takes the other's. */
    private Known same(String where, Known a, Known b) {
        if (a.isNumber()) {
            return b;
        }
        if (b.isNumber()) {
            return a;
        }
        if (!a.isSame(b)) {
            Dimension has = a.dimension();
            Dimension others = b.dimension();
            boolean isConvertible = has != null && others != null && has.isSame(others);
            Unit target = a.unit();
            problems.add(new Problem(
                    "%s joins %s and %s".formatted(where, a.text(), b.text()),
                    isConvertible && target != null
                            ? "convert one of them, for example to(..., '%s').".formatted(target.symbol())
                            : isConvertible
                                    ? "convert one of them first."
                                    : "only values of one kind can be added or compared; check the points."));
            return Known.UNKNOWN;
        }
        return a.dimension() == null ? b : a;
    }

    private static Known product(Known a, Known b, int sign) {
        Dimension left = a.dimension();
        Dimension right = b.dimension();
        if (a.isNumber() && b.isNumber()) {
            return Known.NUMBER;
        }
        if (left == null || right == null || a.isNumber() || b.isNumber()) {
            return Known.UNKNOWN;
        }
        return new Known(
                sign > 0 ? left.times(right) : left.dividedBy(right),
                sign > 0 ? a.factor() * b.factor() : a.factor() / b.factor(),
                false,
                null);
    }

    private Found call(Expr.Call call) {
        List<Expr> operands = new ArrayList<>();
        List<Known> knowns = new ArrayList<>();
        for (Expr operand : call.operands()) {
            Found found = find(operand);
            operands.add(found.expr());
            knowns.add(found.known());
        }
        MathFunction function = call.function();
        Known first = knowns.get(0);
        Known known =
                switch (function.units) {
                    case SAME -> allSame(function, knowns);
                    case ANY -> Known.PLAIN;
                    case RATIO -> {
                        allSame(function, knowns);
                        yield Known.PLAIN;
                    }
                    case NUMBER -> {
                        number(function, first);
                        yield Known.PLAIN;
                    }
                    case ROOT -> power(first, 0.5);
                    case POWER ->
                        operands.get(1) instanceof Expr.Constant exponent
                                ? power(first, exponent.value())
                                : Known.UNKNOWN;
                };
        return new Found(new Expr.Call(function, operands), known);
    }

    private Known allSame(MathFunction function, List<Known> knowns) {
        Known result = knowns.get(0);
        for (Known known : knowns.subList(1, knowns.size())) {
            result = same(function.text(), result, known);
        }
        return result;
    }

    private void number(MathFunction function, Known operand) {
        Dimension has = operand.dimension();
        if (has != null && !has.isSame(Dimension.NONE)) {
            problems.add(new Problem(
                    "%s of a value in %s".formatted(function.text(), operand.text()),
                    "divide it by a reference value first."));
        }
    }

    private static Known power(Known base, double exponent) {
        Dimension has = base.dimension();
        if (has == null || base.isNumber()) {
            return base;
        }
        return new Known(has.toThe(exponent), Math.pow(base.factor(), exponent), false, null);
    }

    private static Known remembering(TimeFunction function, Known operand) {
        Known second = Known.of(Units.find("s").orElseThrow());
        return switch (function) {
            case PREV, AVG, LOWEST, HIGHEST, DELAY -> operand;
            case RATE -> operand.isNumber() ? Known.UNKNOWN : product(operand, second, -1);
            case INTEGRAL -> operand.isNumber() ? Known.UNKNOWN : product(operand, second, 1);
            case HOURS -> Known.of(Units.find("h").orElseThrow());
            case COUNT -> Known.PLAIN;
        };
    }

    private Found inUnit(Expr.InUnit to) {
        Found x = find(to.operand());
        Dimension has = x.known().dimension();
        Dimension wanted = Dimension.of(to.unit());
        if (has == null || wanted == null || x.known().isNumber()) {
            problems.add(new Problem(
                    "to(..., '%s') needs a value whose unit is known"
                            .formatted(to.unit().symbol()),
                    "use it around a point with a unit, and give numbers theirs: unit(9.81, 'm/s2')."));
            return new Found(to, Known.UNKNOWN);
        }
        if (!has.isSame(wanted)) {
            problems.add(new Problem(
                    "a value in %s cannot be shown in %s"
                            .formatted(x.known().text(), to.unit().symbol()),
                    "check the unit."));
            return new Found(to, Known.UNKNOWN);
        }
        Unit unit = x.known().unit();
        Unit from = unit != null
                ? unit
                : new Unit(
                        to.unit().engineeringUnit(),
                        to.unit().dimension(),
                        x.known().factor(),
                        0,
                        List.of());
        Unit target = unit != null && unit.dimension().equals(to.unit().dimension())
                ? to.unit()
                : new Unit(
                        to.unit().engineeringUnit(), from.dimension(), to.unit().factor(), 0, List.of());
        return new Found(new Expr.InUnit(x.expr(), target, to.position(), from), Known.of(to.unit()));
    }
}
