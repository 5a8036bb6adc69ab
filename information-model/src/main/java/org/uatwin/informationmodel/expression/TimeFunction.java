package org.uatwin.informationmodel.expression;

import java.util.Locale;

/** Functions that look back in time; a value holds until the next one. */
enum TimeFunction {
    /** The value before its last change. */
    PREV(false),
    /** Time-weighted mean of the window. */
    AVG(true),
    /** Lowest value of the window. */
    LOWEST(true),
    /** Highest value of the window. */
    HIGHEST(true),
    /** The value one window ago. */
    DELAY(true),
    /** Change over the window, a second. */
    RATE(true),
    /** Sum of value times seconds. */
    INTEGRAL(false),
    /** Hours during which the operand was true. */
    HOURS(false),
    /** How often the operand became true. */
    COUNT(false);

    private final boolean hasWindow;

    TimeFunction(boolean hasWindow) {
        this.hasWindow = hasWindow;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean hasWindow() {
        return hasWindow;
    }

    /** Whether the result changes by the passing of time alone. */
    boolean isMoving() {
        return this != PREV && this != COUNT;
    }

    String signature() {
        return text() + (hasWindow ? "(x, '10 min')" : "(x)");
    }

    Memory memory(long ticks) {
        return switch (this) {
            case PREV -> new Memory.Previous();
            case AVG, LOWEST, HIGHEST -> new Window(this, ticks);
            case DELAY, RATE -> new Delay(this, ticks);
            case INTEGRAL -> new Memory.Sum(1);
            case HOURS -> new Memory.Sum(1.0 / 3600);
            case COUNT -> new Memory.Edges();
        };
    }
}
