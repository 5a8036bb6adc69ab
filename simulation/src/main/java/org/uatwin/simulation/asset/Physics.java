package org.uatwin.simulation.asset;

/** Constants and conversions shared by the models. */
public final class Physics {
    /** Standard gravity, m/s2 (CODATA, exact by convention). */
    public static final double GRAVITY = 9.80665;
    /** Standard atmosphere, Pa (exact by convention). */
    public static final double ATMOSPHERE_PA = 101_325;
    /** Pa in a bar. */
    public static final double PA_PER_BAR = 1e5;
    /** K at 0 degrees Celsius. */
    public static final double ZERO_CELSIUS_K = 273.15;
    /** rad/s in one r/min. */
    public static final double RAD_S_PER_RPM = Math.PI / 30;
    /** Seconds in an hour. */
    public static final double SECONDS_PER_HOUR = 3600;

    private Physics() {}

    /** The value brought into lower..upper. */
    public static double clamp(double value, double lower, double upper) {
        // Not by min and max, which sort signed zeros: they cost as much as the rest of a small model.
        return value < lower ? lower : value > upper ? upper : value;
    }

    /** The value, 0 if it is negative; what is no number stays none. */
    public static double notNegative(double value) {
        return value < 0 ? 0 : value;
    }

    private static final int LARGEST_EXPONENT =
            1021; // of a power of two that is a normal number, and so is its product
    private static final long EXPONENT_BIAS = 1023; // IEEE 754, binary64
    private static final int MANTISSA_BITS = 52; // likewise
    private static final double LOG2_E = 1.4426950408889634;

    /**
     * Saturation pressure of water, Pa: Magnus form of the WMO Guide (CIMO, annex 4.B), 611.2 exp(17.62 t / (243.12 + t)) with t
     * in degrees Celsius; within 1 % to 60 degrees, 3 % to 100 degrees.
     */
    public static double waterVapourPressurePa(double celsius) {
        return 611.2 * powerOfTwo(LOG2_E * 17.62 * celsius / (243.12 + celsius));
    }

    /**
     * 2 to the power {@code x}, relative error below 1e-9, for |x| up to 1000: the integer part by exponent, the rest by the
     * series of exp(x ln 2). Plain arithmetic, so the same bits everywhere, and several times faster than {@link
     * StrictMath#pow}.
     */
    public static double powerOfTwo(double x) {
        double whole = Math.rint(x);
        double y = (x - whole) * 0.6931471805599453; // ln 2
        // Grouped so that most products wait for none of the others (Estrin); one after the other takes twice as long.
        double y2 = y * y;
        double y4 = y2 * y2;
        double series = (1 + y)
                + y2 * (1.0 / 2 + y * (1.0 / 6))
                + y4 * ((1.0 / 24 + y * (1.0 / 120)) + y2 * (1.0 / 720 + y * (1.0 / 5040)) + y4 * (1.0 / 40_320));
        if (Math.abs(whole) <= LARGEST_EXPONENT) {
            return series * Double.longBitsToDouble(((long) whole + EXPONENT_BIAS) << MANTISSA_BITS);
        }
        return Math.scalb(series, (int) whole);
    }
}
