package org.uatwin.simulation.objective;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for people. */
public final class Texts {
    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private Texts() {}

    /** Four significant digits and the unit. */
    public static String of(double value, String unit) {
        String number = Double.isFinite(value)
                ? new BigDecimal(value).round(FOUR_DIGITS).stripTrailingZeros().toPlainString()
                : Double.toString(value);
        return unit.isEmpty() ? number : number + " " + unit;
    }
}
