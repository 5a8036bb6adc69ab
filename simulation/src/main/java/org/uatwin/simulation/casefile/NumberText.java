package org.uatwin.simulation.casefile;

import java.util.List;
import java.util.OptionalDouble;
import org.uatwin.simulation.expression.Expression;
import org.uatwin.simulation.expression.ExpressionException;

/** A number as it stands in a cell: digits, or a formula of digits such as {@code pi/2}. */
final class NumberText {
    private NumberText() {}

    static OptionalDouble parse(String text) {
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double value = Expression.compile(text, List.of()).value(new double[0]);
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (ExpressionException e) {
            return OptionalDouble.empty();
        }
    }
}
