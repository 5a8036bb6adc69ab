package org.uatwin.informationmodel.expression;

import java.util.Locale;

/** Functions of numbers alone. */
enum MathFunction {
    ABS(1, Units.SAME),
    MIN(2, Units.SAME),
    MAX(2, Units.SAME),
    CLAMP(3, Units.SAME),
    HYPOT(2, Units.SAME),
    FLOOR(1, Units.SAME),
    CEIL(1, Units.SAME),
    ROUND(1, Units.SAME),
    SIGN(1, Units.ANY),
    SQRT(1, Units.ROOT),
    POW(2, Units.POWER),
    EXP(1, Units.NUMBER),
    LN(1, Units.NUMBER),
    LOG10(1, Units.NUMBER),
    SIN(1, Units.NUMBER),
    COS(1, Units.NUMBER),
    TAN(1, Units.NUMBER),
    ASIN(1, Units.NUMBER),
    ACOS(1, Units.NUMBER),
    ATAN(1, Units.NUMBER),
    ATAN2(2, Units.RATIO);

    /** What a function does to units. */
    enum Units {
        /** All operands have one unit, and the result has it. */
        SAME,
        /** The operand has any unit, the result none. */
        ANY,
        /** Operands and result are plain numbers. */
        NUMBER,
        /** Two operands of one unit, the result has none. */
        RATIO,
        ROOT,
        POWER
    }

    private final int operands;
    final Units units;

    MathFunction(int operands, Units units) {
        this.operands = operands;
        this.units = units;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it takes any number of operands, two at a time. */
    boolean isFolded() {
        return this == MIN || this == MAX;
    }

    boolean takes(int count) {
        return isFolded() ? count >= 2 : count == operands;
    }

    String signature() {
        return text()
                + (isFolded() ? "(x, y, ...)" : operands == 1 ? "(x)" : operands == 2 ? "(x, y)" : "(x, low, high)");
    }

    double apply(double a, double b, double c) {
        return switch (this) {
            case ABS -> Math.abs(a);
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case CLAMP -> Math.max(b, Math.min(c, a));
            case HYPOT -> Math.hypot(a, b);
            case FLOOR -> Math.floor(a);
            case CEIL -> Math.ceil(a);
            case ROUND -> Math.floor(a + 0.5);
            case SIGN -> Math.signum(a);
            case SQRT -> Math.sqrt(a);
            case POW -> Math.pow(a, b);
            case EXP -> Math.exp(a);
            case LN -> Math.log(a);
            case LOG10 -> Math.log10(a);
            case SIN -> Math.sin(a);
            case COS -> Math.cos(a);
            case TAN -> Math.tan(a);
            case ASIN -> Math.asin(a);
            case ACOS -> Math.acos(a);
            case ATAN -> Math.atan(a);
            case ATAN2 -> Math.atan2(a, b);
        };
    }
}
