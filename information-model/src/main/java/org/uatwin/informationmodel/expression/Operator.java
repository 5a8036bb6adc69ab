package org.uatwin.informationmodel.expression;

/** Operators of formulas, as JEXL writes them. A comparison with NaN is NaN, so that it cannot pass for an answer. */
enum Operator {
    ADD("+", false),
    SUBTRACT("-", false),
    MULTIPLY("*", false),
    DIVIDE("/", false),
    REMAINDER("%", false),
    NEGATE("-", false),
    LESS("<", true),
    LESS_OR_EQUAL("<=", true),
    GREATER(">", true),
    GREATER_OR_EQUAL(">=", true),
    EQUAL("==", true),
    NOT_EQUAL("!=", true),
    AND("&&", true),
    OR("||", true),
    NOT("!", true);

    final String symbol;
    final boolean isBoolean;

    Operator(String symbol, boolean isBoolean) {
        this.symbol = symbol;
        this.isBoolean = isBoolean;
    }

    boolean isComparison() {
        return compareTo(LESS) >= 0 && compareTo(NOT_EQUAL) <= 0;
    }

    double apply(double a, double b) {
        if (isBoolean && (Double.isNaN(a) || Double.isNaN(b))) {
            return Double.NaN;
        }
        return switch (this) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case REMAINDER -> a % b;
            case LESS -> Expr.truth(a < b);
            case LESS_OR_EQUAL -> Expr.truth(a <= b);
            case GREATER -> Expr.truth(a > b);
            case GREATER_OR_EQUAL -> Expr.truth(a >= b);
            case EQUAL -> Expr.truth(a == b);
            case NOT_EQUAL -> Expr.truth(a != b);
            case AND -> Expr.truth(a != 0 && b != 0);
            case OR -> Expr.truth(a != 0 || b != 0);
            case NEGATE, NOT -> throw new AssertionError(this + " has one operand");
        };
    }
}
