package org.uatwin.informationmodel.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.unit.Unit;

/** A node of a formula. Truth values are 1 and 0; what has no result is NaN. Immutable. */
sealed interface Expr {
    double eval(Evaluation now);

    /** Whether the result is a truth value. */
    boolean isBoolean();

    /** Operands, in order. */
    List<Expr> operands();

    record Constant(double value, boolean isBoolean) implements Expr {
        @Override
        public double eval(Evaluation now) {
            return value;
        }

        @Override
        public List<Expr> operands() {
            return List.of();
        }
    }

    /** A number with its unit: {@code unit(9.81, 'm/s2')}. */
    record Quantity(double value, Unit unit) implements Expr {
        @Override
        public double eval(Evaluation now) {
            return value;
        }

        @Override
        public boolean isBoolean() {
            return false;
        }

        @Override
        public List<Expr> operands() {
            return List.of();
        }
    }

    /**
     * The value of a point.
     *
     * @param index among the formula's references.
     */
    record Input(int index) implements Expr {
        @Override
        public double eval(Evaluation now) {
            return now.input(index);
        }

        @Override
        public boolean isBoolean() {
            return false;
        }

        @Override
        public List<Expr> operands() {
            return List.of();
        }
    }

    record Unary(Operator operator, Expr operand) implements Expr {
        @Override
        public double eval(Evaluation now) {
            double x = operand.eval(now);
            return operator == Operator.NOT ? truth(x == 0) : -x;
        }

        @Override
        public boolean isBoolean() {
            return operator == Operator.NOT;
        }

        @Override
        public List<Expr> operands() {
            return List.of(operand);
        }
    }

    record Binary(Operator operator, Expr left, Expr right) implements Expr {
        @Override
        public double eval(Evaluation now) {
            // Both sides always: functions with a memory must see every step.
            double a = left.eval(now);
            double b = right.eval(now);
            return operator.apply(a, b);
        }

        @Override
        public boolean isBoolean() {
            return operator.isBoolean;
        }

        @Override
        public List<Expr> operands() {
            return List.of(left, right);
        }
    }

    record Choice(Expr condition, Expr then, Expr otherwise) implements Expr {
        @Override
        public double eval(Evaluation now) {
            double c = condition.eval(now);
            double a = then.eval(now);
            double b = otherwise.eval(now);
            return Double.isNaN(c) ? Double.NaN : c != 0 ? a : b;
        }

        @Override
        public boolean isBoolean() {
            return then.isBoolean() && otherwise.isBoolean();
        }

        @Override
        public List<Expr> operands() {
            return List.of(condition, then, otherwise);
        }
    }

    record Call(MathFunction function, List<Expr> operands) implements Expr {
        public Call {
            operands = List.copyOf(operands);
        }

        @Override
        public double eval(Evaluation now) {
            double a = operands.get(0).eval(now);
            if (operands.size() == 1) {
                return function.apply(a, Double.NaN, Double.NaN);
            }
            double b = operands.get(1).eval(now);
            if (function.isFolded()) {
                double result = function.apply(a, b, Double.NaN);
                for (int i = 2; i < operands.size(); i++) {
                    result = function.apply(result, operands.get(i).eval(now), Double.NaN);
                }
                return result;
            }
            return function.apply(a, b, operands.size() > 2 ? operands.get(2).eval(now) : Double.NaN);
        }

        @Override
        public boolean isBoolean() {
            return false;
        }
    }

    /**
     * A function with a memory.
     *
     * @param state index of its memory in the evaluation.
     * @param ticks length of its window in 100 ns; 0 if it has none.
     */
    record Remembering(TimeFunction function, Expr operand, long ticks, int state) implements Expr {
        @Override
        public double eval(Evaluation now) {
            return now.remember(this, operand.eval(now));
        }

        @Override
        public boolean isBoolean() {
            return operand.isBoolean() && (function == TimeFunction.PREV || function == TimeFunction.DELAY);
        }

        @Override
        public List<Expr> operands() {
            return List.of(operand);
        }
    }

    /**
     * The operand expressed in another unit; the factor follows from the operand's unit and is found by
     * {@link FormulaUnits}.
     */
    record InUnit(Expr operand, Unit unit, int position, @Nullable Unit from) implements Expr {
        @Override
        public double eval(Evaluation now) {
            double x = operand.eval(now);
            return from == null ? x : from.convert(x, unit);
        }

        @Override
        public boolean isBoolean() {
            return false;
        }

        @Override
        public List<Expr> operands() {
            return List.of(operand);
        }
    }

    static double truth(boolean is) {
        return is ? 1 : 0;
    }
}
