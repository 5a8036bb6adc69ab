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
        return Math.max(lower, Math.min(upper, value));
    }

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
        double series =
                1 + y * (1 + y / 2 * (1 + y / 3 * (1 + y / 4 * (1 + y / 5 * (1 + y / 6 * (1 + y / 7 * (1 + y / 8)))))));
        return Math.scalb(series, (int) whole);
    }
}
