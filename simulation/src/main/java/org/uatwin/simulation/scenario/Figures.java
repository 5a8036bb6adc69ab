package org.uatwin.simulation.scenario;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/** Numbers as text and order statistics. */
final class Figures {
    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private static final double NOTHING = 1e-12; // smaller results are rounding, not physics

    private Figures() {}

    /** Four significant digits, no exponent for ordinary sizes, a dot for the decimal sign. */
    static String text(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        if (Math.abs(value) < NOTHING) {
            return "0";
        }
        if (Math.abs(value) >= 1e9 || Math.abs(value) < 1e-6) {
            return Double.toString(new BigDecimal(value, FOUR_DIGITS).doubleValue());
        }
        double abs = Math.abs(value);
        MathContext digits =
                abs >= 1000 ? new MathContext(Math.max(4, (int) Math.ceil(StrictMath.log10(abs)) + 1)) : FOUR_DIGITS;
        return new BigDecimal(value, digits).stripTrailingZeros().toPlainString();
    }

    /** Value and unit, without a trailing blank for pure numbers. */
    static String text(double value, String unit) {
        return unit.isEmpty() ? text(value) : text(value) + " " + unit;
    }

    /** Quantile of the first {@code count} values by linear interpolation; sorts them in place. */
    static double quantile(double[] values, int count, double share) {
        Arrays.sort(values, 0, count);
        double position = share * (count - 1);
        int below = (int) position;
        int above = Math.min(count - 1, below + 1);
        return values[below] + (position - below) * (values[above] - values[below]);
    }
}
