package org.uatwin.simulation.expression;

import java.util.List;

/**
 * A formula of numbers. Operators by rising rank: {@code c ? a : b}, {@code ||}, {@code &&}, comparisons, {@code + -}, {@code * / %},
 * unary {@code - !}, {@code ^} (right to left). Truth is 1, anything but 0 is true. Functions: {@value #FUNCTIONS}; constants
 * {@code pi} and {@code e}. Immutable.
 */
public final class Expression {
    static final String FUNCTIONS =
            "sin cos tan asin acos atan exp log log10 sqrt abs floor ceil round sign min max pow atan2 hypot clamp";

    private final Node root;

    /** A compiled part of a formula. */
    interface Node {
        double value(double[] v);
    }

    private Expression(Node root) {
        this.root = root;
    }

    /**
     * Compiles a text.
     *
     * @param names of the values, in the order of the vector given to {@link #value}.
     * @throws ExpressionException naming the place and the offending text.
     */
    public static Expression compile(String text, List<String> names) throws ExpressionException {
        return new Expression(new Parser(text, names).parse());
    }

    /** The value for these values of the names. */
    public double value(double[] values) {
        return root.value(values);
    }
}
